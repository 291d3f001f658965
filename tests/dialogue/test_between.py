"""What stands in a follow-up, what is refused in whose words, and how much is asked after a way out."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import entries, openness
from reflect.dialogue.shares import reads_of, shares
from reflect.events import Answered, Kept, LastAnswer, Parts, Promise, Ref, Refused, Said, Span
from reflect.memory import Memory
from reflect.script import (
    Condition,
    CoreText,
    Hears,
    IsValue,
    OneOf,
    Option,
    Placeholder,
    Probe,
    Script,
    Share,
    Signal,
)

from .scripts import NOW, all_keys, back, begun, key, question, say, script, text


def heard(*places: tuple[int, int], **more: Any) -> Said:
    text = "I told the team and they laughed about it"
    return Said(text, None, {0: tuple(Span(*one) for one in places)}, **more)


def asked(*pieces: object, share: Share = "yes") -> Script:
    signal = Signal("a", "cue", "told")
    probe = Probe("more", Condition("when", ((Hears("a", 0),),)), (tuple(pieces),))  # type: ignore[arg-type]
    first = question("a", listen=(0,), probes=(probe,), share=share)
    return script(signals=(signal,), worked=(first, question("b")))


def after(asked: Script, said: Said) -> Dialogue:
    dialogue = begun(asked)
    event = dialogue.hear(said, NOW)
    assert isinstance(event, Answered)
    dialogue.apply(event)
    return dialogue


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([(2, 6)], "told"),
        ([(11, 15), (2, 6)], "team"),
        ([], "I told the team and they laughed about it"),
    ],
)
def test_a_follow_up_says_back_what_it_was_asked_for(
    places: list[tuple[int, int]], words: str
) -> None:
    matching = asked("You said ", Placeholder("match", fallback="that"), "?")
    dialogue = after(matching, heard(*places))
    assert key(dialogue) == "a/?more" and dialogue.turn is not None
    assert dialogue.turn.text == f"You said {words}?"
    say(dialogue, "so it was")
    event = dialogue.replies["a/?more"].event
    assert event.fills == {"match": Ref("", 1, *(places[0] if places else ()))}


@pytest.mark.parametrize(("length", "whole"), [(59, True), (60, True), (61, False)])
def test_a_short_answer_is_said_back_whole(length: int, whole: bool) -> None:
    quoting = asked("On ", Placeholder("quote", fallback="that"), "?")
    text = "x" * length
    dialogue = after(quoting, Said(text, None, {0: (Span(0, 1),)}))
    assert dialogue.turn is not None
    assert dialogue.turn.text == (f"On {text}?" if whole else "On that?")


def test_what_a_kind_of_answer_complains_of_is_said_in_its_words() -> None:
    dialogue = begun(script(worked=(question("a"),)))
    refused = dialogue.hear(Said("12", complaint="Write it as a ward and a bed."), NOW)
    assert refused == Refused("answer-kind", "Write it as a ward and a bed.")
    assert key(dialogue) == "a"


@pytest.mark.parametrize("length", ["short", "long"])
def test_a_deeper_group_is_for_a_long_session(length: Any) -> None:
    group = OneOf("g", (question("one"), question("two")), deeper=True)
    dialogue = begun(script(worked=(group, question("a"))), length=length)
    assert key(dialogue) == ("one" if length == "long" else "a")
    if length == "short":
        say(dialogue, "x")
        assert all_keys(dialogue) == ["a"]


def test_last_times_answer_to_a_question_that_is_gone_is_said_as_it_was_written() -> None:
    last = {
        name: LastAnswer(Ref("S", seq), value="week") for seq, name in enumerate(("gone", "often"))
    }
    options = (Option("week", "every week"),)
    named = tuple(Placeholder("last", name, "…") for name in last)
    wording = (named[0], ", ", named[1])
    asked = script(
        worked=(
            question("a", ask=(wording,)),
            question("often", kind="choice", options=options),
        )
    )
    past = {("S", seq): f"words {seq}" for seq in range(2)}
    dialogue = begun(asked, Memory(last=last), past=past)
    assert dialogue.turn is not None
    assert dialogue.turn.text == "Words 0, every week"


def test_names_are_filled_in_and_nobodys_answers() -> None:
    dialogue = begun(script(worked=(question("a"), question("b"))))
    say(dialogue, "canary")
    text = (
        Placeholder("mentee"),
        " asks ",
        Placeholder("mentor"),
        ": ",
        Placeholder("answer", "a", "…"),
    )
    assert dialogue.bare(text) == "Ada asks Grace: …"


def promise(number: int, **more: Any) -> Promise:
    return Promise(f"S:{number}", Ref("S", number), made="2026-11-07", **more)


def test_a_way_out_that_nobody_words_takes_no_room_of_the_others() -> None:
    promises = (promise(0, not_yet=1), promise(1), promise(2))
    memory = Memory(3, last_day="2026-11-07", promises=promises)
    dialogue = begun(script(worked=(question("a"),)), memory, "long")
    say(dialogue, "not yet", "not-yet")
    say(dialogue, "she is never there")
    say(dialogue, "smaller", "smaller")
    assert key(dialogue) == "core.promise@S:0/smaller/what"
    say(dialogue, "")
    keys = []
    while key(dialogue) != "a":
        keys.append(key(dialogue) or "")
        say(dialogue, "partly", "partly" if "/" not in keys[-1] else None)
    assert keys == [
        "core.promise@S:1",
        "core.promise@S:1/due",
        "core.promise@S:2",
        "core.promise@S:2/due",
    ]


def test_a_nudge_after_a_forgotten_action_stays_where_it_was_asked() -> None:
    dialogue = begun(script(next=(question("step", keep="action", share="yes"), question("b"))))
    say(dialogue, "call Ruth", parts=Parts(what=Span(0, 9), owner="me"))
    say(dialogue, "friday", parts=Parts(due="2026-11-27"))
    assert all_keys(dialogue)[:2] == ["step", "step/due"]
    blank = [
        replace(event, text="", parts=Parts())
        if isinstance(event, Answered) and event.key.startswith("step")
        else event
        for event in dialogue.events
    ]
    again = Dialogue(
        script(next=(question("step", keep="action", share="yes"), question("b"))), blank
    )
    assert all_keys(again)[:2] == ["step", "step/due"]
    assert shares(again).get("step") == "yes"


def yes_to(name: str) -> Condition:
    return Condition("when", ((IsValue(name, (True,)),),))


def test_what_was_asked_because_of_a_forgotten_answer_stays_and_nothing_else_does() -> None:
    asked = script(
        worked=(
            question("a", kind="yesno"),
            question("b", kind="yesno"),
            question("after-a", when=yes_to("a")),
            question("after-b", when=yes_to("b")),
            question("end"),
        )
    )
    dialogue = begun(asked)
    for value in (True, True, None, None):
        say(dialogue, "so it is", value)
    blank = [
        replace(event, text="", value=None)
        if isinstance(event, Answered) and event.key == "a"
        else event
        for event in dialogue.events
    ]
    again = Dialogue(asked, blank)
    assert all_keys(again) == ["a", "b", "after-a", "after-b"]
    reopened = again.reopen("b")
    assert not isinstance(reopened, Refused)
    again.apply(reopened)
    say(again, "no", False)
    assert all_keys(again) == ["a", "b", "after-a"] and key(again) == "end"


def test_the_same_again_is_kept_and_nothing_new() -> None:
    dialogue = begun(script(worked=(question("a"), question("b"))))
    say(dialogue, "a card")
    back(dialogue)
    assert isinstance(say(dialogue, "a card"), Kept)
    back(dialogue)
    assert isinstance(say(dialogue, "two cards"), Answered)
    # What was skipped has no words that could be the same.
    say(dialogue, "")
    back(dialogue)
    assert isinstance(say(dialogue, "a card"), Answered)


def test_what_a_plug_in_checks_is_the_answer_and_no_follow_up() -> None:
    probe = Probe("more", Condition("when", ((Hears("a", 0),),)), (text("more?"),))
    checked = question("a", kind="line", check="ward", listen=(0,), probes=(probe,))
    dialogue = begun(script(signals=(Signal("a", "cue", "told"),), worked=(checked,)))
    assert dialogue.turn and dialogue.turn.expectation.check == "ward"
    say(dialogue, "ward 3", h0=True)
    assert dialogue.turn and key(dialogue) == "a/?more"
    assert dialogue.turn.expectation.check == ""


def test_sympathy_is_said_twice() -> None:
    dialogue = begun(script(next=tuple(question(name) for name in "abcd")))
    said = []
    for _ in range(3):
        say(dialogue, "it was sad", parts=Parts(mood="low"))
        assert dialogue.turn
        said.append(dialogue.turn.acknowledgement)
    assert said == [("<ack-low>",), ("<ack-low>",), ()]


def test_a_part_is_asked_with_the_example_of_core() -> None:
    made = script(next=(question("step", keep="action"),))
    due = replace(made.core["due"], how=text("a day"), example=text("on Friday"))
    dialogue = begun(replace(made, core={**made.core, "due": due}))
    say(dialogue, "call Ruth", parts=Parts(what=Span(0, 9), owner="me"))
    assert dialogue.turn and key(dialogue) == "step/due"
    assert (dialogue.turn.how, dialogue.turn.example) == ("a day", "on Friday")


@pytest.mark.parametrize(
    ("due", "words"), [("2026-11-26", "Thu 26 11, then."), ("2027-01-01", "2027 1 1, then.")]
)
def test_the_year_of_a_day_is_said_where_it_is_another(due: str, words: str) -> None:
    made = script(next=(question("step", keep="action"), question("b")))
    date = tuple(Placeholder("engine", name) for name in ("year", "month", "day"))
    with_year = CoreText(ask=((date[0], " ", date[1], " ", date[2]),))
    dialogue = begun(replace(made, core={**made.core, "date-year": with_year}))
    say(dialogue, "call Ruth", parts=Parts(what=Span(0, 9), owner="me"))
    say(dialogue, "then", parts=Parts(due=due))
    assert dialogue.turn and words in dialogue.turn.acknowledgement


def test_how_open_each_entry_is() -> None:
    asked = script(
        worked=(
            question("a", kind="yesno", share="no"),
            question("b", when=yes_to("a"), share="yes"),
            question("c", share="yes"),
            question("d", share="at the end"),
        )
    )
    memory = Memory(3, last_day="2026-11-07", promises=(promise(0, not_yet=1),))
    dialogue = begun(asked, memory)
    for words, value in (("not yet", "not-yet"), ("she is away", None), ("leave", "leave")):
        say(dialogue, words, value)
    say(dialogue, "yes", True)
    for words in ("one", "two", "three"):
        say(dialogue, words)
    say(dialogue, "keep", "keep")
    found = openness(dialogue)
    assert found == openness(dialogue, reads_of(asked, "s"))
    assert found == {one.key: one.share for one in entries(dialogue)}
    assert found == {
        "core.promise@S:0": "yes",
        "core.promise@S:0/keeps": "no",
        "core.promise@S:0/smaller": "yes",
        "a": "no",
        "b": "no",
        "c": "yes",
        "d": "no",
    }
    # What is known of the stage is taken as it is, and not worked out for every session.
    known = {"c": frozenset({"a"})}
    assert shares(dialogue, known)["c"] == openness(dialogue, known)["c"] == "no"
    assert shares(dialogue, known)["b"] == "yes"
