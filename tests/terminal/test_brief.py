"""A long answer in few words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.terminal.brief import brief
from reflect.text import display_width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("say one thing, even if it is only small", "say one thing…"),
        ("one two three four five six seven", "one two three four…"),
        ("no, I could not finish that sentence", "no, I could not…"),
        ("short enough", "short enough"),
    ],
)
def test_it_ends_where_a_clause_ends_unless_that_tells_too_little(text: str, shown: str) -> None:
    assert brief(text, 20) == shown


@given(st.text(alphabet="ab ,.;é語\n", max_size=80), st.integers(1, 40))
def test_it_is_one_line_that_fits(text: str, width: int) -> None:
    said = brief(text, width)
    assert display_width(said) <= width and "\n" not in said
