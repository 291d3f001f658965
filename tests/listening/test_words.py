"""Words with their places, and lists found among them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.events import Span
from reflect.listening.words import WORDS_LISTENED_TO, WordList, Words


def found(listed: list[str], text: str) -> list[str]:
    return [text[start:end] for start, end in WordList(listed).find_forgiving(Words(text))]


def test_words_keep_their_places_and_symbols_are_none() -> None:
    words = Words("Don’t 👍 stop — at 10:30!")
    assert [(t.word, words.text[t.start : t.end]) for t in words.tokens] == [
        ("don't", "Don’t"),
        ("stop", "stop"),
        ("at", "at"),
        ("10", "10"),
        ("30", "30"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("👍 !!", 0), ("a well-known follow-up call", 4), ("14 -> 6", 2), ("हिन्दी शब्द", 2)],
)
def test_words_are_counted_as_a_person_would(text: str, count: int) -> None:
    assert Words(text).count == count


@pytest.mark.parametrize(
    ("listed", "text", "hits"),
    [
        (["busy"], "Too BUSY today", ["BUSY"]),
        (["busy"], "busybody", []),
        (["disorgani*"], "So disorganised.", ["disorganised"]),
        (["short-staffed"], "we are short staffed", ["short staffed"]),
        (["no time", "no time at all"], "no time at all", ["no time at all"]),
        (["owe h*"], "I owe him", ["owe him"]),
        (["can't remember"], "I can’t remember", ["can’t remember"]),
        (["", "  ", "!!"], "anything", []),
    ],
)
def test_lists_find_whole_words_in_any_case(listed: list[str], text: str, hits: list[str]) -> None:
    assert found(listed, text) == hits


@pytest.mark.parametrize(
    ("listed", "text", "hits"),
    [
        (["workload"], "the worklaod", ["worklaod"]),
        (["not enough time"], "not enouhg time", ["not enouhg time"]),
        (["rushed"], "rushd", ["rushd"]),
        (["busy"], "bust", []),
        (["rushed"], "brushes", []),
        (["angry", "nasty"], "angry and nastty", ["angry"]),
    ],
)
def test_one_typo_is_forgiven_in_longer_words_where_nothing_matched(
    listed: list[str], text: str, hits: list[str]
) -> None:
    assert found(listed, text) == hits


def test_only_the_first_words_are_listened_to() -> None:
    words = Words("so " * WORDS_LISTENED_TO + "late")
    assert len(words) == WORDS_LISTENED_TO
    assert WordList(["late"]).find_in(words) == ()


@given(st.lists(st.text("abc* -'", max_size=8), max_size=6), st.text("abc -'.", max_size=40))
def test_places_are_in_order_and_never_overlap(listed: list[str], text: str) -> None:
    spans = WordList(listed).find(Words(text).tokens)
    ends = [0, *(end for _, end in spans)]
    assert all(end <= start < stop for end, (start, stop) in zip(ends, spans, strict=False))


def test_the_quick_way_finds_what_the_slow_way_finds() -> None:
    listed, words = WordList(["out of time", "swamp*", "busy"]), Words("busy, swamped, out of time")
    assert listed.find_in(words) == listed.find(words.tokens)
    assert listed.find_in(words)[0] == Span(0, 4)


def test_importing_the_ear_imports_nothing_heavy() -> None:
    code = "import reflect.listening.ear, sys; print({'rapidfuzz', 'yaml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
