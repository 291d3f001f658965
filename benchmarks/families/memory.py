"""The most memory a process had."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.families.conversing import answer, set_aside
from benchmarks.pane import Pane
from benchmarks.processes import peak_memory, read_peak, with_peak
from benchmarks.row import Row, ratio
from benchmarks.scene import Outcome, Scene

_ANSWERS = 4


def listing_memory(scene: Scene) -> Iterable[Outcome]:
    """A listing; the floor is a click program that prints its version."""
    environment = scene.environment(scene.home)
    floor = peak_memory(scene, scene.subject.floor("click_alone", "--version"), environment)
    ours = peak_memory(scene, (*scene.subject.command, "history"), environment)
    yield Row("peak memory of a listing", ours, 22, "at most", "python + click", floor, "MiB")


def conversation_memory(scene: Scene) -> Iterable[Outcome]:
    """A conversation of a few answers; the floor only imports its libraries."""
    environment = scene.environment(scene.home)
    floor = peak_memory(scene, scene.subject.floor("imports"), environment)
    note = scene.folder / "conversation-peak"
    command = with_peak(scene, note, (*scene.subject.command, "--short"))
    with Pane(command, environment) as pane:
        pane.wait(pane.edits)
        for number in range(min(_ANSWERS, scene.sizes.answers)):
            answer(scene, pane, number)
        pane.leave()
    set_aside(scene)
    yield ratio("peak memory in conversation", "its imports", floor, read_peak(note), 1.15, "MiB")
