"""Core's own offer to move on: when it comes, what it says, and when it keeps quiet."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reflect.dialogue.machine import Dialogue
from reflect.events import GoalRef, Parts, Promise, Ref, Whereabouts
from reflect.memory import Memory
from reflect.mentorship.stages import moved_because, moved_to
from reflect.script import Question, Script, Stage

from .scripts import NOW, begun, key, question, say, script

GOAL = GoalRef("S:0", Ref("S", 0), "agreed")


def asked(*questions: Question, **more: Any) -> Script:
    made = script(worked=(question("a", share="yes"), *questions))
    others = tuple(
        Stage(name, name.title(), lifecycle=(name,)) for name in ("goals", "work", "maintain")
    )  # type: ignore[arg-type]
    return msgspec.structs.replace(made, stages=(*made.stages, *others))


def ended(here: Whereabouts | None, made: Script | None = None, **memory: Any) -> Dialogue:
    """A session in that state, at its last turn or its summary."""
    dialogue = begun(made or asked(), Memory(3, whereabouts=here, **memory))
    while dialogue.turn and dialogue.turn.role != "move":
        say(
            dialogue,
            "kept" if dialogue.turn.role == "promise" else "so it went",
            value_of(dialogue),
        )
    return dialogue


def value_of(dialogue: Dialogue) -> Any:
    assert dialogue.turn
    if dialogue.turn.role == "promise":
        return "kept"
    return True if dialogue.turn.expectation.kind == "yesno" else None


def test_the_third_session_together_offers_goals() -> None:
    assert key(ended(Whereabouts("rapport", sessions=1))) is None
    dialogue = ended(Whereabouts("rapport", sessions=2))
    assert key(dialogue) == "core.move@at-ease"
    assert dialogue.turn and dialogue.turn.text == "<move-at-ease> on to Goals?"
    why = dialogue.why()
    assert why and why.reason == "<move-at-ease>"
    say(dialogue, "yes", True)
    assert (moved_to(dialogue), moved_because(dialogue)) == ("goals", "<move-at-ease>")
    assert dialogue.turn is None


@pytest.mark.parametrize("value", [False, None])
def test_a_no_or_enter_moves_nothing(value: bool | None) -> None:
    dialogue = ended(Whereabouts("rapport", sessions=2))
    say(dialogue, "no" if value is False else "", value)
    assert (moved_to(dialogue), moved_because(dialogue)) == (None, "")


def test_nothing_is_offered_when_something_was_kept_private() -> None:
    dialogue = ended(Whereabouts("rapport", sessions=2))
    dialogue.apply(dialogue.decide("a", "keep", NOW))  # type: ignore[arg-type]
    assert dialogue.turn is None
    assert Dialogue(dialogue.script, dialogue.events).turn is None


def test_nothing_is_offered_after_an_answer_that_is_private_by_itself() -> None:
    own = question("own", share="no")
    assert key(ended(Whereabouts("rapport", sessions=2), asked(own))) is None


def test_an_agreed_goal_and_two_kept_promises_offer_the_work() -> None:
    promises = (Promise("S:1", Ref("S", 1)), Promise("S:2", Ref("S", 2)))
    assert key(ended(Whereabouts("goals"), goals=(GOAL,), promises=promises[:1])) is None
    for here, open_ones in ((Whereabouts("goals"), 2), (Whereabouts("goals", kept=1), 1)):
        dialogue = ended(here, goals=(GOAL,), promises=promises[:open_ones])
        assert key(dialogue) == "core.move@agreed"
    draft = msgspec.structs.replace(GOAL, state="draft")
    assert key(ended(Whereabouts("goals", kept=2), goals=(draft,))) is None


def test_the_last_goal_reached_offers_to_keep_in_touch() -> None:
    assert key(ended(Whereabouts("work", reached=1))) == "core.move@reached"
    assert key(ended(Whereabouts("work", reached=1), goals=(GOAL,))) is None
    assert key(ended(Whereabouts("work"))) is None


def test_a_new_goal_leads_back() -> None:
    made = asked(question("g", keep="goal"))
    dialogue = begun(made, Memory(3, whereabouts=Whereabouts("maintain")))
    say(dialogue, "so it went")
    say(dialogue, "a new goal", parts=Parts(letters="smt"))
    assert key(dialogue) == "core.move@new-goal"


@pytest.mark.parametrize(
    ("day", "offered"), [("2026-11-01", False), ("2026-10-22", False), ("2026-10-21", True)]
)
def test_it_is_offered_once_a_month(day: str, offered: bool) -> None:
    dialogue = ended(Whereabouts("rapport", sessions=2, asked=day))
    assert (key(dialogue) is not None) == offered


def test_a_packs_own_question_goes_first() -> None:
    own = question("own", kind="yesno", moves_to="goals", share="yes")
    dialogue = ended(Whereabouts("rapport", sessions=2), asked(own))
    assert dialogue.turn is None
    assert (moved_to(dialogue), moved_because(dialogue)) == ("goals", "")


def test_nothing_is_offered_where_it_leads_nowhere_else() -> None:
    """The pack has no such stage, or is there already, or nobody knows where the two are."""
    assert key(ended(Whereabouts("rapport", sessions=2), script(worked=(question("a"),)))) is None
    assert key(ended(None)) is None
    at_goals = msgspec.structs.replace(asked().stages[0], lifecycle=("rapport", "goals"))
    assert (
        key(
            ended(
                Whereabouts("rapport", sessions=2),
                msgspec.structs.replace(asked(), stages=(at_goals,)),
            )
        )
        is None
    )


def test_it_may_lead_to_the_stage_of_a_session_that_was_chosen_by_hand() -> None:
    made = asked(question("g", keep="goal"))
    here = msgspec.structs.replace(made.stages[0], lifecycle=("goals",))
    made = msgspec.structs.replace(made, stages=(here, *made.stages[2:]))
    dialogue = begun(made, Memory(3, whereabouts=Whereabouts("maintain")))
    say(dialogue, "so it went")
    say(dialogue, "a new goal", parts=Parts(letters="smt"))
    assert key(dialogue) == "core.move@new-goal"
