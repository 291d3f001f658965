"""The rules of the engine, one behaviour at a time."""

from __future__ import annotations

import pytest

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.shares import shares
from reflect.errors import Misuse
from reflect.events import (
    Answered,
    Kept,
    LastAnswer,
    Parts,
    Promise,
    Ref,
    Refused,
    Reopened,
    SessionFinished,
    Span,
)
from reflect.memory import Memory
from reflect.script import (
    Compare,
    Condition,
    DaysSince,
    Hears,
    IsSettled,
    IsValue,
    Journey,
    Must,
    OneOf,
    Option,
    Placeholder,
    Probe,
    Repeat,
    Signal,
)

from .scripts import NOW, all_keys, back, begun, key, question, say, saying, script, text

VAGUE = Signal("a", "cue", "vague")


def when(*tests: object) -> Condition:
    return Condition("a rule", tuple((test,) for test in tests))  # type: ignore[misc]


def probed(identifier: str = "a", **keys: object):
    quoting = (('"', Placeholder("quote"), '": what exactly?'),)
    probe = Probe("exactly", when(Hears(identifier, 0)), quoting)
    return question(identifier, probes=(probe,), listen=(0,), **keys)


def test_phases_come_in_order_and_end_at_the_summary() -> None:
    dialogue = begun(
        script(closing=(question("c"),), worked=(question("a"),), adjust=(question("b"),))
    )
    assert [say(dialogue, f"word {n}").key for n in range(3)] == ["a", "b", "c"]
    assert dialogue.turn is None
    dialogue.apply(dialogue.finish(NOW))
    assert dialogue.finished is not None


def test_a_step_counts_the_packs_questions() -> None:
    hidden = question("b", when=when(IsValue("a", (True,))))
    dialogue = begun(script(worked=(question("a", kind="yesno"), hidden), next=(question("c"),)))
    assert (dialogue.turn.heading.step, dialogue.turn.heading.steps) == (1, 2)
    say(dialogue, "yes", True)
    assert (dialogue.turn.heading.step, dialogue.turn.heading.steps) == (2, 3)


def test_a_vague_answer_gets_one_probe_that_quotes_it() -> None:
    dialogue = begun(script((VAGUE,), worked=(probed(), question("b"))))
    say(dialogue, "it went fine", h0=True, parts=Parts(quote=Span(3, 12)))
    assert key(dialogue) == "a/?exactly"
    assert dialogue.turn.text == '"Went fine": what exactly?'
    assert dialogue.turn.expectation.before == "it went fine"
    assert dialogue.turn.acknowledgement == ()
    say(dialogue, "")
    assert key(dialogue) == "b"
    assert dialogue.replies["a/?exactly"].event.status == "declined"


def test_a_specific_answer_gets_none_and_is_said_back() -> None:
    dialogue = begun(script((VAGUE,), worked=(probed(), question("b"))))
    say(dialogue, "three patients on a card", h0=False, parts=Parts(quote=Span(0, 14)))
    assert key(dialogue) == "b"
    assert dialogue.turn.acknowledgement == ('"Three patients" noted',)


def test_later_conditions_read_the_answer_with_its_reply() -> None:
    later = question("b", when=when(Hears("a", 0)))
    dialogue = begun(script((VAGUE,), worked=(probed(), later, question("c"))))
    say(dialogue, "fine", h0=True)
    say(dialogue, "a card with three names", h0=False)
    assert key(dialogue) == "c"


def test_a_signal_nobody_listened_for_is_neither_so_nor_not_so() -> None:
    heard = question("b", when=when(Hears("a", 0)))
    unheard = question("c", when=when(Hears("a", 0, negated=True)))
    dialogue = begun(script((VAGUE,), worked=(question("a"), heard, unheard, question("d"))))
    say(dialogue, "anything")
    assert key(dialogue) == "d"


def test_back_makes_a_draft_and_enter_keeps_it() -> None:
    dialogue = begun(script(worked=(question("a"), question("b"))))
    say(dialogue, "one")
    back(dialogue)
    assert (key(dialogue), dialogue.turn.draft, dialogue.turn.enter) == ("a", "one", "keep")
    event = say(dialogue, "")
    assert isinstance(event, Kept)
    assert key(dialogue) == "b"
    assert dialogue.replies["a"].event.text == "one"


def test_back_at_the_summary_and_at_the_beginning() -> None:
    dialogue = begun(script(worked=(question("a"),)))
    assert isinstance(dialogue.back(), Refused)
    say(dialogue, "one")
    assert dialogue.turn is None
    back(dialogue)
    assert key(dialogue) == "a"


def test_a_hidden_answer_is_set_aside_and_returns_settled() -> None:
    hidden = question("b", when=when(IsValue("a", (True,))))
    dialogue = begun(script(worked=(question("a", kind="yesno"), hidden, question("c"))))
    say(dialogue, "yes", True)
    say(dialogue, "kept for later")
    dialogue.apply(Reopened("a"))
    say(dialogue, "no", False)
    assert (key(dialogue), all_keys(dialogue)) == ("c", ["a"])
    dialogue.apply(Reopened("a"))
    say(dialogue, "yes", True)
    assert (key(dialogue), all_keys(dialogue)) == ("c", ["a", "b"])


def test_a_changed_text_reopens_its_replies_but_a_decline_stays() -> None:
    dialogue = begun(script((VAGUE,), next=(probed(keep="action"), question("b"))))
    say(dialogue, "something", h0=True)
    say(dialogue, "ask Ruth", h0=False)
    assert key(dialogue) == "a/due"
    say(dialogue, "")
    assert key(dialogue) == "b"
    dialogue.apply(Reopened("a"))
    say(dialogue, "something else", h0=True)
    assert key(dialogue) == "a/?exactly"
    assert (dialogue.turn.draft, dialogue.turn.stale) == ("ask Ruth", True)
    say(dialogue, "ask Sam", h0=False)
    assert key(dialogue) == "b"


def test_an_action_is_asked_for_its_day_and_its_if_then() -> None:
    dialogue = begun(script(next=(question("a", keep="action"),)))
    say(dialogue, "ask Dr Lang", parts=Parts(owner="none"))
    assert (key(dialogue), dialogue.turn.expectation.kind) == ("a/due", "due")
    say(dialogue, "thursday", parts=Parts(due="2026-11-26", due_words=Span(0, 8)))
    assert key(dialogue) == "a/if-then"
    assert dialogue.turn.acknowledgement == ("Thu 26 11, then.",)
    say(dialogue, "")
    assert dialogue.turn is None
    assert dialogue.farewell() == ("<kept-action>",)


def test_an_action_of_nobody_in_particular_is_asked_for_its_owner() -> None:
    dialogue = begun(script(next=(question("a", keep="action"),)))
    say(dialogue, "we should meet on friday", parts=Parts(owner="unclear", due="2026-11-27"))
    assert key(dialogue) == "a/owner"


def test_a_goal_is_asked_for_the_letters_it_lacks() -> None:
    asked = script(adjust=(question("a", keep="goal"),))
    for length, expected in (
        ("short", ["a", "a/measurable"]),
        ("long", ["a", "a/measurable", "a/achievable", "a/relevant", "a/kind-of"]),
    ):
        dialogue = begun(asked, length=length)
        say(dialogue, "lead the round by March", parts=Parts(letters="st"))
        while dialogue.turn:
            say(dialogue, "")
        assert all_keys(dialogue) == expected


def test_a_non_answer_is_left_in_peace_and_nothing_is_made_of_it() -> None:
    dialogue = begun(script((VAGUE,), worked=(probed(keep="win"), question("b"))))
    say(dialogue, "nothing", h0=True, parts=Parts(weight="empty", quote=Span(0, 7)))
    assert key(dialogue) == "b"
    assert dialogue.turn.acknowledgement == ()


def test_grave_words_are_not_asked_about_and_danger_gets_one_plain_sentence() -> None:
    for weight, said in (("grave", ()), ("danger", ("<ack-danger>",))):
        dialogue = begun(script((VAGUE,), worked=(probed(keep="win"), question("b"))))
        parts = Parts(weight=weight, quote=Span(0, 3))  # type: ignore[arg-type]
        say(dialogue, "something heavy", h0=True, parts=parts)
        assert key(dialogue) == "b"
        assert dialogue.turn.acknowledgement == said


def test_sorrow_among_what_worked_gets_no_follow_up() -> None:
    for phase, expected in (("worked", "b"), ("adjust", "a/?exactly")):
        dialogue = begun(script((VAGUE,), **{phase: (probed(), question("b"))}))
        say(dialogue, "a terrible week", h0=True, parts=Parts(mood="low", weight="thin"))
        assert key(dialogue) == expected


def test_no_to_what_the_engine_asks_for_is_a_decline() -> None:
    dialogue = begun(script(next=(question("a", keep="action"),)))
    say(dialogue, "ask Ruth on Friday", parts=Parts(due="2026-11-27", what=Span(0, 8)))
    event = say(dialogue, "no", parts=Parts(weight="empty"))
    assert (event.key, event.status, event.text) == ("a/if-then", "declined", "no")


def test_a_quote_that_breaks_off_ends_in_dots() -> None:
    dialogue = begun(script((VAGUE,), worked=(probed(), question("b"))))
    parts = Parts(quote=Span(0, 9), cut=True)
    say(dialogue, "the three worst of them all", h0=True, parts=parts)
    assert dialogue.turn.text == '"The three…": what exactly?'


def test_must_refuses_and_the_question_stays() -> None:
    short = Signal("a", "longer", number=2)
    must = Must(when(Hears("a", 0)), text("Three words, please."))
    dialogue = begun(script((short,), worked=(question("a", must=(must,), listen=(0,)),)))
    refused = say(dialogue, "no", h0=False)
    assert refused == Refused("must", "Three words, please.")
    assert key(dialogue) == "a"
    say(dialogue, "now it is long", h0=True)
    assert dialogue.turn is None


def test_what_is_not_understood_is_said_in_cores_words() -> None:
    dialogue = begun(script(worked=(question("a", kind="number"),)))
    refused = dialogue.hear(saying("many").__class__("many", problem="not-a-number"), NOW)
    assert refused == Refused("not-a-number", "<not-a-number>")


def test_enter_skips_unless_an_answer_is_needed() -> None:
    dialogue = begun(script(worked=(question("a"), question("b", skip=False))))
    assert dialogue.turn.enter == "skip"
    assert say(dialogue, "").status == "skipped"
    assert dialogue.turn.acknowledgement == ("<ack-skipped>",)
    assert dialogue.turn.enter == "stay"
    assert say(dialogue, "").code == "must-answer"


def test_one_of_asks_the_member_asked_longest_ago() -> None:
    group = OneOf("g", (question("a"), question("b"), question("c")))
    asked = script(worked=(group,))
    assert key(begun(asked)) == "a"
    memory = Memory(sessions=2, asked={"a": 2, "b": 1, "c": 2}, used={"b": {0: 1}})
    dialogue = begun(asked, memory)
    assert (key(dialogue), dialogue.turn.text) == ("b", "b again?")


def test_the_wording_said_longest_ago_comes_first() -> None:
    memory = Memory(sessions=5, used={"a": {0: 5, 1: 4}})
    assert begun(script(worked=(question("a"),)), memory).turn.text == "a again?"


def test_a_text_of_core_said_twice_takes_its_next_wording() -> None:
    steps = (question("a", keep="action"), question("b", keep="action"))
    dialogue = begun(script(next=steps))
    said = []
    while dialogue.turn:
        said.append(dialogue.turn.text)
        say(dialogue, "ask Ruth" if dialogue.turn.role == "question" else "")
    assert said == ["a?", "due?", "if-then?", "b?", "due again?", "if-then again?"]


def rounds() -> Dialogue:
    steps = Repeat("steps", 3, (question("a"), question("b")))
    return begun(script(worked=(steps, question("z"))))


def test_a_repeat_asks_whether_to_go_on_and_not_after_the_last() -> None:
    dialogue = rounds()
    keys = []
    while dialogue.turn:
        keys.append(key(dialogue))
        value = True if dialogue.turn.role == "again" else None
        say(dialogue, "yes", value)
    assert keys == ["a", "b", "steps/again#2", "a#2", "b#2", "steps/again#3", "a#3", "b#3", "z"]


def test_skipping_the_first_question_of_a_round_ends_the_group() -> None:
    dialogue = rounds()
    say(dialogue, "")
    assert key(dialogue) == "z"


def test_declining_another_round_ends_the_group() -> None:
    dialogue = rounds()
    say(dialogue, "one")
    say(dialogue, "two")
    say(dialogue, "")
    assert key(dialogue) == "z"


def test_removing_a_round_moves_no_other_key() -> None:
    dialogue = rounds()
    for words in ("one", "two"):
        say(dialogue, words)
    say(dialogue, "yes", True)
    say(dialogue, "three")
    dialogue.apply(dialogue.remove(NOW))
    assert key(dialogue) == "steps/again#3"
    say(dialogue, "yes", True)
    say(dialogue, "four")
    assert all_keys(dialogue) == ["a", "b", "steps/again#2", "steps/again#3", "a#3"]


def test_names_in_a_repeat_mean_the_same_round() -> None:
    inner = question("b", when=when(IsValue("a", (True,))))
    steps = Repeat("steps", 3, (question("a", kind="yesno"), inner))
    dialogue = begun(script(worked=(steps,)))
    say(dialogue, "no", False)
    say(dialogue, "yes", True)
    assert key(dialogue) == "a#2"
    say(dialogue, "yes", True)
    assert key(dialogue) == "b#2"


def test_conditions_on_the_journey_and_on_last_time() -> None:
    asked = script(
        worked=(
            question("a", when=when(Journey("action", least=2))),
            question("b", when=when(DaysSince(30))),
            question("c", when=when(Compare("last.trust", "below", 3))),
            question("d", when=when(IsSettled("last.other", "answered"))),
            question("z"),
        )
    )
    assert key(begun(asked)) == "z"
    memory = Memory(
        sessions=1,
        last_day="2026-10-01",
        items={"action": 2},
        last={"trust": LastAnswer(Ref("S", 4), value=2)},
    )
    dialogue = begun(asked, memory)
    while dialogue.turn:
        say(dialogue, "x")
    assert all_keys(dialogue) == ["a", "b", "c", "z"]


def test_a_scale_compares_with_last_time() -> None:
    fell = question("b", when=when(Compare("a", "below", other="last.a")))
    asked = script(worked=(question("a", kind="scale"), fell))
    memory = Memory(sessions=1, last={"a": LastAnswer(Ref("S", 4), value=4)})
    dialogue = begun(asked, memory)
    say(dialogue, "3", 3)
    assert key(dialogue) == "b"


def test_last_times_words_are_references_with_a_fallback() -> None:
    asks = ((Placeholder("last", "a", "nothing yet"), "?"),)
    asked = script(worked=(question("a", ask=asks),))
    memory = Memory(sessions=1, last={"a": LastAnswer(Ref("S", 4, 0, 8))})
    assert begun(asked).turn.text == "Nothing yet?"
    assert begun(asked, memory, past={("S", 4): "the rota is late"}).turn.text == "The rota?"
    assert begun(asked, memory).turn.text == "Nothing yet?"
    turn = begun(asked, memory, past={("S", 4): "the rota is late"}).turn
    assert turn.fills == {"last.a": Ref("S", 4, 0, 8)}


def test_an_answer_in_a_text_is_not_read_as_a_template() -> None:
    asks = (("About ", Placeholder("answer", "a", "it"), "?"),)
    dialogue = begun(script(worked=(question("a"), question("b", ask=asks))))
    say(dialogue, "{mentor} and {{braces}}")
    assert dialogue.turn.text == "About {mentor} and {{braces}}?"


def test_an_option_is_shown_by_its_label() -> None:
    asks = (("So ", Placeholder("answer", "a", "it"), "?"),)
    choice = question("a", kind="choice", options=(Option("time", "not enough time"),))
    dialogue = begun(script(worked=(choice, question("b", ask=asks))))
    say(dialogue, "1", "time")
    assert dialogue.turn.text == "So not enough time?"


def test_promises_are_asked_first_three_at_most() -> None:
    promises = tuple(Promise(f"S:{n}", Ref("S", n, 0, 5)) for n in range(5))
    past = {("S", n): f"plan{n} and more" for n in range(5)}
    dialogue = begun(script(worked=(question("a"),)), Memory(1, promises=promises), past=past)
    assert (key(dialogue), dialogue.turn.text) == ("core.promise@S:0", "Plan0?")
    say(dialogue, "1", "kept")
    assert dialogue.turn.acknowledgement == ("<ack-kept>",)
    say(dialogue, "")
    say(dialogue, "3", "not-yet")
    assert key(dialogue) == "core.promise@S:2/due"
    say(dialogue, "")
    assert key(dialogue) == "a"
    assert dialogue.started.waiting == 2


def test_at_the_end_is_decided_before_the_summary() -> None:
    dialogue = begun(script(worked=(question("a", share="at the end"), question("b"))))
    say(dialogue, "a secret")
    say(dialogue, "no secret")
    assert (key(dialogue), dialogue.turn.text) == ("core.share@a", "A secret shared?")
    say(dialogue, "3", "words")
    assert key(dialogue) == "core.share@a/words"
    say(dialogue, "in short")
    assert dialogue.turn is None


def test_private_decides_at_once_and_is_not_asked_again() -> None:
    dialogue = begun(script(worked=(question("a", share="at the end"), question("b"))))
    say(dialogue, "a secret")
    dialogue.apply(dialogue.decide("a", "keep", NOW))
    assert key(dialogue) == "b"
    say(dialogue, "no secret")
    assert dialogue.turn is None
    assert dialogue.replies["core.share@a"].event.value == "keep"


def test_a_changed_answer_takes_back_the_consent_but_not_the_refusal() -> None:
    for choice, asked_again in (("share", True), ("keep", False)):
        dialogue = begun(script(worked=(question("a", share="at the end"),)))
        say(dialogue, "a secret")
        say(dialogue, choice, choice)
        dialogue.apply(Reopened("a"))
        say(dialogue, "another secret")
        assert (key(dialogue) == "core.share@a") == asked_again


def test_what_rests_on_a_private_answer_of_last_time_is_private() -> None:
    asks = ((Placeholder("last", "b", "nothing"), "?"),)
    read = question("c", share="yes", when=when(IsSettled("last.b", "answered")))
    asked = script(worked=(question("a", ask=asks, share="yes"), read, question("z", share="yes")))
    last = LastAnswer(Ref("S", 4, 0, 4), share="no")
    memory = Memory(sessions=1, last={"b": last})
    dialogue = begun(asked, memory, past={("S", 4): "mine"})
    for words in ("one", "two", "three"):
        say(dialogue, words)
    assert shares(dialogue) == {"a": "no", "c": "no", "z": "yes"}


def test_only_a_question_that_is_asked_can_be_answered() -> None:
    dialogue = begun(script(worked=(question("a"), question("b"))))
    with pytest.raises(Misuse):
        dialogue.apply(Answered("b", "t", text="x"))
    with pytest.raises(Misuse):
        dialogue.apply(Answered("a", "t", text="x"))


@pytest.mark.parametrize(("kept", "asked"), [(0, "a?"), (1, "a again?"), (2, "a?"), (7, "a?")])
def test_a_draft_is_asked_as_it_was_unless_that_wording_is_gone(kept: int, asked: str) -> None:
    before = begun(script(worked=(question("a"),)))
    stored = Answered(key="a", at="t", text="one", wording=kept)
    dialogue = Dialogue(before.script, [before.started, stored, Reopened("a")])
    assert (dialogue.turn.text, dialogue.turn.draft) == (asked, "one")


def test_a_sentence_of_core_is_said_with_what_is_filled_in() -> None:
    dialogue = begun(script(worked=(question("a"),)))
    assert dialogue.core("ack-due", due="Friday") == "Friday, then."
    with pytest.raises(KeyError):
        dialogue.core("no such sentence")


def test_nothing_follows_the_end() -> None:
    dialogue = begun(script(worked=(question("a"),)))
    with pytest.raises(Misuse):
        dialogue.finish(NOW)
    dialogue.apply(dialogue.finish(NOW, "abandoned"))
    assert dialogue.turn is None
    with pytest.raises(Misuse):
        dialogue.apply(SessionFinished("t"))


def test_why_names_the_rule_and_the_words_heard() -> None:
    dialogue = begun(script((VAGUE,), worked=(probed(),)))
    say(dialogue, "it went fine", h0=True)
    why = dialogue.why()
    assert (why.role, why.question, why.rule, why.heard) == ("probe", "a", "a rule", ("i",))


def test_no_repr_shows_what_was_written() -> None:
    dialogue = begun(script(worked=(question("a"),)))
    say(dialogue, "canary")
    back(dialogue)
    shown = repr(dialogue) + repr(dialogue.turn) + repr(dialogue.events) + repr(dialogue.why())
    assert "canary" not in shown
