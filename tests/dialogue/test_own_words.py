"""What somebody adds in their own words to what they chose from a list is shown as they said it."""

from __future__ import annotations

import pytest

from reflect.dialogue.wording import label
from reflect.events import Answered, LastAnswer, Ref
from reflect.script import Option
from tests.dialogue.scripts import question

ASKED = question(
    "between",
    kind="several",
    options=(
        Option("slips", "mistakes"),
        Option("home", "home"),
        Option("other", "something else"),
    ),
)


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("1, 2", ("slips", "home"), "mistakes, home"),
        ("what I say, at night", ("other",), "what I say, at night"),
        ("1, the rota", ("slips", "other"), "mistakes, the rota"),
        ("the rota; home", ("other", "home"), "home, the rota"),
        ("3", ("other",), "something else"),
        ("1, other: the rota", ("slips", "other"), "mistakes, the rota"),
        ("Something else: at night", ("other",), "at night"),
        ("one thing: the rota", ("other",), "one thing: the rota"),
        ("Something else", ("other",), "something else"),
        ("1, 3", ("slips", "other"), "mistakes, something else"),
        ("", ("slips", "other"), "mistakes, something else"),
    ],
)
def test_own_words_stand_in_place_of_the_option(
    text: str, value: tuple[str, ...], shown: str
) -> None:
    assert label(ASKED, Answered("between", "", text=text, value=value)) == shown


def test_of_last_time_only_the_options_are_known() -> None:
    last = LastAnswer(Ref("s", 1), value=("slips", "other"))
    assert label(ASKED, last) == "mistakes, something else"
