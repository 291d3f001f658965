"""A record of an earlier version, killed while it is brought up to date: the old one or the new, whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import apsw
from tests.faults.program import begin, reflect
from tests.faults.record import database, texts, trouble

from proof.broken import STEP_BY_STEP, around, broken
from proof.check import Check, Figure, Form
from proof.injecting import FILES, Fault, faults, inject, spread
from proof.trials import hold, in_memory, in_time, rounds
from reflect.transcripts import codec
from reflect.transcripts.migrations import LATEST, SCHEMA, copies

LEAST = 60
_WORDS = ("the windowsill was cold", "I said so to the windowsill", "and nobody answered")
_KEPT = ("streams", "events", "scripts", "sessions", "drafts")
_LOOK = ("history",)

Rows = dict[str, list[tuple[object, ...]]]


class Killed(NamedTuple):
    """A record of version `form` in the home `base`, killed at `fault` on its way to today's.

    `rows` is what it holds; the base itself is only copied, as several are tried at once.
    """

    base: Path
    rows: Rows
    folder: Path
    fault: Fault
    form: int = 1
    breaks: str = ""

    def __str__(self) -> str:
        return f"from version {self.form}, {self.fault}"


def run(form: Form) -> Figure:
    """Kill the first start after an update at its calls, from every version there was."""
    done, failures, end = list[Killed](), list[str](), form.deadline()
    with in_memory(form) as folder:
        cases = [case for version in range(1, LATEST) for case in _cases(form, folder, version)]
        for _ in rounds(form):
            failures += hold(in_time(form, end, cases, done), _one, 4 if form.long else 2)
    points = len({(one.form, one.fault) for one in done})
    says = (
        f"{len(done)} kills at {points} of {len(cases)} calls while a record of an earlier version "
        f"is taken over, {len(failures)} wrong"
    )
    return Figure(len(done), tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A migration in several steps."""
    base = _older(form.folder / "steps", 1)
    whole = form.folder / "steps" / "whole" / "reflect"
    shutil.copytree(base, whole)
    found, _ = faults(whole, *_LOOK, environ=broken(whole, STEP_BY_STEP))
    syncs = [fault for fault in found if fault.call == "fdatasync"]
    rows = _looked_at(database(base))[1]
    cases = [
        Killed(base, rows, form.folder / f"step-{number}", fault, 1, STEP_BY_STEP)
        for number, fault in enumerate(syncs)
    ]
    wrong = hold(cases, _one)
    return Figure(len(cases), tuple(wrong), f"{len(wrong)} of {len(cases)} found out")


def _cases(form: Form, folder: Path, version: int) -> list[Killed]:
    base, found = _prepared(folder / f"version-{version}", version)
    rows = _looked_at(database(base))[1]
    chosen = found if form.long else spread(found, LEAST)
    return [
        Killed(base, rows, folder / f"{version}-{number}", fault, version)
        for number, fault in enumerate(chosen)
    ]


def _prepared(folder: Path, version: int) -> tuple[Path, list[Fault]]:
    base = _older(folder, version)
    first, whole = folder / "first" / "reflect", folder / "whole" / "reflect"
    shutil.copytree(base, first)
    assert reflect(first, *_LOOK).code == 0
    shutil.copytree(base, whole)
    found, _ = faults(whole, *_LOOK, calls=FILES)
    return base, found


def _older(folder: Path, version: int) -> Path:
    """A home as that version left it: its tables, with what a session of today put into them."""
    home = folder / "base" / "reflect"
    home.parent.mkdir(parents=True)
    begin(home, *_WORDS)
    old = home / "older.db"
    db = apsw.Connection(str(old))
    db.pragma("journal_mode", "wal")
    for number in range(1, version + 1):
        db.execute((SCHEMA / f"{number:04}.sql").read_text("utf-8"))
    db.pragma("user_version", version)
    db.execute("ATTACH ? AS today", (str(database(home)),))
    for table in _KEPT:
        db.execute(f"INSERT INTO main.{table} SELECT * FROM today.{table}")
    db.execute("INSERT INTO answers (answers) VALUES ('rebuild')")
    db.close()
    for ending in ("", "-wal", "-shm"):
        database(home).with_name(database(home).name + ending).unlink(missing_ok=True)
    old.chmod(0o600)
    old.rename(database(home))
    return home


def _one(killed: Killed) -> str:
    home = killed.folder / "reflect"
    home.parent.mkdir(parents=True)
    shutil.copytree(killed.base, home)
    try:
        inject(home, killed.fault, *_LOOK, environ=around(home, killed.breaks))
        return _left(killed, home) or _finished(killed, home)
    finally:
        shutil.rmtree(killed.folder, ignore_errors=True)


def _left(killed: Killed, home: Path) -> str:
    """What the kill has left: one version or the other, with every row, and a copy of the one before."""
    seen = home.parent / "seen.db"
    _copy(home, seen)
    version, rows, sound = _looked_at(seen)
    if not sound:
        return "its pages do not fit together"
    if version not in (killed.form, LATEST) or rows != killed.rows:
        return f"version {version}, and the rows are not those of before"
    if _takes_reviews(seen) != (version == LATEST):
        return f"it says that it is of version {version} and is not"
    before = copies(database(home))
    if version == LATEST and (
        len(before) != 1 or _looked_at(before[0]) != (killed.form, rows, True)
    ):
        return "it is new, and there is no whole copy of the old one"
    return ""


def _finished(killed: Killed, home: Path) -> str:
    """The next start finishes it."""
    if reflect(home, *_LOOK).code != 0:
        return "it does not start any more"
    version, rows, sound = _looked_at(database(home))
    if (version, sound) != (LATEST, True) or rows != killed.rows:
        return f"in the end it is of version {version} with other rows"
    if texts(home) != list(_WORDS) or trouble(home):
        return f"in the end something is damaged: {trouble(home)}"
    left = [file.name for file in home.glob(".*.part")]
    return f"left behind: {left}" if left else ""


def _copy(home: Path, to: Path) -> None:
    """The record with its log, so that looking at it changes nothing."""
    for ending in ("", "-wal"):
        file = database(home).with_name(database(home).name + ending)
        if file.exists():
            shutil.copyfile(file, to.with_name(to.name + ending))


def _looked_at(file: Path) -> tuple[int, Rows, bool]:
    db = apsw.Connection(str(file))
    try:
        rows = {
            table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in _KEPT
        }
        sound = db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        whole = not db.execute("PRAGMA foreign_key_check").fetchall()
        return int(db.pragma("user_version")), rows, sound and whole and _checked(rows)
    finally:
        db.close()


def _checked(rows: Rows) -> bool:
    """Whether every event fits its checksum."""
    names = {row[0]: str(row[1]) for row in rows["streams"]}
    return all(
        codec.checksum(salt, names[stream], seq, body.encode()) == mark  # type: ignore[arg-type, attr-defined]
        for _, stream, seq, _, salt, mark, body in rows["events"]
    )


def _takes_reviews(file: Path) -> bool:
    """Whether the tables are those of today."""
    db = apsw.Connection(str(file))
    (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'streams'").fetchall()[0]
    db.close()
    return "'review'" in str(sql)


CHECK = Check(
    "T-MIGRATE",
    ("G8",),
    "an update killed anywhere leaves the old record or the new",
    run,
    control,
    needs=("strace",),
    seconds=18,
    unit="kills",
    share=200,
)
