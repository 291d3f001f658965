"""The sessions that the README shows are what the program says, to the letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Run

ROOT = Path(__file__).parents[2]
SESSION = re.compile(r"```text\n\$ reflect\n(.*?)```", re.DOTALL)


def test_the_sessions_of_the_readme_are_real(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = SESSION.findall((ROOT / "README.md").read_text("utf-8"))
    assert len(shown) == 2
    for text, day in zip(shown, ("2026-11-21", "2026-12-05"), strict=True):
        monkeypatch.setenv("REFLECT_TODAY", day)
        typed = [line[2:] for line in text.splitlines() if line.startswith("> ")]
        done = run(stdin="".join(f"{line}\n" for line in typed))
        assert done.code == 0, done.err
        assert done.out.startswith(text.rstrip())
