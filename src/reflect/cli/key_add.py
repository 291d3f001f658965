"""`reflect key add`: keep somebody's key by name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.sharing.recipients import Recipient

STDIN = "-"


@click.command()
@click.argument("name")
@click.argument("key", nargs=-1, required=True, metavar="KEY|FILE|-")
@click.option("--yes", is_flag=True, help="Do not ask; compare the words later.")
@pass_desk
def command(desk: Desk, name: str, key: tuple[str, ...], yes: bool) -> None:
    """Keep the KEY of somebody you send files to, under NAME.

    KEY is the line age1… that `reflect key` shows them, or an SSH key (ssh-ed25519, ssh-rsa); or
    a file that holds it, or `-` for stdin. Compare its words on the phone: a mail can be changed
    on its way, a voice you know cannot.
    """
    from reflect.application.keeping_keys import recipients, remember
    from reflect.cli.key_words import spoken
    from reflect.sharing.keys import read_key
    from reflect.sharing.recipients import Recipient, read_name

    name = read_name(name)
    line = read_key(_text(" ".join(key)))
    known = next((one for one in recipients(desk.app) if _same(one.name, name)), None)
    desk.talk(f"The words of {name}'s key:")
    for row in spoken(line):
        desk.show(row)
    compared = _agreed(desk, name, line, known, yes=yes)
    today = desk.app.now().date().isoformat()
    remember(desk.app, Recipient(name, line, today, compared))
    later = "" if compared else f" Compare the words with {name} before you send anything private."
    desk.talk(f"The key of {name} is kept.{later}")


def _agreed(desk: Desk, name: str, line: str, known: Recipient | None, *, yes: bool) -> bool:
    """Whether the words were compared. Raises `ReflectError` "not-added" or "key-changed"."""
    changed = known is not None and known.key != line
    if changed:
        desk.talk(f"This is not the key of {name} that was kept here until now.")
    if yes:
        return False
    if sys.stdin.isatty():
        if desk.agrees(f"Does {name} read the same words to you?"):
            return True
        hint = "Add it when you have compared them, or leave that for later with --yes."
        raise ReflectError("not-added", "The key was not kept.", hint)
    if changed:
        hint = "Ask them whether they made a new one; then add it with --yes."
        raise ReflectError("key-changed", "Another key is kept under that name.", hint)
    return known is not None and known.compared


def _text(given: str) -> str:
    """What was given as a key: itself, or what stands in the file or on stdin."""
    from reflect.sharing.keys import LARGEST, looks_like_key

    if given == STDIN:
        return sys.stdin.read(LARGEST)
    if looks_like_key(given) or "SECRET-KEY" in given.upper():
        return given
    return _content(given)


def _content(name: str) -> str:
    from pathlib import Path

    from reflect.sharing.keys import LARGEST

    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST).decode("utf-8", "replace")
    except (OSError, ValueError):
        pass
    raise ReflectError(
        "not-a-key",
        "That is neither a key nor a file that can be read.",
        "A key is one line: age1…, ssh-ed25519 … or ssh-rsa …",
    )


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
