"""What moved, and what is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from reflect.events import Note, NoteWritten
from reflect.packs.cache import Cache
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.shipped import shipped_folder
from reflect.review.case import Case
from reflect.review.moved import moves, stage, twice
from reflect.review.searching import fits, search
from reflect.review.telling import Telling, compared
from reflect.sharing.shared import SharedAnswer
from reflect.text import display_width
from tests.review.made import EARLIER, SHIP, bundle
from tests.review.test_case import AT, note, opened
from tests.sharing.samples import BELIEVABLE


def spoken(tmp_path: Path, language: str = "en") -> Phrases:
    return read_phrases(shipped_folder() / "core" / "sharing", language, Cache(tmp_path))


def both() -> Case:
    return Case(SHIP, [opened(bundle(2)), opened(bundle(1, EARLIER))])


def test_promises_goals_questions_and_terms_that_moved() -> None:
    found = moves(EARLIER, BELIEVABLE)
    assert [(one.kind, one.was, one.now) for one in found if one.was] == [
        ("action", "open", "kept"),
        ("action", "open", "partly"),
        ("action", "open", "dropped"),
        ("action", "open", "kept"),
        ("goal", "draft", "agreed"),
        ("agreement", "proposed", "agreed"),
    ]
    assert "said it about the vancomycin, in the room" in [one.progress for one in found]
    assert sum(one.kind == "question" and not one.was for one in found) == 2
    assert stage(EARLIER, BELIEVABLE) == "work" and stage(EARLIER, EARLIER) == ""
    assert moves(BELIEVABLE, BELIEVABLE) == ()


def test_a_question_asked_both_times_stands_twice_and_a_scale_does_not() -> None:
    then, now = (
        replace(
            file,
            sessions=(
                replace(
                    file.sessions[0],
                    answers=(
                        SharedAnswer(
                            "a", "What is in the way?", text, phase="adjust", asked="snag"
                        ),
                        SharedAnswer(
                            "b", "How did it feel?", "3", phase="worked", asked="mood", value="3"
                        ),
                    ),
                ),
            ),
        )
        for file, text in ((EARLIER, "the noise"), (BELIEVABLE, "nothing"))
    )
    assert [(one.then, one.now) for one in twice(then, now)] == [("the noise", "nothing")]


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_it_is_told_in_the_language_on_a_narrow_screen(tmp_path: Path, language: str) -> None:
    case, phrases = both(), spoken(tmp_path, language)
    telling = Telling(case, case.newest, phrases, 60)
    lines = [*compared(case, phrases, 60), *telling.open_ones(), *telling.transcript()]
    assert max(map(display_width, lines)) <= 60
    text = "\n".join(lines)
    assert "stand at the foot of the bed" in text
    assert "Stay with where they stand" in " ".join(text.split())
    english = {"en": "Now at: working on it", "de": "Jetzt bei: daran", "es": "Ahora en: ponerse"}
    assert english[language] in text


def test_notes_stand_beside_what_they_are_about(tmp_path: Path) -> None:
    answer = BELIEVABLE.sessions[-1].answers[1].id
    written = [NoteWritten(AT, note("beside that", about=answer)), NoteWritten(AT, note("whole"))]
    case = Case(SHIP, [opened(bundle()), *written])
    telling = Telling(case, case.newest, spoken(tmp_path), 60)
    assert "      You: beside that" in telling.transcript()
    assert telling.on_the_whole() == ["  You: whole"]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("cafe", "im Café", True),
        ("CAFÉ", "cafe", True),
        ("strasse", "Straße", True),
        ("round", "rounds", False),
        ("round*", "rounds", True),
        ("round card", "the card before the round", True),
        ("round card", "the round", False),
        ("a.c", "abc", False),
        ("(", "what (if", True),
        ("*", "anything", False),
        ("", "anything", False),
    ],
)
def test_words_are_found_whatever_their_capitals_and_accents(
    words: str, text: str, found: bool
) -> None:
    assert fits(words)(text) is found


def test_the_search_sees_answers_items_and_notes_newest_first() -> None:
    events = [opened(bundle()), NoteWritten(AT, note("about the vancomycin"))]
    case = Case(SHIP, events)
    found = search(case, fits("vancomycin"))
    assert {one.kind for one in found} == {"answer", "item", "note"}
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)
    gone = Note(note("about the vancomycin").id, "note", "", "2026-11-22", 2, withdrawn=True)
    after = Case(SHIP, [*events, NoteWritten(AT, gone)])
    assert {one.kind for one in search(after, fits("vancomycin"))} == {"answer", "item"}
