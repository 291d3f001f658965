"""Homes for trials that are held side by side."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults import program


def test_several_begin_at_once_with_the_packs_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def slowly(home: Path, *line: str, **_: object) -> program.Ran:
        made.extend([home] * (not line))
        (home / "cache" / "packs").touch()
        time.sleep(0.02)
        return program.Ran(0, "", "")

    monkeypatch.setattr(program, "reflect", slowly)
    program._begun_once.cache_clear()
    homes = [tmp_path / str(number) / "reflect" for number in range(3)]
    try:
        for home in homes:
            home.parent.mkdir()
        with ThreadPoolExecutor(3) as three:
            list(three.map(program.begin, homes))
    finally:
        program._begun_once.cache_clear()
    assert len(made) == 1
    assert all((home / "cache" / "packs").exists() for home in homes)
