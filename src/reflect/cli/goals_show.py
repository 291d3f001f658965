"""`reflect goals show`: all of one goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import entry, record, relation, words_of
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.goals import notes
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.goals import Goal
    from reflect.application.item_history import Became


@click.command()
@click.argument("number", type=click.IntRange(1), metavar="N")
@json_option
@mentorship_option
@pass_desk
def command(desk: Desk, number: int, as_json: bool) -> None:
    """All of one goal: its history, milestones, progress, sessions, actions and wins."""
    from reflect.application.carried import numbered
    from reflect.application.goals import goal

    found = relation(desk)
    store = desk.app.reading_store
    whole = goal(store, found.id, numbered(store, found.id, "goal", [number])[0])
    if as_json:
        desk.json(_whole(whole))
        return
    for line in _page(desk, whole):
        desk.show(line)


def _whole(whole: Goal) -> dict[str, object]:
    import msgspec

    return {
        "goal": record(whole.item),
        "history": [msgspec.structs.asdict(one) for one in whole.became],
        "sessions": [one._asdict() for one in whole.sessions],
        "actions": [record(one) for one in whole.actions],
        "wins": [record(one) for one in whole.wins],
    }


def _page(desk: Desk, whole: Goal) -> Iterator[str]:
    from reflect.application.item_history import lines
    from reflect.application.steps import in_order

    yield from entry(desk, whole.item, notes(desk, whole.item, len(whole.sessions)))
    yield from _part(desk, "History", _told(desk, whole.became))
    for field, title in (("milestone", "Milestones"), ("progress", "Progress")):
        said = (_dated(desk, one.at, one.value) for one in lines(whole.became, field))
        yield from _part(desk, title, said)
    days = (_dated(desk, one.day, one.stage) for one in whole.sessions)
    yield from _part(desk, "Sessions", days)
    steps = in_order(whole.actions)
    actions = (f"{one.number}  {words_of(one)} ({one.state})" for one in steps)
    yield from _part(desk, "Actions", actions)
    yield from _part(desk, "Wins", (words_of(one) for one in whole.wins))


def _part(desk: Desk, title: str, lines: Iterable[str]) -> Iterator[str]:
    from reflect.sharing.layout import wrapped

    for number, line in enumerate(lines):
        if number == 0:
            yield ""
            yield title
        yield from wrapped(line, desk.columns, first="  ", rest="    ")


def _dated(desk: Desk, at: str, text: str) -> str:
    return f"{at[:10]}  {text}"


_SAID = {"state": "", "owner": "owner: ", "kind_of": "for: ", "due": "by ", "due_words": "by "}


def _told(desk: Desk, became: Iterable[Became]) -> Iterator[str]:
    """The history in sentences: the words of then, what became of them, and why."""
    for one in became:
        if one.field not in ("text", *_SAID) or not one.value:
            continue
        told = ": ".join(filter(None, (one.because, one.reason)))
        why = f" ({told})" if told else ""
        if one.field != "text":
            yield _dated(desk, one.at, f"{_SAID[one.field]}{one.value}{why}")
        elif one.before:
            yield _dated(desk, one.at, f"before: “{one.before}”, now: “{one.value}”{why}")
        else:
            yield _dated(desk, one.at, f"“{one.value}”{why}")
