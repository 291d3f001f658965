"""The benchmarks run, each family on very little; no time is judged here."""

from __future__ import annotations

import json
import os
import sys

import pytest
from benchmarks.growth.measure import EXPONENT
from benchmarks.pane import Pane
from benchmarks.registry import FAMILIES
from benchmarks.row import Row, ratio
from benchmarks.scene import HERE, Family, Scene, Sizes, Subject
from benchmarks.table import as_json, as_text
from benchmarks.timing import in_turns, percentile

from tests.plugins.world import make_well_listed

TINY = Sizes(
    sessions=4,
    messages=200,
    questions=12,
    answers=2,
    phrases=40,
    pack_lines=300,
    distributions=3,
    packs=2,
    words=20,
    starts=1,
    rounds=2,
    peers=False,
)
ON_TERMINAL = ("beginning", "going_on", "conversation_memory", "peers")
LONG = ("growth", "instructions")
"""They have tests of their own, or take long even of little."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """One for all, so that its stores are made once."""
    paths = os.pathsep.join((str(HERE.parent / "src"), os.environ.get("PYTHONPATH", "")))
    environment = {**os.environ, "PYTHONPATH": paths.rstrip(os.pathsep)}
    subject = Subject((sys.executable, "-m", "reflect"), sys.executable, environment)
    folder = tmp_path_factory.mktemp("scene")
    make_well_listed(folder / "journey")
    return Scene(subject, folder, TINY)


def marked(family: Family) -> object:
    name = family.__name__
    marks = [pytest.mark.terminal] if name in ON_TERMINAL else []
    return pytest.param(family, id=name, marks=[*marks, *([pytest.mark.slow] * (name in LONG))])


@pytest.mark.parametrize("family", [*map(marked, FAMILIES)])
def test_a_family_gives_rows_that_measured_something(family, scene):
    outcomes = list(family(scene))
    assert outcomes
    for outcome in outcomes:
        if isinstance(outcome, str):
            assert outcome.endswith(".")
            continue
        assert outcome.ours > 0 or outcome.unit == EXPONENT
        assert outcome.figure > 0 or outcome.unit == EXPONENT


def test_a_goal_is_a_multiple_of_the_floor_a_limit_or_a_number():
    assert ratio("a", "b", 10, 14, 1.4).met
    assert not ratio("a", "b", 10, 14.1, 1.4).met
    assert Row("a", 2, 2).met
    assert not Row("a", 2.1, 2).met
    assert not Row("a", 0.9, 1, "exactly").met
    assert Row("a", 5).met


def test_the_table_says_what_was_missed():
    rows = [Row("fast", 1, 2), Row("slow", 3, 2), Row("told", 7)]
    text = as_text("a machine", rows, ["A note."])
    lines = {line.split()[0]: line for line in text.splitlines() if line}
    assert lines["fast"].endswith("yes")
    assert lines["slow"].endswith("NO")
    assert lines["told"].endswith("ms")
    assert "1 of 2 goals met" in text
    assert text.endswith("A note.")


def test_json_holds_the_same():
    document = json.loads(as_json("a machine", [ratio("a", "b", 10, 15, 1.4)], ["A note."]))
    assert document["schema_version"] == 1
    assert document["machine"] == "a machine"
    assert document["rows"][0]["figure"] == 1.5
    assert document["rows"][0]["met"] is False
    assert document["notes"] == ["A note."]


def test_measures_take_turns_and_the_first_round_is_not_counted():
    order: list[str] = []
    floors, ours = iter((9.0, 1.0, 2.0, 3.0)), iter((9.0, 4.0, 5.0, 6.0))

    def floor() -> float:
        order.append("floor")
        return next(floors)

    def our() -> float:
        order.append("ours")
        return next(ours)

    assert in_turns(floor, our, runs=3) == [2.0, 5.0]
    assert order == ["floor", "ours"] * 4


def test_a_percentile_is_one_of_the_values():
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert percentile(values, 50) == 3
    assert percentile(values, 99) == 5


@pytest.mark.terminal
def test_a_pane_knows_when_a_text_was_shown():
    program = (
        "import time; print('one', flush=True); time.sleep(.05); print('\\x1b[1mtwo\\x1b[0m three')"
    )
    with Pane((sys.executable, "-c", program), dict(os.environ)) as pane:
        pane.wait(lambda: "three" in pane.text())
        assert pane.text() == "one two three"
        assert 0 < pane.shown("one") < pane.shown("two three")
        with pytest.raises(TimeoutError):
            pane.shown("four")
