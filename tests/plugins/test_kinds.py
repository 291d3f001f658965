"""A plug-in's kind of answer, from the pack that names it to the mentee who reads what is needed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from reflect.events import Expectation
from reflect.listening.cues import Cue, Unheard, builtin_cues
from reflect.listening.ear import Ear
from reflect.listening.kinds import AnswerKind
from reflect.packs.compile import Compiled, PackFiles, PackText, compile_pack
from reflect.packs.location import read_files
from reflect.plugins.shipped import shipped_core
from reflect.script import Lexicon, Question, Script, Vocabulary
from tests.plugins.made import joined, plugin
from tests.plugins.world import GOOD, World

PACK = """\
reflect: 1
pack: ward
version: "1"
title: A ward
language: en
worked:
  - id: where
    ask: Which room was it?
    how: A letter and a number.
    example: B12
    answer: room
adjust:
  - id: adjust
    ask: What would you change?
    how: One thing.
    example: I would ask first.
next:
  - id: next
    ask: What will you do?
    how: One thing.
    example: Ask Sam, by Friday.
    keep: action
"""
VOCABULARY = Vocabulary({}, {"room": "a room"})
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def compiled(pack: str, vocabulary: Vocabulary = VOCABULARY) -> Compiled:
    return compile_pack(
        PackFiles("yours", PackText("pack.yaml", pack.encode())),
        language=None,
        core=read_files(shipped_core()),
        library=lambda name: None,
        vocabulary=vocabulary,
    )


def question(script: Script | None, name: str) -> Question:
    assert script is not None
    return next(one for one in script.stages[0].questions() if one.id == name)


def test_a_pack_names_it_and_the_question_is_a_line_with_a_check() -> None:
    found = question(compiled(PACK).script, "where")
    assert (found.kind, found.check, found.is_text) == ("line", "room", True)
    assert question(compiled(PACK).script, "next").check == ""


def test_a_name_that_nobody_brings_is_an_error_with_the_nearest() -> None:
    wrong = compiled(PACK.replace("answer: room", "answer: roome"))
    (error,) = [one for one in wrong.diagnostics if one.code == "unknown-word"]
    assert (error.place.line, error.hint) == (11, "Did you mean `room`?")
    assert compiled(PACK, Vocabulary({})).script is None


@pytest.mark.parametrize("more", ["scale: 1 to 5", "options: [a, b]"])
def test_it_goes_with_no_other_kind(more: str) -> None:
    both = compiled(PACK.replace("answer: room", f"answer: room\n    {more}"))
    assert both.script is None
    assert "conflicting-keys" in [one.code for one in both.diagnostics]


def test_the_ear_hands_down_what_is_needed_and_leaves_the_text() -> None:
    kind = AnswerKind("room", "a room", lambda text: None if text == "B12" else "Such as B12.")
    ear = Ear(Lexicon("en", {}), (), (kind,))
    wrong = ear.hear(" nowhere ", Expectation(kind="line", check="room"), NOW)
    assert (wrong.text, wrong.complaint) == (" nowhere ", "Such as B12.")
    assert ear.hear(" B12 ", Expectation(kind="line", check="room"), NOW).complaint == ""
    assert ear.hear("x", Expectation(kind="line"), NOW).complaint == ""
    assert ear.hear("x", Expectation(kind="line", check="gone"), NOW).complaint == ""
    assert ear.hear("", Expectation(kind="line", check="room"), NOW).complaint == ""


def test_in_a_conversation_the_question_stays_until_the_answer_will_do(world: World) -> None:
    world.install("sound", GOOD)
    (world.home / "packs").mkdir(parents=True)
    (world.home / "packs" / "ward.yaml").write_text(PACK)
    world.several(("plugins",))
    done = world.reflect("--pack", "ward", typed="Amina\nDaniel\n1\n1\nnowhere\nB12\n\n\n\n\n")
    assert done.code == 0, done
    assert "Such as B12." in done.out
    shown = json.loads(world.reflect("export", "--format", "json").out)
    assert shown["turns"][0]["answer"] == "B12"


def test_house_rules_are_warnings_at_the_question() -> None:
    from reflect.packs.places import Places
    from reflect.packs.rules import LintRule, rule_findings

    made = compiled(PACK)
    assert made.script is not None and made.tree is not None

    def check(script: Script) -> list[tuple[str, str]]:
        script.core.clear()
        return [("adjust", "Hm."), ("no-such", "What?")]

    plugins = joined(plugin("a", reflect_lint_rules=lambda: [LintRule("hm", "Mend it.", check)]))
    first, second = rule_findings(plugins.lint_rules(), made.script, Places(made.tree))
    assert (first.code, first.severity, first.place.line) == ("hm", "warning", 13)
    assert (first.message, first.hint, second.message) == ("Hm.", "Mend it.", "What?")
    assert made.script.core, "a rule reached what is not its own"


@pytest.mark.parametrize("result", [1, [1], [("a",)], [("a", 2)], "ab", [("a", "b", "c")]])
def test_a_rule_that_gives_something_else_finds_nothing(result: object) -> None:
    from reflect.packs.rules import LintRule

    rule = LintRule("hm", "x", lambda script: result)  # type: ignore[arg-type, return-value]
    plugins = joined(plugin("a", reflect_lint_rules=lambda: [rule]))
    script = compiled(PACK).script
    assert script is not None
    assert plugins.lint_rules()[0].check(script) == ()
    assert len(plugins.diagnostics) == 1


# --- calls between an answer and the next question ---


@pytest.mark.parametrize("result", [7, "", "  ", b"no", ["no"]])
def test_a_check_that_gives_something_else_lets_answers_pass(result: object) -> None:
    kind = AnswerKind("room", "a room", lambda text: result)  # type: ignore[arg-type, return-value]
    plugins = joined(plugin("a", reflect_answer_kinds=lambda: [kind]))
    assert plugins.kinds()[0].check("x") is None
    assert [one.code for one in plugins.diagnostics] == ["plugin-bad-result"]


def test_what_a_check_says_is_harmless_and_short() -> None:
    kind = AnswerKind("room", "a room", lambda text: "\x1b[31mno " + "x" * 100_000)
    said = joined(plugin("a", reflect_answer_kinds=lambda: [kind])).kinds()[0].check("x")
    assert said is not None and "\x1b" not in said and len(said) <= 300


def test_three_failures_and_a_plugin_is_left_alone() -> None:
    calls: list[str] = []

    def check(text: str) -> None:
        calls.append(text)
        raise ValueError(text)

    kind = AnswerKind("room", "a room", check)
    plugins = joined(plugin("a", reflect_answer_kinds=lambda: [kind]))
    for _ in range(9):
        assert plugins.kinds()[0].check("a secret") is None
    assert len(calls) == 3
    assert [one.code for one in plugins.diagnostics] == ["plugin-failed", "plugin-off"]
    assert "secret" not in str(plugins.diagnostics)


def test_a_cue_that_fails_claims_nothing_and_the_others_are_heard() -> None:
    from reflect.events import Listen
    from reflect.script import Signal

    def breaks(said: object) -> None:
        said.language.lexicon.lists.clear()  # type: ignore[attr-defined]
        raise ValueError

    bad = Cue("bad", "breaks", breaks)
    odd = Cue("odd", "odd", lambda said: [("a", "b")])  # type: ignore[arg-type, return-value]
    good = Cue("good", "hears", lambda said: ((0, 3),))  # type: ignore[arg-type, return-value]
    plugins = joined(
        plugin("a", reflect_cues=lambda: [bad, odd]), plugin("b", reflect_cues=lambda: [good])
    )
    lexicon = Lexicon("en", {"hedged": ("maybe",)})
    ear = Ear(lexicon, plugins.cues())
    listen = tuple(
        Listen(number, Signal("x", "cue", name))
        for number, name in enumerate(("bad", "odd", "good", "hedged"))
    )
    heard = ear.hear("maybe so", Expectation(listen=listen), NOW).heard
    assert set(heard) == {2, 3} and heard[2] == ((0, 3),) and heard[3]
    assert lexicon.lists, "a cue reached what is not its own"
    assert {one.code for one in plugins.diagnostics} == {"plugin-failed", "plugin-bad-result"}
    assert len(plugins.cues()) == len(builtin_cues()) + 3
    with pytest.raises(Unheard):
        next(cue for cue in plugins.cues() if cue.name == "bad").hear(None)  # type: ignore[arg-type]
