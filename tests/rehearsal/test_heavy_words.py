"""What is said and asked when answers are heavy, and how far a session is that hangs on an answer."""

from __future__ import annotations

import pytest

from reflect.listening.ear import Ear
from reflect.rehearsal.outcome import Played
from reflect.rehearsal.play import converse
from reflect.script import Script

from .conftest import Compile, stories

PACK = """\
reflect: 1
pack: heavy
version: 1.0.0
title: Heavy words
language: en
opening:
  - id: one
    ask: What happened?
  - id: two
    ask: What else?
  - id: three
    ask: And then?
  - id: way
    ask: Which way?
    options:
      - ahead: ahead
      - behind: behind
worked:
  - id: kept
    when: way is ahead
    ask: What did you keep?
adjust:
  - id: goal
    when: way is answered
    ask: What do you want to reach?
    keep: goal
"""
LOW = "He never listens and he always cancels"
GRAVE = "My father died in March and since then nothing is easy"


@pytest.fixture(scope="module")
def heavy(compiling: Compile) -> Script:
    return compiling(PACK)


def typed(script: Script, ear: Ear, *lines: str) -> Played:
    (story,) = stories(
        "story: x\nstage: heavy\ntalk:\n" + "".join(f"  - me: {x!r}\n" for x in lines)
    )
    played = converse(script, story, ear)
    assert played.failure is None
    return played


def said(played: Played) -> list[str]:
    return [one.text for one in played.transcript if one.who == "bot"]


def test_sympathy_is_said_twice_at_most_and_in_other_words(heavy: Script, ear: Ear) -> None:
    low = {line[0] for line in heavy.core["ack-low"].ask}
    heard = [line for line in said(typed(heavy, ear, LOW, LOW, LOW)) if line in low]
    assert len(heard) == 2 == len(set(heard))


def test_nobody_asks_for_a_date_after_a_death(heavy: Script, ear: Ear) -> None:
    begun = ("", "", "", "behind", "lead the morning round")
    asked = typed(heavy, ear, *begun, "the whole ward, six beds").dialogue
    assert asked is not None and asked.turn is not None and asked.turn.role == "part"
    grave = typed(heavy, ear, *begun, GRAVE)
    assert grave.dialogue is not None and grave.dialogue.turn is None
    assert said(grave)[-1] not in ("Kept as a goal.", "By when do you want to be there?")


def test_a_phase_that_hangs_on_an_answer_counts_as_one(heavy: Script, ear: Ear) -> None:
    turns = [one.turn for one in typed(heavy, ear, "", "", "", "behind").transcript if one.turn]
    assert [(turn.heading.step, turn.heading.steps) for turn in turns] == [
        (1, 6),
        (2, 6),
        (3, 6),
        (4, 6),
        (5, 5),
    ]
