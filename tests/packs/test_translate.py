"""A translation holds ids and texts only; what it lacks stays in the pack's own language."""

from __future__ import annotations

from reflect.diagnostics import Severity
from reflect.script import Repeat
from tests.packs.helpers import codes, compiled, files, question, script_of
from tests.packs.test_extend import on_top

SOURCE = """\
reflect: 1
pack: trial
version: 2.0.0
title: A trial
language: en
about: About.
words:
  busy: [no time]
  calm: [at ease]
core:
  due: By when, then?
worked:
  - id: one
    ask: [One?, Or one?]
    how: How.
    must:
      - check: answer is longer than 1 words
        say: More, please.
    probe:
      - id: named
        when: answer mentions busy
        ask: Named?
        fires: no time
      - when: answer is vague
        ask: Second?
  - id: pick
    ask: Pick?
    options:
      - time: Time
      - money: Money
adjust:
  - id: loop
    repeat: up to 2
    again: Again?
    questions:
      - id: step
        ask: Step?
"""

GERMAN = """\
reflect: 1
pack: trial
language: de
title: Ein Versuch
about: Worum es geht.
words:
  busy: [keine Zeit]
  calm: [ruhig]
core:
  due: Bis wann denn?
worked:
  - id: one
    ask: Eins, {mentee}?
    how: Wie.
    must:
      - say: Mehr, bitte.
    probe:
      - ask: Zweitens?
      - id: named
        ask: Genannt?
        fires: keine Zeit
  - id: pick
    ask: Was?
    options:
      - time: Zeit
      - money: Geld
adjust:
  - id: loop
    again: Nochmal?
    questions:
      - id: step
        ask: Schritt?
"""


def test_every_text_is_taken_from_the_translation() -> None:
    script = script_of(files(SOURCE, de=GERMAN), language="de")
    assert (script.language, script.title, script.about) == ("de", "Ein Versuch", "Worum es geht.")
    one = question(script, "one")
    assert one.ask[0][0] == "Eins, "
    assert len(one.ask) == 1
    assert one.how == ("Wie.",)
    assert one.must[0].say == ("Mehr, bitte.",)
    assert script.signals[1].words == ("keine Zeit",)
    assert [option.label for option in question(script, "pick").options] == ["Zeit", "Geld"]
    loop = script.stages[0].adjust[0]
    assert isinstance(loop, Repeat)
    assert loop.again == (("Nochmal?",),)
    assert loop.questions[0].ask == (("Schritt?",),)


def test_the_conditions_stay_those_of_the_pack() -> None:
    one = question(script_of(files(SOURCE, de=GERMAN), language="de"), "one")
    assert [probe.when.text for probe in one.probes] == ["answer mentions busy", "answer is vague"]


def test_probes_match_by_id_else_by_order() -> None:
    one = question(script_of(files(SOURCE, de=GERMAN), language="de"), "one")
    assert one.probes[0].ask == (("Genannt?",),)
    assert one.probes[0].fires == ("keine Zeit",)


def test_core_speaks_the_language_and_keeps_what_the_pack_says() -> None:
    core = script_of(files(SOURCE, de=GERMAN), language="de").core
    assert core["hello"].ask[0][0] == "Hallo "
    assert core["due"].ask == (("Bis wann denn?",),)
    assert [option.label for option in core["promise"].options] == ["Gehalten", "No longer"]
    assert script_of(files(SOURCE, de=GERMAN)).core["hello"].ask[0][0] == "Hello "


def test_a_language_that_is_not_there_is_the_pack_s_own() -> None:
    script = script_of(files(SOURCE, de=GERMAN), language="fr")
    assert (script.language, script.title) == ("en", "A trial")
    assert script_of(files(SOURCE, de=GERMAN), language="en").title == "A trial"


def test_a_missing_text_falls_back_with_a_warning() -> None:
    german = GERMAN.replace("    how: Wie.\n", "").replace("      - money: Geld\n", "")
    result = compiled(files(SOURCE, de=german), language="de")
    assert result.script is not None
    assert question(result.script, "one").how == ("How.",)
    assert question(result.script, "pick").options[1].label == "Money"
    missing = [d for d in result.diagnostics if d.code == "missing-translation"]
    assert [d.message for d in missing if "how" in d.message or "money" in d.message]
    assert {d.severity for d in missing} == {Severity.WARNING}
    assert {d.place.file for d in missing} == {"de.yaml"}


def test_what_the_pack_does_not_have_is_warned_of() -> None:
    german = GERMAN.replace("id: pick", "id: pikc")
    result = compiled(files(SOURCE, de=german), language="de")
    (found,) = [d for d in result.diagnostics if d.code == "unknown-translation"]
    assert found.hint == "Did you mean `pick`?"
    assert result.script is not None


def test_a_condition_in_a_translation_is_refused() -> None:
    german = GERMAN.replace("    how: Wie.\n", "    when: last.one is answered\n")
    assert codes(compiled(files(SOURCE, de=german), language="de")) == ["not-translated"]


def test_the_translation_of_another_pack_is_refused() -> None:
    german = GERMAN.replace("pack: trial", "pack: other").replace("language: de", "language: fr")
    assert codes(compiled(files(SOURCE, de=german), language="de")) == ["other-pack"] * 2


def test_a_stale_translation_is_warned_of() -> None:
    german = f"{GERMAN}marks:\n  pack: aaaaaaaa\n"
    result = compiled(files(SOURCE, de=german), language="de")
    assert "stale-translation" in codes(result, warnings=True)
    assert result.script is not None


def test_a_placeholder_in_a_translation_is_checked() -> None:
    german = GERMAN.replace("Wie.", "Wie, {mentro}?")
    result = compiled(files(SOURCE, de=german), language="de")
    assert codes(result) == ["unknown-placeholder"]
    (found,) = [d for d in result.diagnostics if d.code == "unknown-placeholder"]
    assert found.place.file == "de.yaml"


def test_a_base_speaks_its_own_translation() -> None:
    mine = on_top("adjust:\n  - id: new\n    ask: New?\n", extends="trial")
    german = (
        "reflect: 1\npack: mine\nlanguage: de\ntitle: Meins\nadjust:\n  - id: new\n    ask: Neu?\n"
    )
    base = files(SOURCE, de=GERMAN)
    script = script_of(files(mine, de=german), language="de", bases={"trial": base})
    assert question(script, "step").ask == (("Schritt?",),)
    assert question(script, "new").ask == (("Neu?",),)
    assert script.title == "Meins"


def test_a_pack_may_translate_a_base_that_nobody_translated() -> None:
    mine = on_top("", extends="trial")
    german = (
        "reflect: 1\npack: mine\nlanguage: de\ntitle: Meins\nworked:\n  - id: one\n    ask: Eins?\n"
    )
    result = compiled(files(mine, de=german), language="de", bases={"trial": files(SOURCE)})
    assert result.script is not None
    assert question(result.script, "one").ask == (("Eins?",),)
    assert "unknown-translation" not in codes(result, warnings=True)


def test_marks_are_names_with_texts() -> None:
    found = compiled(files(SOURCE, de=f"{GERMAN}marks: abcd1234\n"), language="de").diagnostics
    wrong = [one for one in found if one.code == "wrong-shape"]
    assert [one.place.file for one in wrong] == ["de.yaml"]
