"""Child processes: how long they take, what they print, how much memory they had."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.scene import Scene
from benchmarks.timing import elapsed


def run_time(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Milliseconds from starting `command` to its end. Raises CalledProcessError."""
    return elapsed(lambda: printed(command, environment))


def printed(
    command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None
) -> str:
    """What `command` writes to stdout, run in `folder`. Raises CalledProcessError."""
    done = subprocess.run(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def peak_memory(scene: Scene, command: Sequence[str], environment: Mapping[str, str]) -> float:
    """The most memory `command` had, in MiB."""
    note = scene.folder / "peak"
    printed(with_peak(scene, note, command), environment)
    return read_peak(note)


def with_peak(scene: Scene, note: Path, command: Sequence[str]) -> tuple[str, ...]:
    """`command`, started by a small process that writes its peak memory to `note`.

    What a process is charged with includes what its parent had when it was started.
    """
    python, *launch = scene.subject.child("launch", str(note))
    return (python, "-I", "-S", *launch, *command)


def read_peak(note: Path) -> float:
    """MiB from a note of `with_peak`."""
    return int(note.read_text()) / 2**20
