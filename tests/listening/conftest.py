"""The Ear as it ships: the core lexicon and the cues that are built in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from reflect.events import Expectation, Said
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.listening.language import Language
from reflect.script import Lexicon

EN = Path(__file__).parents[2] / "prompt_packs" / "core" / "lexicon" / "en.yaml"
SATURDAY = datetime.fromisoformat("2026-11-21T18:30:00+01:00")

Hear = Callable[..., Said]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The shipped English lexicon."""
    raw = yaml.safe_load(EN.read_text("utf-8"))
    return Lexicon(raw["language"], {name: tuple(words) for name, words in raw["lists"].items()})


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
