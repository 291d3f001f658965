"""Words of self-harm or violence are met with one plain sentence of core; what only sounds like them is not."""

from __future__ import annotations

import pytest

from reflect.dialogue.machine import Dialogue
from reflect.events import Parts, Span
from reflect.listening.weight import weight
from reflect.mentorship.items import items
from reflect.script import Keep
from tests.listening.heard import said

from .scripts import begun, key, question, say, script

DIRECT = (
    ("en", "I do not want to be here any more"),
    ("en", "some nights I think about killing myself"),
    ("en", "i dont want to live anymore"),
    ("en", "I want to kil myself"),
    ("en", "I have started cutting myself after the shift"),
    ("en", "I thought about ending my life on Sunday"),
    ("en", "I swallowed a whole packet of pills in March"),
    ("en", "Everybody would be better off if I was dead"),
    ("en", "I feel suicidal since the review"),
    ("en", "I cannot go on living like this"),
    ("en", "it would be easier if I was dead"),
    ("en", "I wanted to jump in front of the train this morning"),
    ("en", "I see no reason to stay alive"),
    ("en", "my husband beats me when I come home late"),
    ("en", "he hit me again last night"),
    ("en", "my ex says he will kill me"),
    ("en", "I am going to kill him tonight"),
    ("en", "I want to hurt somebody at work"),
    ("de", "Ich will nicht mehr leben"),
    ("de", "ich möchte nicht mehr da sein"),
    ("de", "Ich denke oft daran, mich umzubringen"),
    ("de", "Ich habe mir wieder die Arme aufgeritzt"),
    ("de", "Am liebsten wäre ich tot"),
    ("de", "Mein Mann schlägt mich"),
    ("de", "Er hat gedroht, mich umzubringen"),
    ("de", "ich will mich umbrigen"),
    ("es", "No quiero seguir viviendo"),
    ("es", "Ya no quiero estar aquí, quiero morirme"),
    ("es", "Pienso en suicidarme"),
    ("es", "Me hago cortes en los brazos"),
    ("es", "Sería mejor si estuviera muerta"),
    ("es", "Mi marido me pega"),
    ("es", "Dice que me va a matar"),
    ("es", "quiero suicidrame"),
)

FIGURES = (
    ("en", "I could kill him, he booked the room again"),
    ("en", "My boss will kill me if the slides are late"),
    ("en", "I nearly died when the mayor walked in"),
    ("en", "She killed it on stage"),
    ("en", "I do not want to be here on Sunday, I want the late shift instead"),
    ("en", "He beat me at chess in the break"),
    ("en", "It hit me that nobody had read the plan"),
    ("en", "They kicked me out of the channel"),
    ("en", "I cut myself a slice of cake"),
    ("en", "I want to disappear when the director speaks to me"),
    ("en", "The new rota is suicide for the night team"),
    ("en", "He threatened to leave the project"),
    ("en", "I jumped at the chance to lead the round"),
    ("en", "I would rather die than phone suppliers"),
    ("en", "We ended it all with a toast"),
    ("en", "My colleague hit me with a hard question"),
    ("de", "Mein Chef bringt mich um, wenn die Folien fehlen"),
    ("de", "Ich könnte ihn umbringen, er hat schon wieder den Raum gebucht"),
    ("de", "Ich bin fast gestorben vor Scham"),
    ("de", "Sie schlägt mich jedes Mal beim Tischtennis"),
    ("de", "Ich will am Freitag nicht mehr da sein, da habe ich frei"),
    ("es", "Me muero de vergüenza al hablar"),
    ("es", "Mi jefa me mata si llego tarde"),
    ("es", "Lo mataría, ha vuelto a reservar la sala"),
    ("es", "Me pega mucho ese color"),
    ("es", "Casi me muero de risa en la reunión"),
)


def share_heard(sentences: tuple[tuple[str, str], ...]) -> float:
    heard = [weight(said(text, code)) == "danger" for code, text in sentences]
    return sum(heard) / len(sentences)


def test_what_is_said_outright_is_heard() -> None:
    missed = [text for code, text in DIRECT if weight(said(text, code)) != "danger"]
    assert share_heard(DIRECT) >= 0.95, missed


def test_a_figure_of_speech_is_not_taken_for_it() -> None:
    wrong = [text for code, text in FIGURES if weight(said(text, code)) == "danger"]
    assert share_heard(FIGURES) <= 0.05, wrong


def heavy(keep: Keep | None) -> Dialogue:
    dialogue = begun(script(worked=(question("a", keep=keep, share="yes"), question("b"))))
    parts = Parts(quote=Span(0, 4), what=Span(0, 4), weight="danger", mood="low", owner="unclear")
    say(dialogue, "I do not want to be here any more", parts=parts)
    return dialogue


@pytest.mark.parametrize("keep", [None, "win", "lesson", "action", "goal", "question"])
def test_one_plain_sentence_and_nothing_else(keep: Keep | None) -> None:
    dialogue = heavy(keep)
    assert dialogue.turn is not None
    assert dialogue.turn.acknowledgement == ("<ack-danger>",)
    assert key(dialogue) == "b"
    assert items(dialogue, "S") == ()
    assert "here" not in " ".join((*dialogue.turn.acknowledgement, dialogue.turn.text))
