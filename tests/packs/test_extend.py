"""A pack that extends another changes only what it writes."""

from __future__ import annotations

from reflect.packs.compile import PackFiles, PackText
from reflect.script import OneOf, Script, Single, questions_of
from tests.packs.helpers import codes, compiled, files, question, script_of

BASE = """\
reflect: 1
pack: base
version: 1.0.0
title: Base
language: en
share: no
words:
  busy: [no time]
  calm: [at ease]
core:
  hello: Hello from the base, {mentee}.
opening:
  - id: talk
    ask: What did you talk about?
    how: The subject.
    probe:
      - when: answer mentions busy
        ask: What exactly?
worked:
  - id: sides
    one of:
      - id: left
        ask: Left?
      - id: right
        ask: Right?
  - id: kept
    ask: What to keep?
adjust:
  - id: snag
    ask: What slowed you down?
"""


def on_top(body: str, extends: str = "base", name: str = "mine") -> str:
    """A pack that extends."""
    return f"reflect: 1\npack: {name}\nversion: 2.0.0\ntitle: Mine\nlanguage: en\nextends: {extends}\n{body}"


def resolved(body: str) -> Script:
    """The script of a pack on top of the base."""
    return script_of(on_top(body), bases={"base": files(BASE)})


def ids(script: Script, phase: str) -> list[str]:
    """The ids of the questions of a phase of the first stage."""
    blocks = getattr(script.stages[0], phase)
    return [member.id for block in blocks for member in questions_of(block)]


def test_nothing_written_changes_nothing_but_the_name() -> None:
    script = resolved("")
    assert (script.pack, script.version, script.title) == ("mine", "2.0.0", "Mine")
    assert [(stage.id, stage.title) for stage in script.stages] == [("mine", "Mine")]
    assert ids(script, "worked") == ["left", "right", "kept"]
    assert question(script, "kept").share == "no"


def test_a_base_id_changes_only_the_keys_written() -> None:
    talk = question(resolved("opening:\n  - id: talk\n    how: Where and when.\n"), "talk")
    assert talk.how == ("Where and when.",)
    assert talk.ask == (("What did you talk about?",),)
    assert talk.probes[0].ask == (("What exactly?",),)


def test_a_new_question_stands_after_the_one_above_it() -> None:
    body = (
        "worked:\n  - id: first\n    ask: First?\n  - sides\n"
        "  - id: second\n    ask: Second?\n  - id: third\n    ask: Third?\n"
    )
    assert ids(resolved(body), "worked") == ["first", "left", "right", "second", "third", "kept"]


def test_a_group_takes_new_members_and_keys() -> None:
    body = (
        "worked:\n  - id: sides\n    depth: deeper\n    one of:\n"
        "      - left\n      - id: middle\n        ask: Middle?\n"
    )
    group = resolved(body).stages[0].worked[0]
    assert isinstance(group, OneOf)
    assert group.deeper
    assert [member.id for member in group.members] == ["left", "middle", "right"]


def test_a_member_is_changed_by_its_id_alone() -> None:
    script = resolved("worked:\n  - id: right\n    skip: no\n")
    assert not question(script, "right").skip
    assert ids(script, "worked") == ["left", "right", "kept"]


def test_retired_leaves_a_question_out_and_an_empty_list_deletes_nothing() -> None:
    script = resolved("retired: [kept]\nadjust: []\nopening:\n  - id: talk\n    probe: []\n")
    assert ids(script, "worked") == ["left", "right"]
    assert ids(script, "adjust") == ["snag"]
    assert question(script, "talk").probes


def test_a_retired_question_cannot_be_read() -> None:
    body = "retired: [talk]\nworked:\n  - id: new\n    ask: New?\n    when: talk is answered\n"
    result = compiled(on_top(body), bases={"base": files(BASE)})
    assert codes(result) == ["unknown-name"]


def test_words_and_core_go_on_by_name() -> None:
    script = resolved("words:\n  busy: [rushed]\n")
    assert script.signals[0].words == ("rushed",)
    assert script.core["hello"].ask[0][0] == "Hello from the base, "
    over = resolved("core:\n  hello: Hello from me.\n")
    assert over.core["hello"].ask == (("Hello from me.",),)


def test_a_new_stage_joins_those_of_the_base() -> None:
    body = "stages:\n  - id: more\n    title: More\n    worked:\n      - id: extra\n        ask: Extra?\n"
    script = resolved(body)
    assert {stage.id for stage in script.stages} == {"base", "more"}


def test_packs_stand_on_packs() -> None:
    middle = on_top("opening:\n  - id: talk\n    how: From the middle.\n", name="middle")
    top = on_top("adjust:\n  - id: snag\n    how: From the top.\n", extends="middle")
    bases: dict[str, PackFiles] = {"base": files(BASE), "middle": files(middle)}
    script = script_of(top, bases=bases)
    assert question(script, "talk").how == ("From the middle.",)
    assert question(script, "snag").how == ("From the top.",)
    assert script.stages[0].id == "mine"


def test_a_cycle_of_packs_is_told() -> None:
    bases = {"a": files(on_top("", "b", "a")), "b": files(on_top("", "a", "b"))}
    assert codes(compiled(on_top("", "a"), bases=bases)) == ["base-cycle"]


def test_a_mistake_in_the_base_is_told_with_its_place() -> None:
    bases = {"base": files(BASE.replace("share: no", "shrae: no"))}
    assert codes(compiled(on_top(""), bases=bases)) == ["unknown-key"]


def test_a_question_does_not_move() -> None:
    result = compiled(on_top("adjust:\n  - id: talk\n    how: x\n"), bases={"base": files(BASE)})
    assert codes(result) == ["wrong-phase"]


def test_a_question_of_the_base_finds_its_stage() -> None:
    base = (
        "reflect: 1\npack: base\nversion: 1\ntitle: Base\nlanguage: en\nstages:\n"
        "  - id: a\n    title: A\n    worked:\n      - id: in-a\n        ask: In a?\n"
        "  - id: b\n    title: B\n    worked:\n      - id: in-b\n        ask: In b?\n"
    )
    body = "worked:\n  - in-b\n  - id: new\n    ask: New?\n  - id: in-a\n    skip: no\n"
    script = script_of(on_top(body), bases={"base": files(base)})
    worked = [[b.question.id for b in s.worked if isinstance(b, Single)] for s in script.stages]
    assert worked == [["in-a"], ["in-b", "new"]]
    assert not question(script, "in-a").skip


def test_every_question_knows_whose_words_it_is_in() -> None:
    base = PackFiles("yours", PackText("base.yaml", BASE.encode()))
    body = "adjust:\n  - id: snag\n    ask: What held you up?\n  - id: new\n    ask: And then?\n"
    script = script_of(on_top(body), bases={"base": base})
    origins = {one.id: one.origin for stage in script.stages for one in stage.questions()}
    assert origins["kept"] == origins["left"] == "base 1.0.0"
    assert origins["snag"] == origins["new"] == ""
