"""What a goal is for, where the text tells; and how somebody sounds who picks an option."""

from __future__ import annotations

import pytest

from reflect.script import Option

from .conftest import Hear


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("lead the ward round on my own by March", "professional"),
        ("pass the licence exam in June", "professional"),
        ("be home for my children three evenings a week", "personal"),
        ("run a marathon before I am fifty", "personal"),
        ("more time with my family and less overtime at work", ""),
        ("speak up more often", ""),
    ],
)
def test_a_goal_tells_what_it_is_for(hear: Hear, text: str, kind: str) -> None:
    assert hear(text, wants="goal").parts.kind_of == kind


@pytest.mark.parametrize(
    ("text", "mood"), [("done, and I am so proud of it", "glad"), ("done", ""), ("1", "")]
)
def test_a_choice_is_heard_with_its_mood_where_that_is_wanted(
    hear: Hear, text: str, mood: str
) -> None:
    options = (Option("kept", "done"), Option("partly", "partly"))
    said = hear(text, kind="choice", options=options, wants="mood")
    assert (said.value, said.parts.mood) == ("kept", mood)
    assert hear(text, kind="choice", options=options).parts.mood == ""
