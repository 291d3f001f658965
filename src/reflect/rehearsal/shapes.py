"""Reading one map of a story file: its shapes are checked, and what is wrong goes to the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reflect.diagnostics import Place
from reflect.packs import codes
from reflect.packs.report import Report, clip
from reflect.packs.tree import List, Map, Text, map_at, text_at
from reflect.rehearsal.codes import NOT_A_DAY, NOT_A_NUMBER


class Shapes:
    """The values of one map, by their keys."""

    def __init__(self, node: Map, report: Report) -> None:
        self.node = node
        self.report = report

    def known(self, names: tuple[str, ...]) -> None:
        """Report every key that is none of `names`."""
        for name in self.node.values:
            if name not in names:
                hint = self.report.meant(name, names) or f"Its keys are {', '.join(names)}."
                message = f"There is no key `{clip(name)}` here."
                self.report.error(codes.UNKNOWN_KEY, self.node.key_place(name), message, hint)

    def texts(self, names: tuple[str, ...]) -> None:
        """Report every key of `names` that holds something else than a text."""
        for name in names:
            if not isinstance(self.node.values.get(name, _NO_TEXT), Text):
                self.wrong(self.node.key_place(name), f"`{name}` takes a text.")

    def wrong(self, place: Place, message: str, hint: str = "") -> None:
        """Report that something has the wrong shape."""
        self.report.error(codes.WRONG_SHAPE, place, message, hint)

    def one_of(self, name: str, words: tuple[str, ...]) -> str:
        """The word under `name`; the first of `words` when there is none."""
        text = text_at(self.node, name)
        if text is not None and text.value not in words:
            message = f"`{name}` is one of {', '.join(words)}."
            hint = self.report.meant(text.value, words)
            self.report.error(codes.UNKNOWN_WORD, text.place, message, hint)
        return text.value if text else words[0]

    def pairs(self, name: str) -> Iterator[tuple[str, Text]]:
        """The names and texts of the map under `name`."""
        found = self.node.values.get(name)
        if found is not None and not isinstance(found, Map):
            self.wrong(found.place, f"`{name}` takes `name: text` on lines of their own.")
            return
        for key, value in map_at(self.node, name).values.items():
            if isinstance(value, Text):
                yield key, value
            else:
                self.wrong(value.place, f"`{key}` takes a text.")

    def listed(self, name: str) -> Iterator[Text]:
        """The texts of the list under `name`."""
        found = self.node.values.get(name, _NO_ITEMS)
        if not isinstance(found, List):
            self.wrong(found.place, f"`{name}` is a list.")
            return
        for item in found.items:
            if isinstance(item, Text):
                yield item
            else:
                self.wrong(item.place, f"`{name}` is a list of texts.")

    def day(self, name: str) -> date | None:
        """The day under `name`; None when there is none."""
        text = text_at(self.node, name)
        day = day_of(text.value) if text else None
        if text and day is None:
            self.report.error(NOT_A_DAY, text.place, f"`{name}` is a day.", "Like 2026-03-02.")
        return day

    def count(self, name: str) -> int:
        """The number under `name`; 0 when there is none."""
        found = self.node.values.get(name)
        if found is None:
            return 0
        figures = found.value if isinstance(found, Text) else ""
        if not (figures.isascii() and figures.isdigit() and len(figures) < 6):
            self.report.error(NOT_A_NUMBER, found.place, f"`{name}` is a number.")
            return 0
        return int(figures)


_NO_TEXT = Text("")
_NO_ITEMS = List(())


def day_of(text: str) -> date | None:
    """The day that `text` writes as 2026-03-02; None when it writes none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
