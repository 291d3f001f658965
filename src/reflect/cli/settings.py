"""`reflect settings`: names, language and where the mentorship stands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.events import JourneyEvent
    from reflect.mentorship.relation import Relation
    from reflect.script import Lifecycle

Setting = Literal["name", "mentor", "language", "stage"]
LONGEST = 80


@click.command()
@click.argument(
    "setting", required=False, type=click.Choice(["name", "mentor", "language", "stage"])
)
@click.argument("value", required=False)
@json_option
@pass_desk
def command(desk: Desk, setting: Setting | None, value: str | None, as_json: bool) -> None:
    """Show your settings, or change one.

    A stage is one of the standard pack by id, title or number, or one of the eight
    states of a mentorship (find, start, rapport, goals, work, review, conclude,
    maintain). It is asked why, for your own history.
    """
    relation = _relation(desk)
    if setting is not None and value is not None:
        _append(desk, relation, _change(desk, setting, value))
        relation = _relation(desk)
    record = _record(relation)
    if as_json:
        desk.json(record)
    elif setting is not None and value is None:
        desk.show(record[setting])
    else:
        _show(desk, record)


def _relation(desk: Desk) -> Relation:
    from reflect.application.reading import nothing_kept

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    return relation


def _record(relation: Relation) -> dict[str, str]:
    return {
        "name": relation.mentee,
        "mentor": relation.mentor,
        "language": relation.language,
        "stage": relation.state,
        "since": relation.since,
    }


def _show(desk: Desk, record: dict[str, str]) -> None:
    from reflect.cli.table import columns

    rows = [(name, value) for name, value in record.items() if name != "since"]
    rows[-1] = ("stage", f"{record['stage']} (since {record['since']})")
    for line in columns(rows, desk.columns):
        desk.show(line)


# --- changing ---


def _append(desk: Desk, relation: Relation, event: JourneyEvent) -> None:
    from reflect.transcripts.values import Stream

    store = desk.app.store
    stream = Stream("journey", relation.id, relation.id)
    store.append(stream, len(store.events(relation.id)), [event])


def _change(desk: Desk, setting: Setting, value: str) -> JourneyEvent:
    from reflect.events import MentorshipChanged, StageMoved

    at = desk.app.now().isoformat(timespec="seconds")
    if setting == "stage":
        return StageMoved(at, _state(desk, value), _reason(desk))
    if setting == "language":
        return MentorshipChanged(at, language=_language(desk, value))
    if setting == "name":
        return MentorshipChanged(at, mentee=_name(value))
    return MentorshipChanged(at, mentor=_name(value))


def _name(value: str) -> str:
    from reflect.text import clean_input

    name = " ".join(clean_input(value).split())
    if not 0 < len(name) <= LONGEST:
        raise UsageError(
            "bad-name", f"a name has 1 to {LONGEST} characters", "A first name is enough."
        )
    return name


def _language(desk: Desk, value: str) -> str:
    """A language that some pack speaks."""
    from reflect.packs.location import languages

    entries = desk.app.catalogue.entries()
    known = {entry.language for entry in entries}
    known |= {language for entry in entries for language in languages(entry.location)}
    if value not in known:
        raise UsageError(
            "no-such-language",
            "no pack speaks that language",
            f"One of: {', '.join(sorted(known))}",
        )
    return value


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
