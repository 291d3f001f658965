"""What no session comes to: each thing that is told, with its place, and what looks like it."""

from __future__ import annotations

import pytest

from tests.packs.helpers import pack
from tests.packs.quality.helpers import findings, found, messages

EARLIER = """\
words:
  busy:
    - no time
    - rush*
  rushed:
    - rush*
worked:
  - id: text
    ask: Text?
  - id: sure
    ask: Sure?
    skip: no
  - id: pick
    ask: Pick?
    options: [time, money, other]
  - id: ready
    ask: Ready?
    answer: yesno
  - id: trust
    ask: Trust?
    scale: 1 to 5
  - id: count
    ask: Count?
    answer: number
    must:
      - check: answer is at least 0
        say: No less.
  - id: long
    ask: Long?
    depth: deeper
  - id: after
    ask: After?
    when: ready is yes
"""
LINE = 42  # of the first sentence below
REACH = {
    *("never-true", "always-true", "never-asked", "never-chosen"),
    *("probe-never-asks", "probe-shadowed", "never-passes"),
}


def reading(*sentences: str) -> str:
    """A pack whose last question has these sentences as its condition, from line `LINE`, column 9."""
    lines = "".join(f"      - {sentence}\n" for sentence in sentences)
    return pack(f"{EARLIER}  - id: reader\n    ask: Reader?\n    when:\n{lines}")


def told(text: str) -> list[tuple[str, str]]:
    """Code and place of everything that is out of reach."""
    return [
        (one.code, f"{one.place.line}:{one.place.column}")
        for one in findings(text)
        if one.code in REACH
    ]


# ^ marks the sentence that cannot be beside those before it.
NEVER = [
    ("sure is skipped",),
    ("sure is not answered",),
    ("trust is above 5",),
    ("trust is below 1",),
    ("pick is time and ^pick is money",),
    ("trust is at least 4 and ^trust is below 2",),
    ("text is answered and ^text is skipped",),
    ("text is vague and ^text is not vague",),
    ("text is longer than 9 words and ^text is shorter than 4 words",),
    ("text mentions rushed and ^text does not mention busy",),
    ("journey has no sessions and ^journey has at least 2 sessions",),
    ("it is more than 9 days since last session and journey has no goals and ^journey has 2 goals",),
    ("count is below 0",),
    ("count is 3.5 and ^count is above 4",),
    ("last.trust is above last.trust",),
    ("last.trust is above 5",),
    ("trust is above last.trust and ^trust is at most 1",),
    ("after is answered and ^ready is no",),
    ("after is answered and ^ready is skipped",),
    ("ready is yes and ^ready is no",),
    ("pick is not time and pick is not money and ^pick is not other",),
]  # fmt: skip

POSSIBLE = [
    ("text is skipped",),
    ("text is vague", "text is dated"),
    ("trust is at least 5",),
    ("trust is at least 4 and trust is at most 4",),
    ("trust is above last.trust and trust is at most 2",),
    ("trust is below last.trust", "last.trust is below 3"),
    ("pick is time or pick is money",),
    ("pick is not time and pick is not money",),
    ("text is longer than 4 words and text is shorter than 6 words",),
    ("text mentions busy and text does not mention rushed",),
    ('text mentions "rush" and text is not low',),
    ("journey has at least 2 sessions and journey has no goals",),
    ("count is above 3 and count is below 4",),
    ("long is answered",),
    ("long is not answered",),
    ("after is not answered and ready is no",),
    ("after is answered or ready is no",),
    ("last.sure is skipped",),
    ("text repeats last.text", "text does not repeat sure"),
    ("count is above trust", "trust is above 2", "count is below last.trust"),
]  # fmt: skip


@pytest.mark.parametrize("sentences", NEVER)
def test_what_can_never_be_is_told(sentences: tuple[str, ...]) -> None:
    column = 9 + max(0, sentences[0].find("^"))
    plain = (sentence.replace("^", "") for sentence in sentences)
    assert told(reading(*plain)) == [("never-asked", f"{LINE}:{column}")]


@pytest.mark.parametrize("sentences", POSSIBLE)
def test_what_can_be_is_left_in_peace(sentences: tuple[str, ...]) -> None:
    assert told(reading(*sentences)) == []


def test_the_sentence_that_contradicts_the_others_is_shown() -> None:
    text = reading("trust is above 2", "text is vague", "trust is below 2")
    assert told(text) == [("never-asked", f"{LINE + 2}:9")]
    assert told(reading("text is vague", "sure is skipped", "ready is no")) == [
        ("never-asked", f"{LINE + 1}:9")
    ]


def test_a_message_says_whether_the_questions_it_reads_are_to_blame() -> None:
    alone = messages(reading("trust is above 5"), "never-asked")
    assert alone == ["`reader` is never asked: `trust is above 5` cannot be."]
    (others,) = messages(reading("after is answered", "ready is no"), "never-asked")
    assert others.endswith("given when the questions it reads are asked.")


ALWAYS = [
    ("sure is answered",),
    ("sure is not skipped",),
    ("text is answered or text is skipped",),
    ("text is answered or text is not answered",),
    ("journey has at least 0 sessions",),
    ("text is skipped or trust is at least 1 or trust is not answered",),
    ("after is not answered or ready is yes",),
]


@pytest.mark.parametrize("sentences", ALWAYS)
def test_what_always_is_decides_nothing(sentences: tuple[str, ...]) -> None:
    assert told(reading(*sentences)) == [("always-true", f"{LINE}:9")]


@pytest.mark.parametrize(
    "sentences",
    [
        ("trust is at least 1",),
        ("ready is yes or ready is no",),
        ("text is vague or text is not vague",),
    ],
)
def test_what_is_skipped_says_nothing(sentences: tuple[str, ...]) -> None:
    assert told(reading(*sentences)) == []


def test_one_side_of_an_or() -> None:
    assert told(reading("trust is above 5 or text is vague")) == [("never-true", f"{LINE}:9")]
    text = reading("text is vague", "sure is skipped or text is low")
    assert told(text) == [("never-true", f"{LINE + 1}:9")]
    assert messages(text, "never-true") == ["`sure is skipped` never holds (`reader`)."]
    assert told(reading("trust is above 4 or text is vague")) == []
    assert told(reading('text mentions "this or that" or text is vague')) == []


def ask(*lines: str) -> str:
    """A pack with one question that has `lines` (from line 9)."""
    return pack(
        "worked:\n  - id: one\n    ask: One?\n" + "".join(f"    {line}\n" for line in lines)
    )


def probes(*conditions: str, before: tuple[str, ...] = ()) -> str:
    lines = [line for one in conditions for line in (f"  - when: {one}", "    ask: What exactly?")]
    return ask(*before, "probe:", *lines)


def test_a_probe_that_never_asks() -> None:
    code = "probe-never-asks"
    assert found(probes("answer is skipped"), code) == ["10:15"]
    assert found(probes("answer is above 5", before=("scale: 1 to 5",)), code) == ["11:15"]
    assert found(probes("answer is above 4", before=("scale: 1 to 5",)), code) == []
    assert found(probes("answer is vague"), code) == []


def test_a_check_keeps_answers_from_a_probe() -> None:
    def checked(probe: str) -> str:
        lines = ("must:", "  - check: answer is longer than 5 words", "    say: More.")
        return probes(probe, before=lines)

    assert found(checked("answer is shorter than 4 words"), "probe-never-asks") == ["13:15"]
    assert found(checked("answer is shorter than 9 words"), "probe-never-asks") == []


def test_an_earlier_probe_takes_it_all() -> None:
    code = "probe-shadowed"
    assert found(probes("answer is vague", "answer is vague"), code) == ["12:15"]
    text = probes("answer is vague or answer is low", "answer is low and answer is dated")
    assert found(text, code) == ["12:15"]
    short = "answer is shorter than {} words"
    assert found(probes(short.format(6), short.format(4)), code) == ["12:15"]
    assert found(probes(short.format(4), short.format(6)), code) == []
    assert found(probes("answer is vague", "answer is low"), code) == []
    both = probes("answer is vague", "answer is not vague", "answer is low")
    assert found(both, code) == ["14:15"]
    assert "the ones before it" in messages(both, code)[0]


def test_a_probe_after_every_answer_says_so() -> None:
    scale = ("scale: 1 to 5",)
    assert found(probes("answer is at least 1", before=scale), "always-true") == ["11:15"]
    assert found(probes("answer is vague or answer is not vague"), "always-true") == ["10:15"]
    assert found(probes("answer is answered"), "always-true") == []
    assert found(probes("answer is at least 2", before=scale), "always-true") == []


def test_a_check_that_nobody_passes() -> None:
    def checks(kind: str, *sentences: str) -> str:
        lines = [line for one in sentences for line in (f"  - check: {one}", "    say: No.")]
        return ask(kind, "must:", *lines)

    code = "never-passes"
    assert found(checks("scale: 1 to 5", "answer is above 5"), code) == ["11:16"]
    two = checks("answer: number", "answer is at least 4", "answer is below 3")
    assert found(two, code) == ["13:16"]
    words = ("answer is longer than 9 words", "answer is shorter than 5 words")
    assert found(checks("answer: text", *words), code) == ["13:16"]
    assert (
        found(checks("answer: number", "answer is at least 0", "answer is at most 50"), code) == []
    )
    assert found(checks("scale: 1 to 5", "answer is above 4"), code) == []
    assert found(checks("scale: 1 to 5", "answer is at least 1"), "always-true") == ["11:16"]
    assert found(checks("answer: number", "answer is at least 1"), "always-true") == []


def test_a_member_that_is_never_its_turn() -> None:
    def member(when: str) -> str:
        group = "worked:\n  - id: g\n    one of:\n      - id: a\n        ask: A?\n"
        return pack(f"{group}      - id: b\n        ask: B?\n        {when}\n")

    code = "never-chosen"
    assert found(member("when: last.a is answered and last.a is skipped"), code) == ["13:38"]
    assert found(member("for: mentor"), code) == ["13:14"]
    assert found(member("when: last.a is answered"), code) == []
    assert found(member("for: mentee"), code) == []
    assert told(member("depth: deeper")) == []


def test_a_group_is_looked_at_once() -> None:
    text = pack(
        EARLIER
        + "  - id: g\n    repeat: up to 3\n    again: More?\n    when: sure is skipped\n    questions:\n"
        + "      - id: a\n        ask: A?\n      - id: b\n        ask: B?\n        when: a is vague\n"
    )
    assert told(text) == [("never-asked", "42:11")]
    assert told(text.replace("sure is skipped", "text is skipped")) == []
    within = text.replace("sure is", "text is").replace("a is vague", "a is skipped")
    assert told(within) == [("never-asked", "48:15")]


def test_each_of_a_pair_answers_alone() -> None:
    head = "for: both\nworked:\n  - id: a\n    ask: A?\n    for: mentee\n  - id: b\n    ask: B?\n"
    assert told(pack(f"{head}    for: mentor\n    when: a is vague\n")) == [
        ("never-asked", "14:11")
    ]
    assert told(pack(f"{head}    for: mentee\n    when: a is vague\n")) == []
    assert told(pack(f"{head}    when: a is vague\n")) == []
    assert told(pack("worked:\n  - id: a\n    ask: A?\n    for: mentor\n")) == [
        ("never-asked", "9:10")
    ]


def test_only_one_member_is_asked() -> None:
    head = "worked:\n  - id: g\n    one of:\n      - id: a\n        ask: A?\n      - id: b\n        ask: B?\n"
    last = "  - id: c\n    ask: C?\n    when: {}\n"
    both = pack(head + last.format("a is answered and b is answered"))
    assert told(both) == [("never-asked", "15:29")]
    assert told(pack(head + last.format("a is not answered or b is not answered"))) == [
        ("always-true", "15:11")
    ]
    assert told(pack(head + last.format("a is answered or b is answered"))) == []


def test_a_long_chain_of_conditions_costs_no_more_than_a_short_one() -> None:
    chain = "".join(
        f"  - id: q{n}\n    ask: Q{n}?\n    when: q{n - 1} is vague or q{n - 2} is low\n"
        for n in range(2, 190)
    )
    text = pack("worked:\n  - id: q0\n    ask: Q?\n  - id: q1\n    ask: Q1?\n" + chain)
    assert told(text) == []
