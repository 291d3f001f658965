"""Eight short or four long sessions in a row, with random answers, never put the same sentence twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import NamedTuple, get_args

import pytest

from reflect.application.wiring import Application
from reflect.listening.ear import Ear
from reflect.packs.location import SHIPPED
from reflect.rehearsal.length import roles_of
from reflect.script import Length, Script

from .conftest import PACK
from .journeys import Journey, Put

IN_A_ROW: dict[Length, int] = {"short": 8, "long": 4}
QUESTIONS: dict[Length, int] = {"short": 5, "long": 9}
IN_AN_EXERCISE = 12
SEEDS = range(4)


class Played(NamedTuple):
    """Sessions of one stage, one after the other: some more than may not repeat."""

    script: Script
    name: str
    sessions: list[list[Put]]


def _journeys(script: Script, ear: Ear, length: Length) -> Iterator[Played]:
    for stage in script.stages:
        for role in roles_of(script):
            for seed in SEEDS:
                journey = Journey(script, ear, stage.id, length, Random(seed), role)
                sessions = [journey.session() for _ in range(IN_A_ROW[length] + 3)]
                yield Played(script, f"{script.pack} {stage.id} {role} {seed}", sessions)


@pytest.fixture(scope="module", params=get_args(Length))
def played(
    request: pytest.FixtureRequest, app: Application, ear: Ear
) -> tuple[Length, list[Played]]:
    """The length, and every stage of every shipped pack played from several seeds."""
    packs = [entry.id for entry in app.catalogue.entries() if entry.source == SHIPPED]
    scripts = [app.script(pack, "en") for pack in packs]
    return request.param, [
        one for script in scripts for one in _journeys(script, ear, request.param)
    ]


def _repeated(sessions: list[list[Put]], in_a_row: int) -> set[str]:
    """The sentences that come twice in so many sessions in a row."""
    rows = (sessions[at : at + in_a_row] for at in range(len(sessions) - in_a_row + 1))
    counts = (Counter(put.text for session in row for put in session) for row in rows)
    return {text for said in counts for text, count in said.items() if count > 1}


def test_no_sentence_comes_twice(played: tuple[Length, list[Played]]) -> None:
    length, journeys = played
    assert {one.script.pack for one in journeys} >= {PACK, "debrief", "pulse", "mentors-side"}
    again = {one.name: _repeated(one.sessions, IN_A_ROW[length]) for one in journeys}
    assert not {name: sorted(texts) for name, texts in again.items() if texts}


def test_a_session_has_few_questions(played: tuple[Length, list[Played]]) -> None:
    """A second round of a repeat is the mentee's own wish and not counted."""
    length, journeys = played
    for one in journeys:
        most = QUESTIONS[length] if one.script.is_reflection else IN_AN_EXERCISE
        for session in one.sessions:
            asked = [put for put in session if put.role == "question" and "#" not in put.key]
            assert 4 <= len(asked) <= most, one.name
            assert max(put.step for put in session) <= most, one.name


def test_the_journeys_come_by_much_of_the_engine(played: tuple[Length, list[Played]]) -> None:
    for name in (PACK, "mentors-side"):
        sessions = (one.sessions for one in played[1] if one.script.pack == name)
        roles = {put.role for row in sessions for session in row for put in session}
        assert roles >= {"question", "probe", "part", "promise", "outcome"}
