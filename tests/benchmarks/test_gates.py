"""Gates that a busy machine cannot move: files and modules at the start, SQLite's steps, syncs.

How many steps SQLite's machine takes for each statement is counted in homes of two sizes. What a start,
a listing or a search asks must cost the same in both, whatever the plan is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest
from apsw.ext import QueryPlan, query_info
from benchmarks import journey
from benchmarks.growth.messages import prepare, starts

ROOT = Path(__file__).parents[2]
SMALL, LARGE = 1_500, 12_000
GROWING = ("events", "streams", "sessions", "m_sessions", "m_items", "m_checks", "m_changes")
COMMANDS = (
    *("history", "history --pack bench", "actions", "goals", "wins", "lessons", "questions"),
    *("next", "search ba", "mentorship list", "show 2"),
)
COUNTED = re.compile(r"SELECT COUNT\(\*\) FROM (m_items|m_sessions|sessions) WHERE ")
"""What only counts rows of an index may grow: a few steps a row, of which a million take milliseconds."""
MOST_COUNTING = 4
ROOM = 1.5
SCANS = re.compile(rf"^SCAN ({'|'.join(GROWING)})\b(?! USING COVERING INDEX (journeys|reviews))")
IN_ORDER = re.compile(r"ORDER BY id DESC LIMIT")
"""The newest first, until there are enough: a scan that stops."""

Steps = dict[str, int]


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    found = []
    for size in (SMALL, LARGE):
        home = tmp_path_factory.mktemp(f"home-{size}")
        prepare(home, size)
        found.append(home)
    return found[0], found[1]


@contextmanager
def counted() -> Iterator[Steps]:
    """The most steps that each statement took, on whatever connection."""
    steps: Steps = {}

    def hook(db: apsw.Connection) -> None:
        def done(told: dict[str, object]) -> None:
            taken = told["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"]  # type: ignore[index]
            steps[str(told["sql"])] = max(taken, steps.get(str(told["sql"]), 0))

        db.trace_v2(apsw.SQLITE_TRACE_PROFILE, done)

    apsw.connection_hooks.append(hook)
    try:
        yield steps
    finally:
        apsw.connection_hooks.remove(hook)


def command(run, monkeypatch, name: str) -> Callable[[Path], object]:
    def running(home: Path) -> None:
        monkeypatch.setenv("REFLECT_HOME", str(home))
        monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
        assert run(*name.split()).code == 0

    return running


def grown(small: Steps, large: Steps) -> list[str]:
    """The statements that cost more in the larger home than they may."""
    sessions = LARGE // 20
    found = []
    for sql, steps in large.items():
        if sql.startswith(("BEGIN", "COMMIT", "PRAGMA")) or steps <= ROOM * small.get(sql, 0) + 60:
            continue
        if COUNTED.match(sql) and steps <= MOST_COUNTING * sessions + 60:
            continue
        found.append(f"{small.get(sql, 0)} -> {steps}: {sql}")
    return found


def compared(homes: tuple[Path, Path], work: Callable[[Path], object]) -> list[str]:
    told = []
    for home in homes:
        with counted() as steps:
            work(home)
        assert steps
        told.append(dict(steps))
    return grown(*told)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_listing_costs_the_same_in_a_long_record(name, homes, run, monkeypatch):
    assert compared(homes, command(run, monkeypatch, name)) == []


def test_a_start_costs_the_same_in_a_long_record(homes):
    assert compared(homes, lambda home: list(starts(1)(home, LARGE))) == []


def test_a_search_ranks_no_more_than_the_newest_hits(homes, run, monkeypatch):
    monkeypatch.setenv("REFLECT_HOME", str(homes[1]))
    with counted() as steps:
        assert run("search", "--relevance", "ba*").code == 0
    ranked = max(taken for sql, taken in steps.items() if "answers_docsize" in sql)
    assert ranked <= 2_000 * 10


def test_no_statement_reads_a_whole_table_that_grows(homes, run, monkeypatch):
    home = homes[1]
    with counted() as steps:
        for name in COMMANDS:
            command(run, monkeypatch, name)(home)
        list(starts(1)(home, LARGE))
    db = apsw.Connection(str(home / "reflect.db"), flags=apsw.SQLITE_OPEN_READONLY)
    asked = [sql for sql in steps if sql.startswith(("SELECT", "WITH")) and "'main'." not in sql]
    assert len(asked) > 30
    scans = [
        (line, sql)
        for sql in asked
        for line in plan(query_info(db, sql, explain_query_plan=True).query_plan)
        if SCANS.match(line) and not IN_ORDER.search(sql)
    ]
    assert scans == []


def plan(node: QueryPlan | None) -> Iterator[str]:
    """Every line of a query plan."""
    if node is not None:
        yield node.detail
        for part in node.sub or ():
            yield from plan(part)


# --- the start ---


def strace(home: Path, *arguments: str) -> list[str]:
    """What opens a file, line by line."""
    log = home / "trace"
    before = ("strace", "-f", "-qq", "-e", "trace=openat", "-o", str(log))
    subprocess.run(
        (*before, sys.executable, "-m", "reflect", *arguments),
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "REFLECT_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=60,
    )
    return log.read_text().splitlines()


needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")


def opened(lines: list[str], what: str) -> set[str]:
    """The files that were opened whose path holds `what`."""
    paths = re.findall(r'openat\([^"]*"([^"]*)"[^)]*\)\s+= \d', "\n".join(lines))
    return {path for path in paths if what in path}


@needs_strace
def test_the_version_opens_few_files_and_none_of_a_home(tmp_path):
    lines = strace(tmp_path, "--version")
    assert not opened(lines, str(tmp_path))
    assert not opened(lines, "prompt_packs")
    ours = opened(lines, "src/reflect")
    assert 0 < len(ours) <= 18


@needs_strace
def test_a_listing_opens_the_record_and_no_pack(homes):
    lines = strace(homes[0], "actions")
    assert {Path(path).name for path in opened(lines, str(homes[0]))} >= {"reflect.db"}
    assert not [path for path in opened(lines, "prompt_packs") if path.endswith(".yaml")]


LOADED = """
import sys
from reflect.cli.main import run
code = run(sys.argv[1:])
sys.stderr.write(f"\\n{code} " + " ".join(sys.modules))
"""
HEAVY = {"prompt_toolkit", "yaml", "rapidfuzz", "sqlite3", "importlib.metadata"}


@pytest.mark.parametrize(
    "arguments, most, never",
    [
        (("--version",), 14, HEAVY | {"apsw", "msgspec", "pluggy"}),
        (("actions",), 55, HEAVY | {"pluggy"}),
        (("history",), 45, HEAVY | {"pluggy"}),
        (("search", "ba"), 75, HEAVY | {"pluggy"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_is_not_needed_is_not_imported(arguments, most, never, homes):
    done = subprocess.run(
        (sys.executable, "-c", LOADED, *arguments),
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "REFLECT_HOME": str(homes[0])},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code, *names = done.stderr.splitlines()[-1].split()
    assert code == "0"
    assert not never & set(names)
    assert len([name for name in names if name.partition(".")[0] == "reflect"]) <= most


# --- the benchmark's own home ---


def test_a_home_of_copies_holds_as_many_sessions_as_it_says(tmp_path, monkeypatch):
    monkeypatch.setattr(journey, "PLAYED", 2)
    home = journey.make_journey(tmp_path / "copied", 6)
    db = apsw.Connection(str(home / "reflect.db"))
    for table in ("sessions", "m_sessions"):
        assert db.execute(f"SELECT COUNT(*) FROM {table}").fetchall() == [(6,)]
