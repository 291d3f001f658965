"""What an answer can bear."""

from __future__ import annotations

import pytest

from .conftest import Hear


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("I wrote the three worst patients on a card", ""),
        ("It was fine", "thin"),
        ("communication", "thin"),
        ("nothing really", "empty"),
        ("To be honest I don't know", "empty"),
        ("2", "empty"),
        ("...", "empty"),
        ("no", "empty"),
        ("Nothing came of the rota until Ruth swapped the night with me", ""),
        ("My mother died in October and I could not work", "grave"),
        ("I am being bullied by my manager", "grave"),
        ("my laptop died in the middle of the ward round", ""),
        ("I want to kill myself", "danger"),
        ("we talked about suicide prevention on the ward", ""),
    ],
)
def test_what_an_answer_can_bear(hear: Hear, text: str, weight: str) -> None:
    assert hear(text).parts.weight == weight


def test_a_reply_lifts_a_thin_answer(hear: Hear) -> None:
    joint = hear("I read three names from a card before the round", before="It was fine")
    assert joint.parts.weight == ""


def test_a_phrase_that_breaks_off_says_so(hear: Hear) -> None:
    whole = hear("I wrote the three worst patients on a card first and read them out")
    broken = hear("I did the report on a little card with three red lines under every single name")
    assert (whole.parts.cut, broken.parts.cut) == (False, True)


def test_who_did_it_is_not_left_out(hear: Hear) -> None:
    text = "He didn't laugh when I told him"
    span = hear(text).parts.quote
    assert text[span.start : span.end].startswith("He didn't")
