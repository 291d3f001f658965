"""`reflect key restore`: your key, from its sheet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.sharing.identities import Identity


@click.command()
@pass_desk
def command(desk: Desk) -> None:
    """Type your key back from its recovery sheet, or pipe the sheet in.

    It is your key from then on. A key that was here before is kept to open what was sealed for it.
    """
    from reflect.application.keeping_keys import identities, use_key
    from reflect.cli.key_words import show_own
    from reflect.sharing.recovery import LARGEST, read_sheet

    typed = _typed(desk) if sys.stdin.isatty() else read_sheet(sys.stdin.read(LARGEST))
    before = [one.public for one in identities(desk.app)]
    if typed.public not in before:
        use_key(desk.app, typed)
    show_own(desk, typed)
    desk.talk(_outcome(typed, before))


def _outcome(typed: Identity, before: list[str]) -> str:
    if typed.public not in before:
        return "\nYour key is back. Its words are those on the sheet."
    if typed.public == before[0]:
        return "\nThat is your key already; nothing was changed."
    return "\nThat is an earlier key of yours; it is here to open older files. Nothing was changed."


def _typed(desk: Desk) -> Identity:
    """The key, line by line; a line that is wrong is asked for again."""
    from reflect.sharing.recovery import LENGTHS, joined

    desk.talk("Type the three lines of the sheet, with the words at their ends. Ctrl-C stops.")
    return joined([_line(desk, number) for number in range(1, len(LENGTHS) + 1)])


def _line(desk: Desk, number: int) -> str:
    from reflect.sharing.recovery import read_line

    while True:
        sys.stderr.write(f"  {number}   ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        try:
            return read_line(number, line)
        except ReflectError as error:
            desk.talk(f"{error.message} {error.hint}")
