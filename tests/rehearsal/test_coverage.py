"""What stories never came by is told, with the line of the pack."""

from __future__ import annotations

import pytest

from reflect.listening.ear import Ear
from reflect.packs.places import Places
from reflect.rehearsal.coverage import coverage, reached_by
from reflect.rehearsal.outcome import Played, Point
from reflect.rehearsal.play import play
from reflect.script import Script

from .conftest import PACK, Compile, Placing, Playing, stories

FIRST = """
talk:
  - bot: calm
  - me: It was fine
  - bot: What exactly
  - me: ""
  - bot: How many
  - me: 12
  - bot: Nine at most
  - me: 2
  - bot: worst of them
  - me: time
  - bot: …
"""
SECOND = """
talk:
  - bot: glad
  - me: skip
  - bot: How many
  - me: 0
  - bot: before you meet
  - me: skip
  - bot: keep to yourself
  - me: skip
  - bot: pause
  - me: Long
"""
LOOPED = """\
reflect: 1
pack: looped
version: 1.0.0
title: Loops
language: en
worked:
  - repeat: up to 2
    id: people
    again: Somebody else?
    when: journey has at least 1 session
    questions:
      - id: who
        ask: Who?
        answer: line
      - id: often
        ask: How often?
        answer: number
      - id: more
        ask: Would you like more of it?
        answer: yesno
        when: often is below 3
"""
SEVERAL = """\
reflect: 1
pack: several
version: 1.0.0
title: Several of each
language: en
worked:
  - id: one
    ask: One?
    must:
      - check: answer is longer than 1 word
        say: Two words, please.
      - check: answer mentions "please"
        say: Say please.
    probe:
      - when: answer is shorter than 4 words
        ask: A little more?
      - when: answer mentions "now"
        ask: Why now?
"""
LONG_AGO = "given:\n  sessions: 1\n  last session: 2026-01-01\n  asked: [calm]\n"


def missing(script: Script, places: Places, *played: Played) -> list[str]:
    found = coverage(script, places, reached_by(played))
    return [str(one) for one in found.missing]


@pytest.fixture(scope="module")
def places(placing: Placing) -> Places:
    return placing(PACK)[1]


def line_of(text: str) -> int:
    return PACK.splitlines().index(text) + 1


def test_without_stories_everything_is_missing(script: Script, places: Places) -> None:
    found = coverage(script, places, frozenset())
    assert (found.reached, found.points) == (0, len(found.missing))
    assert {one.point.what for one in found.unused} == {"wording"}


def test_two_stories_leave_little(script: Script, places: Places, playing: Playing) -> None:
    played = [playing(FIRST), playing(SECOND, LONG_AGO)]
    assert all(one.passed for one in played), [
        one.failure and one.failure.message for one in played
    ]
    when = line_of("          - when: answer is vague")
    pause = line_of("    when: it is more than 40 days since last session")
    assert missing(script, places, *played) == [
        f"pack.yaml:{when}:19: probe 1 of `calm` is never quiet (answer is vague)",
        f"pack.yaml:{pause}:11: `when` of `pause` is never false"
        " (it is more than 40 days since last session)",
        f"pack.yaml:{line_of('  - id: on')}:5: `on` is never asked",
    ]


def test_every_side_counts(script: Script, playing: Playing) -> None:
    reached = playing(FIRST).reached
    assert reached >= {
        Point("question", "calm"),
        Point("wording", "calm", "1"),
        Point("probe", "calm", "1", True),
        Point("must", "count", "1", False),
        Point("must", "count", "1", True),
        Point("when", "snag", "", True),
    }
    assert Point("probe", "calm", "1", False) not in reached
    assert Point("when", "snag", "", False) not in reached


def test_what_comes_after_the_end_of_the_check_does_not_count(playing: Playing) -> None:
    reached = playing("talk:\n  - bot: calm\n  - bot: …\n").reached
    assert reached == {Point("question", "calm"), Point("wording", "calm", "1")}


def test_an_answer_that_was_taken_back_counts(playing: Playing) -> None:
    talk = "talk:\n  - bot: calm\n  - me: It was fine\n  - bot: What exactly\n  - me: ''\n"
    talk += "  - me: /edit 1\n  - me: She waited until I had finished\n  - bot: …\n"
    sides = {point.side for point in playing(talk).reached if point.what == "probe"}
    assert sides == {True, False}


def test_a_failed_story_counts_for_nothing(
    script: Script, places: Places, playing: Playing
) -> None:
    failed = playing(FIRST.replace("  - bot: …\n", "  - bot: something else\n"))
    assert not failed.passed
    assert missing(script, places, failed) == missing(script, places)


def test_conditions_inside_a_repeat_and_on_a_group(placing: Placing, ear: Ear) -> None:
    made, places = placing(LOOPED)
    head = f"story: a\nstage: {made.stages[0].id}\n"
    talk = """\
given:
  sessions: 1
talk:
  - bot: Who
  - me: Ruth
  - bot: How often
  - me: 5
  - bot: Somebody else
  - me: "yes"
  - bot: Who
  - me: Sam
  - bot: How often
  - me: 1
  - bot: more of it
  - me: "yes"
"""
    never = "talk:\n  - me: /back\n  - bot: the beginning\n"
    played = [play(made, stories(head + text)[0], ear) for text in (talk, never)]
    assert all(one.passed for one in played), [
        one.failure and one.failure.message for one in played
    ]
    assert missing(made, places, *played) == []
    assert len(missing(made, places, played[0])) == 1


def test_a_condition_that_was_not_come_to_counts_for_nothing(compiling: Compile, ear: Ear) -> None:
    made = compiling(LOOPED)
    text = f"story: a\nstage: {made.stages[0].id}\ngiven:\n  sessions: 1\ntalk:\n"
    text += "  - bot: Who\n  - me: Ruth\n  - bot: How often\n  - bot: …\n"
    reached = play(made, stories(text)[0], ear).reached
    assert Point("question", "often") in reached
    assert not [point for point in reached if point.name == "more"]


def test_only_the_first_check_that_fails_and_the_first_probe_that_asks_count(
    compiling: Compile, ear: Ear
) -> None:
    made = compiling(SEVERAL)
    text = f"story: a\nstage: {made.stages[0].id}\ntalk:\n  - bot: One\n  - me: Now\n"
    refused = text + "  - bot: Two words\n  - bot: …\n"
    reached = play(made, stories(refused)[0], ear).reached
    assert {point for point in reached if point.what == "must"} == {
        Point("must", "one", "1", False)
    }
    text += "  - bot: Two words\n  - me: Now please\n  - bot: A little more\n  - bot: …\n"
    reached = play(made, stories(text)[0], ear).reached
    assert {point for point in reached if point.what == "probe"} == {
        Point("probe", "one", "1", True)
    }
