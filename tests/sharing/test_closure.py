"""What hangs on a private answer is private: within a session, and over the sessions that follow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from reflect.dialogue.machine import Dialogue
from reflect.events import (
    Answered,
    LastAnswer,
    NoteRef,
    Parts,
    Promise,
    Ref,
    Said,
    SessionEvent,
    ShareChanged,
)
from reflect.memory import EMPTY, Memory
from reflect.script import (
    Condition,
    IsSettled,
    IsValue,
    Journey,
    OneOf,
    Placeholder,
    Repeat,
    Script,
    Share,
    Test,
)
from reflect.sharing.aliases import Aliases
from reflect.sharing.closure import Decision, Decisions, Sitting, decisions, place_of
from reflect.sharing.shared import SharedSession
from reflect.sharing.telling import shared_session
from tests.dialogue.scripts import NOW, begun, question, script, text

SESSION = "01KB"
NAMES = Aliases("00" * 16)


class Before:
    """The sessions before, as open as the test wants them."""

    def __init__(self, **shares: Share) -> None:
        self._shares = shares

    def of(self, ref: Ref) -> Share:
        return self._shares.get("of", "yes")

    def promised(self, item: str, session: str) -> Share:
        return self._shares.get("promised", "yes")

    def last(self, names: tuple[str, ...], session: str) -> Share:
        return self._shares.get(names[0], "yes")

    def holding(self, kind: str, session: str) -> Share:
        return self._shares.get(kind, "yes")


def when(*tests: Test) -> Condition:
    return Condition("when", tuple((test,) for test in tests))


def answering(
    asked: Script, answers: dict[str, Said | str], memory: Memory = EMPTY
) -> list[SessionEvent]:
    """The events of a session with these answers; what has none is passed over."""
    dialogue = begun(asked, memory)
    while dialogue.slot is not None:
        said = answers.get(dialogue.slot.key)
        heard = Said(said) if isinstance(said, str) else said
        event = dialogue.skip(NOW) if heard is None else dialogue.hear(heard, NOW)
        assert isinstance(event, Answered), dialogue.slot.key
        dialogue.apply(event)
        if said is not None and dialogue.replies[event.key].event is event and event.key in KEPT:
            kept = dialogue.decide(event.key, "keep", NOW)
            assert isinstance(kept, Answered)
            dialogue.apply(kept)
    return dialogue.events


KEPT = {"kept"}
"""Answers that `/private` is typed behind."""


def looked_at(
    asked: Script,
    answers: dict[str, Said | str],
    *,
    memory: Memory = EMPTY,
    before: Before | None = None,
    decided: dict[str, Decision] | None = None,
) -> Sitting:
    events = answering(asked, answers, memory)
    places: Decisions = {(SESSION, key): one for key, one in (decided or {}).items()}
    return Sitting(SESSION, asked, events, {}, before or Before(), places)


def told(sitting: Sitting, may_quote: Callable[[Ref], bool] | None = None) -> SharedSession:
    return shared_session(sitting, NAMES, may_quote or (lambda ref: True))


def answers_in(sitting: Sitting) -> list[str]:
    return [one.answer for one in told(sitting).answers]


# --- within a session --------------------------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    [IsValue("kept", (True,)), IsSettled("kept", "answered"), IsSettled("kept", "skipped", True)],
)
def test_what_was_asked_because_of_it_stays(condition: Test) -> None:
    asked = script(
        worked=(
            question("kept", kind="yesno", share="yes"),
            question("then", when=when(condition), share="yes"),
            question("later", when=when(IsSettled("then", "answered")), share="yes"),
            question("free", share="yes"),
        )
    )
    said: dict[str, Said | str] = {"kept": Said("y", True), "then": "b", "later": "c", "free": "d"}
    assert answers_in(looked_at(asked, said)) == ["d"]


def test_it_counts_through_a_question_that_was_not_asked() -> None:
    asked = script(
        worked=(
            question("kept", kind="yesno", share="yes"),
            question("hidden", when=when(IsValue("kept", (False,))), share="yes"),
            question("then", when=when(IsSettled("hidden", "answered", True)), share="yes"),
        )
    )
    assert answers_in(looked_at(asked, {"kept": Said("y", True), "then": "b"})) == []


def test_a_question_that_names_it_stays_whether_there_was_something_to_repeat_or_not() -> None:
    wording = (("You said ", Placeholder("answer", "private", "nothing"), "?"),)
    asked = script(
        worked=(question("private", share="no"), question("then", ask=wording, share="yes"))
    )
    assert answers_in(looked_at(asked, {"private": "a", "then": "b"})) == []
    assert answers_in(looked_at(asked, {"then": "b"})) == []


def test_of_a_group_the_member_that_could_not_be_asked_counts() -> None:
    group = OneOf(
        "g",
        (
            question("first", when=when(IsValue("last.mood", ("low",))), share="yes"),
            question("second", share="yes"),
        ),
    )
    asked = script(worked=(group,))
    said: dict[str, Said | str] = {"second": "b"}
    assert answers_in(looked_at(asked, said)) == ["b"]
    assert answers_in(looked_at(asked, said, before=Before(mood="no"))) == []


def test_in_a_round_only_what_hangs_on_that_round_stays() -> None:
    rounds = Repeat(
        "r",
        2,
        (question("kept", share="yes"), question("more", share="yes")),
    )
    asked = script(worked=(rounds,))
    said: dict[str, Said | str] = {
        "kept": "a",
        "more": "b",
        "r/again#2": Said("y", True),
        "kept#2": "c",
        "more#2": "d",
    }
    assert answers_in(looked_at(asked, said)) == ["c", "d"]


def test_replies_leave_and_stay_with_their_answer() -> None:
    asked = script(next=(question("step", keep="action", share="yes"),))
    step = Said("call Ruth", parts=Parts(what=(0, 9), owner="me"))  # type: ignore[arg-type]
    said: dict[str, Said | str] = {"step": step, "step/due": "friday", "step/if-then": "I write"}
    (answer,) = told(looked_at(asked, said)).answers
    assert [reply.answer for reply in answer.replies] == ["friday", "I write"]
    in_short = looked_at(asked, said, decided={"step": Decision("no", "a call")})
    (answer,) = told(in_short).answers
    assert (answer.answer, answer.summary, answer.replies) == ("a call", True, ())


def test_a_summary_leaves_only_where_its_answer_could() -> None:
    asked = script(
        worked=(
            question("kept", kind="yesno", share="yes"),
            question("then", when=when(IsValue("kept", (True,))), share="yes"),
        )
    )
    said: dict[str, Said | str] = {"kept": Said("y", True), "then": "b"}
    assert answers_in(looked_at(asked, said, decided={"then": Decision("no", "short")})) == []


@pytest.mark.parametrize("share", ["yes", "no"])
def test_what_speaks_of_danger_never_leaves(share: Share) -> None:
    asked = script(worked=(question("a", share="yes"), question("b", share="yes")))
    said: dict[str, Said | str] = {"a": Said("dark words", parts=Parts(weight="danger")), "b": "b"}
    decided = {"a": Decision(share, "in short")}
    assert answers_in(looked_at(asked, said, decided=decided)) == ["b"]


def test_what_was_erased_is_private() -> None:
    asked = script(
        worked=(
            question("gone", kind="yesno", share="yes"),
            question("then", when=when(IsValue("gone", (True,))), share="yes"),
        )
    )
    events = answering(asked, {"gone": Said("y", True), "then": "b"})
    erased = [
        replace(one, text="", value=None, heard={}, parts=Parts())
        if isinstance(one, Answered) and one.key == "gone"
        else one
        for one in events
    ]
    assert answers_in(Sitting(SESSION, asked, events, {}, Before(), {})) == ["y", "b"]
    assert answers_in(Sitting(SESSION, asked, erased, {}, Before(), {})) == []


def test_the_latest_decision_stands() -> None:
    at = NOW.isoformat()
    events = [
        ShareChanged(at, SESSION, "a", "no"),
        ShareChanged(at, SESSION, "b", "no"),
        ShareChanged(at, SESSION, "a", "yes"),
    ]
    found = decisions(events)
    assert found[SESSION, "a"].share == "yes" and found[SESSION, "b"].share == "no"


# --- what came before --------------------------------------------------------------------


def test_what_last_time_decided_is_as_open_as_that() -> None:
    asked = script(
        worked=(
            question("a", when=when(IsValue("last.mood", ("low",))), share="yes"),
            question("b", when=when(IsSettled("last.mood", "answered", True)), share="yes"),
        )
    )
    last = {"mood": LastAnswer(Ref("01KA", 1), value="low")}
    for memory, said in ((Memory(last=last), "a"), (EMPTY, "b")):
        found = looked_at(asked, {said: "x"}, memory=memory)
        assert answers_in(found) == ["x"]
        kept = looked_at(asked, {said: "x"}, memory=memory, before=Before(mood="no"))
        assert answers_in(kept) == []


def test_what_counts_items_is_as_open_as_they_are() -> None:
    asked = script(worked=(question("a", when=when(Journey("goal", most=0)), share="yes"),))
    assert answers_in(looked_at(asked, {"a": "x"})) == ["x"]
    assert answers_in(looked_at(asked, {"a": "x"}, before=Before(goal="no"))) == []
    by_sessions = script(worked=(question("a", when=when(Journey("sessions", 0)), share="yes"),))
    assert answers_in(looked_at(by_sessions, {"a": "x"}, before=Before(sessions="no"))) == ["x"]


def test_a_check_is_as_open_as_its_promise_and_what_was_said_of_it_since() -> None:
    item = "01KA:step"
    memory = Memory(promises=(Promise(item, Ref("01KA", 1)),))
    said: dict[str, Said | str] = {f"core.promise@{item}": Said("kept", "kept")}
    asked = script(worked=(question("a", share="yes"),))
    assert answers_in(looked_at(asked, said, memory=memory)) == ["kept"]
    assert answers_in(looked_at(asked, said, memory=memory, before=Before(promised="no"))) == []
    kept = {f"core.promise@{item}": Decision("no")}
    assert answers_in(looked_at(asked, said, memory=memory, decided=kept)) == []


def test_a_check_of_which_nothing_is_left_is_private() -> None:
    item = "01KA:step"
    check = f"core.promise@{item}"
    memory = Memory(promises=(Promise(item, Ref("01KA", 1)),))
    asked = script(worked=(question("a", share="yes"),))
    events = answering(asked, {check: Said("kept", "kept"), "a": "x"}, memory)

    def openness(text: str) -> Share:
        left = [
            replace(one, text=text, value=None, heard={}, parts=Parts())
            if isinstance(one, Answered) and one.key == check
            else one
            for one in events
        ]
        return Sitting(SESSION, asked, left, {}, Before(), {}).open[check]

    assert (openness(""), openness("in words of my own")) == ("no", "yes")


@pytest.mark.parametrize("share", ["yes", "at the end", "no"])
def test_what_is_said_to_a_note_is_as_open_as_the_words_beside_it_are_today(share: Share) -> None:
    text, beside = Ref("J", 4, 0, 5), Ref("01KA", 1)
    notes = (NoteRef("n", 1, text, True, beside), NoteRef("whole", 1, text))
    said: dict[str, Said | str] = {"core.note@n": "thank you", "core.note@whole": "and for this"}
    asked = script(worked=(question("a", share="yes"),))
    found = looked_at(asked, said, memory=Memory(notes=notes), before=Before(of=share))
    assert found.open["core.note@n"] == share and found.open["core.note@whole"] == "yes"


# --- how it reads ------------------------------------------------------------------------


def test_words_that_are_not_in_the_file_are_not_repeated() -> None:
    wording = (("You said ", Placeholder("answer", "a", "something"), "?"),)
    asked = script(worked=(question("a", share="yes"), question("b", ask=wording, share="yes")))
    sitting = looked_at(asked, {"a": "a card", "b": "x"})
    assert told(sitting).answers[1].question == "You said a card?"
    assert told(sitting, lambda ref: False).answers[1].question == "You said something?"


def test_only_what_is_always_asked_stands_in_the_wording_that_was_next() -> None:
    asked = script(
        worked=(
            question("a", share="yes"),
            question("b", when=when(IsSettled("a", "answered")), share="yes"),
        )
    )
    used = Memory(used={"a": {0: 1}, "b": {0: 1}})
    found = told(looked_at(asked, {"a": "x", "b": "y"}, memory=used)).answers
    assert [one.question for one in found] == ["a again?", "b?"]


def test_an_item_goes_back_to_the_answer_behind_it() -> None:
    assert place_of("01K:step#2") == ("01K", "step#2")
    assert place_of("01K:core.promise@01J:step/win") == ("01K", "core.promise@01J:step")
    assert place_of("01K:core.noted") == ("01K", "core.noted")


def test_no_repr_tells() -> None:
    asked = script(worked=(question("a", share="yes", ask=(text("a?"),)),))
    sitting = looked_at(asked, {"a": "canary"}, decided={"a": Decision("no", "canary")})
    assert "canary" not in repr([sitting, told(sitting), Decision("no", "canary")])
    assert isinstance(sitting.dialogue, Dialogue)
    assert repr(Decision("no", "canary")) == "<Decision>"
