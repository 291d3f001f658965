"""What became of a promise, in the words that people use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from reflect.events import Expectation, Said
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.script import Lexicon, Option

from .conftest import EN, SATURDAY, Hear

KEPT, PARTLY, NOT_YET, DROPPED = "kept", "partly", "not-yet", "dropped"
ENGLISH = ("done", "partly", "not yet", "no longer")


def options(labels: Iterable[str]) -> tuple[Option, ...]:
    return tuple(map(Option, (KEPT, PARTLY, NOT_YET, DROPPED), labels))


def told(hear: Hear, text: str) -> Said:
    return hear(text, kind="choice", wants="mood", options=options(ENGLISH))


@pytest.mark.parametrize(
    ("text", "became"),
    [
        ("did it!! was scary", KEPT),
        ("yes", KEPT),
        ("half of it", PARTLY),
        ("yes and no", PARTLY),
        ("almost done", PARTLY),
        ("no", NOT_YET),
        ("havent done it", NOT_YET),
        ("not done", NOT_YET),
        ("no :( didnt find the time", NOT_YET),
        ("gave it up", DROPPED),
        ("no longer needed", DROPPED),
        ("2", PARTLY),
        ("not yet", NOT_YET),
        ("partyl", PARTLY),
    ],
)
def test_it_is_heard_in_the_words_people_use(text: str, became: str, hear: Hear) -> None:
    assert told(hear, text).value == became


def test_a_story_is_no_outcome(hear: Hear) -> None:
    assert told(hear, "he wrote it into the chart").problem == "not-an-option"


def test_a_packs_own_choice_is_not_heard_so(hear: Hear) -> None:
    assert hear("did it", kind="choice", options=options(ENGLISH)).problem == "not-an-option"


@pytest.mark.parametrize(
    ("language", "labels", "said"),
    [
        (
            "de",
            ("erledigt", "zum Teil", "noch nicht", "nicht mehr"),
            {"ja": KEPT, "hab ich nicht geschafft": NOT_YET, "so halb": PARTLY, "nein": NOT_YET},
        ),
        (
            "es",
            ("hecho", "en parte", "todavía no", "ya no"),
            {"lo hice": KEPT, "no lo hice": NOT_YET, "a medias": PARTLY, "de hecho no": None},
        ),
    ],
)
def test_in_other_languages(language: str, labels: tuple[str, ...], said: dict[str, str]) -> None:
    raw = yaml.safe_load(Path(EN).with_name(f"{language}.yaml").read_text("utf-8"))
    lists = {name: tuple(words) for name, words in raw["lists"].items()}
    ear = Ear(Lexicon(language, lists), builtin_cues())
    asked = Expectation(kind="choice", wants="mood", options=options(labels))
    assert {text: ear.hear(text, asked, SATURDAY).value for text in said} == said
