"""How long a session can be is read off the script, and no conversation is longer."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given

from reflect.rehearsal.length import Extent, extent
from reflect.rehearsal.walk import walk
from reflect.script import Length
from tests.properties.profile import ordinarily

from .conftest import PACK, Placing
from .packs import packs

HEAD = "reflect: 1\npack: trial\nversion: 1.0.0\ntitle: T\nlanguage: en\n"


def of(placing: Placing, text: str, length: Length = "long") -> Extent:
    script, _ = placing(HEAD + text)
    return extent(script, script.stages[0].id, length)


def test_one_text_question_takes_a_minute(placing: Placing) -> None:
    found = of(placing, "worked:\n  - id: a\n    ask: A?\n")
    assert (found.shortest, found.longest, found.minutes) == (1, 1, 1)


def test_groups_probes_and_the_engines_own_questions(placing: Placing) -> None:
    script, _ = placing(PACK)
    stage = script.stages[0].id
    # calm with its probe 1½, two numbers or choices ½, two actions with two follow-ups 4, two texts 2
    assert extent(script, stage, "short") == Extent(shortest=4, longest=7, minutes=8, turns=33)
    assert extent(script, stage, "long").longest == 8


def test_what_is_for_one_person_only(placing: Placing) -> None:
    text = "for: both\nworked:\n  - id: a\n    ask: A?\n    for: mentor\n  - id: b\n    ask: B?\n"
    script, _ = placing(HEAD + text)
    stage = script.stages[0].id
    assert extent(script, stage).longest == 2
    assert extent(script, stage, role="mentee").longest == 1


def test_a_stage_that_is_not_there(placing: Placing) -> None:
    with pytest.raises(KeyError):
        extent(placing(PACK)[0], "nowhere")


@ordinarily(4, share=0.05)
@given(text=packs())
def test_no_conversation_is_longer_or_shorter(placing: Placing, text: str) -> None:
    script, places = placing(text)
    found = walk(script, places)
    extents = [extent(script, script.stages[0].id, length) for length in get_args(Length)]
    assert found.longest <= max(one.longest for one in extents)
    assert found.shortest >= min(one.shortest for one in extents)
