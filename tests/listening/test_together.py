"""The meeting with the mentor by name is the next meeting of the two; another person's is not."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest
import yaml

from reflect.events import Expectation, Parts
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.script import Lexicon

from .conftest import EN

SATURDAY = datetime.fromisoformat("2026-11-21T18:30:00+01:00")
MEETING = "2026-12-03"


@cache
def ear(language: str) -> Ear:
    raw = yaml.safe_load((EN.parent / f"{language}.yaml").read_text("utf-8"))
    lists = {name: tuple(words) for name, words in raw["lists"].items()}
    return Ear(Lexicon(raw["language"], lists), builtin_cues())


def parts(
    text: str,
    language: str = "en",
    other: str = "Daniel",
    meeting: str = MEETING,
    kind: str = "text",
) -> Parts:
    wants = "action" if kind == "text" else ""
    expected = Expectation(kind=kind, wants=wants, meeting=meeting, other=other)  # type: ignore[arg-type]
    return ear(language).hear(text, expected, SATURDAY).parts


def due(text: str, found: Parts) -> tuple[str | None, str | None]:
    return found.due, text[slice(*found.due_words)] if found.due_words else None


THEIRS = [
    ("en", "ask for the rota before I meet Daniel", "before I meet Daniel"),
    ("en", "before i see daniel again, write the list", "before i see daniel"),
    ("en", "before I meet Daniel I will write the list", "before I meet Daniel"),
    ("en", "write the list before my next call with Daniel, in two columns", "before my next call with Daniel"),
    ("en", "write the list before Daniel and I meet", "before Daniel and I meet"),
    ("en", "write the list before meeting Daniel and his deputy", "before meeting Daniel"),
    ("en", "bring the list to the meeting when I next see my mentor", "when I next see my mentor"),
    ("en", "ask Ruth when we next meet", "when we next meet"),
    ("en", "bring the list at our next catch-up", "at our next catch-up"),
    ("de", "den Plan schreiben vor dem Treffen mit Daniel", "vor dem Treffen mit Daniel"),
    ("de", "den Plan schreiben, bevor ich Daniel treffe", "bevor ich Daniel treffe"),
    ("de", "den Plan schreiben, bevor ich wieder mit Daniel spreche", "bevor ich wieder mit Daniel spreche"),
    ("de", "den Plan schreiben, bevor ich meine Mentorin sehe", "bevor ich meine Mentorin sehe"),
    ("es", "escribir la lista antes de ver a Daniel", "antes de ver a Daniel"),
    ("es", "escribir la lista antes de reunirme con Daniel", "antes de reunirme con Daniel"),
    ("es", "escribir la lista para la próxima reunión con Daniel", "para la próxima reunión con Daniel"),
]  # fmt: skip

ANOTHERS = [
    ("en", "write the list before I meet Daniel's wife"),
    ("en", "write the list before I meet Daniel’s team"),
    ("en", "write the list before I meet Daniel Craig"),
    ("en", "write the list before I meet Daniel-Paul"),
    ("en", "write the list before I meet Ruth"),
    ("en", "write the list before I meet Danielle"),
    ("en", "write the list before the next meeting with Ruth"),
    ("en", "write the list before the next meeting with Daniel's boss"),
    ("en", "write to Daniel about the list before the round"),
    ("en", "tell Daniel before I talk to anybody"),
    ("de", "den Plan schreiben vor dem Treffen mit Daniels Frau"),
    ("de", "den Plan schreiben vor dem nächsten Treffen mit Ruth"),
    ("de", "den Plan schreiben, bevor ich Ruth treffe"),
    ("es", "escribir la lista antes de ver a la mujer de Daniel"),
    ("es", "escribir la lista antes de ver a Marta"),
    ("es", "escribir la lista antes de la próxima reunión de equipo"),
]


@pytest.mark.parametrize(("language", "text", "words"), THEIRS)
def test_it_is_the_day_of_the_next_meeting(language: str, text: str, words: str) -> None:
    assert due(text, parts(text, language)) == (MEETING, words)


@pytest.mark.parametrize(("language", "text", "words"), THEIRS)
def test_without_a_meeting_it_stays_an_occasion(language: str, text: str, words: str) -> None:
    assert due(text, parts(text, language, meeting="")) == (None, words)


@pytest.mark.parametrize(("language", "text"), ANOTHERS)
def test_somebody_elses_day_is_not_theirs(language: str, text: str) -> None:
    assert parts(text, language).due is None


def test_as_a_reply_to_by_when() -> None:
    for text in ("before I meet Daniel", "at the meeting with Daniel"):
        assert due(text, parts(text, kind="due")) == (MEETING, text)
    assert parts("before I meet Ruth", kind="due").due is None


@pytest.mark.parametrize(
    ("other", "text", "expected"),
    [
        ("Daniel Weber", "before I meet Daniel", MEETING),
        ("Daniel Weber", "before I meet Daniel Weber", MEETING),
        ("Daniel Weber", "before I meet Weber", None),
        ("Dr Lang", "before I meet Dr Lang", MEETING),
        ("Dr Lang", "before I meet Dr Ruth", None),
        ("Thomas", "before I meet Thomas' wife", None),
        ("Thomas", "before I meet Thomas", MEETING),
        ("", "before I meet Daniel", None),
    ],
)
def test_who_is_meant_by_a_name(other: str, text: str, expected: str | None) -> None:
    assert parts(f"write the list {text}", other=other).due == expected


def test_a_day_that_is_named_goes_first() -> None:
    text = "write the list before I meet Daniel on Friday"
    assert parts(text).due == "2026-11-27"


def test_the_deed_is_said_without_it() -> None:
    text = "before I meet Daniel I will write the list"
    found = parts(text)
    assert found.what is not None and text[slice(*found.what)] == "write the list"
