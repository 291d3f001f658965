"""How an answer sounds: low, glad, or not said."""

from __future__ import annotations

import pytest

from .conftest import Hear


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("I was exhausted and close to tears all week", "low"),
        ("I am proud of how the ward round went", "glad"),
        ("I am not worried about it", ""),
        ("We moved the meeting to Thursday", ""),
    ],
)
def test_a_mood_is_heard_only_when_it_is_plain(hear: Hear, text: str, mood: str) -> None:
    assert hear(text).parts.mood == mood
