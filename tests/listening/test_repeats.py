"""`answer repeats last.x`: the same thing with typos, in other words or in another order; and other things."""

from __future__ import annotations

import pytest

from reflect.events import Listen
from reflect.script import Signal

from .conftest import Hear

AGAIN = [
    ("ask Dr Lang for two minutes", "ask Dr Lang for two minutes"),
    ("ask dr lang for 2 minutes before the round", "ask Dr Lang for two minutes before the round"),
    ("Ask Dr Lang for two minuets before the ruond", "ask Dr Lang for two minutes before the round"),
    ("before the round, ask Dr Lang for two minutes", "ask Dr Lang for two minutes before the round"),
    ("I will ask Dr Lang for those two minutes", "ask Dr Lang for two minutes"),
    ("write the three worst patients on a card", "I wrote the three worst patients on a card"),
    ("wright the three wurst patients on a card", "write the three worst patients on a card"),
    ("the card with the three worst patients", "three worst patients on a card"),
    ("I never have time for the reports", "never time for the reports"),
    ("no time for the reprots, never", "I never have time for the reports"),
    ("he talks over me in the ward round", "Dr Lang talks over me in the ward round"),
    ("in every ward round he talks over me", "he talks over me in every ward round"),
    ("he talks ovr me in evry ward rounds", "he talks over me in every ward round"),
    ("book the lab for Tuesday", "book the lab on Tuesday"),
    ("booking the lab for tuesday", "book the lab for Tuesday"),
    ("boook teh lab for tusday", "book the lab for Tuesday"),
    ("Ring Mrs Okafor about the placement", "ring Mrs Okafor about my placement"),
    ("call to Mrs Okafor: the placement, ring her", "ring Mrs Okafor about the placement"),
    ("ring mrs okafour about the placemnt", "ring Mrs Okafor about the placement"),
    ("read chapter two on the bus", "read chapter two, on the bus"),
    ("on the bus I read chapter two", "read chapter two on the bus"),
    ("reed chapter two on the bus home", "read chapter two on the bus home"),
    ("finish the first draft of chapter 3", "finish a first draft of chapter 3"),
    ("a first draft of chapter 3, finished", "finish the first draft of chapter 3"),
    ("price one bathroom for practice", "price a bathroom, for practice"),
    ("prise one bathroom for practise", "price one bathroom for practice"),
    ("speak up in the Monday meeting", "to speak up in the meeting on Monday"),
    ("speaking up in monday's meeting", "speak up in the Monday meeting"),
    ("the handover list still gets lost", "handover list gets lost, still"),
    ("the handover list stil gets losst", "the handover list still gets lost"),
]  # fmt: skip

OTHER = [
    ("ask Dr Lang for two minutes", "ask Sister Ruth to bring it up in the huddle"),
    ("ask Dr Lang about the rota", "ask Mrs Okafor about the placement"),
    ("write the handover on a card", "write a letter to the union"),
    ("read chapter two on the bus", "finish the first draft of chapter three"),
    ("book the lab for Tuesday", "book a table for Friday evening"),
    ("I never have time for the reports", "I have the reports done by Friday"),
    ("he talks over me in the round", "she never answers her mail"),
    ("the morning round went well", "the evening shift was short of two"),
    ("price one bathroom", "draw the wiring plan of the school"),
    ("speak up in the meeting", "keep quiet in the corridor"),
    ("fine", "fine"),
    ("good", "it was good"),
    ("nothing", "nothing"),
    ("the rota", "the rota is late, Sam is away and nobody has told the night staff what to do"),
    ("yes", "yes I did"),
    ("learn to weld a clean seam", "learn to read the drawings"),
    ("pass the licence exam by June", "pass the salt test in the lab"),
    ("phone three suppliers", "phone my mother on Sunday"),
    ("less overtime in March", "more sleep before nights"),
    ("show Daniel the draft", "show the apprentice the jig"),
    ("the twins in bay two settled", "the delivery in bay four was late"),
    ("I lost my temper with Jo", "I lost the key to the store"),
    ("a card with three names", "three names nobody could spell were called"),
    ("take notes in the meeting", "cancel the meeting with the bank"),
    ("tell him what I need", "hear what she has to say"),
    ("run the mass spectrometer alone", "run ten kilometres by May"),
    ("my lesson on fractions", "my appraisal with the head"),
    ("too much noise on line 3", "too few hands on the ward"),
    ("send three lines the evening before", "send the invoice to the printer"),
    ("", "ask Dr Lang for two minutes"),
]


@pytest.mark.parametrize(("text", "other"), AGAIN)
def test_it_is_said_again(hear: Hear, text: str, other: str) -> None:
    assert repeats(hear, text, other) and repeats(hear, other, text)


@pytest.mark.parametrize(("text", "other"), OTHER)
def test_it_is_something_else(hear: Hear, text: str, other: str) -> None:
    assert not repeats(hear, text, other) and not repeats(hear, other, text)


def repeats(hear: Hear, text: str, other: str) -> bool:
    signal = Listen(7, Signal("a", "repeats", other="last.a"), other)
    return hear(text, listen=(signal,)).heard.get(7) is not None


def test_there_are_enough_of_both() -> None:
    assert len(AGAIN) >= 30 and len(OTHER) >= 30
