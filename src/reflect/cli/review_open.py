"""`reflect review FILE`: open what was shared with you."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.passphrase import passphrase_option
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reflect.application.reviewing import Filed
    from reflect.review.case import Case
    from reflect.review.places import Place
    from reflect.sharing.identities import Identity
    from reflect.sharing.passphrase import Passphrase
    from reflect.sharing.shared import Bundle

STDIN = "-"
LARGEST = 32 * 1024 * 1024
"""Bytes that are looked at: more than the largest file that opens."""
LARGEST_KEY = 64 * 1024
_VERBS = (("answer", 'answer {} "…"'), ("close", "close {}"), ("concern", 'note {} "…"'))


@click.command()
@click.argument("file")
@click.option(
    "--identity", metavar="PATH", help="Open it with this secret key: age's, or an SSH one."
)
@passphrase_option
@pass_desk
def command(desk: Desk, file: str, identity: str | None) -> None:
    """Open a FILE that was shared with you (`-` for stdin) and keep it under its mentee.

    It opens with your key (`reflect key`), another one, or the passphrase the two of you agreed
    on. What it holds is shown; opening it twice changes nothing.
    """
    from reflect.application.reviewing import opened

    data = _content(file)
    file_and_show(desk, opened(data, _opens(desk, data, identity)))


def file_and_show(desk: Desk, bundle: Bundle) -> None:
    """Keep what a file holds that was opened, and show what may be shown of it."""
    from reflect.application.reviewing import file_away

    _show(desk, file_away(desk.app, bundle))


def _content(name: str) -> bytes:
    """What stands in the file or comes on stdin. Raises `ReflectError` "no-such-file"."""
    if name == STDIN:
        return sys.stdin.buffer.read(LARGEST)
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST)
    except (OSError, ValueError):
        raise _no_file(name) from None


def _no_file(name: str) -> ReflectError:
    from reflect.cli.commands import REVIEW_COMMANDS
    from reflect.cli.meant import did_you_mean

    hint = "Name the file you were sent: reflect review FILE"
    if name.isalpha():
        hint = did_you_mean(name, REVIEW_COMMANDS, "reflect review --help")
    return ReflectError("no-such-file", "That is no file that can be read.", hint)


def _opens(desk: Desk, data: bytes, identity: str | None) -> Sequence[Identity] | Passphrase:
    """What may open it; a passphrase is asked for only where one is needed."""
    from reflect.application.keeping_keys import identities
    from reflect.application.reviewing import needs_passphrase

    if identity is not None:
        return (_identity(identity),)
    if needs_passphrase(data):
        from reflect.cli.passphrase import of_a_file

        return of_a_file(desk, "review")
    return identities(desk.app)


def _identity(name: str) -> Identity:
    from reflect.sharing.identities import read_identity

    try:
        with Path(name).open("rb") as file:
            text = file.read(LARGEST_KEY).decode("utf-8", "replace")
    except (OSError, ValueError):
        raise ReflectError(
            "not-a-secret-key",
            "That is no file that can be read.",
            "Name the file of a secret key: --identity ~/.ssh/id_ed25519",
        ) from None
    return read_identity(_key_line(text))


def _key_line(text: str) -> str:
    """The key in a file of age's, which has comments above it; else the text as it is."""
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if line.upper().startswith("AGE-SECRET-KEY-")), text)


def _show(desk: Desk, found: Filed) -> None:
    from reflect.cli.review_show import show_brief
    from reflect.cli.reviewing import tell_of_covered

    case = found.case
    now = next((one for one in case.files if one.share == found.share), None)
    show_brief(desk, case, now or case.newest)
    desk.talk("")
    desk.talk(_where(found))
    tell_of_covered(desk, case)
    if found.key_changed:
        desk.talk(
            f"The file names another key of {case.mentee}'s than the one before it did. Ask them"
            " whether they made a new one, before you answer."
        )
    for line in _next(case):
        desk.talk(line)


def _next(case: Case) -> Iterator[str]:
    """What can be done now, with the numbers of this very file."""
    from reflect.review.steps import steps

    first: dict[str, Place] = {}
    for step in steps(case):
        if step.place is not None:
            first.setdefault(step.ask, step.place)
    yield "Next, one thing at a time: reflect review"
    yield "Or:    reflect review show --transcript"
    for ask, verb in _VERBS:
        if ask in first:
            yield f"       reflect review {verb.format(first[ask].number)}"
    yield "       reflect review reply"


def _where(found: Filed) -> str:
    case = found.case
    filed = next((one for one in case.files if one.share == found.share), None)
    if filed is None:
        return (
            f"A newer file of {case.mentee}'s takes the place of this one; that is what is shown."
        )
    if not found.new:
        return f"This file was opened before, as number {filed.number} of {case.mentee}'s."
    place = "" if filed is case.newest else f"; the latest is number {case.newest.number}"
    return f"Kept under {case.mentee} as number {filed.number}{place}."
