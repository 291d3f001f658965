"""Reading stories: conversations that test a pack, one or a list of them in a file.

    story: a thin answer gets one probe, and no means no
    stage: rapport
    given:
      today: 2026-03-02
      sessions: 3
      last session: 2026-02-16
      open:
        - ask Sam for the rota, by 2026-02-27
      last:
        at-ease: The review was slow
      asked: [let-in, listened]
      wins: 2
    talk:
      - bot: felt easy
      - me: It was fine
      - bot: …
    expect:
      at-ease: declined

Whether the stage and the questions that a story names exist is seen when it is played.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from reflect.diagnostics import Diagnostic, Place
from reflect.packs import codes
from reflect.packs.names import JOURNEY
from reflect.packs.reader import read_tree
from reflect.packs.report import Report, clip
from reflect.packs.story_table import GIVEN, GIVEN_COUNTS, STORY
from reflect.packs.tree import List, Map, Node, Text, items_at, map_at, text_at, word_at
from reflect.rehearsal.codes import NOT_A_DAY, NOT_A_NUMBER
from reflect.script import Length, Role

STORY_BYTES = 256 * 1024
TODAY = date(2026, 3, 2)
"""The day of a story that names none: a Monday."""
BETWEEN = timedelta(days=14)
"""How long ago the last session was, when a story with earlier sessions does not say."""
END = ("…", "...")
"""A line of the bot that ends the check."""

_BY = ", by "


class Open(msgspec.Struct, frozen=True):
    """A promise that is still open: its words, and the day it was made for if there is one."""

    text: str
    due: date | None = None


class Given(msgspec.Struct, frozen=True):
    """What went before.

    `not_yet` says how often in a row the promises in `open` were not yet kept.
    `last` holds answers by question; the questions in `asked` were put since, and what was
    answered there does not matter. `items` counts open items by kind, the promises in
    `open` apart.
    """

    today: date = TODAY
    sessions: int = 0
    last_session: date | None = None
    mentee: str = "Amina"
    mentor: str = "Daniel"
    open: tuple[Open, ...] = ()
    not_yet: int = 0
    last: dict[str, Text] = {}
    asked: tuple[Text, ...] = ()
    items: dict[str, int] = {}


class Line(msgspec.Struct, frozen=True):
    """One line of the talk: what the bot is to say, or what the mentee types."""

    who: Literal["bot", "me"]
    text: str
    place: Place


class Expected(msgspec.Struct, frozen=True):
    """One line of `expect`."""

    name: str
    value: str
    place: Place


class Story(msgspec.Struct, frozen=True):
    """A conversation and what must come of it; `language` "" is the pack's own."""

    name: str
    place: Place
    stage: str
    given: Given = Given()
    talk: tuple[Line, ...] = ()
    expect: tuple[Expected, ...] = ()
    language: str = ""
    role: Role = "mentee"
    length: Length = "short"


def read_stories(file: str, data: bytes) -> tuple[tuple[Story, ...], tuple[Diagnostic, ...]]:
    """The stories in `data`, and everything that is wrong with it; `file` is shown in places.

    A story with an error in it is left out.
    """
    report = Report()
    root = read_tree(file, data, report, limit=STORY_BYTES)
    stories = [_story(node, report) for node in _each(root) if not report.settled]
    return tuple(story for story in stories if story), report.sorted()


def _each(root: Node | None) -> tuple[Node, ...]:
    if root is None:
        return ()
    return (root,) if isinstance(root, (Map, Text)) else root.items


def _story(node: Node, report: Report) -> Story | None:
    """One story, None when something in it is wrong."""
    if not isinstance(node, Map):
        report.error(codes.WRONG_SHAPE, node.place, "A story is a map.", "Begin with `story:`.")
        return None
    found = Report()
    story = _Reading(node, found).story()
    report.take(found.sorted())
    return None if found.failed else story


class _Reading:
    """Reads the map of one story; what is wrong goes to the report."""

    def __init__(self, node: Map, report: Report) -> None:
        self._node = node
        self._report = report

    def story(self) -> Story:
        node = self._node
        self._known(node, STORY.names)
        for key in STORY.keys:
            if key.required and key.name not in node.values:
                message = f"This story has no `{key.name}`."
                self._report.error(codes.MISSING_KEY, node.place, message)
        self._texts(node, ("story", "stage", "language", "as", "length"))
        if self._report.failed:
            return Story("", node.place, "")
        role = self._one_of("as", ("mentee", "mentor"))
        length = self._one_of("length", ("short", "long"))
        return Story(
            name=word_at(node, "story"),
            place=node.place,
            stage=word_at(node, "stage"),
            given=self._given(),
            talk=tuple(self._talk()),
            expect=tuple(self._expect()),
            language=word_at(node, "language"),
            role="mentor" if role == "mentor" else "mentee",
            length="long" if length == "long" else "short",
        )

    # --- shapes --------------------------------------------------------------------

    def _known(self, node: Map, names: tuple[str, ...]) -> None:
        for name in node.values:
            if name not in names:
                hint = self._report.meant(name, names) or f"Its keys are {', '.join(names)}."
                message = f"There is no key `{clip(name)}` here."
                self._report.error(codes.UNKNOWN_KEY, node.key_place(name), message, hint)

    def _texts(self, node: Map, names: tuple[str, ...]) -> None:
        for name in names:
            if not isinstance(node.values.get(name, _NO_TEXT), Text):
                self._wrong(node.key_place(name), f"`{name}` takes a text.")

    def _wrong(self, place: Place, message: str, hint: str = "") -> None:
        self._report.error(codes.WRONG_SHAPE, place, message, hint)

    def _one_of(self, name: str, words: tuple[str, ...]) -> str:
        text = text_at(self._node, name)
        if text is not None and text.value not in words:
            message = f"`{name}` is one of {', '.join(words)}."
            self._report.error(codes.UNKNOWN_WORD, text.place, message)
        return text.value if text else words[0]

    def _pairs(self, node: Map, name: str) -> Iterator[tuple[str, Text]]:
        """The names and texts of the map under `name`."""
        found = node.values.get(name)
        if found is not None and not isinstance(found, Map):
            self._wrong(found.place, f"`{name}` takes `name: text` on lines of their own.")
            return
        for key, value in map_at(node, name).values.items():
            if isinstance(value, Text):
                yield key, value
            else:
                self._wrong(value.place, f"`{key}` takes a text.")

    # --- what went before ----------------------------------------------------------

    def _given(self) -> Given:
        found = self._node.values.get("given", _NOTHING)
        if not isinstance(found, Map):
            self._wrong(found.place, "`given` takes keys such as `today` and `last`.")
            return Given()
        self._known(found, (*GIVEN.names, *GIVEN_COUNTS))
        self._texts(found, ("today", "sessions", "last session", "mentee", "mentor"))
        if self._report.failed:
            return Given()
        today = self._day(found, "today") or TODAY
        last = dict(self._pairs(found, "last"))
        asked = tuple(self._listed(found, "asked"))
        sessions = max(self._count(found, "sessions"), 1 if last or asked else 0)
        return Given(
            today=today,
            sessions=sessions,
            last_session=self._day(found, "last session")
            or (today - BETWEEN if sessions else None),
            mentee=word_at(found, "mentee", "Amina"),
            mentor=word_at(found, "mentor", "Daniel"),
            open=tuple(self._open(found)),
            not_yet=self._count(found, "not yet"),
            last=last,
            asked=asked,
            items={
                JOURNEY[name]: self._count(found, name) for name in found.values if _counts(name)
            },
        )

    def _day(self, node: Map, name: str) -> date | None:
        text = text_at(node, name)
        day = _day_of(text.value) if text else None
        if text and day is None:
            self._report.error(NOT_A_DAY, text.place, f"`{name}` is a day.", "Like 2026-03-02.")
        return day

    def _count(self, node: Map, name: str) -> int:
        found = node.values.get(name)
        if found is None:
            return 0
        figures = found.value if isinstance(found, Text) else ""
        if not (figures.isascii() and figures.isdigit() and len(figures) < 6):
            self._report.error(NOT_A_NUMBER, found.place, f"`{name}` is a number.")
            return 0
        return int(figures)

    def _open(self, node: Map) -> Iterator[Open]:
        """The promises, each with the day behind its last ", by"."""
        for text in self._listed(node, "open"):
            words, _, by = text.value.rpartition(_BY)
            due = _day_of(by)
            yield Open(words, due) if due and words else Open(text.value)

    def _listed(self, node: Map, name: str) -> Iterator[Text]:
        """The texts of the list under `name`."""
        found = node.values.get(name, _NO_ITEMS)
        if not isinstance(found, List):
            self._wrong(found.place, f"`{name}` is a list.")
            return
        for item in found.items:
            if isinstance(item, Text):
                yield item
            else:
                self._wrong(item.place, f"`{name}` is a list of texts.")

    # --- the talk ------------------------------------------------------------------

    def _talk(self) -> Iterator[Line]:
        if not items_at(self._node, "talk"):
            self._wrong(self._node.key_place("talk"), "`talk` is a list.", _LINE)
        for item in items_at(self._node, "talk"):
            line = self._line(item)
            if line is None:
                self._wrong(item.place, "A line of the talk is somebody's text.", _LINE)
            else:
                yield line

    def _line(self, item: Node) -> Line | None:
        if not isinstance(item, Map) or len(item.values) != 1:
            return None
        ((who, text),) = item.values.items()
        if not isinstance(text, Text):
            return None
        if who == "bot":
            return Line("bot", text.value, item.place)
        return Line("me", text.value, item.place) if who == "me" else None

    def _expect(self) -> Iterator[Expected]:
        for name, value in self._pairs(self._node, "expect"):
            yield Expected(name, value.value, map_at(self._node, "expect").key_place(name))


_NO_TEXT = Text("")
_NO_ITEMS = List(())
_NOTHING = Map({}, {})
_LINE = "Write `- bot: part of what is said` or `- me: what is typed`."


def _counts(name: str) -> bool:
    return name in JOURNEY and name != "sessions"


def _day_of(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
