"""Examples of a probe that do not do what they say are found, with their own line."""

from __future__ import annotations

from reflect.listening.ear import Ear
from reflect.rehearsal.codes import EXPLAINED
from reflect.rehearsal.examples import check_examples

from .conftest import PACK, Placing

HEAD = "reflect: 1\npack: trial\nversion: 1.0.0\ntitle: T\nlanguage: en\nworked:\n"
WRONG = (
    HEAD
    + """\
  - id: calm
    ask: When?
    probe:
      - id: thin
        when: answer is vague
        ask: What exactly?
        fires: I read the three names on the card aloud
        quiet:
          - We walked round the yard with the old plans
          - It was fine
      - id: busy
        when: answer mentions "no time"
        ask: Which hour?
        fires:
          - There was no time on Sunday for the garden fence
          - No time
  - id: trust
    ask: How much?
    scale: 1 to 5
    probe:
      - when: answer is at most 2
        ask: What would help?
        fires:
          - "2"
          - purple
"""
)


def found(placing: Placing, ear: Ear, text: str) -> list[tuple[str, int]]:
    script, places = placing(text)
    return [(one.code, one.place.line) for one in check_examples(script, ear, places)]


def test_good_examples_pass(placing: Placing, ear: Ear) -> None:
    assert found(placing, ear, PACK) == []


def test_every_wrong_example_is_found_in_its_line(placing: Placing, ear: Ear) -> None:
    assert found(placing, ear, WRONG) == [
        ("example-does-not-fire", 13),
        ("example-is-not-quiet", 16),
        ("example-fires-earlier-probe", 22),
        ("example-is-no-answer", 31),
    ]


def test_a_probe_that_reads_other_answers_is_not_judged(placing: Placing, ear: Ear) -> None:
    text = (
        HEAD
        + """\
  - id: one
    ask: One?
  - id: two
    ask: Two?
    probe:
      - when: answer is vague and one is answered
        ask: What?
        fires: I read the three names on the card aloud
"""
    )
    assert found(placing, ear, text) == []


def test_every_code_is_explained() -> None:
    assert all(line.endswith(".") for line in EXPLAINED.values())
