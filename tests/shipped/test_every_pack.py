"""What somebody who opens any shipped pack may count on, in each of its languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple, get_args

import pytest

from reflect.application.authoring import Rehearsal, check_pack, compiled_at
from reflect.application.wiring import Application
from reflect.listening.ear import Ear
from reflect.packs.location import Location, languages
from reflect.packs.places import Places
from reflect.rehearsal.coverage import coverage, reached_by
from reflect.rehearsal.length import extent, roles_of
from reflect.rehearsal.walk import walk, wander
from reflect.script import Length, Script

from .journeys import Journey, Put

FOLDER = Path(__file__).parents[2] / "prompt_packs"
PACKS = sorted(
    file.parent.name for file in FOLDER.glob("*/pack.yaml") if file.parent.name != "core"
)
SYSTEMS = (
    "four-stages",
    "mentoring-essentials",
    "five-steps",
    "workplace-mentorship",
    "four-pillars",
)
MOST_USED = (
    *("what-now", "check-in", "debrief", "first-meeting", "feedback-received", "repair"),
    *("celebrate", "grow", "pulse", "conclude"),
)
MINUTES: dict[Length, int] = {"short": 10, "long": 20}
"""The longest session there can be, with every follow-up, is at most this much longer than was promised."""
FEW = 24
"""Conversations of a walk however small the pack: both lengths, each way of answering or not."""
A_FEW = 8
"""Conversations by lot, in each language."""
IN_A_ROW: dict[Length, int] = {"short": 8, "long": 4}
QUESTIONS: dict[Length, int] = {"short": 5, "long": 9}
IN_AN_EXERCISE = 12
SEEDS, MORE_SEEDS = range(1), range(1, 8)

every_pack = pytest.mark.parametrize("pack", PACKS)
every_length = pytest.mark.parametrize("length", get_args(Length))


def test_there_are_packs_for_every_moment(app: Application) -> None:
    scripts = [app.script(pack) for pack in PACKS]
    questions = [
        question for script in scripts for stage in script.stages for question in stage.questions()
    ]
    assert len(PACKS) >= 30 and len(questions) >= 300
    assert sum(len(question.ask) for question in questions) >= 700
    bare = [question.id for question in questions if not (question.how and question.example)]
    assert not bare


@pytest.mark.parametrize("pack", (*SYSTEMS, *MOST_USED))
def test_what_is_used_most_speaks_three_languages(app: Application, pack: str) -> None:
    assert {*languages(app.catalogue.entry(pack).location)} == {"de", "es"}


@every_pack
def test_nothing_is_found_by_its_check(app: Application, pack: str) -> None:
    found = check_pack(app, app.catalogue.entry(pack).location)
    assert not found, "\n".join(map(str, found))


@every_pack
def test_its_stories_pass_and_leave_nothing_out(
    app: Application, rehearsed: Callable[[Location], Rehearsal], pack: str
) -> None:
    location = app.catalogue.entry(pack).location
    told = rehearsed(location)
    assert not told.findings and told.script is not None and told.tree is not None
    failures = [f"{one.story.name}: {one.failure.message}" for one in told.played if one.failure]
    assert not failures, "\n".join(failures)
    own = [one for one in told.played if one.story.language in ("", told.script.language)]
    missing = coverage(told.script, Places(told.tree), reached_by(own)).missing
    assert own and not missing, "\n".join(map(str, missing))
    assert {one.story.language for one in told.played} >= {*languages(location)}


def explored(app: Application, pack: str, language: str | None) -> tuple[Script, Places]:
    compiled = compiled_at(app, app.catalogue.entry(pack).location, language)
    assert compiled.script is not None and compiled.tree is not None
    return compiled.script, Places(compiled.tree)


def assert_all_of_it_can_be_reached(script: Script, places: Places) -> None:
    walked = walk(script, places)
    assert not walked.missing, "\n".join(map(str, walked.missing))
    assert not [broken.message for broken in walked.broken]
    assert walked.conversations <= max(len(walked.points), FEW)


@every_pack
def test_everything_in_it_can_be_reached_and_no_conversation_breaks(
    app: Application, pack: str
) -> None:
    assert_all_of_it_can_be_reached(*explored(app, pack, None))


@pytest.mark.slow
@every_pack
def test_everything_in_it_can_be_reached_in_each_language(app: Application, pack: str) -> None:
    for language in languages(app.catalogue.entry(pack).location):
        assert_all_of_it_can_be_reached(*explored(app, pack, language))


@every_pack
def test_a_translation_leads_through_the_same_and_breaks_nothing(
    app: Application, pack: str
) -> None:
    """What comes after what hangs on ids and conditions, and these are the pack's own."""
    own = wander(*explored(app, pack, None), A_FEW, seed=1)
    for language in languages(app.catalogue.entry(pack).location):
        told = wander(*explored(app, pack, language), A_FEW, seed=1)
        assert not [broken.message for broken in told.broken]
        assert told.hits == own.hits


@every_pack
@every_length
def test_a_reflection_keeps_to_its_time(app: Application, pack: str, length: Length) -> None:
    script = app.script(pack)
    if script.is_reflection:
        long = [extent(script, stage.id, length).minutes for stage in script.stages]
        assert max(long) <= MINUTES[length]


class Played(NamedTuple):
    """Sessions of one stage, one after the other: some more than may not repeat."""

    script: Script
    name: str
    sessions: list[list[Put]]


def played(
    script: Script, ear: Ear, length: Length, seeds: Iterable[int] = SEEDS
) -> Iterator[Played]:
    for stage in script.stages:
        for role in roles_of(script):
            for seed in seeds:
                journey = Journey(script, ear, stage.id, length, Random(seed), role)
                sessions = [journey.session() for _ in range(IN_A_ROW[length] + 3)]
                yield Played(script, f"{script.pack} {stage.id} {role} {seed}", sessions)


def repeated(sessions: list[list[Put]], in_a_row: int) -> set[str]:
    """The sentences that come twice in so many sessions in a row."""
    rows = (sessions[at : at + in_a_row] for at in range(len(sessions) - in_a_row + 1))
    counts = (Counter(put.text for session in row for put in session) for row in rows)
    return {text for said in counts for text, count in said.items() if count > 1}


@every_pack
@every_length
@pytest.mark.parametrize("seeds", [SEEDS, pytest.param(MORE_SEEDS, marks=pytest.mark.slow)])
def test_sessions_in_a_row_are_short_and_never_say_the_same(
    app: Application, ear: Ear, pack: str, length: Length, seeds: range
) -> None:
    """Eight short or four long ones, with random answers; a second round of a repeat is one's own wish."""
    for one in played(app.script(pack, "en"), ear, length, seeds):
        again = repeated(one.sessions, IN_A_ROW[length])
        assert not again, (one.name, sorted(again))
        most = QUESTIONS[length] if one.script.is_reflection else IN_AN_EXERCISE
        whole = sum(len(stage.questions()) for stage in one.script.stages)
        for session in one.sessions:
            asked = [put for put in session if put.role == "question" and "#" not in put.key]
            assert min(4, whole) <= len(asked) <= most, one.name
            assert max(put.step for put in session) <= most, one.name


@pytest.mark.parametrize("pack", ("four-stages", "mentors-side"))
def test_the_journeys_come_by_much_of_the_engine(app: Application, ear: Ear, pack: str) -> None:
    sessions = (one.sessions for one in played(app.script(pack, "en"), ear, "long"))
    roles = {put.role for row in sessions for session in row for put in session}
    assert roles >= {"question", "probe", "part", "promise", "outcome"}


def test_no_two_packs_ask_in_the_same_words(app: Application) -> None:
    asked: dict[tuple[object, ...], set[str]] = {}
    for pack in PACKS:
        for stage in app.script(pack).stages:
            for question in stage.questions():
                for wording in question.ask:
                    asked.setdefault(wording, set()).add(pack)
    assert not [packs for packs in asked.values() if len(packs) > 1]
