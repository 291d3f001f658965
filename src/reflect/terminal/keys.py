"""What the keys of the edit line do, and which of the library's own are switched off."""

from __future__ import annotations

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from reflect.text import clean_input

_WITHOUT_USE = ("c-@", "c-o", "c-q", "c-r", "c-s", "c-x", "c-]")
"""Keys that would begin a selection, a search, a macro or a quoted key, from which somebody who met them
by chance finds no way back, or (Ctrl-O) would send the line."""

_AFTER_ESCAPE = "0123456789-#"
"""After Escape they would say how often the next key counts (up to a million times), or send a comment."""


_NEVER_ASKED_FOR = (Keys.Vt100MouseEvent, Keys.CPRResponse)
"""What a terminal says of its mouse and its cursor: the library takes whatever looks like it apart, and
fails where it makes no sense."""


def bindings() -> KeyBindings:
    """Enter sends, Alt-Enter and Ctrl-J begin a new line, Ctrl-C leaves whatever stands there."""
    keys = KeyBindings()
    keys.add("enter")(_send)
    keys.add("escape", "enter")(_new_line)
    keys.add("c-j")(_new_line)
    keys.add("c-c", eager=True)(_leave)
    keys.add(Keys.BracketedPaste)(_paste)
    for key in _WITHOUT_USE:
        keys.add(key, eager=True)(_nothing)
    for told in _NEVER_ASKED_FOR:
        keys.add(told)(_nothing)
    for key in _AFTER_ESCAPE:
        keys.add("escape", key)(_itself)
    return keys


def _send(event: KeyPressEvent) -> None:
    event.current_buffer.validate_and_handle()


def _new_line(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text("\n")


def _leave(event: KeyPressEvent) -> None:
    # Not to wait for a second key: with something selected, Ctrl-C begins a longer sequence.
    event.app.exit(exception=KeyboardInterrupt)


def _paste(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text(clean_input(event.data))


def _nothing(_: KeyPressEvent) -> None:
    pass


def _itself(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text(event.data)
