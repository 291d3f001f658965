"""The engine: one turn of a long script, and replaying a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from benchmarks.row import Row
from benchmarks.samples import NOW, said, script
from benchmarks.scene import Outcome, Scene
from benchmarks.timing import elapsed, repeated
from reflect.application.wiring import Application
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.events import Said, SessionEvent, SessionStarted
from reflect.memory import EMPTY
from reflect.script import Script
from reflect.settings import NO_PLUGINS


def engine(scene: Scene) -> Iterable[Outcome]:
    """A turn after many answers: hearing, applying and putting the next question into words."""
    asked, answers = scene.sizes.questions, scene.sizes.answers
    long = _script(scene, asked)
    dialogue = Dialogue(long, [_started(long)])
    for number in range(answers):
        _answer(dialogue, said(number))
    events = tuple(dialogue.events)
    turns = list(_turns(dialogue, answers, asked))
    yield Row(f"engine turn, {asked} questions, after {answers} answers", median(turns), 0.02)
    replays = repeated(lambda: _replay(long, events), scene.sizes.rounds)
    yield Row(f"replay of {answers} answers", median(replays), 1)


def _script(scene: Scene, questions: int) -> Script:
    environment = scene.environment(scene.folder / "engine")
    core = Application(environment, plugins=NO_PLUGINS).script().core
    return script(questions, core)


def _started(long: Script) -> SessionStarted:
    return start(
        long,
        EMPTY,
        NOW,
        mentorship="m",
        digest="d",
        stage="work",
        length="long",
        mentee="Ada",
        mentor="Grace",
    )


def _answer(dialogue: Dialogue, heard: Said) -> None:
    event = dialogue.hear(heard, NOW)
    assert isinstance(event, SessionEvent)
    dialogue.apply(event)
    assert dialogue.turn is not None


def _turns(dialogue: Dialogue, first: int, last: int) -> Iterator[float]:
    """Milliseconds of each turn from answer `first` on."""
    for number in range(first, last - 1):
        heard = said(number)
        yield elapsed(lambda: _answer(dialogue, heard))  # noqa: B023 - called at once


def _replay(long: Script, events: tuple[SessionEvent, ...]) -> None:
    assert Dialogue(long, events).turn is not None
