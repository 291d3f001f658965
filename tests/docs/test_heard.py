"""What the pages say about listening is so."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from reflect.listening.challenges import KINDS, challenges
from reflect.listening.weight import weight
from tests.conftest import Run
from tests.docs.test_commands import ROOT, commands
from tests.listening.heard import said

MENTEE = ROOT / "docs" / "mentee.md"
NAMED = {
    "time": "too little time",
    "power": "rank",
    "distance": "distance",
    "conflict": "a quarrel",
    "no-progress": "going in circles",
    "confidence": "doubt",
    "expectations": "unclear expectations",
}
"""The kinds of challenge as the page calls them."""


def section(page: Path, title: str) -> str:
    """What stands under `title`, on one line."""
    text = page.read_text("utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    return " ".join(text.split())


def test_the_page_names_every_kind_of_challenge() -> None:
    text = section(MENTEE, "What it listens for")
    assert set(NAMED) == set(KINDS)
    assert [words for words in NAMED.values() if words not in text] == []


def test_the_sentences_to_try_are_heard(run: Run) -> None:
    tried = [line for line in commands(MENTEE) if line.startswith("reflect hear")]
    told = [json.loads(run(*shlex.split(line)[1:], "--json").out) for line in tried]
    assert [one["vague"] for one in told][:2] == [True, False]
    assert "time" in told[1]["challenges"]


def test_what_needs_a_person_is_heard() -> None:
    assert weight(said("I do not want to live any more")) == "danger"
    assert weight(said("my husband hits me")) == "danger"
    assert not challenges(said("It was fine"))
