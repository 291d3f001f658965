"""A session opens with what was written back, in its writer's own words, and something may be said to it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reflect.dialogue.keys import text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import entries
from reflect.dialogue.shares import shares
from reflect.events import Answered, NoteRef, Parts, Promise, Ref, Refused, SessionStarted
from reflect.memory import Memory
from reflect.script import Share
from reflect.transcripts.references import moved

from .scripts import NEW_IN_CORE, NOW, all_keys, begun, key, question, say, script

WORDS = "You read it out.\nThat took nerve."
PAST = {
    ("J", 4): f"{WORDS}\nKeep that.",
    ("S", 2): "I wrote the three worst patients on a card first",
}
TEXT, KEEP = Ref("J", 4, 0, len(WORDS)), Ref("J", 4, len(WORDS) + 1, len(WORDS) + 11)
BESIDE = Ref("S", 2, 0, 26)


def note(name: str = "n", **more: Any) -> NoteRef:
    return NoteRef(**{"note": name, "revision": 1, "text": TEXT, **more})


def session(*notes: NoteRef, past: Any = PAST, **more: Any) -> Dialogue:
    asked = script(worked=(question("a", share="yes"),))
    return begun(asked, Memory(3, last_day="2026-11-07", notes=notes, **more), past=past)


def said(dialogue: Dialogue) -> str:
    assert dialogue.turn is not None
    return dialogue.turn.text


def test_it_comes_first_and_before_promises() -> None:
    promise = Promise("S:1", Ref("S", 2))
    dialogue = session(note("n"), note("m", text=KEEP), promises=(promise,))
    assert key(dialogue) == "core.note@n"
    say(dialogue, "")
    say(dialogue, "")
    assert all_keys(dialogue) == ["core.note@n", "core.note@m"]
    assert key(dialogue) == "core.promise@S:1"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"about": True, "beside": BESIDE}, "I wrote the three worst pa…: "),
        ({}, "whole: "),
        ({"about": True}, "gone: "),
        ({"proposes": True}, "proposes: "),
    ],
)
def test_it_is_said_in_its_writers_own_words_on_one_line(more: Any, words: str) -> None:
    dialogue = session(note(**more))
    assert said(dialogue).lower() == f"{words}You read it out. That took nerve.".lower()
    assert dialogue.turn and dialogue.turn.enter == "decline"
    assert dialogue.why() and dialogue.why().role == "note"  # type: ignore[union-attr]


def test_at_most_three_open_a_session() -> None:
    dialogue = session(*(note(name) for name in "abcde"))
    while key(dialogue) != "a":
        say(dialogue, "")
    assert all_keys(dialogue) == [f"core.note@{name}" for name in "abc"]


def test_its_words_are_a_reference_and_gone_with_their_source() -> None:
    dialogue = session(note(about=True, beside=BESIDE))
    event = say(dialogue, "I will try that")
    assert isinstance(event, Answered)
    assert event.fills == {"engine.note": TEXT, "engine.beside": BESIDE}
    assert "nerve" not in str(msgspec.json.encode(dialogue.events))
    assert "nerve" not in repr(dialogue.events)
    gone = session(note(about=True, beside=BESIDE), past={})
    assert said(gone) == "…: …"


def test_what_is_said_back_is_an_answer_that_may_be_shared() -> None:
    dialogue = session(note())
    say(dialogue, "I will try that")
    assert dialogue.turn and dialogue.turn.acknowledgement == ("<ack-note>",)
    (entry,) = [one for one in entries(dialogue) if one.role == "note"]
    assert (entry.answer, entry.share, entry.phase) == ("I will try that", "yes", None)


def test_enter_says_nothing_back() -> None:
    dialogue = session(note())
    say(dialogue, "")
    assert dialogue.turn and dialogue.turn.acknowledgement == ()
    assert [one.status for one in entries(dialogue)] == ["declined"]


@pytest.mark.parametrize(("weight", "line"), [("danger", ("<ack-danger>",)), ("grave", ())])
def test_grave_words_are_not_waved_through(weight: Any, line: tuple[str, ...]) -> None:
    dialogue = session(note())
    say(dialogue, "…", parts=Parts(weight=weight))
    assert dialogue.turn and dialogue.turn.acknowledgement == line


def test_what_is_said_back_can_be_kept_private() -> None:
    dialogue = session(note())
    say(dialogue, "I will not")
    event = dialogue.decide("core.note@n", "keep", NOW)
    assert not isinstance(event, Refused)
    dialogue.apply(event)
    assert shares(dialogue)["core.note@n"] == "no"
    again = dialogue.decide("core.note@n", "share", NOW)
    assert not isinstance(again, Refused)
    dialogue.apply(again)
    assert shares(dialogue)["core.note@n"] == "yes"
    assert shares(dialogue, later={"core.note@n": "no"})["core.note@n"] == "no"


@pytest.mark.parametrize("share", ["no", "at the end", "yes"])
def test_it_is_no_more_open_than_the_words_it_is_beside(share: Share) -> None:
    dialogue = session(note(about=True, beside=BESIDE, share=share))
    say(dialogue, "yes")
    assert shares(dialogue)["core.note@n"] == share


def test_back_takes_up_what_was_said_to_it() -> None:
    dialogue = session(note())
    say(dialogue, "first")
    event = dialogue.back()
    assert not isinstance(event, Refused)
    dialogue.apply(event)
    assert dialogue.turn and (dialogue.turn.key, dialogue.turn.draft) == ("core.note@n", "first")
    say(dialogue, "second")
    assert dialogue.replies["core.note@n"].event.text == "second"


def test_a_session_begun_with_an_older_core_goes_on_without() -> None:
    dialogue = session(note())
    core = {name: text for name, text in dialogue.script.core.items() if name not in NEW_IN_CORE}
    older = msgspec.structs.replace(dialogue.script, core=core)
    assert key(Dialogue(older, dialogue.events)) == "a"


def test_its_wordings_count_as_one_text() -> None:
    assert text_id("core.note@abc") == "core.note"
    dialogue = session(note("n", about=True, beside=BESIDE), note("m", about=True, beside=BESIDE))
    first = said(dialogue)
    say(dialogue, "")
    assert said(dialogue) == f"on {first}"


def test_a_merge_moves_what_it_refers_to_in_a_journey() -> None:
    noted = Ref("J", 1, 0, 4)
    dialogue = session(note(about=True, beside=noted), note("m", beside=BESIDE))
    after = moved(dialogue.started, {"J": [0, 3, 5, 6, 9]})
    assert isinstance(after, SessionStarted)
    first, second = after.notes
    assert (first.text, first.beside) == (TEXT._replace(seq=9), noted._replace(seq=3))
    assert (second.text.seq, second.beside) == (9, BESIDE)
