"""`reflect settings`: names, language, where the mentorship stands and when the two meet next."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.events import JourneyEvent
    from reflect.mentorship.relation import Relation
    from reflect.script import Lifecycle

Setting = Literal["name", "mentor", "mentee", "language", "stage", "check-in", "agenda"]
SETTINGS: tuple[Setting, ...] = (
    "name",
    "mentor",
    "mentee",
    "language",
    "stage",
    "check-in",
    "agenda",
)
LONGEST = 80
NONE = "none"
"""What is shown for a setting that has no value, and typed to take one back."""


@click.command()
@click.argument("setting", required=False, type=click.Choice(SETTINGS))
@click.argument("value", required=False)
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, setting: Setting | None, value: str | None, as_json: bool) -> None:
    """Show your settings, or change one.

    A name that is mended is used from now on; what was said under the old one stays as it was
    said. A stage is one of the standard pack by id, title or number, or one of the eight
    states of a mentorship (find, start, rapport, goals, work, review, conclude,
    maintain). It is asked why, for your own history. A check-in is your next
    meeting, such as 2026-12-03 or "next friday 3pm"; `none` takes it back. An agenda is the
    parts of `reflect prepare` that you want first, such as "questions, goals"; `none` for the usual order.
    """
    relation = _relation(desk)
    if setting is not None and value is not None:
        from reflect.application.noting import note

        note(desk.app, relation.id, _change(desk, relation, setting, value))
        relation = _relation(desk)
    record = _record(relation)
    if as_json:
        desk.json(record)
    elif setting is not None and value is None:
        desk.show(record[_key(setting)] or NONE)
    else:
        _show(desk, record)


def _relation(desk: Desk) -> Relation:
    from reflect.application.reading import nothing_kept

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    return relation


def _key(setting: Setting) -> str:
    return setting.replace("-", "_")


def _record(relation: Relation) -> dict[str, str | None]:
    return {
        "name": relation.me,
        "mentor": relation.mentor,
        "mentee": relation.mentee,
        "role": relation.role,
        "language": relation.language,
        "stage": relation.state,
        "since": relation.since,
        "check_in": relation.check_in,
        "agenda": ", ".join(relation.agenda) or None,
    }


def _show(desk: Desk, record: dict[str, str | None]) -> None:
    from reflect.cli.table import columns

    shown = {name: record[_key(name)] or NONE for name in SETTINGS if name != record["role"]}
    shown["check-in"] = shown["check-in"].replace("T", " ")
    shown["stage"] += f" (since {record['since']})"
    for line in columns(list(shown.items()), desk.columns):
        desk.show(line)


# --- changing ---


def _change(desk: Desk, relation: Relation, setting: Setting, value: str) -> JourneyEvent:
    from reflect.events import MentorshipChanged, StageMoved

    at = desk.app.now().isoformat(timespec="seconds")
    if setting == "stage":
        return StageMoved(at, _state(desk, value), _reason(desk))
    if setting == "language":
        from reflect.application.languages import asked_for

        return MentorshipChanged(at, language=asked_for(desk.app, value))
    if setting == "check-in":
        from reflect.application.meetings import heard_meeting

        return MentorshipChanged(at, check_in=heard_meeting(desk.app, relation.language, value))
    if setting == "agenda":
        return MentorshipChanged(at, agenda=_agenda(value))
    whose = relation.role if setting == "name" else setting
    if whose == "mentee":
        return MentorshipChanged(at, mentee=_name(value))
    return MentorshipChanged(at, mentor=_name(value))


def _agenda(value: str) -> tuple[str, ...]:
    """The parts that `value` names, in its order; none for the usual one."""
    from reflect.application.preparing import SECTIONS
    from reflect.cli.meant import did_you_mean

    named = dict.fromkeys(value.replace(",", " ").casefold().split())
    if tuple(named) == (NONE,):
        return ()
    for one in named:
        if one not in SECTIONS:
            message = f"an agenda is made of: {', '.join(SECTIONS)}"
            hint = did_you_mean(
                one, SECTIONS, 'Such as: reflect settings agenda "questions, goals"'
            )
            raise UsageError("no-such-part", message, hint)
    return tuple(named)


def _name(value: str) -> str:
    from reflect.text import clean_input

    name = " ".join(clean_input(value).split())
    if not 0 < len(name) <= LONGEST:
        raise UsageError(
            "bad-name", f"a name has 1 to {LONGEST} characters", "A first name is enough."
        )
    return name


def _state(desk: Desk, value: str) -> Lifecycle:
    """The lifecycle state that `value` names, or that the stage it names serves."""
    from reflect.script import LIFECYCLE

    wanted = " ".join(value.split()).casefold()
    for state in LIFECYCLE:
        if state == wanted:
            return state
    stages = desk.app.script().stages
    for number, stage in enumerate(stages, 1):
        if wanted in (str(number), stage.id.casefold(), stage.title.casefold()) and stage.lifecycle:
            return stage.lifecycle[0]
    raise _no_such_stage(wanted, [stage.id for stage in stages], LIFECYCLE)


def _no_such_stage(wanted: str, stages: Sequence[str], states: Sequence[str]) -> UsageError:
    from reflect.cli.meant import did_you_mean

    return UsageError(
        "no-such-stage",
        f"a stage is one of: {', '.join(stages)}\n  or a state: {', '.join(states)}",
        did_you_mean(wanted, [*stages, *states], "reflect pack list"),
    )


def _reason(desk: Desk) -> str:
    """Why the mentorship moves on: one line, asked for where somebody can answer."""
    from reflect.text import clean_input

    if not sys.stdin.isatty():
        return ""
    sys.stderr.write("Why now? (for your own history; Enter leaves it open) ")
    sys.stderr.flush()
    return clean_input(sys.stdin.readline()).strip()
