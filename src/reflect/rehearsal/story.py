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
from typing import Literal

import msgspec

from reflect.diagnostics import Diagnostic, Place
from reflect.packs import codes
from reflect.packs.reader import read_tree
from reflect.packs.report import Report
from reflect.packs.story_table import STORY
from reflect.packs.tree import Map, Node, Text, items_at, map_at, word_at
from reflect.rehearsal.given import Given, read_given
from reflect.rehearsal.shapes import Shapes
from reflect.script import Length, Role

STORY_BYTES = 256 * 1024
END = ("…", "...")
"""A line of the bot that ends the check."""


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


class _Reading(Shapes):
    """Reads the map of one story; what is wrong goes to the report."""

    def story(self) -> Story:
        node = self.node
        self.known(STORY.names)
        for key in STORY.keys:
            if key.required and key.name not in node.values:
                message = f"This story has no `{key.name}`."
                self.report.error(codes.MISSING_KEY, node.place, message)
        self.texts(("story", "stage", "language", "as", "length"))
        if self.report.failed:
            return Story("", node.place, "")
        role = self.one_of("as", ("mentee", "mentor"))
        length = self.one_of("length", ("short", "long"))
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

    def _given(self) -> Given:
        found = self.node.values.get("given", _NOTHING)
        if isinstance(found, Map):
            return read_given(found, self.report)
        self.wrong(found.place, "`given` takes keys such as `today` and `last`.")
        return Given()

    def _talk(self) -> Iterator[Line]:
        if not items_at(self.node, "talk"):
            self.wrong(self.node.key_place("talk"), "`talk` is a list.", _LINE)
        for item in items_at(self.node, "talk"):
            line = self._line(item)
            if line is None:
                self.wrong(item.place, "A line of the talk is somebody's text.", _LINE)
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
        for name, value in self.pairs("expect"):
            yield Expected(name, value.value, map_at(self.node, "expect").key_place(name))


_NOTHING = Map({}, {})
_LINE = "Write `- bot: part of what is said` or `- me: what is typed`."
