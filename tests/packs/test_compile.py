"""A pack with every key of the format becomes the script that it says."""

from __future__ import annotations

import pytest

from reflect.packs.compile import compile_pack
from reflect.script import (
    Compare,
    CoreText,
    DaysSince,
    Hears,
    Includes,
    IsSettled,
    IsValue,
    Journey,
    OneOf,
    Option,
    Placeholder,
    Repeat,
    Signal,
    Single,
)
from tests.packs.helpers import (
    CORE,
    CUES,
    FULL,
    HEAD,
    codes,
    compiled,
    files,
    pack,
    question,
    script_of,
)

SMALLEST = """\
reflect: 1
pack: ward-debrief
version: 1.0.0
title: After the shift
language: en

worked:
  - id: calm
    ask: When did you feel calm on the ward this week?
adjust:
  - id: snag
    ask: What slowed you down?
next:
  - id: step
    ask: What will you do before you meet {mentor}?
    keep: action
"""


@pytest.mark.parametrize(
    "line", ["ask: []", "ask: A?\n    probe:\n      - when: answer is vague\n        ask: []"]
)
def test_a_list_of_texts_is_not_empty(line: str) -> None:
    result = compiled(f"{SMALLEST}\nopening:\n  - id: storm\n    {line}\n")
    assert codes(result) == ["empty-text"] and result.script is None


def test_the_smallest_pack_has_one_stage_named_like_itself() -> None:
    script = script_of(SMALLEST)
    assert [(stage.id, stage.title) for stage in script.stages] == [
        ("ward-debrief", "After the shift")
    ]
    assert script.is_reflection
    assert question(script, "step").ask == (
        ("What will you do before you meet ", Placeholder("mentor"), "?"),
    )
    assert question(script, "calm").share == "yes"
    assert question(script, "step").line == 14


def test_an_absent_list_is_empty() -> None:
    assert script_of(SMALLEST.replace("adjust:\n", "opening:\nadjust:\n")).stages[0].opening == ()


def test_every_key_of_a_pack_reaches_the_script() -> None:
    script = script_of(FULL)
    assert (script.pack, script.version, script.title) == ("full", "1.10", "Everything")
    assert (script.about, script.origin, script.source) == (
        "A pack that uses every key.",
        "Nobody's method",
        "yours",
    )
    assert script.audience == "both"
    assert script.signs == ("you want to see everything",)
    stage = script.stages[0]
    assert (stage.id, stage.title, stage.aim) == ("work", "Under way", "Keep going.")
    assert stage.signs == ("you are well under way",)
    assert stage.lifecycle == ("work", "goals")
    assert compiled(FULL).script.renamed == {"old-calm": "calm"}


def test_every_key_of_a_question_reaches_the_script() -> None:
    script = script_of(FULL)
    calm = question(script, "calm")
    assert calm.how == ("One moment is enough.",)
    assert calm.example == ("On Tuesday: the round went well.",)
    assert calm.note == ("Listen.",)
    assert (calm.kind, calm.keep, calm.skip, calm.deeper) == ("text", "win", True, False)
    assert calm.must[0].say == ("A few words more, please.",)
    assert [probe.id for probe in calm.probes] == ["what", "2"]
    assert calm.probes[0].ask[0][1] == Placeholder("quote")
    assert calm.probes[0].ask[0][3] == Placeholder("match")
    assert calm.probes[0].fires == ("It was fine",)
    assert calm.probes[0].quiet == ("She repeated my worry back to me",)
    trust = question(script, "trust")
    assert (trust.kind, trust.low, trust.high, trust.labels) == (
        "scale",
        1,
        5,
        ("not at all", "fully"),
    )
    assert not trust.skip
    hindrance = question(script, "hindrance")
    assert hindrance.kind == "choice"
    assert [option.id for option in hindrance.options] == ["time", "nobody-asks-me", "other"]
    assert hindrance.options[0] == Option("time", "Not enough time")
    helpers = question(script, "helpers")
    assert (helpers.kind, helpers.audience) == ("several", "mentee")
    ready = question(script, "ready")
    assert (ready.kind, ready.moves_to, ready.deeper) == ("yesno", "review", True)
    assert question(script, "meet").kind == "date"
    assert question(script, "anything").kind == "line"


def test_groups_reach_the_script() -> None:
    stage = script_of(FULL).stages[0]
    (sides,) = stage.worked
    assert isinstance(sides, OneOf)
    assert (sides.id, sides.deeper) == ("sides", True)
    assert [member.id for member in sides.members] == ["left", "right"]
    assert sides.when is not None
    assert sides.when.groups == ((Journey("action", 2),),)
    steps, meet = stage.next
    assert isinstance(steps, Repeat)
    assert (steps.id, steps.limit, steps.again) == ("steps", 3, (("Another step?",),))
    assert isinstance(meet, Single)


def test_conditions_become_tests_and_numbered_signals() -> None:
    script = script_of(FULL)
    anything = question(script, "anything").when
    assert anything is not None
    first, second, third = anything.groups
    assert first == (IsSettled("calm", "answered", True), Includes("helpers", "boss"))
    assert second == (DaysSince(10),)
    assert isinstance(third[0], Hears)
    assert third[0].negated
    assert script.signals[third[0].signal] == Signal("calm", "mentions", words=("no idea",))
    assert anything.line == 122
    count = question(script, "count").when
    assert count is not None
    assert count.groups == ((Compare("trust", "below", other="last.trust"),),)
    steps = script.stages[0].next[0]
    assert isinstance(steps, Repeat)
    assert steps.when is not None
    assert steps.when.groups == ((IsValue("hindrance", ("time", "other")),),)


def test_each_question_listens_for_its_own_signals() -> None:
    script = script_of(FULL)
    heard = [script.signals[number] for number in question(script, "calm").listen]
    assert Signal("calm", "cue", name="vague") in heard
    assert Signal("calm", "mentions", name="busy", words=("no time", "rush*")) in heard
    assert Signal("calm", "repeats", other="last.calm") in heard
    assert {signal.subject for signal in heard} == {"calm"}
    assert [script.signals[n].subject for n in script.last_signals] == ["last.step"]
    assert len(set(script.signals)) == len(script.signals)


def test_reads_names_every_answer_a_condition_reads() -> None:
    script = script_of(FULL)
    assert question(script, "anything").reads == ("calm", "helpers", "last.step")
    assert question(script, "count").reads == ("last.trust", "trust")
    assert question(script, "calm").reads == ()


def test_reads_of_a_member_hold_those_of_its_group() -> None:
    script = script_of(FULL)
    assert question(script, "sure").reads == ("hindrance", "step")
    assert question(script, "step").reads == ("hindrance",)


def test_core_is_whole_and_overridden_by_id() -> None:
    script = script_of(FULL)
    assert script.core["hello"] == CoreText((("Good to see you, ", Placeholder("mentee"), "."),))
    assert script.core["due"].ask[1][1] == Placeholder("engine", "what")
    assert [option.label for option in script.core["promise"].options] == ["Done", "No longer"]
    assert script.core["promise"].how == ("One word is enough.",)


def test_core_itself_compiles_without_questions() -> None:
    result = compile_pack(
        files(CORE), language=None, core=files(CORE), library=lambda _: None, vocabulary=CUES
    )
    assert result.script is not None
    assert (result.script.pack, result.script.stages) == ("core", ())
    assert set(result.script.core) == {"hello", "due", "promise"}


def test_everything_wrong_is_told_at_once_by_place() -> None:
    result = compiled(
        pack("""\
            wroked: []
            worked:
              - id: one
                ask: Hello {mentr}
                when: two is answered
              - id: one
                ask:
                deptth: deeper
            """)
    )
    assert result.script is None
    assert codes(result) == [
        "unknown-key",
        "unknown-placeholder",
        "unknown-name",
        "duplicate-id",
        "empty-text",
        "unknown-key",
    ]
    assert list(result.diagnostics) == sorted(result.diagnostics, key=lambda found: found.place)
    assert result.diagnostics[0].hint == "Did you mean `worked`?"


def test_a_place_points_at_the_offending_word() -> None:
    result = compiled(pack("worked:\n  - id: one\n    ask: Hello {mentr}\n"))
    assert [str(d.place) for d in result.diagnostics if d.code == "unknown-placeholder"] == [
        "pack.yaml:8:16"
    ]


def test_versions_stay_texts() -> None:
    assert script_of(pack("worked:\n  - id: one\n    ask: Why?\n", HEAD)).version == "1.10"


def test_no_text_has_more_wordings_than_anybody_would_write() -> None:
    many = "".join(f"      - Question {number}?\n" for number in range(201))
    result = compiled(pack(f"worked:\n  - id: one\n    ask:\n{many}"))
    assert "too-large" in codes(result)
