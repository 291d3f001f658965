"""The conversation in a real pseudo-terminal: how soon it begins, and how soon it goes on."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from statistics import median

from benchmarks.journey import reply
from benchmarks.pane import PATIENCE, Pane
from benchmarks.row import Row, ratio
from benchmarks.scene import Outcome, Scene
from reflect.application.begin import resume
from reflect.application.reading import read_session
from reflect.application.wiring import Application
from reflect.dialogue.turn import Turn
from reflect.settings import NO_PLUGINS

QUIET = 0.2
"""Seconds of silence after which a screen is taken to be complete."""


def beginning(scene: Scene) -> Iterable[Outcome]:
    """A new session after thousands, beside click that prints a line and prompt-toolkit that edits one."""
    rounds = [
        (_click(scene), _prompt(scene), *begun(scene)) for _ in range(scene.sizes.starts + 1)
    ][1:]
    click, prompt, readable, usable = map(median, zip(*rounds, strict=True))
    yield ratio("first question readable", "python + click", click, readable, 1.25)
    yield ratio("prompt usable", "prompt-toolkit alone", prompt, usable, 1.15)


def _click(scene: Scene) -> float:
    with Pane(scene.subject.floor("click_alone"), scene.environment(scene.home)) as pane:
        pane.wait(lambda: "How are you?" in pane.text())
        return pane.shown("How are you?")


def _prompt(scene: Scene) -> float:
    with Pane(scene.subject.floor("prompt"), scene.environment(scene.home)) as pane:
        pane.wait(pane.edits)
        pane.leave()
        return pane.edited()


def begun(scene: Scene) -> tuple[float, float]:
    """When the first question could be read, and when the prompt could be used."""
    with Pane((*scene.subject.command, "--short"), scene.environment(scene.home)) as pane:
        pane.wait(pane.edits)
        pane.leave()
        times = pane.shown(current(scene).text), pane.edited()
    set_aside(scene)
    return times


def going_on(scene: Scene) -> Iterable[Outcome]:
    """From Enter until the next question stands on the screen."""
    times = sorted(_turns(scene, scene.sizes.starts))
    yield Row("Enter to the next question, p50", median(times), 8)


def _turns(scene: Scene, count: int) -> Iterator[float]:
    with Pane((*scene.subject.command, "--long"), scene.environment(scene.home)) as pane:
        pane.wait(pane.edits)
        for number in range(count):
            taken = answer(scene, pane, number)
            if taken is None:
                break
            yield taken
        pane.leave()
    set_aside(scene)


def answer(scene: Scene, pane: Pane, number: int) -> float | None:
    """Answer the question on the screen; milliseconds until the next one, None when there is none."""
    pane.settle(QUIET)
    asked = current(scene)
    pane.type(reply(asked, number))
    pane.settle(QUIET)
    sent = pane.type("\r")
    following = _following(scene, pane, asked)
    if following is None:
        return None
    # A busy machine may be silent for a while before it is written.
    pane.wait(lambda: pane.shows(following.text, sent))
    return pane.shown(following.text, sent) - sent


def _following(scene: Scene, pane: Pane, asked: Turn) -> Turn | None:
    """The turn after `asked`, as soon as the answer is stored."""
    end = time.monotonic() + PATIENCE
    pane.settle(QUIET)
    while (found := _current(scene)) == asked and time.monotonic() < end:
        pane.settle(QUIET)
    return found


# --- the session on the screen, as it is stored ---


def current(scene: Scene) -> Turn:
    """The turn of the open session."""
    turn = _current(scene)
    assert turn is not None
    return turn


def _current(scene: Scene) -> Turn | None:
    app = _application(scene)
    row = app.reading_store.sessions(state="open", limit=1)[0]
    turn = read_session(app.reading_store, row).dialogue.turn
    app.close()
    return turn


def set_aside(scene: Scene) -> None:
    """End the open session, so that the next start begins another."""
    app = _application(scene)
    resume(app, app.store.sessions(state="open", limit=1)[0].id).finish("abandoned")
    app.close()


def _application(scene: Scene) -> Application:
    return Application(scene.environment(scene.home), plugins=NO_PLUGINS)
