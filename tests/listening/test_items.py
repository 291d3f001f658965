"""How well the labelled items are heard: floors, each a little under what is reached."""

from __future__ import annotations

import json

import pytest

from reflect.listening.challenges import challenges
from reflect.listening.cues import builtin_cues, vague
from reflect.listening.goals import letters
from reflect.listening.mood import mood

from .heard import ITEMS, items, said

MOODS = {"": "neutral", "low": "negative", "glad": "positive"}


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_vague_and_specific_are_told_apart() -> None:
    right = [
        (vague(said(item["text"], item["lang"])) is not None) == (item["label"] == "vague")
        for item in items("specificity")
    ]
    assert share(right) >= 0.95


def test_the_letters_of_a_goal_are_heard() -> None:
    heard = [(item, letters(said(item["text"]))) for item in items("goals")]
    for name, floor in (("specific", 0.9), ("measurable", 0.9), ("time_bound", 0.93)):
        assert share([(name[0] in found) == item[name] for item, found in heard]) >= floor, name


def test_a_mood_is_heard_and_never_gladness_in_a_sad_answer() -> None:
    heard = [
        (item["label"], MOODS[mood(said(item["text"], item["lang"]))]) for item in items("mood")
    ]
    assert share([label == found for label, found in heard]) >= 0.93
    assert ("negative", "positive") not in heard


def test_challenges_are_heard() -> None:
    heard = [
        (
            set(item["labels"]) - {"none"},
            {one.kind.replace("-", "_") for one in challenges(said(item["text"], item["lang"]))},
        )
        for item in items("challenges")
    ]
    right = sum(len(wanted & found) for wanted, found in heard)
    everything = sum(len(wanted) + len(found) for wanted, found in heard)
    assert 2 * right / everything >= 0.85
    alarms = [bool(found) for wanted, found in heard if not wanted]
    assert share(alarms) <= 0.1


@pytest.mark.parametrize("code", ["de", "es"])
def test_a_mood_is_heard_in_other_languages(code: str) -> None:
    heard = [
        (item["label"], MOODS[mood(said(item["text"], code))])
        for item in items("mood")
        if item["lang"] == code
    ]
    assert len(heard) >= 40
    assert share([label == found for label, found in heard]) >= 0.9
    assert ("negative", "positive") not in heard


@pytest.mark.parametrize("cue", ["blaming", "hedged", "reasons", "other-side", "new-view"])
def test_what_only_steers_is_claimed_when_it_is_plain(cue: str) -> None:
    hear = next(one.hear for one in builtin_cues() if one.name == cue)
    lines = (ITEMS / "cues.jsonl").read_text("utf-8").splitlines()
    asked = [item for line in lines if (item := json.loads(line))["cue"] == cue]
    found = [item["heard"] for item in asked if hear(said(item["text"])) is not None]
    assert share(found) >= 0.8
    assert sum(found) >= 0.8 * sum(item["heard"] for item in asked)
