"""A tree written as YAML again: it says the same, and tells where each key comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.packs.compile import PackFiles, PackText, load
from reflect.packs.quoting import scalar
from reflect.packs.report import Report
from reflect.packs.tree import texts_at
from reflect.packs.written import written
from tests.packs.helpers import FULL, HEAD, compiled, pack, script_of

SHIPPED = Path(__file__).parents[2] / "prompt_packs"


@pytest.mark.parametrize("text", [FULL, (SHIPPED / "four-stages" / "pack.yaml").read_text()])
def test_what_is_written_makes_the_same_script(text: str) -> None:
    tree = compiled(text).tree
    assert tree is not None
    again = written(tree)
    assert _without_lines(script_of(again)) == _without_lines(script_of(text))
    assert not [found for found in compiled(again).diagnostics if found.code != "few-wordings"]


def _without_lines(script: object) -> str:
    import re

    import msgspec

    return re.sub(r'"line":\d+', "", msgspec.json.encode(script).decode())


@given(st.text(min_size=1, max_size=60))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    line = " ".join(text.split())
    if not line:
        return
    report = Report()
    tree = load(PackText("p.yaml", f"{HEAD}signs:\n  - {scalar(line)}\n".encode()), report)
    if not line.isprintable() or report.failed:
        return  # what the format does not take stays refused
    assert tree is not None and [one.value for one in texts_at(tree, "signs")] == [line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words, and more", "plain words, and more"),
        ("a key: value", "'a key: value'"),
        ("It's fine", "It's fine"),
        ("'quoted'", "'''quoted'''"),
        ("ends with:", "'ends with:'"),
        ("a #tag", "'a #tag'"),
        ("{mentor} said", "'{mentor} said'"),
        ("- a dash", "'- a dash'"),
        ("", "''"),
        ("two\nlines", '"two\\nlines"'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(text: str, expected: str) -> None:
    assert scalar(text) == expected


BASE = pack(
    """
    words:
      busy: no time
    core:
      hello: Hello from the base.
    worked:
      - id: calm
        ask: When were you calm?
        how: One moment.
    adjust:
      - id: snag
        ask: What was hard?
    next:
      - id: step
        ask: What is next?
    """
)
OWN = """\
reflect: 1
pack: ours
version: 2.0
title: Ours
language: en
extends: trial
worked:
  - id: calm
    ask: When was it quiet?
  - id: proud
    ask: What made you proud?
retired:
  - snag
"""


def test_after_extends_every_key_names_its_file_and_line() -> None:
    bases = {"trial": PackFiles("yours", PackText("base.yaml", BASE.encode()))}
    tree = compiled(OWN, bases=bases).tree
    assert tree is not None
    lines = written(tree, lambda place: f"{place.file}:{place.line}").splitlines()
    said = [line.strip() for line in lines]
    for line in (
        "ask: When was it quiet?  # pack.yaml:9",
        "how: One moment.  # base.yaml:14",
        "ask: What made you proud?  # pack.yaml:11",
        "ask: What is next?  # base.yaml:20",
        "title: Ours  # pack.yaml:4",
        "busy:  # base.yaml:8",
        "- id: ours  # pack.yaml:2",
        "ask: Hello from the base.  # base.yaml:10",
    ):
        assert line in said, "\n".join(lines)
    assert not any("snag" in line and "id:" in line for line in lines)
