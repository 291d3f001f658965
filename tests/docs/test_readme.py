"""The sessions that the README shows are what the program says, to the letter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SESSION = re.compile(r"```text\n\$ reflect\n(.*?)```", re.DOTALL)


def played(lines: list[str], home: Path, day: str) -> str:
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(home),
        "REFLECT_HOME": str(home),
        "REFLECT_TODAY": day,
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-m", "reflect"],
        input="".join(f"{line}\n" for line in lines),
        env=env,
        text=True,
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_the_sessions_of_the_readme_are_real(tmp_path: Path) -> None:
    shown = SESSION.findall((ROOT / "README.md").read_text("utf-8"))
    assert len(shown) == 2
    for text, day in zip(shown, ("2026-11-21", "2026-12-05"), strict=True):
        typed = [line[2:] for line in text.splitlines() if line.startswith("> ")]
        said = played(typed, tmp_path / "home", day)
        assert said.startswith(text.rstrip())
