"""`reflect journey`: where the mentorship is, on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import record, relation, spoken_day, words_of
from reflect.cli.commands import JOURNEY_COMMANDS
from reflect.cli.desk import Desk, json_option
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import day, mentorship_option

if TYPE_CHECKING:
    from reflect.application.carried import Some
    from reflect.application.journey import JourneySoFar, Kept

BAR = 24
"""Cells of the bar at most; up to so many promises are one cell each."""
SHOWN = 3
MARGIN = 10


@click.group(cls=LazyGroup, modules=JOURNEY_COMMANDS, invoke_without_command=True)
@click.option("--pillars", is_flag=True, help="By the four pillars of a mentorship.")
@click.option(
    "--since", metavar="YYYY-MM-DD", callback=day, help="With --pillars: from this day on."
)
@click.option(
    "--answers",
    metavar="[WORD]",
    is_flag=False,
    flag_value="",
    help="Scales that were asked again, with what you answered each time; for you alone.",
)
@mentorship_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, pillars: bool, since: str | None, answers: str | None, as_json: bool
) -> None:
    """Show your journey on one screen: stages, goals, promises, wins, what is due.

    Nothing is counted for or against you.
    """
    desk = ctx.find_object(Desk)
    assert desk is not None
    if ctx.invoked_subcommand is not None:
        return
    if desk.kept() is None and not as_json:
        return
    if answers is not None:
        from reflect.cli.journey_answers import show_answers

        show_answers(desk, relation(desk), answers, as_json)
        return
    if pillars:
        _pillars(desk, since or "", as_json)
        return
    from reflect.application.journey import journey

    found = journey(desk.app, relation(desk), None if as_json else SHOWN)
    if as_json:
        desk.json(_record(found))
        return
    for line in _page(desk, found):
        desk.show(line)


def _record(found: JourneySoFar) -> dict[str, object]:
    known = found.relation
    return {
        "mentorship": known.id,
        "stage": known.state,
        "since": known.since,
        "history": [
            {"stage": stay.state, "since": stay.since, "reason": stay.reason}
            for stay in found.stays
        ],
        "goals": [record(one) for one in found.goals.items],
        "goals_reached": found.reached,
        "promises": found.kept._asdict(),
        "promises_of_the_other": found.theirs._asdict(),
        "taken_on": found.taken_on._asdict(),
        "left_alone": found.left_alone,
        "wins": [record(one) for one in found.wins],
        "due": [record(one) for one in found.due.items],
        "owed": [record(one) for one in found.owed.items],
        "contacts": found.contacts,
        "agreements": found.agreements,
        "last_note": found.note.note.text if found.note else None,
        "sessions": found.sessions,
        "last_session": found.last,
        "last_meeting": known.met,
        "next_meeting": known.check_in,
        "next_meeting_mode": known.mode,
    }


# --- the screen ----------------------------------------------------------------------


def _page(desk: Desk, found: JourneySoFar) -> Iterator[str]:
    known, now = found.relation, found.stays[-1]
    yield f"{known.me} and {known.other}"
    why = f": “{now.reason}”" if now.reason else ""
    yield from _row(desk, "stage", [f"{known.state}, since {spoken_day(desk, known.since)}{why}"])
    if len(found.stays) > 1:
        yield from _row(desk, "so far", [" → ".join(stay.state for stay in found.stays)])
    yield from _row(desk, "goals", _goals(found))
    yield from _row(desk, "quiet", _quiet(found))
    yield from _row(desk, "promises", _promises(desk, found.kept))
    yield from _row(desk, "both", _both(found))
    yield from _row(desk, "wins", [words_of(one) for one in found.wins])
    yield from _row(desk, "due", _short(desk, found.due))
    yield from _row(desk, known.other, _short(desk, found.owed))
    yield from _row(desk, "wrote", _note(desk, found))
    yield from _row(desk, "contacts", _counts(found.contacts, {"open": "to ask"}))
    yield from _row(desk, "terms", _counts(found.agreements, {}))
    yield from _row(desk, "met", [_meetings(desk, found)])
    yield from _row(desk, "sessions", [_sessions(desk, found)])


def _row(desk: Desk, title: str, texts: Iterable[str]) -> Iterator[str]:
    """A title in the margin and its texts beside it, each cut to one line; nothing for no text."""
    from reflect.text import display_width, shorten

    head = shorten(title, MARGIN - 2)
    for text in texts:
        yield head + " " * (MARGIN - display_width(head)) + shorten(text, desk.columns - MARGIN)
        head = ""


def _goals(found: JourneySoFar) -> Iterator[str]:
    from reflect.sharing.layout import counted

    for one in found.goals.items:
        yield f"{words_of(one)} ({one.state})"
    more = [f"{found.goals.more} more"] if found.goals.more else []
    reached = [f"{counted(found.reached, 'goal')} reached"] if found.reached else []
    if more or reached:
        yield ", ".join([*more, *reached])


def _quiet(found: JourneySoFar) -> Iterator[str]:
    """That one side of life has had no goal for a quarter."""
    said = {"personal": "nothing personal", "professional": "nothing for your work"}
    if found.left_alone is not None:
        yield f"{said[found.left_alone]} among your goals for three months"


def _both(found: JourneySoFar) -> Iterator[str]:
    """Who took on how much, and what became of what the person opposite did."""
    other, by = found.relation.other, found.taken_on
    if not (by.theirs or by.both):
        return
    parts = ((by.own, "by you"), (by.theirs, f"by {other}"), (by.both, "by both"))
    yield f"taken on: {', '.join(f'{count} {who}' for count, who in parts if count)}"
    yield f"{other}: {_became(found.theirs)}"


def _became(kept: Kept) -> str:
    return ", ".join(f"{count} {name}" for count, name in _parts(kept) if count)


def _parts(kept: Kept) -> tuple[tuple[int, str], ...]:
    return (kept.kept, "kept"), (kept.dropped, "let go"), (kept.open, "open")


def _promises(desk: Desk, kept: Kept) -> Iterator[str]:
    """A sentence, and below it the same as a bar."""
    total = sum(kept)
    if not total:
        return
    yield _became(kept)
    marks = "#-." if desk.plain else "■·□"
    cells = min(1.0, BAR / total)
    yield "".join(
        mark * max(1, round(count * cells))
        for mark, (count, _) in zip(marks, _parts(kept), strict=True)
        if count
    )


def _short(desk: Desk, some: Some) -> Iterator[str]:
    for one in some.items:
        yield f"{words_of(one)}{f' ({spoken_day(desk, one.due)})' if one.due else ''}"
    if some.more:
        yield f"and {some.more} more: reflect actions"


def _note(desk: Desk, found: JourneySoFar) -> Iterator[str]:
    """What the person opposite wrote last, and when."""
    if found.note is not None:
        words = " ".join(found.note.note.text.split())
        yield f"{found.note.by}, {spoken_day(desk, found.note.note.day)}: “{words}”"


def _counts(states: dict[str, int], said: dict[str, str]) -> list[str]:
    """How many are in which state, on one line; none for none."""
    line = ", ".join(f"{count} {said.get(state, state)}" for state, count in states.items())
    return [line] if line else []


def _meetings(desk: Desk, found: JourneySoFar) -> str:
    from reflect.application.meetings import said_meeting

    today = desk.app.now().date()
    last = (
        f"on {spoken_day(desk, found.relation.met)}" if found.relation.met else "no day noted yet"
    )
    ahead = found.relation.meeting_from(today.isoformat())
    return f"{last}; next: {said_meeting(ahead, today) if ahead else 'no day set'}"


def _sessions(desk: Desk, found: JourneySoFar) -> str:
    last = f", the last on {spoken_day(desk, found.last)}" if found.last else ""
    return f"{found.sessions}{last}"


def _pillars(desk: Desk, since: str, as_json: bool) -> None:
    from reflect.application.journey import pillars

    views = pillars(desk.app, relation(desk), since)
    if as_json:
        rows = [{"pillar": one.pillar, "how": one.how, "seen": one.seen} for one in views]
        desk.json({"pillars": rows})
        return
    for one in views:
        seen = ", ".join(f"{count} {_named(sign, count)}" for sign, count in one.seen.items())
        desk.show(f"{one.pillar:24}{one.how:9}{seen or 'nothing yet'}")


def _named(sign: str, count: int) -> str:
    names = {"kept": "promises kept", "feedback": "heard in feedback"}
    return names.get(sign, sign if count == 1 else f"{sign}s")
