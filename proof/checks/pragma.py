"""Every connection that the program opens has the settings that durability and forgetting rest on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from tests.faults.program import begin, environment, reflect
from tests.faults.test_canary import commands
from tests.transcripts.test_locking_killed import LOCK, PASSPHRASE, UNLOCK

from proof.check import Check, Figure, Form

LEAST = 40
RECORD = "reflect.db"
"""Copies are one file without a log: they are synced and looked over as a whole."""
_SLOW = {("demo",), ("pack", "check"), ("pack", "test"), ("pack", "walk"), ("hear", "x")}
_SHARED = {
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "temp_store": 2,
}
_WRITING = {
    **_SHARED,
    "journal_mode": "wal",
    "synchronous": 2,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "secure_delete": 1,
    "wal_autocheckpoint": 0,
    "journal_size_limit": 1048576,
}
_NAMES = (*_WRITING, "query_only", "busy_timeout", "locking_mode")

_LAZY = """
from reflect.transcripts import connection

connection._WRITING = tuple(
    (name, 1 if name == "synchronous" else value) for name, value in connection._WRITING
)
"""
_WATCHED = """
import json, os
import apsw

NAMES = {names}
looking = set()

def opened(db):
    def executing(cursor, sql, bindings):
        word = sql.lstrip().partition(" ")[0].upper().rstrip(";")
        if id(db) in looking or word in ("PRAGMA", "ATTACH"):
            return True
        looking.add(id(db))
        held = {{name: db.pragma(name) or 0 for name in NAMES}}
        told = {{"file": db.db_filename("main"), "sql": word, "read_only": db.readonly("main"), **held}}
        with open(os.environ["PROOF_LOG"], "a") as log:
            log.write(json.dumps(told) + chr(10))
        if word not in ("BEGIN", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "VACUUM"):
            looking.discard(id(db))
        return True
    db.exec_trace = executing

apsw.connection_hooks.append(opened)
"""
"""A `sitecustomize` that writes down what holds in each connection when it is first used, and first written to."""


class Seen(NamedTuple):
    """One connection as it was when a statement was run in it, by which command."""

    command: str
    held: dict[str, Any]


def run(form: Form) -> Figure:
    """Run a session and every command; look into every connection before its first statement that counts."""
    seen = _watched(form.folder, every=form.long)
    failures = [found for one in seen for found in _wrong(one)]
    writing = sum(not one.held["query_only"] for one in seen)
    says = (
        f"{len(seen)} statements in connections, {writing} that may write, of "
        f"{len({one.command for one in seen})} commands: {len(failures)} settings wrong"
    )
    return Figure(len(seen), tuple(dict.fromkeys(failures)), says, LEAST)


def control(form: Form) -> Figure:
    """A record that does not wait for the disk at each answer."""
    seen = _watched(form.folder, _LAZY, only=("history", "wins"))
    failures = [found for one in seen for found in _wrong(one)]
    return Figure(1, tuple(failures), f"{len(failures)} found out")


def _watched(
    folder: Path, how: str = "", only: tuple[str, ...] = (), *, every: bool = False
) -> list[Seen]:
    home, log = folder / "home" / "reflect", folder / "log"
    home.parent.mkdir()
    (home.parent / "copies").mkdir()
    begin(home, "I wrote it on a card before the round")
    watching = folder / "watching"
    watching.mkdir()
    (watching / "sitecustomize.py").write_text(_WATCHED.format(names=_NAMES) + how, "utf-8")
    environ = environment(home, PROOF_LOG=str(log))
    environ["PYTHONPATH"] = os.pathsep.join((str(watching), environ["PYTHONPATH"]))
    typed: list[tuple[tuple[str, ...], list[str]]] = [((), ["a second card", "and a third one"])]
    for name, lines in commands(home, "windowsill").items():
        some = lines if every else lines[:2]
        wanted = (line for line in some if line[:2] not in _SLOW and name != "suggest")
        typed += [(line, []) for line in wanted if not only or name in only]
    if not only:
        typed[-1:-1] = [(LOCK, [PASSPHRASE]), (UNLOCK, [PASSPHRASE]), (("unlock", "--confirm"), [])]
    seen: list[Seen] = []
    for line, given in typed:
        log.write_text("")
        reflect(home, *line, lines=given, environ=environ, deadline=60)
        told = (json.loads(one) for one in log.read_text("utf-8").splitlines())
        seen += [Seen(" ".join(line[:2]), one) for one in told]
    return seen


def _wrong(seen: Seen) -> list[str]:
    held = seen.held
    if Path(held["file"]).name != RECORD:
        return []
    # Whoever writes the file anew keeps everybody out of the old one, and writes nothing into it.
    only_locks = held["locking_mode"] == "exclusive" and held["sql"] == "BEGIN"
    wanted = _SHARED if only_locks or held["query_only"] or held["read_only"] else _WRITING
    wrong = {name: held[name] for name, value in wanted.items() if held[name] != value}
    if not wrong:
        return []
    return [f"{seen.command}: {held['sql']} with {wrong}"]


CHECK = Check(
    "T-PRAGMA",
    ("G2", "G16"),
    "every connection has the settings that keep and forget",
    run,
    control,
    seconds=15,
)
