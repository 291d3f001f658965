"""What of a session only waits for a word, what of it hides something, and what lies behind a reference."""

from __future__ import annotations

import pytest

from reflect.events import LastAnswer, Parts, Promise, Ref, Said
from reflect.memory import Memory
from reflect.script import IsSettled, IsValue, Keep, Placeholder, Repeat, Share
from reflect.sharing.aliases import Aliases
from reflect.sharing.closure import Decision, Sitting, place_of, source_of
from reflect.sharing.shared import SharedAnswer, SharedReply, SharedSession
from tests.dialogue.scripts import question, script
from tests.dialogue.test_between import asked as asking
from tests.dialogue.test_between import heard
from tests.sharing.test_closure import NAMES, SESSION, Before, answers_in, looked_at, told, when

WAITING = script(
    worked=(
        question("open", share="yes"),
        question("waits", kind="yesno", share="at the end"),
        question("hangs", when=when(IsValue("waits", (True,))), share="at the end"),
        question("kept", share="no"),
        question("after", when=when(IsSettled("kept", "answered")), share="at the end"),
        question("silent", share="at the end"),
    ),
    next=(question("step", keep="action", share="at the end"),),
)
SAID: dict[str, Said | str] = {
    "open": "a",
    "waits": Said("b", True),
    "hangs": "c",
    "kept": "d",
    "after": "e",
    "step": Said("call Ruth", parts=Parts(what=(0, 9), owner="me")),  # type: ignore[arg-type]
    "step/due": "friday",
}


def waiting(**decided: Decision) -> list[str]:
    found = looked_at(WAITING, SAID, decided=decided)
    return [one.key for one in found.undecided()]


def test_what_waits_for_a_word_is_what_could_leave_with_a_yes() -> None:
    assert waiting() == ["waits", "step"]
    assert waiting(waits=Decision("yes")) == ["hangs", "step"]
    assert waiting(waits=Decision("no")) == ["step"]
    assert waiting(waits=Decision("at the end", "in short")) == ["step"]
    assert waiting(step=Decision("yes"), waits=Decision("no")) == []
    # What its pack keeps is not opened by a word.
    assert waiting(kept=Decision("yes")) == ["waits", "step"]


def test_what_speaks_of_danger_waits_for_nothing() -> None:
    dark = {**SAID, "waits": Said("b", True, parts=Parts(weight="danger"))}
    assert [one.key for one in looked_at(WAITING, dark).undecided()] == ["step"]


KINDS = script(
    worked=(
        question("win", keep="win", share="yes"),
        question("other", keep="win", share="yes"),
        question("goal", keep="goal", share="at the end"),
        question("plain", share="yes"),
    )
)


@pytest.mark.parametrize(
    ("kind", "decided", "hidden"),
    [
        ("win", {}, False),
        ("win", {"other": Decision("no")}, True),
        ("win", {"win": Decision("at the end")}, True),
        ("win", {"plain": Decision("no")}, False),
        ("goal", {}, True),
        ("goal", {"goal": Decision("yes")}, False),
        ("action", {"goal": Decision("no")}, False),
    ],
)
def test_a_kind_of_item_is_hidden_where_one_of_it_may_not_leave(
    kind: Keep, decided: dict[str, Decision], hidden: bool
) -> None:
    said: dict[str, Said | str] = dict.fromkeys(("win", "other", "goal", "plain"), "x")
    sitting = looked_at(KINDS, said, decided=decided)
    assert sitting.hides(kind) is hidden
    goal_is_open = decided.get("goal", Decision("no")).share == "yes"
    rest = [one.share for name, one in decided.items() if name != "goal"]
    assert sitting.hides_any() is not (goal_is_open and all(one == "yes" for one in rest))


def test_what_was_promised_before_counts_unless_it_is_left_out() -> None:
    item = "01KA:step"
    memory = Memory(promises=(Promise(item, Ref("01KA", 1)),))
    said: dict[str, Said | str] = {f"core.promise@{item}": Said("kept", "kept"), "a": "x"}
    asked = script(worked=(question("a", share="yes"),))
    open_one = looked_at(asked, said, memory=memory)
    closed = looked_at(asked, said, memory=memory, before=Before(promised="no"))
    assert not open_one.hides_any() and not open_one.hides_any(earlier=False)
    assert closed.hides_any() and not closed.hides_any(earlier=False)
    mine = looked_at(asked, said, memory=memory, decided={"a": Decision("no")})
    assert mine.hides_any() and mine.hides_any(earlier=False)


def test_how_open_a_question_is_counts_every_round_and_that_it_was_not_asked() -> None:
    rounds = Repeat("r", 2, (question("more", share="yes"),))
    asked = script(
        worked=(
            rounds,
            question("held", kind="yesno", share="at the end"),
            question("never", when=when(IsValue("held", (False,))), share="yes"),
        )
    )
    said: dict[str, Said | str] = {
        "more": "a",
        "r/again#2": Said("y", True),
        "more#2": "b",
        "held": Said("y", True),
    }

    def openness(**decided: Decision) -> dict[str, Share]:
        sitting = looked_at(asked, said, decided=decided)
        return {name: sitting.at(name) for name in ("more", "held", "never", "nothing")}

    waits: Share = "at the end"
    assert openness() == {"more": "yes", "held": waits, "never": waits, "nothing": "yes"}
    assert openness(held=Decision("yes"))["never"] == "yes"
    assert openness(held=Decision("no"))["never"] == "no"
    first = looked_at(asked, said, decided={"more": Decision("no")})
    second = looked_at(asked, said, decided={"more#2": Decision("no")})
    assert first.at("more") == second.at("more") == "no"
    assert repr(first) == f"<Sitting {SESSION}>"


def test_a_reference_leads_to_the_answer_behind_it() -> None:
    sitting = looked_at(WAITING, SAID)
    keys = {
        event.key: seq for seq, event in enumerate(sitting.dialogue.events) if hasattr(event, "key")
    }
    assert source_of(Ref("", keys["open"]), sitting) == (SESSION, "open")
    assert source_of(Ref("", keys["step/due"]), sitting) == (SESSION, "step")
    last = len(sitting.dialogue.events)
    for nowhere in (0, -1, last, last + 7):
        assert source_of(Ref("", nowhere), sitting) is None
    events = sitting.dialogue.events
    assert source_of(Ref("", last - 1), sitting) == (SESSION, place_of(f"x:{events[-1].key}")[1])  # type: ignore[union-attr]


def test_what_followed_on_a_check_has_a_place_of_its_own() -> None:
    item = "01KA:step"
    check = f"core.promise@{item}"
    memory = Memory(promises=(Promise(item, Ref("01KA", 1)),))
    said: dict[str, Said | str] = {check: Said("partly", "partly"), f"{check}/due": "friday"}
    sitting = looked_at(script(worked=(question("a"),)), said, memory=memory)
    places = [source_of(Ref("", seq), sitting) for seq in (1, 2)]
    assert places == [(SESSION, check), (SESSION, f"{check}/due")]


# --- all of what leaves ---------------------------------------------------------------


def test_what_leaves_of_a_session_is_this_and_no_more() -> None:
    asked = script(
        worked=(
            question("win", keep="win", share="yes", note=("Listen, ", Placeholder("mentor"), ".")),
            question("short", share="yes", note=("Ask.",)),
            question("several", kind="several", share="yes"),
            question("count", kind="number", share="yes"),
            question("no", kind="yesno", share="yes"),
            question("private", share="no"),
        ),
        next=(question("step", keep="action", share="yes"),),
    )
    said: dict[str, Said | str] = {
        "win": "I asked",
        "short": "a long story",
        "several": Said("one, two", ("one", "two")),
        "count": Said("three", 3),
        "no": Said("no", False),
        "private": "canary",
        "step": Said("nothing", parts=Parts(weight="none")),
    }
    sitting = looked_at(asked, said, decided={"short": Decision("no", "in short")})

    def answer(key: str, text: str, **more: object) -> SharedAnswer:
        usual: dict[str, object] = {"phase": "worked", "asked": key, **more}
        return SharedAnswer(NAMES.of(SESSION, key), f"{key}?", text, **usual)  # type: ignore[arg-type]

    assert told(sitting) == SharedSession(
        id=NAMES.of(SESSION),
        day="2026-11-21",
        pack="p",
        title="P",
        version="1",
        stage="Stage",
        language="en",
        answers=(
            answer("win", "I asked", kept_as="win", note="Listen, Grace."),
            answer("short", "in short", summary=True, note="Ask."),
            answer("several", "one, two", value="one, two"),
            answer("count", "three", value="3"),
            answer("no", "no", value="no"),
            answer("step", "nothing", phase="next", no_step=True),
        ),
    )


def test_replies_stand_behind_their_answer_with_what_they_were_asked() -> None:
    found = told(looked_at(WAITING, SAID, decided={"step": Decision("yes")}))
    step = found.answers[-1]
    assert (step.answer, step.kept_as, step.phase, step.asked) == (
        "call Ruth",
        "action",
        "next",
        "step",
    )
    assert step.replies == (SharedReply("due?", "friday"),)
    assert not found.both and Aliases("00" * 16).of(SESSION) == found.id


def test_what_a_follow_up_said_back_stands_in_it() -> None:
    asked = asking("You said ", Placeholder("match", fallback="that"), "?")
    found = looked_at(asked, {"a": heard((2, 6)), "a/?more": "so it was"})
    (answer,) = told(found).answers
    assert answer.replies == (SharedReply("You said told?", "so it was"),)
    (unsaid,) = told(found, lambda ref: False).answers
    assert unsaid.replies == (SharedReply("You said that?", "so it was"),)


def test_what_was_taken_over_is_as_open_as_it_is_today() -> None:
    asked = script(worked=(question("a", when=when(IsSettled("last.b", "answered")), share="yes"),))
    memory = Memory(last={"b": LastAnswer(Ref("01KA", 1), value="x")})
    for share, left in (("yes", ["x"]), ("no", []), ("at the end", [])):
        sitting: Sitting = looked_at(asked, {"a": "x"}, memory=memory, before=Before(b=share))  # type: ignore[arg-type]
        assert answers_in(sitting) == left
        assert sitting.dialogue.started.last["b"].share == share
