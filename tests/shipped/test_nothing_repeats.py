"""Eight short or four long sessions in a row, with random answers, never put the same sentence twice."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import get_args

import pytest

from reflect.listening.ear import Ear
from reflect.script import Length, Script

from .journeys import Journey, Put

IN_A_ROW: dict[Length, int] = {"short": 8, "long": 4}
QUESTIONS: dict[Length, int] = {"short": 5, "long": 9}
STAGES = ("rapport", "goals", "feedback", "relationship")
SEEDS = range(4)


@pytest.fixture(scope="module", params=[(s, n) for s in STAGES for n in get_args(Length)])
def journeys(
    request: pytest.FixtureRequest, script: Script, ear: Ear
) -> tuple[Length, list[list[list[Put]]]]:
    """The length, and for each seed the sessions of a journey: some more than may not repeat."""
    stage, length = request.param
    made = []
    for seed in SEEDS:
        journey = Journey(script, ear, stage, length, Random(seed))
        made.append([journey.session() for _ in range(IN_A_ROW[length] + 3)])
    return length, made


def test_no_sentence_comes_twice(journeys: tuple[Length, list[list[list[Put]]]]) -> None:
    length, made = journeys
    for sessions in made:
        for first in range(len(sessions) - IN_A_ROW[length] + 1):
            row = sessions[first : first + IN_A_ROW[length]]
            said = Counter(put.text for session in row for put in session)
            assert not [text for text, count in said.items() if count > 1]


def test_a_session_has_few_questions(journeys: tuple[Length, list[list[list[Put]]]]) -> None:
    """A second round of a repeat is the mentee's own wish and not counted."""
    length, made = journeys
    for sessions in made:
        for session in sessions:
            asked = [put for put in session if put.role == "question" and "#" not in put.key]
            assert 4 <= len(asked) <= QUESTIONS[length]
            assert max(put.step for put in session) <= QUESTIONS[length]


def test_the_journeys_come_by_much_of_the_engine(
    journeys: tuple[Length, list[list[list[Put]]]],
) -> None:
    _, made = journeys
    roles = {put.role for sessions in made for session in sessions for put in session}
    assert roles >= {"question", "probe", "part", "promise", "outcome"}
