"""Kinds of answer that plug-ins add: a line of text that has to pass a check."""

from __future__ import annotations

from collections.abc import Callable

from reflect.script import Value


class AnswerKind(Value, frozen=True):
    """What a pack names in `answer: NAME`; `help` is one line of definition for authors.

    `check` is given the text without blanks around it. It returns None when the text will do,
    else one plain sentence that says what is needed.
    """

    name: str
    help: str
    check: Callable[[str], str | None]
