"""The first sessions of somebody new: little is said twice, and nothing that is wrong about them."""

from __future__ import annotations

from reflect.events import Promise, Ref
from reflect.memory import Memory
from reflect.script import Placeholder
from tests.dialogue.scripts import question

SKIP, LEAVE = "Enter twice to skip", "Enter to leave it there"


def test_what_enter_does_is_told_once_in_a_sitting(talk):
    talked, screen, _ = talk("yes, I did", "ask Ruth about it", "Friday", "then I call")
    talked.run()
    assert screen.flat.count(SKIP) == 1 and screen.flat.count(LEAVE) == 1
    assert screen.flat.count("? for an example") == 1


def test_help_puts_the_question_with_everything_again(talk):
    talked, screen, _ = talk("yes, I did", "/help")
    talked.run()
    assert SKIP not in screen.said.split("> /help")[0].split("> yes")[1]
    assert SKIP in screen.since("/help")


def test_in_a_pipe_every_question_stands_for_itself(talk):
    talked, screen, _ = talk("yes, I did", "ask Ruth about it", "", "", patient=False)
    talked.run()
    assert screen.flat.count("Enter to skip") == 2 and screen.flat.count(LEAVE) == 2


def promised():
    promises = tuple(Promise(f"O:{n}", Ref("O", n, 0, 4), due="2026-11-20") for n in (1, 2))
    return {"memory": Memory(2, last_day="2026-11-14", promises=promises)}


def test_how_to_answer_about_promises_is_told_once_and_on_request(talk):
    talked, screen, _ = talk("done", "/example", **promised())
    talked.run()
    told = "One word is enough"
    assert told in screen.said.split("> done")[0]
    assert told not in screen.since("done").split("> /example")[0]
    assert told in screen.since("/example")


def test_a_goal_stands_in_the_summary_as_a_goal(talk):
    asked = (question("aim", keep="goal", share="yes"),)
    goal = "lead the round on my own by March"
    talked, screen, _ = talk(goal, *[""] * 3, adjust=asked)
    talked.run()
    assert f'Goal: "{goal}"' in screen.flat and "To adjust" not in screen.flat


def test_a_mere_no_does_not_stand_in_the_summary(talk):
    asked = (question("a", share="yes"), question("b", share="yes"))
    talked, screen, _ = talk("she drew my week on a napkin", "no", worked=asked)
    talked.run()
    assert 'Worked: "she drew my week on a napkin"' in screen.flat and '"no"' not in screen.flat


def test_what_was_kept_of_the_opening_stands_in_the_summary(talk):
    heard = question("heard", keep="lesson", share="yes")
    talked, screen, _ = talk(
        "nobody remembers who was wrong",
        "good day",
        "she drew my week on a napkin",
        opening=(heard, question("hello", share="yes")),
        worked=(question("a", share="yes"),),
    )
    talked.run()
    assert 'To keep: "nobody remembers who was wrong"' in screen.flat


def test_what_is_still_open_stands_there_with_its_new_day(talk):
    talked, screen, _ = talk("half of it", "Friday", "no", *[""] * 5, **promised())
    talked.run()
    assert "by Friday 27 November" in screen.flat.split("Still open:")[1]


def test_thanks_is_not_given_back_at_the_end(talk):
    asked = (question("a", share="yes"),)
    talked, screen, _ = talk("she drew my week", "thanks!", "", worked=asked)
    assert talked.run() == "finished"
    assert screen.offered[-1] == ""


def test_an_answer_that_the_next_question_says_back_is_not_said_back_before_it(talk):
    named = (("What helps with ", Placeholder("quote", "piece", "it"), "?"),)
    asked = (question("piece", share="yes"), question("help", share="yes", ask=named))
    talked, screen, _ = talk("know the antibiotics by heart", worked=asked)
    talked.run()
    shown = screen.since("know the antibiotics by heart")
    assert shown.lower().count("know the antibiotics by heart") == 1
    talked, screen, _ = talk("yes", worked=asked)
    talked.run()
    assert "What helps with it?" in screen.flat
