"""`reflect review propose`: an action, a goal or a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.reviewing import chosen, for_option, text_of, write
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.reviewing_notes import Due, Owner
    from reflect.events import NoteKind
    from reflect.review.case import Case
    from reflect.review.places import Place


@click.command()
@click.argument("kind", type=click.Choice(["action", "goal", "term"]))
@click.argument("words", nargs=-1, metavar="[WHO] [N] [TEXT]")
@click.option("--mine", "owner", flag_value="me", help="An action of yours.")
@click.option("--both", "owner", flag_value="both", help="An action of the two of you.")
@click.option("--due", metavar="WHEN", help='When it is due, such as "next friday".')
@for_option
@pass_desk
def command(
    desk: Desk,
    kind: NoteKind,
    words: tuple[str, ...],
    owner: Owner | None,
    due: str | None,
    who: str | None,
) -> None:
    """Propose an action, a goal or a term. Nothing stands before your mentee says yes.

    A day in the words of an action is heard: propose action "send me the slides by friday". A goal
    or a term that is there is put in other words by its number: propose goal 6 "two talks by May".
    """
    if kind != "action" and (owner or due):
        raise UsageError("only-for-actions", f"a {kind} has no owner and no day", "Leave it out.")
    case, rest = chosen(desk, who, words)
    place = _anew(case, kind, rest)
    text = text_of(desk, rest, f"Which {kind}?")
    heard = _due(desk, case, text, due) if kind == "action" else None
    write(desk, case, kind, text, place=place, due=heard, owner=owner or "mentee")


def _anew(case: Case, kind: NoteKind, words: list[str]) -> Place | None:
    """The goal or term whose number is in front of `words`, and is taken from there."""
    from reflect.application.reviewing_notes import put_anew

    if not words or not words[0].isdecimal():
        return None
    found = put_anew(case, case.newest, kind, int(words[0][:9]))
    if found is not None:
        words.pop(0)
    return found


def _due(desk: Desk, case: Case, text: str, words: str | None) -> Due:
    from reflect.application.reviewing_notes import due_in, heard_due

    return heard_due(desk.app, case, words) if words else due_in(desk.app, case, text)
