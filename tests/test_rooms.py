"""The rooms import only what is below them; the contract stands in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_rooms_keep_their_directions() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_engine_reads_no_clock_and_no_disk() -> None:
    code = (
        "import sys, reflect.dialogue.machine, reflect.dialogue.record, reflect.dialogue.start\n"
        "print(*sorted({'apsw', 'yaml', 'pluggy', 'prompt_toolkit', 'rapidfuzz', 'random', 'time'}"
        " & set(m for m in sys.modules if 'reflect' not in m) - before))"
    )
    script = "import sys, msgspec; before = set(sys.modules)\n" + code
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
