"""The phrase that is said back."""

from __future__ import annotations

import pytest

from .conftest import Hear


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("I dont want to check charts, I want to be on the round", "I want to be on the round"),
        ("I dont want to check charts", "I dont want to check charts"),
        (
            "I asked Dr Weiss before the round if I may say something and he nodded",
            "I asked Dr Weiss before the round if I may say something",
        ),
        (
            "on Thursday I said 'that is double the dose' in front of everybody there",
            "on Thursday I said 'that is double the dose' in front of everybody there",
        ),
        ("the nurses' room was free for once", "the nurses' room was free for once"),
        (
            "I had asked for the drawings the day before",
            "I had asked for the drawings the day before",
        ),
        ("then I ask Tomas, who did one summer in her group", "I ask Tomas"),
        ("I went there, then the foreman moved the panel", "the foreman moved the panel"),
        (
            "The bracket went to the shop on the first try, for once nobody rang",
            "The bracket went to the shop on the first try",
        ),
        (
            "The head of science wants somebody to run the Thursday club from Easter to the summer",
            "The head of science wants somebody to run the Thursday club",
        ),
        (
            "When I told her how the depot shuts down at two in the morning she sat quite still",
            "When I told her how the depot shuts down at two",
        ),
    ],
)
def test_it_can_stand_by_itself(text: str, phrase: str, hear: Hear) -> None:
    span = hear(text).parts.quote
    assert span is not None and text[span.start : span.end] == phrase


def test_a_day_behind_the_name_of_a_month_is_heard(hear: Hear) -> None:
    parts = hear("bring him the list from october by the 27th", wants="action").parts
    assert parts.due == "2026-11-27"


def test_how_often_is_a_measure(hear: Hear) -> None:
    parts = hear("I speak up on the round at least once a week", wants="goal").parts
    assert "m" in parts.letters
