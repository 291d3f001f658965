"""Answers that pick from options: what is denied is not chosen."""

from __future__ import annotations

import pytest

from reflect.listening.language import Language
from reflect.listening.options import choose
from reflect.script import Option


@pytest.mark.parametrize("text", ["not good at all", "not bad", "never good", "no good"])
def test_a_not_is_no_choice(text: str, language: Language) -> None:
    moods = (Option("good", "Good"), Option("bad", "Burnt"))
    assert choose(text, moods, language) is None
    assert choose("good", moods, language) == "good"


def test_a_not_of_the_label_is_part_of_it(language: Language) -> None:
    yet = (Option("kept", "done"), Option("not-yet", "not yet"))
    assert choose("not yet", yet, language) == "not-yet"
    assert choose("it is not yet", yet, language) == "not-yet"
    assert choose("no", (Option("no", "No"), Option("yes", "Yes")), language) == "no"
