"""`reflect meeting`: when the two meet next, and when they met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.events import Mode
    from reflect.mentorship.relation import Relation

HELD = "held"
MODES: Mapping[str, Mode] = {"person": "in person", "video": "by video", "phone": "by phone"}


@click.command()
@click.argument("when", nargs=-1, metavar="[WHEN | held [DAY]]")
@click.option("--mode", type=click.Choice(tuple(MODES)), help="How you meet.")
@click.option("--reason", metavar="TEXT", default="", help="Why it was moved, for you alone.")
@mentorship_option
@json_option
@pass_desk
def command(
    desk: Desk, when: tuple[str, ...], mode: str | None, reason: str, as_json: bool
) -> None:
    """Show when you meet next, set it, or note that you met.

    WHEN is a day as you would say it, with or without a time: "thursday 3pm", 2026-12-03.
    `none` takes it back. `reflect meeting held` notes that you met on the day that was set,
    or on DAY. What you promise "before we meet" is due on that day.
    """
    relation = _relation(desk)
    if when and when[0].casefold() == HELD:
        _hold(desk, relation, " ".join(when[1:]))
    elif when:
        _set(desk, relation, " ".join(when), mode, reason)
    elif mode:
        _meet_by(desk, relation, mode)
    if when or mode:
        relation = _relation(desk)
    if as_json:
        desk.json(_record(desk, relation))
    else:
        _show(desk, relation)


def _relation(desk: Desk) -> Relation:
    from reflect.application.reading import nothing_kept

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    return relation


def _set(desk: Desk, relation: Relation, words: str, mode: str | None, reason: str) -> None:
    from reflect.application.changing import line
    from reflect.application.meetings import heard_meeting
    from reflect.application.noting import note, stamp
    from reflect.events import MentorshipChanged

    when = heard_meeting(desk.app, relation.language, words)
    why = line(reason, "a reason", "Put it in quotes behind --reason.") if reason else ""
    by = MODES[mode] if mode else None
    changed = MentorshipChanged(stamp(desk.app), check_in=when, reason=why, mode=by)
    note(desk.app, relation.id, changed)


def _meet_by(desk: Desk, relation: Relation, mode: str) -> None:
    """Say how they meet on the day that is set."""
    from reflect.application.noting import note, stamp
    from reflect.events import MentorshipChanged

    if _ahead(desk, relation) is None:
        hint = 'Name the day, too: reflect meeting "thursday 3pm" --mode video'
        raise UsageError("no-meeting", "no meeting is set", hint)
    note(desk.app, relation.id, MentorshipChanged(stamp(desk.app), mode=MODES[mode]))


def _hold(desk: Desk, relation: Relation, words: str) -> None:
    from reflect.application.meetings import heard_day, held

    day = heard_day(desk.app, relation.language, words) if words else None
    held(desk.app, relation, day)


def _record(desk: Desk, relation: Relation) -> dict[str, object]:
    from msgspec.structs import asdict

    moved = [asdict(one) for one in relation.moved]
    ahead = _ahead(desk, relation)
    mode = relation.mode if ahead else ""
    return {"next": ahead, "mode": mode, "held": relation.met, "moved": moved}


def _ahead(desk: Desk, relation: Relation) -> str | None:
    return relation.meeting_from(desk.app.now().date().isoformat())


def _show(desk: Desk, relation: Relation) -> None:
    from datetime import date

    from reflect.application.meetings import said_day, said_meeting

    today = desk.app.now().date()
    ahead = _ahead(desk, relation)
    if ahead:
        by = f", {relation.mode}" if relation.mode else ""
        desk.show(f"You meet {relation.other} on {said_meeting(ahead, today)}{by}.")
    else:
        desk.show('No meeting is set. To set one: reflect meeting "thursday 3pm"')
    if relation.met:
        desk.show(f"You last met on {said_day(date.fromisoformat(relation.met), today)}.")
    for one in relation.moved:
        day = said_day(date.fromisoformat(one.planned[:10]), today)
        desk.show(f"Moved: the meeting of {day}{f' (“{one.reason}”)' if one.reason else ''}.")
