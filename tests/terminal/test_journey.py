"""Sessions in a row: what was offered, what was remembered, and what fades."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.events import StageMoved
from reflect.memory import Memory
from reflect.terminal.blocks import Paragraph
from reflect.terminal.view import explanation, question_blocks
from reflect.terminal.words import Words

from .conftest import NOW
from .test_opening import NAMES, held


def two_sessions(app):
    """Two sessions of getting to know each other, two weeks apart."""
    held(app, *NAMES, "1", "1", "she asked twice how it went", *[""] * 9)
    app._clock = lambda: NOW + timedelta(days=14)
    return held(app, "1", "she laughed about her first week", *[""] * 9)[1]


def moves(app):
    journey = app.relation().id
    return [e for e in app.store.events(journey) if isinstance(e, StageMoved) and e.session]


def test_the_third_session_offers_the_next_stage_and_keeps_the_reason(app):
    assert "Setting goals" not in two_sessions(app).flat
    app._clock = lambda: NOW + timedelta(days=28)
    _, screen = held(app, "1", "he told me about the van")
    for _ in range(9):
        if "“Setting goals”" in screen.flat:
            break
        _, screen = held(app, "")
    assert moves(app) == []
    held(app, "yes", "")
    (moved,) = moves(app)
    assert moved.state == "goals"
    assert moved.reason == ("You have been here three times or more.")


# --- the line on how to answer -------------------------------------------------------


def at_first(script, **changed):
    """The first question of a session whose line on how to answer is known, and the dialogue."""
    started = start(
        script, Memory(), NOW, mentorship="m", digest="", stage="rapport", length="short",
        mentee="Ada", mentor="Grace",
    )  # fmt: skip
    first = Dialogue(script, [started]).turn
    assert first is not None
    started = msgspec.structs.replace(started, faded=(first.question,))
    return Dialogue(script, [started]), first.how


def said(blocks):
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))


def test_a_line_that_has_faded_is_shown_on_request(shipped):
    script = shipped.script()
    dialogue, how = at_first(script)
    words = Words(script, "Ada", "Grace")
    assert how and how not in said(question_blocks(dialogue.turn, words, patient=False))
    assert "? for more" in said(question_blocks(dialogue.turn, words, patient=False))
    helped = said(explanation("example", dialogue, words))
    assert how in helped and "For example" in helped


def test_an_older_core_has_no_word_for_it_and_goes_on(shipped):
    script = shipped.script()
    core = {name: text for name, text in script.core.items() if name != "hint-more"}
    dialogue, _ = at_first(msgspec.structs.replace(script, core=core))
    words = Words(dialogue.script, "Ada", "Grace")
    assert "Enter to skip" in said(question_blocks(dialogue.turn, words, patient=False))


def test_greetings_take_turns(shipped):
    for language in ("en", "de", "es"):
        core = shipped.script(language=language).core
        for name in ("hello-again", "hello-kept", "hello-goal"):
            assert len(set(core[name].ask)) == 8
