"""Which of several goals an answer is about: by words that no other goal has, else none."""

from __future__ import annotations

import pytest

from reflect.script import Option

from .conftest import Hear

ROUND = Option("S:round", "lead the morning round on my own by the end of March")
BEES = Option("S:bees", "keep bees")
WARD = Option("S:ward", "lead the ward meeting")
ALL = (ROUND, BEES, WARD)


def named(hear: Hear, text: str, goals: tuple[Option, ...] = ALL, **more: object) -> str:
    return hear(text, wants="action", goals=goals, **more).parts.serves


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("ask Ruth whether I may take the morning round on Friday", ROUND.id),
        ("ask about the mornign roudn", ROUND.id),
        ("write down the morning rounds of this week", ROUND.id),
        ("ask the man who is keeping bees", BEES.id),
        ("prepare the ward meeting with Ruth", WARD.id),
        # One word of two is not clear, and neither are words of two goals.
        ("buy a book about bees", ""),
        ("ask Ruth for the round", ""),
        ("lead it", ""),
        ("write the report by the end of March", ""),
        ("take the morning round and the ward meeting", ""),
        ("take the morning round, and buy bees", ""),
        ("phone Sam about the rota", ""),
    ],
)
def test_a_goal_is_named_by_its_own_words(hear: Hear, text: str, goal: str) -> None:
    assert named(hear, text) == goal


def test_goals_that_share_all_their_words_are_never_named(hear: Hear) -> None:
    twins = (Option("a", "lead the round"), Option("b", "lead the rounds"))
    assert named(hear, "lead the round", twins) == ""


def test_a_goal_whose_words_are_gone_is_not_named(hear: Hear) -> None:
    assert named(hear, "anything at all", (Option("a", ""), BEES)) == ""


def test_a_reply_adds_to_what_was_said(hear: Hear) -> None:
    assert named(hear, "the one in the morning", before="ask for the round") == ROUND.id


def test_nothing_is_named_where_no_goals_are_handed_down(hear: Hear) -> None:
    assert named(hear, "keep bees", ()) == ""
