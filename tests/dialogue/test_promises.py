"""The promise loop: what follows on kept, partly, not yet and dropped, and how much of it there is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reflect.dialogue.keys import text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import entries
from reflect.events import Answered, GoalRef, Parts, Promise, Ref
from reflect.memory import Memory
from reflect.script import Script

from .scripts import NEW_IN_CORE, all_keys, begun, key, question, say, script

LAST = "2026-11-07"
PAST: dict[tuple[str, int], str] = {("S", n): f"plan{n} and more" for n in range(6)}
DUE = Parts(due="2026-11-26", due_words=(0, 3))  # type: ignore[arg-type]


def promise(number: int, **more: Any) -> Promise:
    return Promise(f"S:{number}", Ref("S", number, 0, 5), **{"made": LAST, **more})


def session(*promises: Promise, length: Any = "short", asked: Script | None = None) -> Dialogue:
    memory = Memory(3, last_day=LAST, promises=promises)
    return begun(asked or script(worked=(question("a"),)), memory, length, PAST)


def stripped(asked: Script) -> Script:
    """`asked` as it was stored before core had the new texts."""
    core = {name: text for name, text in asked.core.items() if name not in NEW_IN_CORE}
    return msgspec.structs.replace(asked, core=core)


def follow_ups(dialogue: Dialogue) -> list[str]:
    keys = [*all_keys(dialogue), key(dialogue) or ""]
    return [name.partition("@")[2] for name in keys if text_id(name).startswith("core.promise-")]


@pytest.mark.parametrize("outcome", ["partly", "not-yet"])
def test_one_that_goes_on_gets_a_new_day_once(outcome: str) -> None:
    dialogue = session(promise(0, due="2026-11-20"))
    say(dialogue, outcome, outcome)
    assert key(dialogue) == "core.promise@S:0/due"
    assert dialogue.turn and dialogue.turn.expectation.kind == "due"
    assert dialogue.turn.enter == "decline"
    say(dialogue, "thursday", parts=DUE)
    assert dialogue.turn.acknowledgement == ("Thu 26 11, then.",)
    assert key(dialogue) == "a"


def test_enter_leaves_the_old_day() -> None:
    dialogue = session(promise(0, due="2026-11-20"))
    say(dialogue, "partly", "partly")
    say(dialogue, "")
    assert dialogue.replies["core.promise@S:0/due"].event.status == "declined"
    assert key(dialogue) == "a"


def test_a_kept_one_of_last_time_is_only_said_back() -> None:
    dialogue = session(promise(0))
    say(dialogue, "kept", "kept")
    assert dialogue.turn and dialogue.turn.acknowledgement == ("<ack-kept>",)
    assert key(dialogue) == "a"


@pytest.mark.parametrize(
    ("made", "mood"), [("2026-10-01", ""), (LAST, "glad")], ids=["it took its time", "glad"]
)
def test_a_kept_one_may_become_a_win(made: str, mood: Any) -> None:
    dialogue = session(promise(0, made=made))
    say(dialogue, "kept", "kept", parts=Parts(mood=mood))
    assert key(dialogue) == "core.promise@S:0/win"
    say(dialogue, "yes", True)
    assert dialogue.turn and dialogue.turn.acknowledgement == ("<ack-win>",)


def test_there_are_never_two_wins_in_a_session() -> None:
    dialogue = session(*(promise(n, made="2026-10-01") for n in range(3)), length="long")
    for _ in range(3):
        say(dialogue, "kept", "kept")
        if (key(dialogue) or "").endswith("/win"):
            say(dialogue, "")
    assert follow_ups(dialogue) == ["S:0/win"]


def test_the_second_not_yet_in_a_row_asks_what_keeps_it_and_offers_a_way_out() -> None:
    dialogue = session(promise(0, not_yet=1))
    say(dialogue, "not yet", "not-yet")
    assert key(dialogue) == "core.promise@S:0/keeps"
    say(dialogue, "she is never there")
    assert key(dialogue) == "core.promise@S:0/smaller"
    say(dialogue, "smaller", "smaller")
    assert key(dialogue) == "core.promise@S:0/smaller/what"
    say(dialogue, "write her one line")
    assert dialogue.turn and dialogue.turn.acknowledgement == ("<ack-what>",)
    assert key(dialogue) == "core.promise@S:0/due"
    say(dialogue, "thursday", parts=DUE)
    assert key(dialogue) == "a"
    keeps = next(one for one in entries(dialogue) if one.key == "core.promise@S:0/keeps")
    assert keeps.share == "no"


@pytest.mark.parametrize("choice", ["bring-it", "leave"])
def test_the_other_ways_out_ask_nothing_more(choice: str) -> None:
    dialogue = session(promise(0, not_yet=2))
    say(dialogue, "not yet", "not-yet")
    say(dialogue, "")
    say(dialogue, choice, choice)
    assert dialogue.turn and dialogue.turn.acknowledgement == (f"<ack-{choice}>",)
    assert key(dialogue) == "a"


def test_where_there_is_room_for_one_only_the_way_out_is_asked() -> None:
    dialogue = session(promise(0), promise(1, not_yet=1))
    say(dialogue, "partly", "partly")
    say(dialogue, "")
    say(dialogue, "not yet", "not-yet")
    assert key(dialogue) == "core.promise@S:1/smaller"


def test_a_dropped_one_goes_without_a_why_and_may_teach_something() -> None:
    dialogue = session(promise(0), promise(1))
    say(dialogue, "no longer", "dropped")
    assert dialogue.turn and dialogue.turn.acknowledgement == ("<ack-dropped>",)
    assert key(dialogue) == "core.promise@S:1"
    say(dialogue, "no longer", "dropped")
    assert key(dialogue) == "core.promise@S:0/taught"
    assert "Plan0" in dialogue.turn.text or "plan0" in dialogue.turn.text
    say(dialogue, "a plan needs a day")
    assert follow_ups(dialogue) == ["S:0/taught"]


def test_what_was_kept_late_teaches_more_than_what_was_dropped() -> None:
    late = promise(1, due="2026-10-20", made="2026-10-01", not_yet=1)
    dialogue = session(promise(0, made="2026-10-01"), late, promise(2))
    say(dialogue, "kept", "kept")
    assert key(dialogue) == "core.promise@S:0/win"
    say(dialogue, "yes", True)
    for outcome in ("kept", "dropped"):
        say(dialogue, outcome, outcome)
    assert key(dialogue) == "core.promise@S:1/taught"


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_what_was_kept_late_teaches_more_than_what_was_carried_longer(order: Any) -> None:
    late = promise(1, due="2026-10-20", made="2026-10-01", not_yet=1)
    rest = {1: (late, "kept"), 2: (promise(2, not_yet=3), "dropped")}
    first = promise(0, made="2026-10-01")
    dialogue = session(first, *(rest[number][0] for number in order))
    say(dialogue, "kept", "kept")
    say(dialogue, "yes", True)
    for number in order:
        say(dialogue, "so", rest[number][1])
    assert key(dialogue) == "core.promise@S:1/taught"


@pytest.mark.parametrize(("weight", "noted"), [("", True), ("thin", False)])
def test_what_it_taught_is_noted_where_it_names_something(weight: Any, noted: bool) -> None:
    dialogue = session(promise(0))
    say(dialogue, "no longer", "dropped")
    say(dialogue, "plans need days", parts=Parts(weight=weight))
    assert dialogue.turn and dialogue.turn.acknowledgement == (("<ack-taught>",) if noted else ())


def test_follow_ups_are_few() -> None:
    for length, most in (("short", 2), ("long", 4)):
        dialogue = session(*(promise(n, not_yet=1) for n in range(3)), length=length)
        while not (key(dialogue) or "").startswith("a"):
            said = "not-yet" if (key(dialogue) or "").count("/") == 0 else None
            say(dialogue, "so", said or ("leave" if "smaller" in (key(dialogue) or "") else None))
        assert len(follow_ups(dialogue)) == most


def test_after_something_grave_nothing_more_is_asked_about_promises() -> None:
    dialogue = session(promise(0, not_yet=1), promise(1))
    say(dialogue, "not yet", "not-yet")
    say(dialogue, "my father died", parts=Parts(weight="grave"))
    say(dialogue, "partly", "partly")
    assert key(dialogue) == "a"


def test_another_answer_takes_up_what_followed_again() -> None:
    dialogue = session(promise(0))
    say(dialogue, "partly", "partly")
    say(dialogue, "thursday", parts=DUE)
    dialogue.apply(dialogue.reopen("core.promise@S:0"))  # type: ignore[arg-type]
    say(dialogue, "not yet", "not-yet")
    assert dialogue.turn and (key(dialogue), dialogue.turn.draft) == (
        "core.promise@S:0/due",
        "thursday",
    )


def test_what_followed_on_a_forgotten_check_stays() -> None:
    dialogue = session(promise(0), promise(1))
    say(dialogue, "partly", "partly")
    say(dialogue, "thursday", parts=DUE)
    say(dialogue, "no longer", "dropped")
    say(dialogue, "plans need days")
    before = all_keys(dialogue)
    events = [
        msgspec.structs.replace(event, text="", value=None, parts=Parts())
        if isinstance(event, Answered)
        else event
        for event in dialogue.events
    ]
    again = Dialogue(dialogue.script, events, PAST)
    assert (all_keys(again), key(again)) == (before, key(dialogue))


def test_a_script_without_the_new_texts_asks_none_of_it() -> None:
    """A session that was begun before goes on as it began."""
    asked = stripped(script(worked=(question("a"),), next=(question("g", keep="goal"),)))
    memory = Memory(
        3,
        last_day=LAST,
        promises=(promise(0, not_yet=1), promise(1, made="2026-10-01")),
        goals=tuple(GoalRef(f"S:{n}", Ref("S", n)) for n in range(2)),
    )
    dialogue = begun(asked, memory, "long", PAST)
    say(dialogue, "not yet", "not-yet")
    say(dialogue, "kept", "kept")
    assert key(dialogue) == "a"
    say(dialogue, "something")
    say(dialogue, "a goal", parts=Parts(letters="smt"))
    say(dialogue, "")
    say(dialogue, "")
    assert dialogue.turn is None
    assert all_keys(dialogue)[2:] == ["a", "g", "g/achievable", "g/relevant"]


# --- goals -------------------------------------------------------------------------


def goals(count: int, length: Any) -> Dialogue:
    memory = Memory(3, goals=tuple(GoalRef(f"S:{n}", Ref("S", n, 0, 5)) for n in range(count)))
    return begun(script(worked=(question("a"),)), memory, length, PAST)


def test_a_long_session_asks_which_of_several_goals_it_serves() -> None:
    dialogue = goals(3, "long")
    assert key(dialogue) == "core.serves"
    assert dialogue.turn
    assert [one.label for one in dialogue.turn.options] == ["plan0", "plan1", "plan2", "none"]
    assert dialogue.turn.expectation.options == dialogue.turn.options
    say(dialogue, "2", "S:1")
    assert [(one.key, one.answer, one.share) for one in entries(dialogue)] == [
        ("core.serves", "plan1", "no")
    ]


@pytest.mark.parametrize(("count", "length"), [(1, "long"), (0, "long"), (3, "short")])
def test_else_it_does_not(count: int, length: str) -> None:
    assert key(goals(count, length)) == "a"


def test_a_long_session_rounds_a_goal_off() -> None:
    dialogue = begun(script(next=(question("g", keep="goal"),)), length="long")
    say(dialogue, "speak better", parts=Parts(letters=""))
    for _ in range(3):
        say(dialogue, "three talks by march")
    assert key(dialogue) == "g/anew"
    say(dialogue, "I give three talks by the end of March")
    assert key(dialogue) == "g/kind-of"
    say(dialogue, "work", "professional")
    assert dialogue.turn is None


def test_it_does_not_ask_what_the_text_tells() -> None:
    dialogue = begun(script(next=(question("g", keep="goal"),)), length="long")
    parts = Parts(letters="smt", kind_of="personal")
    say(dialogue, "run ten miles by march", parts=parts)
    while dialogue.turn:
        say(dialogue, "")
    assert all_keys(dialogue) == ["g", "g/achievable", "g/relevant"]
