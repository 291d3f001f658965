"""What is said to be out of reach is so in every session the engine can have, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from reflect.dialogue.given import Given, holds
from reflect.events import Answer, Answered, LastAnswer, SessionStarted, Span, Tally
from reflect.packs.quality.check import quality
from reflect.script import Question, Script
from tests.packs.helpers import FULL, HEAD, compiled, question, script_of
from tests.packs.quality.helpers import findings, lexicon
from tests.properties.profile import ordinarily

KINDS = {
    "yesno": ("answer: yesno", ["is yes", "is no", "is not yes"]),
    "scale": ("scale: 1 to 3", ["is at least 2", "is above 3", "is below 2", "is 2", "is not 2"]),
    "choice": ("options: [a, b, c]", ["is a", "is not b", "is one of a, b"]),
    "text": (
        "answer: text",
        ["is vague", "is not vague", "is longer than 2 words", "is shorter than 2 words"],
    ),
}
SETTLED = ["is answered", "is skipped", "is not answered", "is not skipped"]
JOURNEYS = ["journey has no sessions", "journey has at least 2 sessions"]


class Asked(NamedTuple):
    """A question of the pack: `name`, its kind, and the lines under it."""

    name: str
    kind: str
    lines: tuple[str, ...]


@st.composite
def sentences(draw: st.DrawFn, earlier: list[Asked]) -> list[str]:
    """A list of conditions on `earlier`, on an earlier session's scale and on the journey."""
    plain = [f"{one.name} {form}" for one in earlier for form in SETTLED + KINDS[one.kind][1]]
    scales = [one.name for one in earlier if one.kind == "scale"]
    plain += [f"{name} is below last.{name}" for name in scales]
    plain += [f"{one} is above {other}" for one in scales for other in scales]
    one = st.sampled_from(plain + JOURNEYS)
    several = st.lists(one, min_size=2, max_size=3)
    joined = st.one_of(one, several.map(" or ".join), several.map(" and ".join))
    return draw(st.lists(joined, min_size=1, max_size=2))


@st.composite
def packs(draw: st.DrawFn) -> str:
    """A pack of two or three questions and a reader with a condition."""
    asked: list[Asked] = []
    for number in range(draw(st.integers(2, 3))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        lines = [KINDS[kind][0]]
        lines += ["skip: no"] if draw(st.booleans()) else []
        lines += ["depth: deeper"] if draw(st.integers(0, 3)) == 0 else []
        if kind == "scale" and draw(st.booleans()):
            lines += ["must:", "  - check: answer is at least 2", "    say: No."]
        if asked and draw(st.booleans()):
            lines += ["when:", *(f"  - {one}" for one in draw(sentences(asked)))]
        asked.append(Asked(f"q{number}", kind, tuple(lines)))
    asked.append(Asked("reader", "text", ("when:", *(f"  - {s}" for s in draw(sentences(asked))))))
    return (
        HEAD
        + "worked:\n"
        + "".join(
            f"  - id: {one.name}\n    ask: X?\n" + "".join(f"    {line}\n" for line in one.lines)
            for one in asked
        )
    )


def replies(
    script: Script, one: Question
) -> Iterator[tuple[Answer, dict[int, tuple[Span, ...] | None]] | None]:
    """Every reply to a question: None for skipped, else a value and what is heard."""
    if one.skip:
        yield None
    if one.kind == "yesno":
        yield from ((value, {}) for value in (True, False))
    elif one.kind == "scale":
        yield from ((value, {}) for value in (1, 2, 3) if not one.must or value >= 2)
    elif one.kind == "choice":
        yield from ((value, {}) for value in "abc")
    else:
        for count, vague in product(range(5), (True, False)):
            yield None, {n: heard(script, n, count, vague) for n in one.listen}


def heard(script: Script, number: int, count: int, vague: bool) -> tuple[Span, ...] | None:
    signal = script.signals[number]
    facts = {"cue": vague, "longer": count > signal.number, "shorter": count < signal.number}
    return () if facts[signal.kind] else None


def sessions(script: Script) -> Iterator[tuple[dict[str, Given], SessionStarted]]:
    """Every session of `script` up to its last question, as far as conditions can tell them apart."""
    questions = script.stages[0].questions()[:-1]
    lasts = [one.id for one in questions if f"last.{one.id}" in str(script)]
    numbers: list[LastAnswer | None] = [None]
    numbers += [LastAnswer("s", status="answered", value=value) for value in (1, 2, 3)]
    for length, tally in product(
        ("short", "long"), (0, 1, 2) if "journey" in str(script) else (0,)
    ):
        for last in product(numbers, repeat=len(lasts)):
            memory = {name: one for name, one in zip(lasts, last, strict=True) if one}
            started = SessionStarted(
                "",
                "",
                script.pack,
                "",
                "en",
                length,
                "",
                last=memory,
                journey=Tally(sessions=tally),
            )
            yield from (
                (answers, started) for answers in ways(script, list(questions), {}, started)
            )


def ways(
    script: Script, left: list[Question], answers: dict[str, Given], started: SessionStarted
) -> Iterator[dict[str, Given]]:
    if not left:
        yield answers
        return
    one, *rest = left
    hidden = one.deeper and started.length == "short"
    if hidden or not holds(one.when, answers, started):
        yield from ways(script, rest, answers, started)
        return
    for reply in replies(script, one):
        if reply is None:
            event = Answered(one.id, "", status="skipped")
        else:
            event = Answered(one.id, "", text="x", value=reply[0], heard=reply[1])
        answer = Given(one.id, 0, 0, event, event.value)
        yield from ways(script, rest, {**answers, one.id: answer}, started)


@ordinarily(50)
@given(packs())
def test_what_is_said_of_a_condition_is_what_every_session_shows(text: str) -> None:
    script = script_of(text)
    reader = question(script, "reader")
    seen = {holds(reader.when, answers, started) for answers, started in sessions(script)}
    told = {one.code for one in findings(text) if "`reader`" in one.message}
    assert ("never-asked" in told) == (seen == {False})
    assert ("always-true" in told) == (seen == {True})


LINES = FULL.splitlines(keepends=True)


@ordinarily(40)
@given(st.lists(st.tuples(st.integers(5, len(LINES) - 1), st.integers(1, 4)), max_size=3))
def test_nothing_is_raised_for_any_script(cuts: list[tuple[int, int]]) -> None:
    lines = list(LINES)
    for start, count in cuts:
        lines[start : start + count] = [""] * count
    result = compiled("".join(lines))
    if result.script is not None and result.tree is not None:
        found = quality(result.script, result.tree, lexicon("en"))
        assert all(one.message and one.hint and one.place.line for one in found)


@ordinarily(40)
@given(
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=60)
)
def test_nothing_is_raised_for_any_wording(wording: str) -> None:
    safe = wording.replace("\\", "").replace('"', "").replace("{", "{{")
    result = compiled(f'{HEAD}worked:\n  - id: one\n    ask: "{safe} x"\n    how: "{safe} y"\n')
    if result.script is not None and result.tree is not None:
        for language in ("en", "de", "es"):
            quality(result.script, result.tree, lexicon(language))
