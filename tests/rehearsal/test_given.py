"""What a story says went before: goals, promises, where the mentorship is, the next meeting; and its mistakes."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from reflect.listening.ear import Ear
from reflect.rehearsal.given import Given, Goal, Open, Written
from reflect.rehearsal.outcome import Played
from reflect.rehearsal.own import own_points
from reflect.rehearsal.play import play
from reflect.rehearsal.story import read_stories
from reflect.rehearsal.telling import as_story
from reflect.script import Script

from .conftest import Compile, stories

PACK = """\
reflect: 1
pack: staged
version: 1.0.0
title: Two stages
language: en
stages:
  - id: goals
    title: Setting goals
    lifecycle: goals
    next:
      - id: step
        ask: What will you do next?
        keep: action
  - id: back
    title: Looking back
    lifecycle: [review, maintain]
    worked:
      - id: reach
        ask: What do you want to reach now?
        keep: goal
  - id: free
    title: Anywhere
    worked:
      - id: calm
        ask: When did you feel calm?
"""
HEAD = "story: s\nstage: goals\ngiven:\n{0}\ntalk:\n  - bot: …\n"


@pytest.fixture(scope="module")
def staged(compiling: Compile) -> Script:
    return compiling(PACK)


def given(*lines: str) -> Given:
    (story,) = stories(HEAD.format("\n".join(f"  {line}" for line in lines)))
    return story.given


def found(*lines: str) -> list[tuple[str, int, int]]:
    text = HEAD.format("\n".join(f"  {line}" for line in lines))
    _, diagnostics = read_stories("story.yaml", text.encode())
    return [(one.code, one.place.line, one.place.column) for one in diagnostics]


# --- reading ---------------------------------------------------------------------------


def test_goals_have_a_state_behind_their_last_comma() -> None:
    told = given(
        "goals:",
        "  - lead the round, on my own, agreed",
        "  - keep bees",
        "  - read, write",
        "  - grow figs, reached",
        "  - run, let go",
    )
    assert told.goals == (
        Goal("lead the round, on my own", "agreed"),
        Goal("keep bees"),
        Goal("read, write"),
        Goal("grow figs", "reached"),
        Goal("run", "let go"),
    )
    assert [goal.is_open for goal in told.goals] == [True, True, True, False, False]
    assert told.items == {}


def test_goals_may_still_be_only_counted() -> None:
    assert given("goals: 2").items == {"goal": 2}
    assert given("open goals: 2").items == {"goal": 2}


def test_each_promise_may_say_how_often_it_was_not_yet() -> None:
    told = given(
        "not yet: 4",
        "open:",
        "  - a, by 2026-02-27, not yet",
        "  - b, not yet once",
        "  - c, not yet twice",
        "  - d, by 2026-02-27, not yet 3 times",
        "  - e",
        "  - ask Sam, not yet Ruth",
    )
    day = date(2026, 2, 27)
    assert told.open == (
        Open("a", day, 1),
        Open("b", None, 1),
        Open("c", None, 2),
        Open("d", day, 3),
        Open("e", None, 4),
        Open("ask Sam, not yet Ruth", None, 4),
    )


def test_the_last_session_may_be_so_many_days_ago() -> None:
    told = given("today: 2026-03-20", "days since: 10")
    assert (told.last_session, told.sessions) == (date(2026, 3, 10), 1)


def test_sessions_lie_two_weeks_apart() -> None:
    told = given("sessions: 3", "last session: 2026-02-20")
    assert list(told.session_days()) == [date(2026, 2, 20), date(2026, 2, 6), date(2026, 1, 23)]


def test_where_the_mentorship_is_need_not_be_told() -> None:
    assert given("sessions: 3").standing is None
    standing = given("state: work", "since: 2026-01-20", "kept: 2", "offered: 2026-02-01").standing
    assert standing is not None
    assert (standing.state, standing.since) == ("work", date(2026, 1, 20))
    assert (standing.kept, standing.offered) == (2, date(2026, 2, 1))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("goals:", "  - keep bees, agred"), ("not-a-goal-state", 5, 7)),
        (("goals:", "  - keep bees, Agreed"), ("not-a-goal-state", 5, 7)),
        (("goals: some",), ("not-a-number", 4, 10)),
        (("open:", "  - a, not yet two times"), ("not-a-number", 5, 7)),
        (("state: working",), ("unknown-word", 4, 10)),
        (("since: lately",), ("not-a-day", 4, 10)),
        (("kept: some",), ("not-a-number", 4, 9)),
        (("days since: some",), ("not-a-number", 4, 15)),
        (("meeting: friday",), ("not-a-day", 4, 12)),
        (("last session: 2026-02-01", "days since: 9"), ("given-twice", 5, 3)),
        (("open goals: 2", "goals:", "  - keep bees"), ("given-twice", 4, 3)),
        (("last session: 2026-03-03",), ("days-not-in-order", 4, 17)),
        (("since: 2026-03-03",), ("days-not-in-order", 4, 10)),
        (("offered: 2026-03-03",), ("days-not-in-order", 4, 12)),
        (("meeting: 2026-03-01",), ("days-not-in-order", 4, 12)),
    ],
)
def test_a_mistake_is_told_with_its_place(
    lines: tuple[str, ...], expected: tuple[str, int, int]
) -> None:
    assert found(*lines) == [expected]


def test_today_is_neither_too_early_nor_too_late() -> None:
    for name in ("last session", "since", "offered", "meeting"):
        assert found(f"{name}: 2026-03-02") == []


# --- playing ---------------------------------------------------------------------------


def played(script: Script, ear: Ear, text: str) -> Played:
    (story,) = stories(dedent(text))
    return play(script, story, ear)


def passes(script: Script, ear: Ear, text: str) -> None:
    done = played(script, ear, text)
    assert done.failure is None, done.failure.message


def test_the_meeting_is_what_the_mentors_name_means(staged: Script, ear: Ear) -> None:
    text = """\
    story: before Daniel
    stage: goals
    given:
      meeting: 2026-03-12
    talk:
      - bot: do next
      - me: ask Sam for the rota before I meet Daniel
      - bot: Thursday 12 March, then.
      - bot: …
    """
    passes(staged, ear, text)
    other = played(staged, ear, text.replace("meet Daniel", "meet Daniel's wife"))
    assert other.failure is not None


def test_a_new_goal_leads_back(staged: Script, ear: Ear) -> None:
    text = """\
    story: back to goals
    stage: back
    given:
      sessions: 5
      since: 2026-02-20
    talk:
      - bot: reach now
      - me: Wire a consumer unit on my own and have it signed off by the end of June
      - bot: You have named a new goal today. Shall we turn to “Setting goals”
      - me: {0}
    expect:
      moves to: {1}
    """
    passes(staged, ear, text.format('"yes"', "goals"))
    passes(staged, ear, text.format('"no"', "nowhere"))
    assert played(staged, ear, text.format('"no"', "goals")).failure is not None


def test_a_stage_that_serves_no_state_needs_one(staged: Script, ear: Ear) -> None:
    text = "story: s\nstage: free\ngiven:\n  since: 2026-02-01\ntalk:\n  - bot: …\n"
    failure = played(staged, ear, text).failure
    assert failure is not None
    assert (failure.place.line, failure.expected) == (4, "a `state` under `given`")
    passes(staged, ear, text.replace("since:", "state: work\n  since:"))


def test_which_goal_is_served_can_be_expected(staged: Script, ear: Ear) -> None:
    text = """\
    story: which goal
    stage: goals
    given:
      goals:
        - lead the morning round, agreed
        - keep bees
    talk:
      - bot: do next
      - me: ask Ruth for one morning round on Friday
      - bot: …
    expect:
      serves: {0}
    """
    passes(staged, ear, text.format("Morning round"))
    for other in ("bees", "none"):
        failure = played(staged, ear, text.format(other)).failure
        assert failure is not None and failure.said == ("serves: lead the morning round",)


# --- a session told as a story ------------------------------------------------------------


@pytest.mark.parametrize("stage", ["goals", "back"])
def test_what_went_before_is_told_again(stage: str, staged: Script, ear: Ear) -> None:
    lines = """\
      today: 2026-03-16
      sessions: 5
      days since: 10
      state: {0}
      since: 2026-02-10
      kept: 2
      offered: 2026-01-20
      goals:
        - "lead the round: alone, agreed"
        - keep bees
      open:
        - ask Sam for the rota, by 2026-03-01, not yet twice
      wins: 3
    """
    head = f"story: again\nstage: {stage}\nlength: long\ngiven:\n"
    before = head + dedent(lines.format("goals" if stage == "goals" else "review")).replace(
        "\n", "\n  "
    ).join(("  ", ""))
    talk = before.rstrip() + "\ntalk:\n  - me: not yet\n  - bot: …\n"
    first = played(staged, ear, talk)
    assert first.failure is None and first.dialogue is not None, first.failure
    told = as_story(first.dialogue, "again")
    second = play(staged, stories(told)[0], ear)
    assert second.failure is None, f"{told}\n{second.failure.message}"
    assert second.dialogue is not None
    mine, theirs = first.dialogue.started, second.dialogue.started
    assert (mine.goals, mine.promises, mine.journey) == (
        theirs.goals,
        theirs.promises,
        theirs.journey,
    )


def test_an_offer_is_told_with_where_the_mentorship_is(staged: Script, ear: Ear) -> None:
    text = """\
    story: reached
    stage: back
    given:
      sessions: 5
      last session: 2026-02-20
      state: review
      since: 2026-02-01
    talk:
      - bot: reach now
      - me: Wire a consumer unit on my own and have it signed off by the end of June
      - bot: You have named a new goal today.
      - me: "yes"
    """
    first = played(staged, ear, text)
    assert first.failure is None and first.dialogue is not None
    told = as_story(first.dialogue, "reached")
    assert "  state: review\n  since: 2026-02-06\n" in told
    second = play(staged, stories(told)[0], ear)
    assert second.failure is None
    assert second.dialogue is not None
    assert second.dialogue.started.whereabouts == first.dialogue.started.whereabouts


# --- core's own turns ---------------------------------------------------------------------


def test_cores_own_turns_are_counted_as_they_are_taken(staged: Script, ear: Ear) -> None:
    text = """\
    story: own
    stage: goals
    given:
      open:
        - ask Sam for the rota, not yet
    talk:
      - me: not yet
      - me: ""
      - me: leave it as it is
      - bot: …
    """
    own = {one.point for one in own_points(staged)}
    reached = {(one.name, one.part) for one in own & played(staged, ear, text).reached}
    assert reached == {
        ("promise", "not-yet"),
        ("promise-keeps", ""),
        ("promise-smaller", "leave"),
    }


def test_notes_say_what_they_are_beside() -> None:
    assert given("notes:", "  - well done, beside the card", "  - thank you").notes == (
        Written("well done", "the card"),
        Written("thank you"),
    )


def test_notes_are_told_again(staged: Script, ear: Ear) -> None:
    text = HEAD.format("  sessions: 1\n  notes:\n    - well done, beside the card\n    - thanks")
    text = text.replace(
        "- bot: …", "- bot: well done\n  - me: soon\n  - bot: thanks\n  - me: ''\n  - bot: …"
    )
    first = played(staged, ear, text)
    assert first.failure is None and first.dialogue is not None
    (again,) = stories(as_story(first.dialogue, "again"))
    assert again.given.notes == (Written("well done", "the card"), Written("thanks"))
    assert play(staged, again, ear).failure is None
