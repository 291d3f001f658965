"""Every command of the page for mentors works for a mentor who was sent a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from reflect.sharing.identities import make_identity
from tests.conftest import Run
from tests.review.made import EARLIER, bundle, put
from tests.sharing.samples import BELIEVABLE

PAGE = Path(__file__).parents[2] / "docs" / "mentor.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands() -> list[list[str]]:
    import shlex

    lines = [
        line for block in BLOCK.findall(PAGE.read_text("utf-8")) for line in block.splitlines()
    ]
    return [shlex.split(line)[1:] for line in lines]


def test_every_command_of_the_page_works(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-22")
    key = make_identity("2026-11-01").public
    Path(put(tmp_path, bundle(2, replace(BELIEVABLE, key=key)))).rename("noor.reflect")
    assert run("review", put(tmp_path, bundle(1, EARLIER))).code == 0
    for line in commands():
        ran = run(*line)
        assert ran.code == 0, (line, ran.err)
    assert len(commands()) > 20


def test_the_numbers_of_the_page_are_those_of_the_example(run: Run, tmp_path: Path) -> None:
    run("review", put(tmp_path, bundle(2)))
    shown = run("review", "show", "--transcript").out
    for number, words in (
        ("3", "introduce Noor"),
        ("21", "What still gets in your way"),
        ("6", "stand at"),
    ):
        assert re.search(rf"^ +{number}  {words}", shown, re.MULTILINE), number
