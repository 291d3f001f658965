"""`reflect receive`: what your mentor wrote back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.passphrase import passphrase_option
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.application.notes import Shown
    from reflect.application.receiving import Received
    from reflect.packs.phrases import Phrases
    from reflect.sharing.passphrase import Passphrase

PASTED = "-"
LAST_LINE = "@ end"
LARGEST = 32 * 1024 * 1024
"""Bytes that are looked at: more than the largest file that opens."""


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--yes", is_flag=True, help="Say yes to everything that is proposed.")
@passphrase_option
@pass_desk
def command(desk: Desk, file: str, yes: bool) -> None:
    """Take in what your mentor wrote back: a FILE, or with - a reply that you paste.

    The notes are shown beside what they are about, and your next session opens with them. What
    is proposed is asked about one by one; without an answer it waits (reflect notes). The same
    file twice changes nothing.
    """
    from reflect.application.phrasing import phrases
    from reflect.application.receiving import opened, receive
    from reflect.cli.consenting import settle_each, tell_waiting

    data = _content(desk, file)
    bundle = opened(desk.app, data, _passphrase(desk, data))
    if bundle.shared is not None:
        from reflect.cli.review_open import file_and_show

        file_and_show(desk, bundle)
        return
    found = receive(desk.app, bundle)
    says = phrases(desk.app, found.relation.language)
    new = _show(desk, found, says)
    # What was piped in as the reply holds no answers of the mentee's, whatever stands behind it.
    may_ask = file != PASTED or sys.stdin.isatty()
    settle_each(desk, found.relation, new, says, yes=yes, ask=may_ask)
    tell_waiting(desk, found.relation, says)


def _show(desk: Desk, found: Received, says: Phrases) -> tuple[Shown, ...]:
    """The new notes, said and shown."""
    from reflect.application.notes import shown
    from reflect.cli.noted_back import show_notes

    new = shown(desk.app, found.relation, found.notes)
    if not new:
        desk.talk(says.say("received-nothing"))
        return ()
    desk.talk(says.counted("received", len(new), other=found.by))
    show_notes(desk, new, says)
    if any(one.unread for one in new):
        desk.talk(says.say("received-next"))
    return new


# --- what comes in -------------------------------------------------------------------


def _content(desk: Desk, name: str) -> bytes:
    """What stands in the file, or is pasted or piped in. Raises `ReflectError` "no-such-file"."""
    if name == PASTED:
        return _pasted(desk) if sys.stdin.isatty() else sys.stdin.buffer.read(LARGEST)
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST)
    except (OSError, ValueError):
        from reflect.text import clean_input

        raise ReflectError(
            "no-such-file",
            f"{clean_input(name)[:80]} is no file that can be read.",
            "Name the file you were sent; to paste a reply: reflect receive -",
        ) from None


def _pasted(desk: Desk) -> bytes:
    """The lines that are pasted into a terminal, up to the last of a reply; what follows is thrown away."""
    from reflect.application.phrasing import phrases

    relation = desk.app.relation()
    says = phrases(desk.app, relation.language if relation else "en")
    desk.talk(says.say("paste-here"))
    lines: list[bytes] = []
    size = 0
    while size < LARGEST and (line := sys.stdin.buffer.readline(LARGEST)):
        lines.append(line)
        size += len(line)
        if line.decode("utf-8", "replace").strip(" >|\t\r\n\u00a0") == LAST_LINE:
            break
    _throw_away_what_follows()
    return b"".join(lines)


def _throw_away_what_follows() -> None:
    """Somebody's signature behind the reply must not answer for the mentee."""
    if sys.platform != "win32":
        import termios

        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def _passphrase(desk: Desk, data: bytes) -> Passphrase | None:
    """The passphrase of the file, asked for only where it has one."""
    from reflect.application.receiving import needs_passphrase

    if not needs_passphrase(data):
        return None
    from reflect.cli.passphrase import of_a_file

    return of_a_file(desk, "receive")
