"""`reflect meeting`: when the two meet next, and when they met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.mentorship.relation import Relation

HELD = "held"


@click.command()
@click.argument("when", nargs=-1, metavar="[WHEN | held [DAY]]")
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, when: tuple[str, ...], as_json: bool) -> None:
    """Show when you meet next, set it, or note that you met.

    WHEN is a day as you would say it, with or without a time: "thursday 3pm", 2026-12-03.
    `none` takes it back. `reflect meeting held` notes that you met on the day that was set,
    or on DAY. What you promise "before we meet" is due on that day.
    """
    relation = _relation(desk)
    if when and when[0].casefold() == HELD:
        _hold(desk, relation, " ".join(when[1:]))
    elif when:
        _set(desk, relation, " ".join(when))
    if when:
        relation = _relation(desk)
    if as_json:
        desk.json({"next": _ahead(desk, relation), "held": relation.met})
    else:
        _show(desk, relation)


def _relation(desk: Desk) -> Relation:
    from reflect.application.reading import nothing_kept

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    return relation


def _set(desk: Desk, relation: Relation, words: str) -> None:
    from reflect.application.meetings import heard_meeting
    from reflect.application.noting import note, stamp
    from reflect.events import MentorshipChanged

    when = heard_meeting(desk.app, relation.language, words)
    note(desk.app, relation.id, MentorshipChanged(stamp(desk.app), check_in=when))


def _hold(desk: Desk, relation: Relation, words: str) -> None:
    from reflect.application.meetings import heard_day, held

    day = heard_day(desk.app, relation.language, words) if words else None
    held(desk.app, relation, day)


def _ahead(desk: Desk, relation: Relation) -> str | None:
    return relation.meeting_from(desk.app.now().date().isoformat())


def _show(desk: Desk, relation: Relation) -> None:
    from datetime import date

    from reflect.application.meetings import said_day, said_meeting

    today = desk.app.now().date()
    ahead = _ahead(desk, relation)
    if ahead:
        desk.show(f"You meet {relation.other} on {said_meeting(ahead, today)}.")
    else:
        desk.show('No meeting is set. To set one: reflect meeting "thursday 3pm"')
    if relation.met:
        desk.show(f"You last met on {said_day(date.fromisoformat(relation.met), today)}.")
