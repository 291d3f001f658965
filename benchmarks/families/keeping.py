"""A durable answer: its time beside writing and syncing the same bytes, and its syncs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from io import BufferedWriter
from pathlib import Path

from benchmarks.processes import printed
from benchmarks.row import Row, ratio
from benchmarks.samples import answered, begun_stream
from benchmarks.scene import HERE, Outcome, Scene
from benchmarks.timing import elapsed, in_turns
from reflect.mentorship.projection import Folds
from reflect.transcripts import codec
from reflect.transcripts.store import Store

_SYNCS = "trace=fsync,fdatasync,sync,syncfs,sync_file_range,msync"
_FEW, _MORE = 5, 15
_A_SESSION = 30
"""Events after which another session begins."""


def durable_answer(scene: Scene) -> Iterable[Outcome]:
    """An answer through the store, and the same bytes appended to a file and synced."""
    folder = scene.folder / "keeping"
    folder.mkdir()
    floor, ours = _in_turns(folder, scene.sizes.rounds)
    yield ratio("a durable answer", "append + fsync", floor, ours, 2.5)


def _in_turns(folder: Path, rounds: int) -> list[float]:
    with Store.open(folder / "durable.db", Folds()) as store, (folder / "plain").open("ab") as file:
        stream, length = begun_stream(store)

        def ours() -> float:
            nonlocal stream, length
            if length == _A_SESSION:
                stream, length = begun_stream(store)
            event = answered(length)
            taken = elapsed(lambda: store.append(stream, length, [event]))
            length += 1
            return taken

        def floor() -> float:
            data = codec.encode(answered(length))
            return elapsed(lambda: _written(file, data))

        return in_turns(floor, ours, runs=rounds)


def _written(file: BufferedWriter, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def syncs(scene: Scene) -> Iterable[Outcome]:
    """How many system calls that sync one more answer makes, counted by strace."""
    if not shutil.which("strace"):
        yield "Syncs were not counted: strace is not installed."
        return
    counted = [_counted(scene, answers) for answers in (_FEW, _MORE)]
    each = (counted[1] - counted[0]) / (_MORE - _FEW)
    yield Row("syncs of an answer", each, 1, "exactly", unit="syncs")


def _counted(scene: Scene, answers: int) -> int:
    """Syncs of a process that makes a store and gives `answers` answers."""
    log = scene.folder / f"syncs-{answers}"
    command = scene.subject.child("answers", str(log.with_suffix(".db")), str(answers))
    paths = (str(HERE.parent), scene.subject.environment.get("PYTHONPATH", ""))
    more = {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    environment = scene.environment(scene.folder, **more)
    printed(("strace", "-f", "-qq", "-e", _SYNCS, "-o", str(log), *command), environment)
    return sum("resumed" not in line for line in log.read_text().splitlines())
