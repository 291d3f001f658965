"""The Ear as it ships: the core lexicon and the cues that are built in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from reflect.events import Expectation, Said
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.listening.language import Language
from reflect.script import Lexicon

from .heard import LEXICONS
from .heard import language as language_of

EN = LEXICONS / "en.yaml"
SATURDAY = datetime.fromisoformat("2026-11-21T18:30:00+01:00")

Hear = Callable[..., Said]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """Every shipped English list."""
    return language_of("en").lexicon


@pytest.fixture(scope="session")
def language(lexicon: Lexicon) -> Language:
    """The shipped lexicon, ready for searching."""
    return Language(lexicon)


@pytest.fixture(scope="session")
def ear(lexicon: Lexicon) -> Ear:
    """An Ear with everything that ships."""
    return Ear(lexicon, builtin_cues())


@pytest.fixture(scope="session")
def hear(ear: Ear) -> Hear:
    """Hears a text on Saturday 21 November 2026 for an expectation given by its fields."""

    def heard(text: str, **fields: object) -> Said:
        return ear.hear(text, Expectation(**fields), SATURDAY)  # type: ignore[arg-type]

    return heard
