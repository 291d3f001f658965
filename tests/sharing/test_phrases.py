"""The phrases of every language say the same things with the same names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reflect.errors import Misuse
from reflect.packs.cache import Cache
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.shipped import shipped_folder

FOLDER = shipped_folder() / "core" / "sharing"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


def _names(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", text))


@pytest.mark.parametrize("language", ["de", "es"])
def test_a_language_has_every_phrase_with_its_names(language: str, cache: Cache) -> None:
    english = read_phrases(FOLDER, "en", cache).texts
    other = read_phrases(FOLDER, language, cache).texts
    assert other.keys() == english.keys()
    assert {id_: _names(text) for id_, text in other.items()} == {
        id_: _names(text) for id_, text in english.items()
    }
    assert not [id_ for id_, text in other.items() if not text.strip()]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thursday 3 December"),
        ("de-AT", "Donnerstag, 3. Dezember"),
        ("es", "jueves 3 de diciembre"),
        ("xx", "Thursday 3 December"),
    ],
)
def test_a_day_is_said_in_the_language(language: str, said: str, cache: Cache) -> None:
    assert read_phrases(FOLDER, language, cache).day("2026-12-03", "2026-11-22") == said


def test_what_is_filled_in_is_not_read_again() -> None:
    said = Phrases("en", {"hello": "Hello {name}, {name}"}).say("hello", name="{other}")
    assert said == "Hello {other}, {other}"


def test_a_name_that_is_not_given_is_misuse() -> None:
    with pytest.raises(Misuse):
        Phrases("en", {"hello": "Hello {name}"}).say("hello")
