"""Homes for trials that are held side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults import program


def test_several_begin_at_once_with_the_packs_read_once(tmp_path: Path) -> None:
    program._who_has_read.cache_clear()
    homes = [tmp_path / str(number) / "reflect" for number in range(3)]
    for home in homes:
        home.parent.mkdir()
    with ThreadPoolExecutor(3) as three:
        list(three.map(program.begin, homes))
    assert program._who_has_read.cache_info().misses == 1
    assert all(any((home / "cache").iterdir()) for home in homes)
