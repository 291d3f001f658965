"""`reflect pack test`: what its stories show of a pack, on a screen and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import Run

PACK = """\
reflect: 1
pack: trial
version: 1.0.0
title: A trial
language: en
worked:
  - id: calm
    ask:
      - When did you feel calm?
      - Which hour was a calm one?
    probe:
      - when: answer is vague
        ask: What exactly?
  - id: count
    ask: How many?
    answer: number
    when: calm is answered
"""
GERMAN = """\
reflect: 1
pack: trial
language: de
title: Ein Versuch
worked:
  - id: calm
    ask:
      - Wann warst du ruhig?
      - Welche Stunde war ruhig?
    probe:
      - ask: Was genau?
  - id: count
    ask: Wie viele?
"""
STORIES = """\
- story: a thin answer gets one probe
  stage: trial
  talk:
    - bot: feel calm
    - me: It was fine
    - bot: What exactly
    - me: ""
    - bot: How many
    - me: "3"
- story: nothing to say
  stage: trial
  talk:
    - bot: feel calm
    - me: skip
"""
FAILING = """\
story: the bot says something else
stage: trial
talk:
  - bot: feel calm
  - me: She waited until I had finished and then read it back to me
  - bot: Who told <you> & whom?
"""
DE = "story: auf Deutsch\nstage: trial\nlanguage: de\ntalk:\n  - bot: Wann warst\n  - me: skip\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "trial"
    (folder / "stories").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK)
    (folder / "stories" / "en.yaml").write_text(STORIES)
    return folder


def add(pack: Path, text: str, name: str = "z") -> None:
    (pack / "stories" / f"{name}.yaml").write_text(text)


def test_each_story_and_what_they_leave_out(run: Run, pack: Path) -> None:
    done = run("pack", "test", str(pack))
    lines = done.out.splitlines()
    assert lines[:2] == ["passed  a thin answer gets one probe", "passed  nothing to say"]
    assert "questions asked         2 of 2" in lines
    assert "wordings used           2 of 3" in lines
    assert "probes that are quiet   0 of 1" in lines
    assert lines[-1] == (
        f"{pack}/pack.yaml:12:15: probe 1 of `calm` is never quiet (answer is vague)"
    )
    assert (done.code, done.err) == (0, "2 stories, none failed.\n")


def test_a_failure_shows_the_way_there(run: Run, pack: Path) -> None:
    add(pack, FAILING)
    done = run("pack", "test", str(pack))
    assert (done.code, done.err) == (1, "3 stories, 1 failed.\n")
    at = done.out.splitlines().index("FAILED  the bot says something else")
    assert done.out.splitlines()[at + 1 : at + 11] == [
        f"  at        {pack}/stories/z.yaml:6:5",
        "  expected  bot: Who told <you> & whom?",
        '  instead   "She waited until I had finished". Noted.',
        "            How many?",
        "  so far",
        "    bot     When did you feel calm?",
        "    me      She waited until I had finished and then read it",
        "            back to me",
        '    bot     "She waited until I had finished". Noted.',
        "    bot     How many?",
    ]
    assert all(len(line) <= 60 for line in done.out.splitlines() if str(pack) not in line)


def test_only_some_stories(run: Run, pack: Path) -> None:
    done = run("pack", "test", str(pack), "--story", "GETS one")
    assert (done.code, done.out) == (0, "passed  a thin answer gets one probe\n")
    assert "percent" in run("pack", "test", str(pack), "--story", "gets", "--json").out
    none = run("pack", "test", str(pack), "--story", "no such")
    assert (none.code, none.out) == (2, "")
    assert none.err.startswith("no-such-story: ")


def test_stories_of_several_languages(run: Run, pack: Path) -> None:
    (pack / "translations").mkdir()
    (pack / "translations" / "de.yaml").write_text(GERMAN)
    add(pack, DE)
    assert run("pack", "test", str(pack)).err == "3 stories, none failed.\n"
    done = run("pack", "test", str(pack), "--language", "de")
    assert done.out == "passed  auf Deutsch\n"
    assert run("pack", "test", str(pack), "--language", "en").out.count("passed") == 2


def test_errors_of_a_translation_count(run: Run, pack: Path) -> None:
    (pack / "translations").mkdir()
    (pack / "translations" / "de.yaml").write_text(GERMAN.replace("wann", "").replace("ask", "aks"))
    add(pack, DE)
    done = run("pack", "test", str(pack))
    assert done.code == 1
    assert f"{pack}/translations/de.yaml:7:" in done.out


# --- how much is enough ------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 0), (("--coverage", "80"), 0), (("--coverage", "90"), 1), (("--strict",), 1)],
)
def test_too_little_is_a_failure(run: Run, pack: Path, options: tuple[str, ...], code: int) -> None:
    done = run("pack", "test", str(pack), *options)
    assert done.code == code
    assert ("The stories reach 83 of a hundred" in done.err) == bool(code)


def test_stories_that_tell_everything_are_enough(run: Run, pack: Path) -> None:
    add(
        pack,
        "story: a full answer\nstage: trial\ntalk:\n  - bot: feel calm\n"
        "  - me: She read my list back to me before she said anything\n  - bot: How many\n  - me: '1'\n",
    )
    assert run("pack", "test", str(pack), "--strict").code == 0
    unused = run("pack", "test", str(pack), "--wordings").out.splitlines()[-1]
    assert unused == f"{pack}/pack.yaml:10:9: wording 2 of `calm` is never used"


def test_what_excludes_each_other(run: Run, pack: Path) -> None:
    assert run("pack", "test", str(pack), "--strict", "--coverage", "5").code == 2
    assert run("pack", "test", str(pack), "--coverage", "101").code == 2


# --- what is wrong -----------------------------------------------------------------


def test_a_pack_without_stories_is_told_how_to_make_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "trial.yaml"
    file.write_text(PACK)
    done = run("pack", "test", str(file))
    assert (done.code, done.out) == (0, "")
    assert "reflect pack try" in done.err and "/save story" in done.err
    assert run("pack", "test", str(file), "--strict").code == 1


def test_a_pack_with_errors_is_not_played(run: Run, pack: Path) -> None:
    (pack / "pack.yaml").write_text(PACK.replace("calm is answered", "clam is answered"))
    done = run("pack", "test", str(pack))
    assert (done.code, "unknown-name" in done.out) == (1, True)
    assert done.err == "The pack has errors; no story was played.\n"
    found = json.loads(run("pack", "test", str(pack), "--json").out)
    assert (found["pack"], found["passed"], found["coverage"]) == (None, False, None)
    assert found["diagnostics"][0]["code"] == "unknown-name"


def test_a_story_that_cannot_be_read(run: Run, pack: Path) -> None:
    add(pack, "story: half\ntalk:\n  - me\n")
    done = run("pack", "test", str(pack))
    assert done.code == 1
    assert f"{pack}/stories/z.yaml" in done.out
    add(pack, "")
    (pack / "stories" / "z.yaml").unlink()
    (pack / "stories" / "z.yaml").symlink_to(pack / "pack.yaml")
    done = run("pack", "test", str(pack))
    assert (done.code, done.err.startswith("pack-not-readable: ")) == (1, True)


def test_a_pack_that_is_not_there(run: Run) -> None:
    assert run("pack", "test", "./nowhere.yaml").code == 2


# --- for programs ------------------------------------------------------------------


def test_json(run: Run, pack: Path) -> None:
    add(pack, FAILING)
    done = run("pack", "test", str(pack), "--json")
    found = json.loads(done.out)
    assert (done.code, done.err, found["schema_version"], found["passed"]) == (1, "", 1, False)
    failed = found["stories"][-1]
    assert (failed["name"], failed["passed"]) == ("the bot says something else", False)
    assert failed["failure"]["line"] == 6
    assert failed["failure"]["conversation"][0] == {"who": "bot", "text": "When did you feel calm?"}
    (missing,) = found["coverage"]["missing"]
    assert (missing["what"], missing["name"], missing["side"]) == ("probe", "calm", False)
    assert (missing["line"], missing["column"]) == (12, 15)
    assert found["coverage"]["percent"] == 83


def test_junit_can_be_read_back(run: Run, pack: Path, tmp_path: Path) -> None:
    add(pack, FAILING.replace("Who told", "Who \U0001f600 \ufffe told"))
    file = tmp_path / "junit.xml"
    assert run("pack", "test", str(pack), "--junit", str(file)).code == 1
    (suite,) = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    assert (suite.tag, suite.get("name")) == ("testsuite", "trial")
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    cases = list(suite)
    assert [case.tag for case in cases] == ["testcase"] * 3
    assert cases[1].get("name") == "nothing to say"
    assert (cases[1].get("file"), cases[1].get("line")) == (f"{pack}/stories/en.yaml", "10")
    assert all(0 <= float(case.get("time", "")) < 10 for case in cases)
    assert [len(case) for case in cases] == [0, 0, 1]
    text = cases[2][0].text or ""
    assert "Who \U0001f600  told <you> & whom?" in text and "me: She waited" in text


def test_a_bar_on_a_screen_only(run: Run, pack: Path) -> None:
    shown = run("pack", "test", str(pack), screen=True).err
    assert "1 of 2" in shown and "2 of 2" in shown
    assert shown.rpartition("\r\x1b[K")[2] == "2 stories, none failed.\n"
    assert "\r" not in run("pack", "test", str(pack)).err


def test_the_shipped_pack(run: Run) -> None:
    assert run("pack", "test", "catch-up", "--coverage", "100").code == 0


def test_what_core_asks_is_told_when_it_is_asked_for(run: Run, pack: Path) -> None:
    add(
        pack,
        "story: a promise\nstage: trial\ngiven:\n  open:\n    - ask Sam, not yet\n"
        "talk:\n  - bot: ask Sam\n  - me: not yet\n  - bot: …\n",
    )
    lines = run("pack", "test", str(pack), "--core").out.splitlines()
    assert "turns of core's own     1 of 41" in lines
    assert "core: core's `serves` none is never come by" in lines
    assert "core: core's `promise` not-yet is never come by" not in lines
    assert "core's own" not in run("pack", "test", str(pack)).out
    # It never counts against a pack.
    told = json.loads(run("pack", "test", str(pack), "--json").out)["coverage"]
    assert told["core"]["by"] == [{"what": "turns of core's own", "reached": 1, "of": 41}]
    assert len(told["core"]["missing"]) == 40
    assert all(one["what"] != "core" for one in told["missing"])


# --- to be read aloud ----------------------------------------------------------------

ALOUD = """\
reflect: 1
pack: trial
version: 1.0.0
title: A trial
language: en
worked:
  - id: calm
    ask: When did you feel calm?
    keep: win
adjust:
  - id: slow
    ask: What was slow?
    options:
      - bus: the bus
      - lift: the *lift*
  - id: hard
    ask: How hard was it?
    scale: 1 to 5
next:
  - id: step
    ask: What will you do?
    keep: action
"""
TOLD = """\
- story: a whole session
  stage: trial
  given:
    today: 2026-11-21
    days since: 14
    mentee: Ruth
  talk:
    - bot: calm
    - me: I read the handover from a card
    - bot: slow
    - me: the bus
    - bot: hard
    - me: "4"
    - bot: do
    - me: ask Sam for the rota on Friday
    - bot: And if
    - me: ""
- story: breaks off
  stage: trial
  talk:
    - bot: calm
    - me: 1. nothing <b>
    - bot: …
"""


def test_a_session_is_written_to_be_read_aloud(run: Run, pack: Path) -> None:
    (pack / "pack.yaml").write_text(ALOUD)
    (pack / "stories" / "en.yaml").write_text(TOLD)
    done = run("pack", "test", str(pack), "--read")
    whole, begun = done.out.split("\n\n# Breaks off\n")
    assert (done.code, done.err) == (0, "")
    assert whole.splitlines()[:5] == [
        "# A whole session",
        "",
        "*A trial, five minutes*",
        "",
        "Good to see you, Ruth. Two weeks since we talked.",
    ]
    for said in (
        "## A trial · What worked · 1 of 4\n\nWhen did you feel calm?",
        '> I read the handover from a card\n\n"I read the handover from a card"',
        "What was slow?\n\n1. the bus\n2. the \\*lift\\*\n\n> the bus",
        "\n> ⏎\n\nKept as the next step.\n\n---\n",
        '- Worked: "I read the handover from a card"\n- To adjust: the bus\n',
        "- To adjust: How hard was it? 4\n",
        "- ☐ ask Sam for the rota\n  by Friday 27 November · yours\n",
    ):
        assert said in whole
    assert "> 1\\. nothing \\<b\\>" in begun
    assert "---" not in begun and "Nothing was written" not in begun
