"""An honest "nothing, because" is told from a step that only begins like one."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reflect.listening.utterance import Utterance
from reflect.listening.weight import weight
from reflect.listening.words import Words

from .heard import dates, language

NO_STEP = (
    ("en", "Nothing, because the exam comes first"),
    ("en", "None, because nobody answers before January"),
    ("en", "no step this month, I work sixty hours"),
    ("en", "nothing for now: the audit takes every evening"),
    ("en", "not yet, since the rota is not out"),
    ("en", "No next step. The harvest has to be in first."),
    ("en", "Nothing - my wife is due any day and I want to be at home"),
    ("en", "honestly nothing right now, the kitchen is closed until March"),
    ("en", "I won't do anything this week, I am on nights"),
    ("en", "No. I need a rest from projects."),
    ("en", "Nothing until the results are in"),
    ("en", "None (the workshop is being moved)"),
    ("en", "nothing because I will be in hospital"),
    ("en", "Nothing, we will see after the holidays"),
    ("en", "No plans, because Ruth is away"),
    ("en", "I don't know yet, my mentor has to answer first"),
    ("en", "nope, too tired this week"),
    ("en", "Nothing I can do, it is with the board now"),
    ("de", "Nichts, weil die Prüfung vorgeht"),
    ("de", "Keinen, weil vor Januar niemand antwortet"),
    ("de", "diesen Monat nichts, ich arbeite sechzig Stunden"),
    ("de", "Vorerst nichts: die Prüfung kostet jeden Abend"),
    ("de", "noch nicht, da der Dienstplan fehlt"),
    ("de", "Kein Schritt. Erst muss die Ernte rein."),
    ("de", "Im Moment nichts, aber ich habe auch keine Zeit"),
    ("es", "Nada, porque el examen va primero"),
    ("es", "Ninguno, porque nadie contesta antes de enero"),
    ("es", "por ahora nada: la auditoría ocupa todas las tardes"),
    ("es", "todavía no, ya que no ha salido el turno"),
    ("es", "Este mes no, trabajo sesenta horas"),
)

STEP = (
    ("en", "Nothing fancy, just call Ruth on Friday"),
    ("en", "No more late emails from Monday"),
    ("en", "Nothing big: ask the chef which dishes the grill can take"),
    ("en", "No, I will call Ruth on Friday"),
    ("en", "Not much, but I will ask Tom for the drawings"),
    ("en", "Nothing yet, but I'll ring the supplier on Monday"),
    ("en", "Nothing new, I keep sending the list on Fridays"),
    ("en", "No step without asking Dana first"),
    ("en", "No phone in the room from nine to eleven"),
    ("en", "Nothing. Well, maybe call Ruth"),
    ("en", "None of the reports goes out unread"),
    ("en", "Not check my mail before the first lesson"),
    ("en", "Say nothing until everybody has spoken"),
    ("en", "No idea who, I will ask HR"),
    ("en", "Nothing, then call Ruth"),
    ("en", "Now call the night sister"),
    ("en", "So I ask Tom for the drawings"),
    ("en", "No excuses: finish the portfolio by Sunday"),
    ("de", "Nichts Großes, nur am Freitag Ruth anrufen"),
    ("de", "Keine späten Mails mehr ab Montag"),
    ("de", "Noch nichts, aber am Montag frage ich Ruth"),
    ("de", "Nein, ich rufe Ruth am Freitag an"),
    ("de", "Kein Handy im Unterricht"),
    ("es", "Nada especial, solo llamar a Ruth el viernes"),
    ("es", "No más correos tarde desde el lunes"),
    ("es", "Todavía nada, pero el lunes llamaré a Ruth"),
    ("es", "No mirar el correo antes de clase"),
)


def heard(text: str, code: str, wants: str = "action") -> str:
    said = Utterance(
        text, Words(text), language(code), dates(code), "text", date(2026, 11, 21), wants=wants
    )
    return weight(said)


def test_an_honest_no_is_no_step() -> None:
    assert [text for code, text in NO_STEP if heard(text, code) != "none"] == []


def test_a_step_that_begins_with_a_no_stays_one() -> None:
    assert [text for code, text in STEP if heard(text, code) in ("none", "empty")] == []


def test_only_a_question_for_a_step_is_answered_so() -> None:
    assert heard("Nothing, because the exam comes first", "en", "") != "none"


def test_what_is_heavy_weighs_more() -> None:
    assert heard("Nothing, my mother died on Sunday", "en") == "grave"
    assert heard("Nothing, because I want to kill myself", "en") == "danger"


@pytest.mark.parametrize("code", ["en", "de", "es"])
def test_a_bare_no_is_no_answer(code: str) -> None:
    bare = {"en": "nothing", "de": "nichts", "es": "nada"}[code]
    assert heard(bare, code) == "empty"


@settings(deadline=None, max_examples=50)
@given(
    some.sampled_from(("Nothing", "None", "no step this month", "Not yet", "nothing for now")),
    some.sampled_from((", because", ": ", ". ", " - ", " since ", " until ")),
    some.sampled_from(("the", "my", "our", "this")),
    some.text(some.sampled_from("abdegiklmnoprstuvz"), min_size=3, max_size=9),
    some.sampled_from((" comes first", " is not out yet", " takes every evening")),
)
def test_whatever_the_reason(no: str, join: str, first: str, thing: str, how: str) -> None:
    text = f"{no}{join} {first} x{thing}{how}"
    assert heard(text, "en") == "none"
    assert heard(f"{text}, but I will ask Tom", "en") != "none"


def test_a_long_one_costs_no_more_than_its_length() -> None:
    assert heard("nothing " * 20_000, "en") in ("none", "thin", "")
    assert msgspec.json.encode(heard("no, " * 50_000, "en"))
