"""What comes in is harmless afterwards, whatever it was."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.text import LONGEST_RUN, clean_input, for_terminal

SPITEFUL = (
    "a e\u0301\u0316\u0344\u0345\ufb2c\u0958\u1100\u1161\u1160\u034f\r\n\t\x00\x1b\x7f\x85\x9b\u200b"
    "\u200d\u200e\u202e\u2066\u2028\u2060\ufeff\ufe0f\udc80\ud83d\ude00\U000e0041\U0001f468\u0e33"
)
anything = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=())),
    st.text(st.sampled_from(SPITEFUL), max_size=200),
    st.lists(st.sampled_from(SPITEFUL)).flatmap(lambda found: st.just("".join(found) * 40)),
)


def longest_run(text: str) -> int:
    longest = run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    return longest


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_input(text)
    assert clean_input(once) == once


@given(anything)
def test_what_is_left_is_safe_to_store_and_to_show(text: str) -> None:
    clean = clean_input(text)
    clean.encode("utf-8")
    assert unicodedata.is_normalized("NFC", clean)
    assert longest_run(clean) <= LONGEST_RUN
    assert for_terminal(clean) == clean
    assert not any(
        unicodedata.category(c) == "Cc" for c in clean.replace("\n", "").replace("\t", "")
    )


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("caf\udce9", "caf\ufffd"),
        ("nul\x00 bell\x07 esc\x1b[31m csi\x9b del\x7f", "nul bell esc[31m csi del"),
        ("a\u202eb\u2066c\u200bd\ufeffe\U000e0041f", "abcdef"),
        ("cafe\u0301", "café"),
        ("line\u2028line", "line\nline"),
        ("tab\tkept", "tab\tkept"),
        ("\U0001f468\u200d\U0001f373 \u2764\ufe0f", "\U0001f468\u200d\U0001f373 \u2764\ufe0f"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
    ],
)
def test_what_goes_and_what_stays(typed: str, clean: str) -> None:
    assert clean_input(typed) == clean


def test_marks_beyond_thirty_on_one_letter_are_dropped() -> None:
    assert clean_input("x" + "\u0316" * 100 + "y") == "x" + "\u0316" * LONGEST_RUN + "y"


@pytest.mark.parametrize("text", ["a" + "\u0344" * 30, "\ufb2c" + "\u0316" * 30])
def test_marks_that_normalising_adds_are_counted_too(text: str) -> None:
    assert longest_run(clean_input(text)) == LONGEST_RUN


def test_a_megabyte_of_alternating_marks_is_quick() -> None:
    """Without the cap this takes minutes on an unpatched Python, so a second is no tight limit."""
    text = "a" + "\u0301\u0316" * 500_000
    began = time.perf_counter()
    clean_input(text)
    assert time.perf_counter() - began < 1
