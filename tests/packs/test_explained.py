"""Every diagnostic has an example that earns exactly what it says, and the same pack mended is clean."""

from __future__ import annotations

import ast
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reflect.application.diagnostics_page import page
from reflect.application.explaining import all_codes, by_group, explained
from reflect.diagnostics import Diagnostic
from reflect.errors import Misuse
from reflect.packs import codes as pack_codes
from reflect.packs.annotate import failing, mended
from reflect.packs.explain import FOLDER, GROUPS, Explained, find_in, read, write
from reflect.packs.visible import meant, shown_at
from reflect.rehearsal import codes as rehearsal_codes
from reflect.settings import Home
from tests.conftest import Run
from tests.packs.finding import application, checked, expected, placed

ROOT = Path(__file__).parents[2]
SOURCES = (
    *sorted((ROOT / "src/reflect/packs").rglob("*.py")),
    *sorted((ROOT / "src/reflect/rehearsal").rglob("*.py")),
    ROOT / "src/reflect/application/authoring.py",
)
CODES = sorted(all_codes())
TELLS = {"Diagnostic", "warning", "error", "warn", "__init__"}
"""Calls that make a finding of the code they are given; `Unreadable` gives its own to its parent."""


def found_in(example: Explained, files: dict[str, str], home: Home) -> list[Diagnostic]:
    folder = write(files, home.packs)
    app = application(home)
    if example.told_by == "list":
        return list(app.catalogue.diagnostics())
    return list(checked(app, folder))


# --- the examples ----------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_a_failing_pack_earns_exactly_what_its_example_says(code: str, home: Home) -> None:
    example = explained(code)
    found = found_in(example, example.failing, home)
    assert placed(tuple(found), home.packs / "pack") == expected(example.finds)
    assert {one.severity.value for one in found if one.code == code} == {example.severity}


@pytest.mark.parametrize("code", CODES)
def test_a_mended_pack_is_clean(code: str, home: Home) -> None:
    example = explained(code)
    assert example.mended != example.failing
    assert list(map(str, found_in(example, example.mended, home))) == []


@pytest.mark.parametrize("code", CODES)
def test_an_example_is_fit_to_be_read(code: str) -> None:
    example = explained(code)
    assert code in {find.code for find in example.finds}
    assert len(example.finds) <= 3
    assert len(example.explained.split()) >= 20
    assert [line for line in (*failing(example), *mended(example)) if len(line) > 60] == []
    marks = [line for line in failing(example) if line.lstrip().startswith("^ ")]
    assert len(marks) == sum(find.line > 0 for find in example.finds)


# --- every code, and no other -----------------------------------------------------------


def test_every_code_has_an_example_and_every_example_a_code() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(CODES)


def test_every_named_code_is_explained() -> None:
    for table in (pack_codes, rehearsal_codes):
        named = {
            value for name, value in vars(table).items() if name.isupper() and name != "EXPLAINED"
        }
        assert named == set(table.EXPLAINED)


def test_every_code_that_is_told_is_explained() -> None:
    told = {code for source in SOURCES for code in literal_codes(source)}
    assert told <= set(CODES)
    assert {"pack-id-taken", "pack-not-readable"} <= told


def literal_codes(source: Path) -> Iterator[str]:
    """The codes that a module tells without naming a constant of a table."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in TELLS:
            continue
        for first in node.args[:1]:
            if isinstance(first, ast.Constant) and re.fullmatch(r"[a-z0-9-]+", str(first.value)):
                yield str(first.value)


def test_every_explained_code_is_told_somewhere() -> None:
    texts = [path.read_text("utf-8") for path in SOURCES if path.name != "codes.py"]
    told = {word for text in texts for word in re.findall(r"\b[A-Z0-9_]+\b|\"[a-z0-9-]+\"", text)}
    for table in (pack_codes, rehearsal_codes):
        for name, value in vars(table).items():
            if name.isupper() and name != "EXPLAINED":
                assert {name, f'"{value}"'} & told, name


def test_every_group_says_something() -> None:
    groups = dict(by_group())
    assert tuple(groups) == GROUPS
    assert all(groups.values())
    assert sum(map(len, groups.values())) == len(CODES)


# --- the files and their notation --------------------------------------------------------


def test_the_notation_stands_for_what_cannot_be_written() -> None:
    assert meant("a⟨tab⟩b⟨U+202E⟩⟨byte E9⟩") == b"a\tb" + "\u202e".encode() + b"\xe9"
    assert meant("⟨3 × so ⟩good") == b"so so so good"
    assert meant("x:\n  - a ⟨this line 3 times⟩\nb") == b"x:\n  - a\n  - a\n  - a\nb"
    assert meant("  ⟨2 questions⟩").count(b"\n  - id: check-2\n    ask: ") == 1
    with pytest.raises(Misuse):
        meant("⟨nothing known⟩")


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [
        ("a\nbcd\n", (2, 3), (2, 3)),
        ("a⟨tab⟩bc", (1, 2), (1, 2)),
        ("a⟨tab⟩bc", (1, 4), (1, 8)),
        ("⟨byte E9⟩⟨tab⟩\nab", (2, 2), (2, 2)),
        ("⟨9 × ab⟩c", (1, 5), (1, 1)),
        ("⟨9 × ab⟩c", (1, 19), (1, 9)),
        ("x\n  - a ⟨this line 9 times⟩\nb", (2, 5), (2, 5)),
        ("x\n  - a ⟨this line 9 times⟩\nb", (5, 5), (2, 6)),
        ("x\n  - a ⟨this line 9 times⟩\nb", (11, 1), (3, 1)),
        ("a", (7, 7), (1, 2)),
    ],
)
def test_a_place_is_shown_where_its_mark_stands(
    text: str, place: tuple[int, int], shown: tuple[int, int]
) -> None:
    assert shown_at(text, *place) == shown


@pytest.mark.parametrize("text", ["⟨", "a ⟨tab", "⟨\nb⟨"])
def test_a_mark_that_is_not_closed_is_text(text: str) -> None:
    assert meant("⟨tab⟩" + text) == b"\t" + text.encode()


@pytest.mark.parametrize("piece", ["⟨", "# ⟨", "1,?⟨"])
def test_marks_that_are_not_closed_are_looked_through_once(piece: str) -> None:
    began = time.process_time()
    meant(piece * (20_000 // len(piece)))
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize("code", CODES)
def test_what_an_example_finds_reads_back(code: str) -> None:
    assert all(find_in(str(find)) == find for find in explained(code).finds)


def test_a_file_that_says_something_else_is_our_own_mistake(tmp_path: Path) -> None:
    for text in ("", "code: other\ngroup: file\n", "code: mine\ngroup: none\n", "code: [\n"):
        (tmp_path / "mine.yaml").write_text(text)
        with pytest.raises(Misuse):
            read("mine", "", tmp_path)
    with pytest.raises(Misuse):
        read("not-there", "", tmp_path)
    with pytest.raises(Misuse):
        find_in("somewhere in line 5")


# --- the command and the page ------------------------------------------------------------


def test_the_command_lists_every_code(run: Run) -> None:
    ran = run("pack", "codes")
    assert ran.code == 0
    assert all(f"  {code}\n" in ran.out for code in CODES)
    assert max(map(len, ran.out.splitlines())) <= 60
    assert "(warning) " in ran.out
    assert "Building on another pack\n" in ran.out


def test_a_wide_screen_has_code_and_line_side_by_side(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("pack", "codes").out.splitlines()
    assert "  unknown-key                   The format has no such key here." in lines
    assert max(map(len, lines)) <= 80


def test_the_command_explains_one_code(run: Run) -> None:
    ran = run("pack", "codes", "unknown-name")
    assert ran.code == 0
    assert " 14      when: patern is yes\n               ^ unknown-name\n" in ran.out
    assert " 14      when: pattern is yes\n" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 60


@pytest.mark.parametrize("code", CODES)
def test_every_page_is_readable_on_a_narrow_screen(code: str, run: Run) -> None:
    ran = run("pack", "codes", code)
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 60
    assert ran.out.isprintable() or set(ran.out) - {"\n"} == {
        character for character in ran.out if character.isprintable()
    }


def test_the_command_gives_both_as_data(run: Run) -> None:
    listed = json.loads(run("pack", "codes", "--json").out)
    assert {record["code"] for record in listed["codes"]} == set(CODES)
    one = json.loads(run("pack", "codes", "stale-translation", "--json").out)
    assert one["severity"] == "warning"
    assert one["finds"] == [
        {
            "file": "translations/de.yaml",
            "line": 7,
            "last_line": 7,
            "column": 5,
            "code": "stale-translation",
        }
    ]
    assert set(one["failing"]) == set(one["mended"]) == {"pack.yaml", "translations/de.yaml"}


def test_an_unknown_code_is_guessed(run: Run) -> None:
    ran = run("pack", "codes", "unknown-nam")
    assert ran.code == 2
    assert "unknown-name" in ran.err
    assert "reflect pack codes" in run("pack", "codes", "zzz").err


def test_a_check_tells_what_the_example_shows(run: Run, home: Home) -> None:
    for code, at in (
        ("unknown-name", "pack.yaml:14:11"),
        ("colon-in-text", "pack.yaml:9:25"),
        ("not-a-day", "stories/evening.yaml:4:10"),
        ("other-pack", "translations/de.yaml:2:7"),
    ):
        folder = write(explained(code).failing, home.root / code)
        ran = run("pack", "check", str(folder))
        assert ran.code == 1
        assert f"{folder}/{at}: {code}: " in ran.out


def test_the_page_of_the_documentation_is_as_it_is_generated() -> None:
    written = (ROOT / "docs/diagnostics.md").read_text("utf-8")
    assert written == page(), (
        "write it anew: python -m reflect.application.diagnostics_page > docs/diagnostics.md"
    )
