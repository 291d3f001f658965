"""Each sentence of the format becomes its test, and who may read what is held to."""

from __future__ import annotations

import pytest

from reflect.script import (
    Compare,
    DaysSince,
    Hears,
    Includes,
    IsSettled,
    IsValue,
    Journey,
    Signal,
    Test,
)
from tests.packs.helpers import codes, compiled, pack, question, script_of

EARLIER = """\
words:
  busy:
    - no time
worked:
  - id: text
    ask: Text?
  - id: pick
    ask: Pick?
    options: [time, money]
  - id: several
    ask: Several?
    options: [time, money]
    choose: several
  - id: ready
    ask: Ready?
    answer: yesno
  - id: trust
    ask: Trust?
    scale: 1 to 5
  - id: count
    ask: Count?
    answer: number
  - id: day
    ask: Day?
    answer: date
"""


def reading(*sentences: str) -> str:
    """A pack whose last question has these sentences as its condition."""
    lines = "".join(f"      - {sentence}\n" for sentence in sentences)
    return pack(f"{EARLIER}  - id: reader\n    ask: Reader?\n    when:\n{lines}")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("text is answered", IsSettled("text", "answered")),
        ("text is not answered", IsSettled("text", "answered", True)),
        ("pick is skipped", IsSettled("pick", "skipped")),
        ("last.reader is not skipped", IsSettled("last.reader", "skipped", True)),
        ("pick is time", IsValue("pick", ("time",))),
        ("pick is not time", IsValue("pick", ("time",), True)),
        ("pick is one of time, money", IsValue("pick", ("time", "money"))),
        ("ready is yes", IsValue("ready", (True,))),
        ("ready is not no", IsValue("ready", (False,), True)),
        ("trust is 3", IsValue("trust", (3,))),
        ("count is one of 1, 2.5", IsValue("count", (1, 2.5))),
        ("several includes money", Includes("several", "money")),
        ("trust is at least 3", Compare("trust", "at least", 3)),
        ("count is at most 2.5", Compare("count", "at most", 2.5)),
        ("count is above -1", Compare("count", "above", -1)),
        ("trust is below last.trust", Compare("trust", "below", other="last.trust")),
        ("count is above trust", Compare("count", "above", other="trust")),
        ("journey has sessions", Journey("sessions", 1)),
        ("journey has at least 2 sessions", Journey("sessions", 2)),
        ("journey has no open actions", Journey("action", 0, 0)),
        ("journey has 1 goal", Journey("goal", 1, 1)),
        ("journey has at most 3 wins", Journey("win", 0, 3)),
        ("it is more than 40 days since last session", DaysSince(40)),
    ],
)
def test_a_sentence_becomes_its_test(sentence: str, expected: Test) -> None:
    condition = question(script_of(reading(sentence)), "reader").when
    assert condition is not None
    assert condition.groups == ((expected,),)
    assert condition.text == sentence


@pytest.mark.parametrize(
    ("sentence", "signal", "negated"),
    [
        ("text is vague", Signal("text", "cue", name="vague"), False),
        ("last.text is not low", Signal("last.text", "cue", name="low"), True),
        ("text is shorter than 4 words", Signal("text", "shorter", number=4), False),
        ("text is longer than 1 word", Signal("text", "longer", number=1), False),
        ("text mentions busy", Signal("text", "mentions", "busy", ("no time",)), False),
        (
            'text mentions "a rota and more"',
            Signal("text", "mentions", words=("a rota and more",)),
            False,
        ),
        ("text does not mention “or so”", Signal("text", "mentions", words=("or so",)), True),
        ("text repeats last.text", Signal("text", "repeats", other="last.text"), False),
        ("text does not repeat last.text", Signal("text", "repeats", other="last.text"), True),
    ],
)
def test_what_reads_a_text_is_a_signal(sentence: str, signal: Signal, negated: bool) -> None:
    script = script_of(reading(sentence))
    condition = question(script, "reader").when
    assert condition is not None
    assert condition.groups == ((Hears(signal.subject, 0, negated),),)
    assert script.signals == (signal,)


def test_a_list_means_all_and_or_joins_within_a_line() -> None:
    script = script_of(
        reading("text is vague or pick is time", "ready is yes", "trust is 1 and count is 2")
    )
    condition = question(script, "reader").when
    assert condition is not None
    assert [len(group) for group in condition.groups] == [2, 1, 1, 1]


def test_the_same_signal_is_heard_once() -> None:
    script = script_of(reading("text is vague", "text is not vague", "text is low"))
    assert len(script.signals) == 2
    assert question(script, "text").listen == (0, 1)


def test_answer_is_the_answer_of_the_question_itself() -> None:
    script = script_of(
        pack("""\
            worked:
              - id: one
                ask: One?
                probe:
                  - when: answer is vague
                    ask: What?
            """)
    )
    assert script.signals == (Signal("one", "cue", name="vague"),)
    assert question(script, "one").reads == ()
    assert question(script, "one").probes[0].when.subjects() == {"one"}


STAGES = """\
stages:
  - id: a
    title: A
    worked:
      - id: in-a
        ask: A?
  - id: b
    title: B
    worked:
      - id: sides
        one of:
          - id: left
            ask: Left?
          - id: right
            ask: Right?{right}
      - id: loop
        repeat: up to 3
        again: Again?
        questions:
          - id: first
            ask: First?
          - id: second
            ask: Second?{second}
    adjust:
      - id: reader
        ask: Reader?{reader}
"""


@pytest.mark.parametrize(
    ("where", "condition", "code"),
    [
        ("reader", "in-a is answered", "out-of-reach"),
        ("reader", "last.in-a is answered", ""),
        ("reader", "left is answered", ""),
        ("reader", "first is answered", "out-of-reach"),
        ("reader", "last.first is answered", ""),
        ("second", "first is answered", ""),
        ("second", "left is answered", ""),
        ("second", "second is answered", "read-too-early"),
        ("right", "left is answered", "out-of-reach"),
        ("right", "last.left is answered", ""),
    ],
)
def test_who_may_read_what(where: str, condition: str, code: str) -> None:
    holes = dict.fromkeys(("right", "second", "reader"), "")
    holes[where] = f"\n{' ' * (8 if where == 'reader' else 12)}when: {condition}"
    assert codes(compiled(pack(STAGES.format(**holes)))) == ([code] if code else [])


def test_a_later_question_reads_an_answer_of_the_same_phase_only_when_it_stands_above() -> None:
    text = reading("text is answered").replace(
        "- id: text\n", "- id: text\n    when: pick is time\n", 1
    )
    assert codes(compiled(text)) == ["read-too-early"]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("several is time", "wrong-kind"),
        ("pick includes time", "wrong-kind"),
        ("pick is maybe", "unknown-option"),
        ("ready is maybe", "unknown-option"),
        ("trust is 9", "out-of-range"),
        ("trust is high", "unreadable-condition"),
        ("trust is low", "wrong-kind"),
        ("day is 2026-01-01", "wrong-kind"),
        ("text is at least 3", "wrong-kind"),
        ("text is", "unreadable-condition"),
        ("text is not", "unreadable-condition"),
        ("text mentions", "unreadable-condition"),
        ('text mentions ""', "unreadable-condition"),
        ("journey has", "unknown-name"),
        ("pick is time or", "unreadable-condition"),
        ("count is above text", "wrong-kind"),
        ("text repeats pick", "wrong-kind"),
    ],
)
def test_a_sentence_that_makes_no_sense_is_refused(sentence: str, code: str) -> None:
    assert codes(compiled(reading(sentence))) == [code]
