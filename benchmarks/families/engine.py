"""The engine: one turn of a long script, and replaying a session."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
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
    long = long_script(scene.folder / "engine", asked)
    dialogue = dialogue_of(long, answers)
    events = tuple(dialogue.events)
    taken = median(turns(dialogue, answers, asked))
    yield Row(f"engine turn, {asked} questions, after {answers} answers", taken, 0.02)
    replays = repeated(lambda: replay(long, events), scene.sizes.rounds)
    yield Row(f"replay of {answers} answers", median(replays), 1)


def long_script(home: Path, questions: int) -> Script:
    """A script of so many questions, with the sentences of core; `home` may be empty."""
    environment = {**os.environ, "REFLECT_HOME": str(home)}
    core = Application(environment, plugins=NO_PLUGINS).script().core
    return script(questions, core)


def dialogue_of(long: Script, answers: int) -> Dialogue:
    """A session of `long` in which so many questions were answered."""
    dialogue = Dialogue(long, [_started(long)])
    for number in range(answers):
        _answer(dialogue, said(number))
    return dialogue


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


def turns(dialogue: Dialogue, first: int, last: int) -> Iterator[float]:
    """Milliseconds of each turn from answer `first` on."""
    for number in range(first, last - 1):
        heard = said(number)
        yield elapsed(lambda: _answer(dialogue, heard))  # noqa: B023 - called at once


def replay(long: Script, events: tuple[SessionEvent, ...]) -> None:
    """Come to the turn that follows all of `events`."""
    assert Dialogue(long, events).turn is not None
