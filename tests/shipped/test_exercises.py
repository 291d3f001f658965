"""The packs beside the four stages: sound, told in three languages, and all of them reached by stories."""

from __future__ import annotations

import pytest

from reflect.application.authoring import compiled_at
from reflect.application.phrasing import phrases
from reflect.application.wiring import Application
from reflect.packs.places import Places
from reflect.rehearsal.length import extent
from reflect.script import Script

from .journeys import plain

PACKS = ("pulse", "debrief", "conclude", "mentors-side", "expectations")


def script_of(app: Application, pack: str, language: str | None = None) -> tuple[Script, Places]:
    compiled = compiled_at(app, app.catalogue.entry(pack).location, language)
    assert not compiled.diagnostics, "\n".join(map(str, compiled.diagnostics))
    assert compiled.script is not None and compiled.tree is not None
    return compiled.script, Places(compiled.tree)


def test_the_pulse_is_short_and_for_oneself_whoever_one_is(app: Application) -> None:
    script, _ = script_of(app, "pulse")
    (stage,) = script.stages
    kinds = [question.kind for question in stage.questions()]
    assert kinds == ["scale"] * 5 + ["text"]
    assert script.audience == "both"
    assert {question.share for question in stage.questions()} == {"no"}
    assert extent(script, stage.id, "short").minutes <= 10


def test_the_mentors_side_is_for_mentors_and_stays_with_them(app: Application) -> None:
    script, _ = script_of(app, "mentors-side")
    (stage,) = script.stages
    assert script.audience == "mentor" and script.is_reflection
    assert {question.share for question in stage.questions()} == {"no"}
    assert extent(script, stage.id, "short").longest == 5
    assert extent(script, stage.id, "long").longest == 9
    said = [plain(ask) for question in stage.questions() for ask in question.ask]
    assert not [text for text in said if "{mentor}" in text or "your mentor" in text]


def test_core_speaks_of_nobody_as_the_mentor_unless_it_must(app: Application) -> None:
    """A mentor hears the same words: only what asks a mentee for the name may say who mentors."""
    script, _ = script_of(app, "mentors-side")
    texts = {
        name: " ".join(plain(one) for one in (*text.ask, text.how, text.example))
        for name, text in script.core.items()
    }
    assert [name for name, said in texts.items() if "mentor" in said.casefold()] == ["ask-mentor"]


def test_concluding_ends_in_keeping_in_touch(app: Application) -> None:
    script, _ = script_of(app, "conclude")
    assert [q.moves_to for q in script.stages[0].questions() if q.moves_to] == ["maintain"]


def test_expectations_are_answered_alone_by_both_and_can_be_laid_side_by_side(
    app: Application,
) -> None:
    """Both are asked the same; nearly all is chosen, so that it can be compared."""
    script, _ = script_of(app, "expectations")
    (stage,) = script.stages
    assert script.audience == "both" and not script.is_reflection
    assert {question.audience for question in stage.questions()} == {"both"}
    kinds = [question.kind for question in stage.questions()]
    assert kinds.count("text") == 2 and set(kinds) == {"choice", "several", "text"}
    assert extent(script, stage.id, "short").longest == 5
    assert extent(script, stage.id, "long").longest == 12
    told = {question.id: question.share for question in stage.questions()}
    assert told.pop("unsure") == "at the end" and set(told.values()) == {"yes"}


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_what_is_compared_has_a_short_name(app: Application, language: str) -> None:
    script, _ = script_of(app, "expectations", language)
    words = phrases(app, language)
    for question in script.stages[0].questions():
        assert words.texts[f"topic-{question.id}"]
