"""Counting words and cells, and cutting to fit."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.text import clean_input, display_width, for_terminal, is_plain, shorten


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("plain", 5),
        ("naïve – “so”…", 13),
        ("日本", 4),
        ("cafe\u0301", 4),
        ("\U0001f468\u200d\U0001f373", 2),
    ],
)
def test_width_in_cells(text: str, cells: int) -> None:
    assert display_width(text) == cells


def test_what_is_plain_needs_no_second_look() -> None:
    around = ("\u0301", "\u200b")
    plain = [one for one in map(chr, range(0x3000)) if is_plain(one)]
    assert {"a", " ", "ä", "…", "’", "■"} <= set(plain) and not {"\n", "\xad", "\u0301"} & set(
        plain
    )
    for one in plain:
        # Beside what is not plain it is looked at, and nothing else comes of it.
        assert clean_input(f"{one} {around[1]}") == f"{one} "
        assert for_terminal(f"{one}{around[1]}").startswith(one)
        assert display_width(f"{one} {around[0]}") == display_width(one) + 1


def test_latin_writing_needs_no_width_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wcwidth", None)
    assert display_width("Größe – “naïve”, ¿qué? ▢ ✓") == 26
    assert display_width("日本e\u0301") == 5


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("ask Dr Lang for two minutes", 60, "ask Dr Lang for two minutes"),
        ("ask Dr Lang for two minutes", 12, "ask Dr Lang…"),
        ("ask Dr Lang for two minutes", 14, "ask Dr Lang…"),
        ("unbreakable", 6, "unbre…"),
        ("two\nlines  here", 20, "two lines here"),
        ("日本日本", 4, "日…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_shortening_cuts_between_words(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


@given(st.text().map(clean_input), st.integers(0, 40))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    assert display_width(shorten(text, width)) <= width


def test_a_letter_keeps_its_marks_when_cut() -> None:
    assert shorten("ab\u2764\ufe0fzz", 4) == "ab…"
    assert shorten("ab" + "q\u0316\u0301" + "zzzz", 4) == "abq\u0316\u0301…"
