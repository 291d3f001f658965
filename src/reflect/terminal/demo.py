"""A sample to watch: the real engine and packs in a home that is thrown away afterwards."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.wiring import Application
from reflect.dialogue.keys import base_key, is_probe
from reflect.errors import Misuse
from reflect.settings import NO_PLUGINS
from reflect.terminal.blocks import GAP, Block, Heading, Paragraph, Sent
from reflect.terminal.layout import PLAIN, Look, Page, look_of
from reflect.terminal.pipe import write
from reflect.terminal.screen import Edited, Typed, Watch
from reflect.terminal.stops import Stopped, Stops
from reflect.terminal.words import Words

if TYPE_CHECKING:
    from reflect.dialogue.turn import Turn
    from reflect.packs.tree import Node

EVENING = 18
"""The hour at which the sample is set."""


class Sample(NamedTuple):
    """One session of the sample: its day, the lines before its first question, the answers by key."""

    day: date
    opening: tuple[str, ...]
    answers: dict[str, tuple[str, ...]]


class Pace(NamedTuple):
    """Seconds to read a line, and to type a character."""

    line: float = 0.0
    character: float = 0.0


AT_ONCE = Pace()
FOR_PEOPLE = Pace(0.35, 0.03)


def play_demo(app: Application, *, plain: bool = False, pace: Pace | None = None) -> int:
    """Play the sample to stdout; gives the exit code. Nothing of `app` but its environment is used.

    In a terminal it is typed as if somebody did, elsewhere it stands there at once.
    """
    from reflect.terminal.tty_screen import columns, is_plain

    alive = sys.stdout.isatty()
    simple = plain or not alive or is_plain(app.environ)
    look = look_of(columns(), colour=not simple, drawn=not simple) if alive else PLAIN
    with Stops() as stops, tempfile.TemporaryDirectory(prefix="reflect-demo-") as home:
        screen = DemoScreen(look, stops, pace or (FOR_PEOPLE if alive else AT_ONCE))
        try:
            _play(Path(home), screen)
        except Stopped:
            return stops.exit_code
    return 0


def _play(home: Path, screen: DemoScreen) -> None:
    before: date | None = None
    for sample in samples():
        app = _on_day(home, sample.day)
        words = Words(app.script())
        try:
            if before is None:
                screen.show(Paragraph(words.say("demo-begins"), "quiet"), GAP)
            else:
                later = _later((sample.day - before).days, words)
                screen.show(GAP, Heading(), GAP, Paragraph(later, "quiet"), GAP)
            _session(app, screen, sample)
        finally:
            app.close()
        before = sample.day
    screen.show(GAP, Paragraph(words.say("demo-ends", command="reflect"), "quiet"))


def _later(days: int, words: Words) -> str:
    """How long after the last session this one is: whole weeks, from two on, in words."""
    from reflect.terminal.words import counted

    if days >= 14 and days % 7 == 0:
        return words.say("demo-later-weeks", weeks=counted(days // 7, words))
    return words.say("demo-later", days=str(days))


def _session(app: Application, screen: DemoScreen, sample: Sample) -> None:
    from reflect.terminal.opening import Opening, Wishes
    from reflect.terminal.run import conversation

    screen.play(sample, lambda: None)
    session, words = Opening(app, screen, Wishes()).begin()
    screen.play(sample._replace(opening=()), lambda: session.turn)
    conversation(app, screen, session, words).run()


def _on_day(home: Path, day: date) -> Application:
    """An application that lives in the evening of `day`."""
    evening = datetime(day.year, day.month, day.day, EVENING, tzinfo=UTC)
    environ = {"REFLECT_HOME": str(home)}
    return Application(environ, clock=lambda: evening, plugins=NO_PLUGINS)


class DemoScreen:
    """Shows a conversation whose answers are known."""

    patient = True

    def __init__(self, look: Look, stops: Stops, pace: Pace) -> None:
        self._look = look
        self._stops = stops
        self._pace = pace
        self._page = Page()
        self._lines: list[str] = []
        self._answers: dict[str, tuple[str, ...]] = {}
        self._turn: Callable[[], Turn | None]

    def play(self, sample: Sample, turn: Callable[[], Turn | None]) -> None:
        """Answer with `sample` from now on, where `turn` tells what is asked."""
        self._lines = list(sample.opening)
        self._answers = dict(sample.answers)
        self._turn = turn

    def show(self, *blocks: Block) -> None:
        """Write `blocks`, a line at a time."""
        for line in self._page.text(blocks, self._look).splitlines(keepends=True):
            self._write(line)
            self._wait(self._pace.line)

    def ask(self, offered: str, watch: Watch) -> Typed:
        """The next line of the sample, typed as somebody would."""
        line = self._next()
        text = self._page.text([Sent(line)], self._look)
        for character in text if self._pace.character else (text,):
            self._write(character)
            self._wait(self._pace.character)
        return Typed(line)

    def edit(self, text: str) -> Edited:
        """A sample has no editor."""
        return Edited(text, "editor-none")

    def _next(self) -> str:
        turn = self._turn()
        if not self._lines and turn is not None:
            self._lines = list(self._answers.pop(_name(turn.key), ()))
        return self._lines.pop(0) if self._lines else ""

    def _write(self, text: str) -> None:
        with suppress(BrokenPipeError):
            write(sys.stdout, text)

    def _wait(self, seconds: float) -> None:
        with self._stops.waiting():
            if seconds:
                time.sleep(seconds)


def _name(key: str) -> str:
    """How the sample calls the turn at `key`."""
    if key.startswith("core."):
        return key.removeprefix("core.").partition("@")[0]
    return f"{base_key(key)}/probe" if is_probe(key) else key


# --- the file ----------------------------------------------------------------------


def samples() -> tuple[Sample, ...]:
    """The sample sessions that come with core."""
    from reflect.packs.reader import read_tree
    from reflect.packs.report import Report
    from reflect.plugins.shipped import CORE, shipped_folder

    path = shipped_folder() / CORE / "demo.yaml"
    tree = read_tree(path.name, path.read_bytes(), Report())
    return tuple(_sample(node) for node in _items(_value(tree, "sessions")))


def _sample(node: Node) -> Sample:
    from reflect.packs.tree import Map

    answers = _value(node, "answers")
    assert isinstance(answers, Map)
    return Sample(
        date.fromisoformat(_text(_value(node, "day"))),
        _texts(_value(node, "opening")),
        {key: _texts(lines) for key, lines in answers.values.items()},
    )


def _value(node: Node | None, key: str) -> Node:
    from reflect.packs.tree import Map

    if not isinstance(node, Map) or key not in node.values:
        raise Misuse(f"the sample lacks {key}")
    return node.values[key]


def _items(node: Node) -> tuple[Node, ...]:
    from reflect.packs.tree import List

    return node.items if isinstance(node, List) else ()


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(_text(item) for item in _items(node))


def _text(node: Node) -> str:
    from reflect.packs.tree import Text

    return node.value if isinstance(node, Text) else ""
