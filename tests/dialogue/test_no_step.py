"""An honest "nothing, because" to "what will you do?" is an answer, and no action is made of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import entries
from reflect.events import Parts, Span
from reflect.mentorship.items import items
from reflect.script import Condition, Hears, Probe

from .scripts import all_keys, begun, key, question, say, script, text

WORDS = "Nothing, because the exam comes first"
NO = Parts(quote=Span(17, 37), what=Span(0, 37), weight="none", owner="unclear")


def session(*probes: Probe) -> Dialogue:
    asked = question("step", keep="action", share="yes", probes=probes)
    return begun(script(next=(asked, question("more"))))


def test_nothing_is_asked_about_it() -> None:
    vague = Probe(
        "p", Condition("answer is vague", ((Hears("step", 0, False),),)), (text("What?"),)
    )
    dialogue = session(vague)
    say(dialogue, WORDS, parts=NO, h0=True)
    assert key(dialogue) == "more"
    assert all_keys(dialogue) == ["step"]


def test_it_is_an_answer_and_no_action() -> None:
    dialogue = session()
    say(dialogue, WORDS, parts=NO)
    (entry,) = entries(dialogue)
    assert (entry.answer, entry.status, entry.keep) == (WORDS, "answered", None)
    assert items(dialogue, "S") == ()


def test_it_is_met_with_one_plain_sentence() -> None:
    dialogue = session()
    say(dialogue, WORDS, parts=NO)
    assert dialogue.turn is not None
    assert dialogue.turn.acknowledgement == ("<ack-no-step>",)


def test_changed_into_a_step_it_is_one() -> None:
    dialogue = session()
    say(dialogue, WORDS, parts=NO)
    event = dialogue.back()
    dialogue.apply(event)  # type: ignore[arg-type]
    say(
        dialogue,
        "call Ruth on Friday",
        parts=Parts(what=Span(0, 9), due="2026-11-27", owner="none"),
    )
    assert key(dialogue) == "step/if-then"
    assert [item.kind for item in items(dialogue, "S")] == ["action"]


@given(
    some.sampled_from(("me", "mentor", "both", "other", "unclear", "none")),
    some.sampled_from((None, "2026-11-27")),
    some.sampled_from(("", "low", "glad")),
)
def test_whatever_else_is_heard_in_it(owner: str, due: str | None, mood: str) -> None:
    dialogue = session()
    heard = Parts(what=Span(0, 7), weight="none", owner=owner, due=due, mood=mood)  # type: ignore[arg-type]
    say(dialogue, WORDS, parts=heard)
    assert key(dialogue) == "more" and items(dialogue, "S") == ()
