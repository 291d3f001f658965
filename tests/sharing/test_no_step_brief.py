"""The brief says that there is no step, with the reason in the writer's own words, and only where that was said."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reflect.packs.cache import Cache
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.shipped import shipped_folder
from reflect.sharing.brief import brief
from reflect.sharing.shared import Shared, SharedAnswer

from .samples import BELIEVABLE

REASON = "Nothing, because the exam comes first"


@pytest.fixture
def english(tmp_path: Path) -> Phrases:
    """The shipped phrases, in English."""
    return read_phrases(shipped_folder() / "core" / "sharing", "en", Cache(tmp_path))


@pytest.fixture
def without_step() -> Shared:
    """A file in which nothing is promised and the newest session says why."""
    said = SharedAnswer("x", "What will you do?", REASON, phase="next", no_step=True)
    newest = msgspec.structs.replace(BELIEVABLE.sessions[-1], answers=(said,))
    others = tuple(item for item in BELIEVABLE.items if item.kind != "action")
    sessions = (*BELIEVABLE.sessions[:-1], newest)
    return msgspec.structs.replace(BELIEVABLE, sessions=sessions, items=others)


def due(shared: Shared, english: Phrases) -> tuple[str, ...]:
    (part,) = (p for p in brief(shared, english).parts if p.heading == english.say("brief-due"))
    return part.lines


def test_the_reason_stands_where_the_promises_would(without_step: Shared, english: Phrases) -> None:
    assert due(without_step, english) == (f"No next step this time: “{REASON}”",)


def test_where_it_was_not_said_nothing_is_claimed(without_step: Shared, english: Phrases) -> None:
    plain = SharedAnswer("x", "What could wait?", "The stock sheet", phase="next")
    newest = msgspec.structs.replace(without_step.sessions[-1], answers=(plain,))
    shared = msgspec.structs.replace(without_step, sessions=(newest,))
    assert due(shared, english) == ()


def test_beside_an_open_promise_it_is_not_needed(without_step: Shared, english: Phrases) -> None:
    shared = msgspec.structs.replace(without_step, items=BELIEVABLE.items)
    assert not any(REASON in line for line in due(shared, english))
