"""Sessions of random scripts say what they said, in every turn, field and refusal."""

from __future__ import annotations

from .written import KEPT, digests, told


def test_what_is_said_is_what_is_kept() -> None:
    """`python -m tests.dialogue.written` keeps what is meant to change."""
    assert digests().split("\n") == KEPT.read_text("utf-8").split("\n")


def test_the_same_session_says_the_same() -> None:
    assert list(told(5)) == list(told(5))
