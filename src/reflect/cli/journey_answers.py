"""Scales that were asked again, as they are shown: for whoever answered, in words and a row of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reflect.cli.carrying_on import spoken_day
from reflect.cli.desk import Desk

if TYPE_CHECKING:
    from reflect.application.answers_again import AskedAgain
    from reflect.mentorship.relation import Relation

ROW = 12
"""So many of the latest answers stand in a row."""
MARGIN = "      "


def show_answers(desk: Desk, relation: Relation, word: str, as_json: bool) -> None:
    """What was answered each time to what was asked more than once; with a `word`, where it is about that."""
    from msgspec import to_builtins

    from reflect.application.answers_again import asked_again

    found = asked_again(desk.app, relation, word)
    if as_json:
        desk.json({"answers": to_builtins(found)})
        return
    for one in found:
        for line in _lines(desk, one):
            desk.show(line)
    if found:
        desk.talk("These are yours alone; nobody adds them up.")
    else:
        desk.talk("No scale has been asked twice yet. Such as: reflect --pack pulse --short")


def _lines(desk: Desk, one: AskedAgain) -> Iterator[str]:
    from reflect.sharing.layout import wrapped

    yield f"{one.pack} · {one.question}"
    texts = (one.asked, _ends(one), _row(desk, one), _lately(one))
    for text in filter(None, texts):
        yield from wrapped(text, desk.columns, first=MARGIN, rest=MARGIN)


def _ends(one: AskedAgain) -> str:
    """What the ends of the scale mean."""
    if len(one.labels) < 2:
        return ""
    return f"{one.low} is “{one.labels[0]}”, {one.high} is “{one.labels[-1]}”"


def _row(desk: Desk, one: AskedAgain) -> str:
    shown = one.values[-ROW:]
    first, last = spoken_day(desk, shown[0].day), spoken_day(desk, shown[-1].day)
    return f"{'  '.join(f'{value.value:g}' for value in shown)}   ({first} to {last})"


def _lately(one: AskedAgain) -> str:
    """How the latest answer lies with the one before, in words."""
    before, now = one.values[-2].value, one.values[-1].value
    if now == before:
        return "the same as the time before"
    return f"{'higher' if now > before else 'lower'} than the time before"
