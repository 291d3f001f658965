"""Who is said to act."""

from __future__ import annotations

from functools import cache

import pytest
import yaml

from reflect.listening.language import Language
from reflect.listening.owner import acting, owner
from reflect.listening.words import Words
from reflect.script import Lexicon

from .conftest import EN


@cache
def of(code: str) -> Language:
    raw = yaml.load((EN.parent / f"{code}.yaml").read_text("utf-8"), yaml.CBaseLoader)
    return Language(Lexicon(code, {name: tuple(words) for name, words in raw["lists"].items()}))


@pytest.mark.parametrize(
    ("code", "text", "who"),
    [
        ("en", "I'll ask the foreman", "me"),
        ("en", "once the parts are in I'll fit them", "me"),
        ("en", "From Monday I keep a log", "me"),
        ("en", "it's up to me to book the room", "me"),
        ("en", "my mentor will introduce me", "mentor"),
        ("en", "my mentor's manager will introduce me", "other"),
        ("en", "Dr Okoro, my mentor, has to sign", "mentor"),
        ("en", "my mentor and I will walk the ward", "both"),
        ("en", "Ravi and I will test it", "me"),
        ("en", "Ravi to test the pump", "other"),
        ("en", "Ravi is testing the pump", "other"),
        ("en", "Will will test the pump", "other"),
        ("en", "@jo to test the pump", "other"),
        ("en", "we'll test the pump", "me"),
        ("en", "someone has to test the pump", "other"),
        ("en", "the pump will be tested", "none"),
        ("en", "ask Ravi if I should test the pump", "none"),
        ("en", "Ask my mentor to review", "none"),
        ("en", "Remember to test the pump", "none"),
        ("en", "the interns tidy the store", "other"),
        ("en", "my sister grinds the welds", "other"),
        ("en", "IT resets my password", "other"),
        ("en", "it resets at noon", "none"),
        ("en", "Ravi: order the lamps", "other"),
        ("en", "Plan: order the lamps", "none"),
        ("en", "Mentor: dig out the form", "mentor"),
        ("en", "order the lamps (me)", "me"),
        ("en", "Ravi, please order the lamps", "other"),
        ("en", "could Ravi order the lamps?", "other"),
        ("en", "can my mentor order the lamps?", "mentor"),
        ("en", "will you order the lamps?", "mentor"),
        ("en", "it's Ravi's turn to drive", "other"),
        ("en", "it's me who drives", "me"),
        ("en", "it's time to drive", "none"),
        ("en", "today's task: call the vet", "none"),
        ("en", "Ravi, who mentors me, shall call", "mentor"),
        ("en", "Ravi's my mentor, he'll call", "mentor"),
        ("en", "I think Ravi should call", "other"),
        ("en", "Thought I'd call Ravi", "me"),
        ("en", "once my mentor has signed I'll send it", "me"),
        ("en", "Ravi'll send it", "other"),
        ("en", "my aim's to send it", "me"),
        ("en", "the plan is to send it", "none"),
        ("en", "letters to write by Friday", "none"),
        ("en", "three donor calls before lunch", "none"),
        ("en", "sort out what Ravi will do", "none"),
        ("en", "the form needs signing", "none"),
        ("en", "must be done by Friday", "none"),
        ("en", "it will be signed by my mentor", "mentor"),
        ("en", "the lamps, @ravi", "other"),
        ("de", "Bis Freitag prüfe ich die Pumpe", "me"),
        ("de", "Ravi fragen, ob ich helfen soll", "none"),
        ("de", "Mein Mentor zeigt es mir", "mentor"),
        ("es", "El lunes reviso la bomba", "me"),
        ("es", "Mi mentora me lo enseña", "mentor"),
        ("es", "Revisar la bomba", "none"),
    ],
)
def test_the_subject_acts(code: str, text: str, who: str) -> None:
    assert acting(Words(text), of(code))[0] == who


@pytest.mark.parametrize("text", ["we'll test it", "someone should test it", "it will be tested"])
def test_nobody_in_particular_is_asked_about(text: str) -> None:
    assert owner(Words(text), of("en"))[0] == "unclear"


def test_the_words_are_told() -> None:
    who, span = acting(Words("Ravi will test it"), of("en"))
    assert who == "other" and span == (0, 9)
