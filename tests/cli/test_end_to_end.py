"""A session with the shipped pack, typed through a pipe, and what can be done with it afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from reflect.settings import Home
from tests.cli.test_reading import document
from tests.conftest import Run

FIRST = ("Amina", "Daniel", "3", "1")
SAID = (
    "I wrote the three worst patients on a card first",
    "dr Lang talks over me every single round and I just stop",
    "ask dr Lang for two minutes before the round by Thursday",
)


@pytest.fixture
def talked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One session, answered as far as the lines go."""
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
    done = run(stdin="\n".join((*FIRST, *SAID, "")) + "\n" * 12)
    assert done.code == 0, done.err


@pytest.mark.usefixtures("talked")
def test_a_session_can_be_read_found_and_taken_along(run: Run, tmp_path: Path) -> None:
    (row,) = document(run("history", "--json"))["sessions"]
    assert (row["stage"], row["pack"], row["day"]) == ("feedback", "four-stages", "2026-11-21")
    assert all(words in " ".join(run("show").out.split()) for words in SAID)
    (hit,) = document(run("search", "patients", "--json"))["hits"]
    assert hit["session"] == row["id"]
    exported = document(run("export", "--format", "json"))
    jsonschema.validate(exported, json.loads(run("schema", "transcript").out))
    assert exported["mentorship"] == {"mentee": "Amina", "mentor": "Daniel"}
    assert [turn["phase"] for turn in exported["turns"]] == sorted(
        (turn["phase"] for turn in exported["turns"]),
        key=["opening", "worked", "adjust", "next", "closing"].index,
    )
    (action,) = (item for item in exported["items"] if item["kind"] == "action")
    assert action["due"] == "2026-11-26"


@pytest.mark.usefixtures("talked")
def test_a_wrong_first_answer_is_mended(run: Run) -> None:
    run("settings", "name", "Amina Said")
    run("settings", "stage", "rapport")
    assert document(run("settings", "--json"))["stage"] == "rapport"
    done = run("--short", stdin="")
    assert "Amina Said" in done.out
    assert document(run("history", "--json"))["sessions"][0]["stage"] == "rapport"


def test_a_session_that_was_left_goes_on(run: Run, home: Home) -> None:
    run(stdin="\n".join((*FIRST, SAID[0])) + "\n")
    (row,) = document(run("history", "--json"))["sessions"]
    assert row["state"] == "open"
    done = run("resume", stdin=f"{SAID[1]}\n")
    assert done.code == 0, done.err
    assert document(run("history", "--json"))["sessions"][0]["answers"] >= 2
    assert run("abandon").code == 0
    assert run("doctor").code == 0


def test_the_demo_touches_nothing(run: Run, home: Home) -> None:
    done = run("demo")
    assert (done.code, bool(done.out)) == (0, True)
    assert not home.database.exists()
