"""What cannot be done is refused in the words that are kept in `refused.txt`, and without anybody's own."""

from __future__ import annotations

from pathlib import Path

from tests.transcripts.refusals import KEPT, in_words


def test_every_refusal_is_worded_as_it_is_kept(tmp_path: Path) -> None:
    """`python -m tests.transcripts.refusals` keeps what is meant to change."""
    found = in_words(tmp_path)
    assert found.splitlines() == KEPT.read_text("utf-8").splitlines()
    assert "the word" not in found and "diary" not in found
