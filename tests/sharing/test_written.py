"""Pages, briefs, letters, looks and transcripts read as they are kept in `written/`, to the letter."""

from __future__ import annotations

from pathlib import Path

from tests.sharing.written import KEPT, everything


def test_what_is_written_is_what_is_kept(tmp_path: Path) -> None:
    """`python -m tests.sharing.written` keeps what is meant to change."""
    made = dict(everything(tmp_path))
    assert sorted(made) == sorted(file.name for file in KEPT.iterdir())
    for name, said in made.items():
        assert said.splitlines() == (KEPT / name).read_text("utf-8").splitlines(), name
