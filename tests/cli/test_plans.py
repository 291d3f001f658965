"""What goals are for, the steps that lead to one, their kinds and their order, and why it changed."""

from __future__ import annotations

import pytest

from tests.cli.test_carrying_on import keep, rows
from tests.cli.test_reading import document
from tests.conftest import Run

TODAY = "2026-11-28"


@pytest.fixture
def goal(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A goal with three steps, numbered as they were noted."""
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    keep("2026-11-24T08:00:00+01:00", aim="two cases by March")
    for step in ("choose a case", "write the slides", "book the room"):
        assert run("actions", "add", step, "--goal", "1").code == 0
    return run


def plan(run: Run) -> list[str]:
    return [one["text"] for one in document(run("goals", "plan", "1", "--json"))["steps"]]


@pytest.mark.parametrize("kind", ["career", "skill", "personal", "professional"])
def test_a_goal_says_what_it_is_for(goal: Run, kind: str) -> None:
    goal("goals", "add", "speak slowly", "--kind", kind)
    assert rows(goal, "goals")[-1]["kind_of"] == kind
    assert f"· {kind}" in goal("goals").out
    goal("goals", "edit", "1", "--kind", kind)
    assert rows(goal, "goals")[0]["kind_of"] == kind


# --- kinds of steps ---


def test_steps_have_kinds_and_are_listed_by_them(goal: Run) -> None:
    goal("actions", "edit", "1", "--kind", "reading")
    goal("actions", "add", "sit in with Ruth", "--kind", "meeting", "--goal", "1")
    assert [row["text"] for row in rows(goal, "actions", "--kind", "reading")] == ["choose a case"]
    assert [row["number"] for row in rows(goal, "actions", "--kind", "meeting")] == [4]
    assert "reading" in goal("actions").out
    assert "No action fits." in goal("actions", "--kind", "training").err
    assert goal("actions", "edit", "1", "--kind", "personal").code == 2


def test_kinds_and_places_do_not_leave_with_an_action(goal: Run) -> None:
    goal("actions", "edit", "1", "--kind", "reading")
    done = goal("share", "--preview", "--format", "bundle")
    assert "choose a case" in done.out and "reading" not in done.out


# --- the order ---


def test_a_step_is_moved_and_the_old_order_is_kept(goal: Run) -> None:
    assert plan(goal) == ["choose a case", "write the slides", "book the room"]
    done = goal("actions", "move", "3", "to", "1", "--because", "opportunity", "--reason", "free")
    assert [line.split(maxsplit=1)[1] for line in done.out.splitlines()] == [
        "book the room",
        "choose a case",
        "write the slides",
    ]
    goal("actions", "move", "2", "up")
    assert plan(goal) == ["book the room", "write the slides", "choose a case"]
    goal("actions", "move", "3", "down")
    assert plan(goal) == ["write the slides", "book the room", "choose a case"]
    said = " ".join(goal("goals", "plan", "1").out.split())
    assert f"{TODAY} “book the room” moved to 1 (opportunity: free)" in said
    assert "“book the room” moved from 1 to 2" in said
    found = document(goal("goals", "plan", "1", "--json"))["reordered"]
    assert [(one["was"], one["now"]) for one in found] == [(0, 1), (3, 2), (1, 2)]
    assert goal("goals", "show", "1").out.index("write the slides") < goal(
        "goals", "show", "1"
    ).out.index("choose a case")


def test_one_undo_takes_a_whole_move_back(goal: Run) -> None:
    goal("actions", "move", "3", "to", "1")
    goal("undo")
    assert plan(goal) == ["choose a case", "write the slides", "book the room"]
    goal("undo", "--redo")
    assert plan(goal)[0] == "book the room"
    assert document(goal("journey", "rebuild", "--json"))["same"] is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("1",), "bad-place"),
        (("1", "to", "0"), "bad-place"),
        (("1", "sideways"), "bad-place"),
        (("9", "up"), "no-such-item"),
        (("up",), "no-number"),
    ],
)
def test_a_move_that_leads_nowhere_is_refused(goal: Run, words: tuple[str, ...], code: str) -> None:
    assert goal("actions", "move", *words).err.split(":")[0] == code


def test_the_ends_hold_and_nothing_is_noted(goal: Run) -> None:
    goal("actions", "move", "1", "to", "1")
    before = goal("undo", "--list").out
    goal("actions", "move", "1", "up")
    assert goal("undo", "--list").out == before
    goal("actions", "move", "1", "to", "99")
    assert plan(goal)[-1] == "choose a case"


def test_only_a_step_has_a_place(goal: Run) -> None:
    goal("actions", "add", "feed the cat")
    done = goal("actions", "move", "4", "up")
    assert done.err.startswith("no-goal: ") and "actions edit 4 --goal 1" in done.err


# --- why ---


@pytest.mark.parametrize(
    "line",
    [
        ("actions", "later", "1", "next friday"),
        ("actions", "drop", "1"),
        ("actions", "edit", "1", "choose two cases"),
        ("goals", "edit", "1", "three cases"),
        ("goals", "let-go", "1"),
    ],
)
def test_a_change_has_a_reason_in_a_word_and_in_words(goal: Run, line: tuple[str, ...]) -> None:
    done = goal(*line, "--because", "circumstances", "--reason", "the ward was closed")
    assert done.code == 0, done.err
    assert goal(*line, "--because", "laziness").code == 2


def test_the_reason_stands_in_the_history(goal: Run) -> None:
    goal("goals", "edit", "1", "one case", "--because", "circumstances", "--reason", "no ward")
    assert "(circumstances: no ward)" in " ".join(goal("goals", "show", "1").out.split())
    history = document(goal("goals", "show", "1", "--json"))["history"]
    assert (history[-1]["because"], history[-1]["reason"]) == ("circumstances", "no ward")


# --- the plan ---


def test_a_goal_without_steps_offers_beginnings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFLECT_TODAY", TODAY)
    keep("2026-11-24T08:00:00+01:00", aim="two cases by March")
    done = run("goals", "plan", "1")
    assert done.out.count("…") == 3 and "reflect goals agree 1" in done.err
    run("goals", "agree", "1", "--anyway")
    assert "not agreed" not in run("goals", "plan", "1").err
    lines = "read the guideline by friday\nask Ruth for a case\n\nnever read\n"
    done = run("goals", "plan", "1", "--fill", stdin=lines)
    assert done.code == 0 and done.out.count("…") == 1
    assert [one["due"] for one in rows(run, "actions")] == ["2026-12-04", None]
    assert plan(run) == ["read the guideline", "ask Ruth for a case"]
    assert "moved" not in done.out and "by when?" in done.out
    assert "by Friday 4 December" in done.out


def test_a_plan_says_how_each_step_stands(goal: Run) -> None:
    goal("actions", "done", "1")
    goal("actions", "edit", "2", "--owner", "both", "--kind", "practice")
    said = " ".join(goal("goals", "plan", "1").out.split())
    assert "action 1 · you · done" in said
    assert "action 2 · practice · you and Daniel · by when?" in said
    goal("actions", "drop", "3")
    assert plan(goal) == ["choose a case", "write the slides"]
    assert goal("goals", "plan", "9").err.startswith("no-such-item: ")
