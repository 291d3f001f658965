"""The conversation on a screen and in a pipe: what is shown, what is typed, and how it is laid out.

`run.converse` is the door. `conversation` knows what to say and do, and nothing of
terminals; a `Screen` shows and asks: `prompt` with an edit line, `lines` without any
escape sequence, `pipe` without a terminal.
"""
