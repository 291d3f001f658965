"""What a person who opens the pack may count on: enough questions, each with help, and no sentence twice."""

from __future__ import annotations

from collections import Counter

from reflect.listening.ear import Ear
from reflect.packs.compile import Compiled
from reflect.packs.places import Places
from reflect.rehearsal.examples import check_examples
from reflect.script import LIFECYCLE, PHASES, OneOf, Repeat, Script, questions_of

from .journeys import plain

ENOUGH = 80
EVERY_SESSION = ("due", "if-then", "promise", "promise-undated", "hello-again", "goodbye", "ack")
"""Texts of core that may be said in every session."""


def test_it_compiles_without_a_finding(compiled: Compiled) -> None:
    assert not compiled.diagnostics, "\n".join(map(str, compiled.diagnostics))


def test_it_has_enough_questions_in_every_phase(script: Script) -> None:
    assert sum(len(stage.questions()) for stage in script.stages) >= ENOUGH
    few = [
        (stage.id, phase)
        for stage in script.stages
        for phase in PHASES
        if sum(len(questions_of(block)) for block in stage.blocks(phase)) < 4
    ]
    assert not few


def test_every_question_has_wordings_help_and_an_example(script: Script) -> None:
    bare = [
        question.id
        for stage in script.stages
        for question in stage.questions()
        if not (2 <= len(question.ask) <= 8 and question.how and question.example)
    ]
    assert not bare


def test_more_than_four_wordings_are_for_what_may_come_every_session(script: Script) -> None:
    members = {
        question.id
        for stage in script.stages
        for phase in PHASES
        for block in stage.blocks(phase)
        if isinstance(block, OneOf)
        for question in block.members
    }
    every = [question for stage in script.stages for question in stage.questions()]
    assert not [q.id for q in every if len(q.ask) > 4 and q.id in members]


def test_every_probe_has_two_wordings_and_examples_of_both_kinds(script: Script) -> None:
    probes = [
        (question.id, probe)
        for stage in script.stages
        for question in stage.questions()
        for probe in question.probes
    ]
    assert not [name for name, p in probes if len(p.ask) < 2 or not p.fires or not p.quiet]


def test_no_sentence_stands_twice(script: Script) -> None:
    said = Counter(
        plain(template)
        for stage in script.stages
        for question in stage.questions()
        for asked in (question.ask, *(probe.ask for probe in question.probes))
        for template in asked
    )
    repeats = [
        plain(template)
        for stage in script.stages
        for phase in PHASES
        for block in stage.blocks(phase)
        if isinstance(block, Repeat)
        for template in block.again
    ]
    assert not [text for text, count in (said + Counter(repeats)).items() if count > 1]


def test_what_core_says_every_session_has_eight_wordings(script: Script) -> None:
    assert not [name for name in EVERY_SESSION if len(set(script.core[name].ask)) < 8]


def test_the_examples_do_what_they_say(script: Script, ear: Ear, places: Places) -> None:
    found = check_examples(script, ear, places)
    assert not found, "\n".join(map(str, found))


def test_every_state_of_the_mentorship_has_one_stage(script: Script) -> None:
    states = [state for stage in script.stages for state in stage.lifecycle]
    assert sorted(states) == sorted(LIFECYCLE)
    moves = {q.moves_to for stage in script.stages for q in stage.questions() if q.moves_to}
    assert moves >= {"goals", "work"}
