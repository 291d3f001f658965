"""Challenges: how lines of the lexicon add up, and how well the shipped ones hear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from reflect.listening.challenges import KINDS, WEIGHTS, Challenge, challenge, challenges
from reflect.listening.dates import Dates
from reflect.listening.language import Language
from reflect.listening.utterance import Utterance
from reflect.listening.words import Words, fold
from reflect.script import Lexicon

from .heard import items, language, said

LISTS: Mapping[str, tuple[str, ...]] = {
    "denials": ("not", "never"),
    "function-words": ("the", "a", "was"),
    "said-time": ("swamped", "no .. evening"),
    "said-time-hints": ("kids|toddler", "shift|shifts"),
    "said-time-traces": ("minute|minutes|hour|hours", "only|never", "book"),
    "said-time-except": ("time series", "shift key"),
    "said-settled": ("used to", "is fine"),
    "said-turn": ("but",),
}
SMALL = Language(Lexicon("en", LISTS))
FLOORS = {"en": 0.92, "de": 0.9, "es": 0.9}


def heard(text: str) -> Challenge | None:
    utterance = Utterance(text, Words(text), SMALL, Dates(SMALL), "text", date(2026, 11, 21))
    return challenge(utterance, "time")


@pytest.mark.parametrize(
    "text",
    [
        "I was swamped",
        "no free evening",
        "the toddler and the shifts",
        "only the kids",
        "only minutes for the book",
    ],
)
def test_what_is_enough(text: str) -> None:
    assert heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "the kids",
        "the toddler and the kids",
        "only minutes, or hours",
        "not swamped",
        "I used to have shifts and kids",
        "only the shift key",
        "only one thing stays with me from all that she told us about the kids",
    ],
)
def test_what_is_not(text: str) -> None:
    assert heard(text) is None


def test_a_later_sentence_is_heard_after_a_settled_one() -> None:
    found = heard("I used to have kids and shifts. Now I am swamped.")
    assert found
    assert found.rule == "swamped"


def test_what_is_said_after_a_but_is_not_settled() -> None:
    assert heard("All is fine, but I am swamped")
    assert heard("I am swamped, but all is fine") is None


def test_a_denial_is_a_trace_beside_a_hint() -> None:
    assert heard("never the kids")


def test_the_lines_that_were_heard_explain_it() -> None:
    text = "and so only ten minutes for the book"
    found = heard(text)
    assert found
    assert found.rule == "only|never + minute|minutes|hour|hours + book"
    assert text[found.span.start : found.span.end] == "only ten minutes for the book"


def test_nothing_is_heard_in_nothing() -> None:
    assert heard("") is None


def labels(item: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """What was to be heard in an item, and what is."""
    wanted = set(item["labels"]) - {"none"}
    found = {one.kind.replace("-", "_") for one in challenges(said(item["text"], item["lang"]))}
    return wanted, found - set(item["optional"]) | wanted & found


@pytest.mark.parametrize("code", FLOORS)
def test_the_shipped_lists_hear_well(code: str) -> None:
    pairs = [labels(item) for item in items("challenges") if item["lang"] == code]
    right = sum(len(wanted & found) for wanted, found in pairs)
    everything = sum(len(wanted) + len(found) for wanted, found in pairs)
    assert 2 * right / everything >= FLOORS[code]
    alarms = [bool(found) for wanted, found in pairs if not wanted]
    assert sum(alarms) / len(alarms) <= 0.05


@pytest.mark.parametrize("code", FLOORS)
def test_no_shipped_line_comes_down_to_a_word_that_says_nothing(code: str) -> None:
    known = language(code)
    empty = {
        fold(word)
        for name in ("function-words", "denials", "who-trouble")
        for word in known.entries(name)
    }
    lines = [line for kind in KINDS for line in known.entries(f"said-{kind}")]
    assert lines
    assert not [line for line in lines if _needs(line) and _needs(line) <= empty]


def _needs(line: str) -> set[str]:
    """The words of the only place of `line` that has to be there; none where it has more than one."""
    places = [place for place in line.split() if not place.startswith(("(", ".."))]
    return set(places[0].split("|")) if len(places) == 1 else set()


@pytest.mark.parametrize("code", FLOORS)
def test_every_kind_has_its_lists(code: str) -> None:
    known = language(code)
    assert all(known.entries(f"said-{kind}{ending}") for kind in KINDS for ending in WEIGHTS)
