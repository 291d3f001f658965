"""Whoever opens a shipped pack can be asked all of it, and no conversation in it breaks."""

from __future__ import annotations

from typing import get_args

import pytest

from reflect.application.authoring import compiled_at
from reflect.application.wiring import Application
from reflect.packs.location import SHIPPED, languages
from reflect.packs.places import Places
from reflect.rehearsal.length import extent
from reflect.rehearsal.walk import Walked, walk
from reflect.script import Length, Script

MINUTES: dict[Length, int] = {"short": 10, "long": 20}
"""The longest session there can be, with every follow-up, is at most this much longer than was promised."""


@pytest.fixture(scope="module")
def walks(app: Application) -> list[tuple[Script, Walked]]:
    """Every shipped pack, in each of its languages, walked."""
    found = []
    for entry in app.catalogue.entries():
        for language in (None, *languages(entry.location)):
            compiled = compiled_at(app, entry.location, language)
            assert compiled.script is not None and compiled.tree is not None
            assert entry.source == SHIPPED
            found.append((compiled.script, walk(compiled.script, Places(compiled.tree))))
    return found


def test_everything_is_reached(walks: list[tuple[Script, Walked]]) -> None:
    missing = [str(one) for _, walked in walks for one in walked.missing]
    assert walks and not missing, "\n".join(missing)


def test_no_conversation_breaks(walks: list[tuple[Script, Walked]]) -> None:
    assert not [broken.message for _, walked in walks for broken in walked.broken]


def test_a_walk_is_a_covering_set_and_not_every_way_there_is(
    walks: list[tuple[Script, Walked]],
) -> None:
    assert not [s.pack for s, walked in walks if walked.conversations > len(walked.points)]


def test_reflections_keep_to_their_time(walks: list[tuple[Script, Walked]]) -> None:
    late = [
        (script.pack, stage.id, length)
        for script, _ in walks
        if script.is_reflection
        for stage in script.stages
        for length in get_args(Length)
        if extent(script, stage.id, length).minutes > MINUTES[length]
    ]
    assert not late
