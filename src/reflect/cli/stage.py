"""`reflect stage`: where the mentorship is, and moving it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import UNDO, reason_option, relation, spoken_day
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.mentorship.staying import Stay
    from reflect.script import Lifecycle

SIGNS: dict[Lifecycle, str] = {
    "find": "you are looking for the right mentor",
    "start": "you agree on how you will work together",
    "rapport": "you get to know and trust each other",
    "goals": "you settle what it is for",
    "work": "you act, try, hear feedback and learn",
    "review": "you look back at what has come of it",
    "conclude": "you bring it to a good end",
    "maintain": "you stay in touch",
}
"""How one can tell each state."""


@click.command()
@click.argument("state", required=False, metavar="[STAGE]")
@reason_option
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, state: str | None, reason: str, as_json: bool) -> None:
    """Show where your mentorship is and why, or move it.

    STAGE is one of the eight states, or a stage of the standard pack by id, title or
    number. Going back is as normal as going on.
    """
    if state is not None:
        _move(desk, state, reason)
    found = relation(desk)
    stays = _stays(desk, found.id)
    if as_json:
        desk.json(
            {"stage": found.state, "since": found.since, "history": [_record(s) for s in stays]}
        )
    else:
        _show(desk, stays)


def _stays(desk: Desk, mentorship: str) -> tuple[Stay, ...]:
    from reflect.mentorship.staying import stays

    return stays(desk.app.reading_store.events(mentorship, damaged="skip")[0])


def _record(stay: Stay) -> dict[str, str]:
    return {"stage": stay.state, "since": stay.since, "reason": stay.reason}


def _move(desk: Desk, state: str, reason: str) -> None:
    from reflect.application.changing import line
    from reflect.application.noting import note, stamp
    from reflect.cli.settings import _reason, _state
    from reflect.events import StageMoved

    found = relation(desk)
    wanted = _state(desk, state)
    why = line(reason, "a reason") if reason else _reason(desk)
    note(desk.app, found.id, StageMoved(stamp(desk.app), wanted, why))
    desk.talk(UNDO)


def _show(desk: Desk, stays: tuple[Stay, ...]) -> None:
    from reflect.sharing.layout import wrapped

    now = stays[-1]
    why = f" “{now.reason}”" if now.reason else ""
    text = f"{now.state}: {SIGNS[now.state]}. Since {spoken_day(desk, now.since)}.{why}"
    for line in wrapped(text, desk.columns):
        desk.show(line)
    for state, sign in SIGNS.items():
        mark = "→" if state == now.state else " "
        desk.show(f" {mark} {state:9} {sign}")
