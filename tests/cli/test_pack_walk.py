"""`reflect pack walk`: what can be reached of a pack, and what cannot, on a screen and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run

PACK = """\
reflect: 1
pack: trial
version: 1.0.0
title: A trial
language: en
worked:
  - id: count
    ask: How many?
    answer: number
  - id: many
    ask: Why so many?
    when: count is above 5
"""
NEVER = """\
  - id: never
    ask: Really?
    when: many is answered and count is below 3
"""
TRAP = "    skip: no\n    must:\n      - check: answer is below 0 and answer is above 0\n        say: No.\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "trial.yaml"
    file.write_text(PACK)
    return file


def test_a_pack_that_can_be_reached_whole(run: Run, pack: Path) -> None:
    done = run("pack", "walk", str(pack))
    assert done.code == 0
    assert done.out.splitlines() == [
        "questions asked         2 of 2",
        "wordings used           2 of 2",
        "conditions that hold    1 of 1",
        "conditions that do not  1 of 1",
    ]
    assert done.err.endswith("conversations, of 1 to 2 questions.\n")


def test_a_question_that_nobody_is_asked(run: Run, pack: Path) -> None:
    pack.write_text(PACK + NEVER)
    done = run("pack", "walk", str(pack))
    assert done.code == 1
    rule = "(many is answered and count is below 3)"
    assert done.out.splitlines()[-2:] == [
        f"{pack}:13:5: `never` is never asked",
        f"{pack}:15:11: `when` of `never` is never true {rule}",
    ]
    assert done.err.endswith("2 things nobody ever comes by.\n")


def test_a_conversation_that_breaks(run: Run, pack: Path) -> None:
    pack.write_text(PACK.replace("    answer: number\n", "    answer: number\n" + TRAP))
    done = run("pack", "walk", str(pack))
    assert done.code == 1
    assert "  BROKEN    `count` takes no answer" in done.out
    assert "    bot     How many?" in done.out and "    bot     No." in done.out
    assert all(len(line) <= 60 for line in done.out.splitlines() if str(pack) not in line)


def test_random_conversations_with_their_hits(run: Run, pack: Path) -> None:
    one, two, other = (
        run("pack", "walk", str(pack), "--random", "40", "--seed", seed) for seed in "778"
    )
    assert one.code == 0 and one == two
    assert one.out != other.out
    rows = [line.split(maxsplit=1) for line in one.out.splitlines()[4:]]
    hits = {name: int(count) for count, name in rows}
    assert hits["`count`"] == 40
    assert 0 < hits["`many` when holds"] < 40
    assert hits["`many` when holds"] + hits["`many` when does not hold"] == 40
    assert list(hits.values()) == sorted(hits.values())


def test_what_random_conversations_miss_is_no_failure(run: Run, pack: Path) -> None:
    pack.write_text(PACK + NEVER)
    assert run("pack", "walk", str(pack), "--random", "3").code == 0


def test_json(run: Run, pack: Path) -> None:
    pack.write_text(PACK + NEVER)
    done = run("pack", "walk", str(pack), "--json")
    found = json.loads(done.out)
    assert (done.code, done.err, found["schema_version"], found["pack"]) == (1, "", 1, "trial")
    assert (found["shortest"], found["longest"], found["random"]) == (1, 2, None)
    assert [(one["what"], one["line"], one["certain"]) for one in found["missing"]] == [
        ("question", 13, True),
        ("when", 15, True),
    ]
    hits = {(one["what"], one["name"], one["side"]): one["hits"] for one in found["points"]}
    assert hits["question", "never", True] == 0 < hits["question", "many", True]
    seeded = json.loads(run("pack", "walk", str(pack), "--random", "5", "--json").out)
    assert (seeded["random"], seeded["seed"], seeded["conversations"]) == (5, 0, 5)


def test_a_pack_with_errors(run: Run, pack: Path) -> None:
    pack.write_text(PACK.replace("count is", "cuont is"))
    done = run("pack", "walk", str(pack))
    assert (done.code, "unknown-name" in done.out) == (1, True)
    found = json.loads(run("pack", "walk", str(pack), "--json").out)
    assert found["diagnostics"][0]["code"] == "unknown-name"


def test_usage(run: Run, pack: Path) -> None:
    assert run("pack", "walk", str(pack), "--seed", "3").code == 2
    assert run("pack", "walk", str(pack), "--random", "0").code == 2
    assert run("pack", "walk", str(pack), "--language", "de").code == 2
    assert run("pack", "walk", "no-such-pack").code == 2


def test_a_bar_on_a_screen_only(run: Run, pack: Path) -> None:
    shown = run("pack", "walk", str(pack), screen=True).err
    assert "Reached ━" in shown
    assert "\r" not in shown.rpartition("\r\x1b[K")[2]
    assert "\r" not in run("pack", "walk", str(pack)).err
