"""Sessions as an outline: a heading for each, below it a heading for each answer and each action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reflect.plugins.api import Collection, ItemRecord, Transcript, TurnRecord
from reflect_org.plain import line, paragraph, tag, value

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PROMISE = "core.promise@"
"""What the key of a check on an earlier promise begins with; the item's id stands behind it."""


def outline(sessions: Collection) -> str:
    """The whole file, oldest session first; it ends with a line feed."""
    lines = ["#+TITLE: Reflections", "#+TODO: TODO | DONE CANCELLED", ""]
    if sessions.check_in is not None:
        lines += ["* Next check-in", _stamp(sessions.check_in), ""]
    states = _States(sessions)
    for session in sessions.transcripts:
        lines += [*_session(session, states), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


class _States:
    """Which keyword an action has."""

    def __init__(self, sessions: Collection) -> None:
        self._open = {action.id for action in sessions.open_actions}
        self._heard = {
            turn.key.removeprefix(_PROMISE): turn.value
            for session in sessions.transcripts
            for turn in session.turns
            if turn.key.startswith(_PROMISE) and turn.status == "answered"
        }

    def keyword(self, item: ItemRecord, session: Transcript) -> str:
        """TODO while it is open: what a session that goes on has made is not counted yet."""
        if item.id in self._open or session.session.state == "open":
            return "TODO"
        return "CANCELLED" if self._heard.get(item.id) == "dropped" else "DONE"


def _session(session: Transcript, states: _States) -> Iterator[str]:
    mark = session.session
    yield f"* {mark.day} {line(mark.stage_title)} :{tag(mark.stage)}:"
    yield from _drawer(
        ID=mark.id, DAY=f"[{_day(mark.day)}]", PACK=value(mark.pack.id), STATE=mark.state
    )
    for turn in session.turns:
        yield from _turn(turn)
    for item in session.items:
        if item.kind == "action":
            yield from _action(item, session, states)


def _turn(turn: TurnRecord) -> Iterator[str]:
    """What was asked and answered; what was left out is left out here as well."""
    if turn.status != "answered" or not turn.answer.strip():
        return
    private = "" if turn.share == "yes" else " :private:"
    yield f"** {line(turn.question) or line(turn.key)}{private}"
    yield paragraph(turn.answer)


def _action(item: ItemRecord, session: Transcript, states: _States) -> Iterator[str]:
    yield f"** {states.keyword(item, session)} {line(item.text)}".rstrip()
    if item.due is not None:
        yield f"DEADLINE: {_stamp(item.due)}"
    yield from _drawer(ID=item.id, OWNER=item.owner)
    if item.instead.strip():
        yield paragraph(item.instead)


def _drawer(**properties: str) -> Iterator[str]:
    yield ":PROPERTIES:"
    yield from (f":{name}: {value}" for name, value in properties.items())
    yield ":END:"


def _stamp(day: str) -> str:
    """An active timestamp of a whole day: it is shown in the agenda."""
    return f"<{_day(day)}>"


def _day(day: str) -> str:
    return f"{day} {_DAYS[date.fromisoformat(day).weekday()]}"
