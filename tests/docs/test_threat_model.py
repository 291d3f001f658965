"""The page of threats: it names every check and no other, and what it shows is there."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from proof import threats
from proof.registry import CHECKS

from reflect.cli.desk import Desk
from reflect.cli.main import PROGRAM, root

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE = DOCS / "threat-model.md"
TEXT = PAGE.read_text("utf-8")
BEFORE, _, REST = TEXT.partition(threats.BEGIN)
WORDS = BEFORE + REST.partition(threats.END)[2]
"""The page without the figures, which name every check by themselves."""

CHECK = re.compile(r"\bT-[A-Z]+(?:-[A-Z]+)*\b")
TEST = re.compile(r"`(tests/[^`]+)`")
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
NOTHING = "nothing is claimed"

RUN = """
<!-- latest -->
`make proof` on 2026-03-02: two cores.

| check | goals | what must hold | figure | holds | seconds |
| --- | --- | --- | --- | --- | --- |
| T-FORGET | G16 | what was erased is in no file | 46 trials, 0 left | yes | 40 |
<!-- end of latest -->
<!-- totals -->
Last: `make soak` on 2026-03-03.

| check | trials | of what | failures | seconds |
| --- | --- | --- | --- | --- |
| T-FORGET | 1,200 | kills | 2 | 600 |
| T-GONE | 5 | trials | 0 | 1 |
<!-- end of totals -->
"""


def rows() -> Iterator[list[str]]:
    """The cells of each row of the tables of who could try what."""
    for line in WORDS.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[3] != "how it is proved":
            yield cells


def commands(program: str) -> Iterator[list[str]]:
    """What is typed on the page behind the name of `program`, in text or in a block."""
    for found in CODE.findall(WORDS) + re.findall(r"^\$ (.+)$", WORDS, re.MULTILINE):
        words = shlex.split(found)
        if words[: len(program.split())] == program.split():
            yield words[len(program.split()) :]


def slug(heading: str) -> str:
    """The anchor that a heading has where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def options(command: click.Command) -> set[str]:
    """Every spelling of an option of `command`."""
    return {word for one in command.params for word in (*one.opts, *one.secondary_opts)}


# --- what it says --------------------------------------------------------------------


def test_every_check_is_named_and_nothing_that_is_none() -> None:
    assert set(CHECK.findall(WORDS)) == {check.name for check in CHECKS}


def test_every_row_tells_how_it_is_proved_or_claims_nothing() -> None:
    found = list(rows())
    assert len(found) > 25
    for cells in found:
        assert len(cells) == 5, cells[0]
        proved = CHECK.search(cells[3]) or TEST.search(cells[3])
        assert bool(proved) is not (NOTHING in cells[2]), cells[0]


def test_the_short_version_has_ten_lines() -> None:
    part = WORDS.partition("## In ten lines")[2].partition("\n## ")[0]
    assert re.findall(r"^(\d+)\. ", part, re.MULTILINE) == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("named", sorted(set(TEST.findall(WORDS))))
def test_a_test_that_is_named_is_there(named: str) -> None:
    file, _, function = named.partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    tests = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
    assert function in tests if function else any(name.startswith("test_") for name in tests)


# --- where it leads --------------------------------------------------------------------


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!http)([^)]+)\)", WORDS))))
def test_a_link_leads_somewhere(target: str) -> None:
    name, _, anchor = target.partition("#")
    page = DOCS / name if name else PAGE
    assert page.is_file()
    assert not anchor or anchor in map(slug, HEADING.findall(page.read_text("utf-8")))


def test_the_page_on_privacy_leads_here() -> None:
    assert f"]({PAGE.name})" in (DOCS / "privacy.md").read_text("utf-8")


# --- what is typed ---------------------------------------------------------------------


@pytest.mark.parametrize("typed", list(commands(PROGRAM)), ids=" ".join)
def test_a_command_of_the_program_is_a_real_one(typed: list[str]) -> None:
    command: click.Command = root
    known = options(root)
    for place, word in enumerate(typed):
        if word.startswith("-"):
            assert word in known, word
            continue
        if not isinstance(command, click.Group):
            assert any(isinstance(one, click.Argument) for one in command.params), word
            continue
        found = command.get_command(click.Context(command, obj=Desk({})), word)
        assert found is not None, typed[: place + 1]
        command, known = found, known | options(found)


def test_other_commands_are_real_ones() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    made = list(commands("make"))
    modules = list(commands("python -m"))
    assert made and modules
    assert {word for words in made for word in words} <= set(targets)
    for module, *_ in modules:
        path = ROOT / Path(*module.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


# --- the figures -----------------------------------------------------------------------


def test_the_figures_are_those_of_the_page_of_proof() -> None:
    proof = (DOCS / "proof.md").read_text("utf-8")
    assert threats.written(TEXT, proof) == TEXT, "write them anew: python -m proof.threats"


def test_figures_are_taken_over_with_their_day() -> None:
    found = threats.figures(RUN).splitlines()
    assert len(found) == 2 + len(CHECKS)
    (forgotten,) = (line for line in found if line.startswith("| T-FORGET |"))
    assert forgotten.endswith("| 46 trials, 0 left | yes | 2026-03-02 | 1,200 kills, 2 wrong |")
    (power,) = (line for line in found if line.startswith("| T-POWER |"))
    assert power.endswith(f"| {threats.NOT_YET} | – | – | – |")


def test_every_check_has_its_figures_before_there_is_a_run() -> None:
    found = threats.figures("<!-- latest -->\nnothing yet\n<!-- end of latest -->")
    assert all(f"| {check.name} |" in found for check in CHECKS)


def test_what_stands_around_the_figures_stays() -> None:
    page = f"before\n{threats.BEGIN}\nof earlier\n{threats.END}\nafter\n"
    written = threats.written(page, RUN)
    assert written.startswith(f"before\n{threats.BEGIN}\n| check |") and "of earlier" not in written
    assert written.endswith(f"|\n{threats.END}\nafter\n")
