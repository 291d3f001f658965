"""What carries on, on the page: promises, questions, goals, and the rest; each with a box to write back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from reflect.script import Keep
from reflect.sharing.element import Inside, Markup, element, joined
from reflect.sharing.page_charts import PROMISES, goal, promises
from reflect.sharing.page_form import box, item_kinds
from reflect.sharing.page_reading import Reading
from reflect.sharing.shared import SharedItem, SharedLine

OTHERS: Final[Mapping[Keep, str]] = {
    "agreement": "agreements",
    "win": "wins",
    "lesson": "lessons",
    "feedback": "feedbacks",
    "contact": "contacts",
}
"""Kinds of items that have no section of their own, and what their lists are called."""

_UNSPOKEN: Final = frozenset(("", "open", "noted"))


def promised(reading: Reading) -> Iterator[Markup]:
    """The sections about promises, questions and goals; one that would be empty is left out."""
    items = _Items(reading, "item")
    yield from items.section("promises", items.promises())
    yield from items.section("questions", items.listed("question"))
    yield from items.section("goals", items.goals())


def others(reading: Reading) -> Iterator[Markup]:
    """The section about all that carries on besides, if there is anything."""
    items = _Items(reading, "other")
    yield from items.section("others", items.others())


class _Items:
    """The items of one page, each with a place of its own on it."""

    def __init__(self, reading: Reading, name: str) -> None:
        self._reading = reading
        self._name = name
        self._say = reading.say
        self._places = count(1)

    def section(self, name: str, inside: Iterator[Markup]) -> Iterator[Markup]:
        found = tuple(inside)
        if found:
            heading = element("h2", self._say(name), id=f"{name}-heading")
            labelled = f"{name}-heading"
            yield element("section", heading, *found, id=name, aria_labelledby=labelled)

    def listed(self, kind: Keep) -> Iterator[Markup]:
        found = sorted(self._all(kind), key=lambda one: not one.open)
        if found:
            yield self._list(found)

    def others(self) -> Iterator[Markup]:
        for kind, heading in OTHERS.items():
            found = self._all(kind)
            if found:
                yield element("h3", self._say(heading))
                yield self._list(found)

    # --- promises ----------------------------------------------------------------------

    def promises(self) -> Iterator[Markup]:
        found = self._all("action")
        theirs = [one for one in found if self._reading.is_readers(one)]
        together = [one for one in found if one.owner == "both"]
        own = [one for one in found if one not in theirs and one not in together]
        of_writer = self._reading.with_("of", who=self._reading.writer)
        groups = ((self._say("yours"), theirs), (self._say("together"), together), (of_writer, own))
        for number, (heading, some) in enumerate(groups):
            if some:
                yield element("h3", heading)
                yield self._tally(heading, some, number)
                yield self._list(sorted(some, key=_by_due))

    def _tally(self, heading: str, items: Sequence[SharedItem], number: int) -> Markup:
        """How many of them were kept, as squares and in words."""
        counts = Counter(one.state if one.state in PROMISES else "open" for one in items)
        told = ", ".join(
            self._reading.phrases.counted(f"page-{state}", counts[state])
            for state in PROMISES
            if counts[state]
        )
        drawn = promises(counts, f"{self._say('promises')}: {heading}", told, number)
        return element("div", drawn, element("p", told), class_="tally")

    # --- goals -------------------------------------------------------------------------

    def goals(self) -> Iterator[Markup]:
        found = sorted(self._all("goal"), key=lambda one: not one.open)
        for number, one in enumerate(found):
            yield element("article", *self._goal(one, number), class_="goal")

    def _goal(self, item: SharedItem, number: int) -> Iterator[Markup]:
        state = self._reading.state("goal", item.state)
        stands = self._reading.with_("goal-stands", state=state)
        yield element("h3", item.text, dir="auto", class_="said")
        yield goal(item.state, self._say("goal-path"), stands, number)
        yield element("p", stands, class_="terms")
        yield from self._lines(item)
        yield self._box(item)

    # --- one item ----------------------------------------------------------------------

    def _all(self, kind: Keep) -> list[SharedItem]:
        return [one for one in self._reading.shared.items if one.kind == kind]

    def _list(self, items: Sequence[SharedItem]) -> Markup:
        shown = (element("li", *self._item(one), class_=_look(one)) for one in items)
        return element("ul", *shown, class_="items", role="list")

    def _item(self, item: SharedItem) -> Iterator[Inside]:
        yield element("p", item.text, class_="said", dir="auto")
        terms = tuple(self._terms(item))
        if terms:
            yield element("p", " · ".join(terms), class_="terms")
        if item.instead:
            instead = self._reading.with_("instead", text=item.instead)
            yield element("p", instead, class_="terms", dir="auto")
        yield from self._lines(item)
        yield self._box(item)

    def _terms(self, item: SharedItem) -> Iterator[str]:
        if item.state not in _UNSPOKEN:
            yield self._reading.state(item.kind, item.state)
        if item.open and item.due:
            yield self._reading.with_("by", due=self._reading.day(item.due))
        elif item.open and item.due_words:
            yield item.due_words

    def _lines(self, item: SharedItem) -> Iterator[Markup]:
        shown = tuple(self._line(one, item.kind) for one in item.lines if self._is_news(one, item))
        if shown:
            yield element("ul", *shown, class_="lines", role="list")

    def _is_news(self, line: SharedLine, item: SharedItem) -> bool:
        return not (line.kind == "state" and line.text == item.state)

    def _line(self, line: SharedLine, kind: str) -> Markup:
        said = self._reading.with_(f"line-{line.kind}", text=self._told(line, kind))
        return element(
            "li",
            element("time", self._reading.day(line.day), datetime=line.day),
            joined(" ", element("span", said, dir="auto")),
        )

    def _told(self, line: SharedLine, kind: str) -> str:
        if line.kind == "state":
            return self._reading.state(kind, line.text)
        return self._reading.day(line.text) if line.kind == "due" else line.text

    def _box(self, item: SharedItem) -> Markup:
        kinds = item_kinds(item, readers=self._reading.is_readers(item))
        return box(self._reading, f"{self._name}{next(self._places)}", item.id, item.text, kinds)


def _by_due(item: SharedItem) -> tuple[bool, bool, str]:
    """What is open first, and of that what is due first."""
    return not item.open, item.due is None, item.due or ""


def _look(item: SharedItem) -> str:
    return f"item {item.kind}" if item.open else f"item {item.kind} closed"
