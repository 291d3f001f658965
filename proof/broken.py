"""The program with something broken in it on purpose, for controls: it must be found out."""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.program import environment

LATE = """
from contextlib import contextmanager
from reflect.transcripts.database import Database

@contextmanager
def writing(self):
    if not self._db.in_transaction:
        self._db.execute("BEGIN IMMEDIATE")
    yield self._db

def close(self):
    if self._db.in_transaction:
        self._db.execute("COMMIT")
    self._db.close()

Database.writing, Database.close, Database.checkpoint = writing, close, lambda self: None
"""
"""Acknowledges each answer and commits all of them at the end."""

CLAIMING = """
from reflect.errors import StoreError
from reflect.transcripts.store import Store

usual = Store.append

def append(self, stream, expected, events, *, lease=None):
    try:
        return usual(self, stream, expected, events, lease=lease)
    except StoreError:
        return expected + len(events)

Store.append = append
"""
"""Goes on as if what could not be stored had been."""

ROLLBACK_JOURNAL = """
from reflect.transcripts import connection

connection._WRITING = tuple(
    (name, "delete" if name == "journal_mode" else value) for name, value in connection._WRITING
)
"""
"""Keeps a journal of its own for each answer and deletes it, as SQLite does unless it is told otherwise."""

NO_DRAFTS = """
from reflect.transcripts.store import Store

Store.save_draft = lambda self, stream_id, key, text: None
"""
"""Keeps nothing of what is half typed."""

IMPATIENT = """
from reflect.transcripts import database

class Impatient(database.Database):
    def __init__(self, path, **how):
        super().__init__(path, **{**how, "patience_ms": 0})

database.Database = Impatient
"""
"""Waits for nobody who is writing."""

STEP_BY_STEP = """
from reflect.transcripts import migrations

def run(db, path, folder, latest):
    db.pragma("foreign_keys", 0)
    for number in range(migrations.version(db) + 1, latest + 1):
        db.execute((folder / f"{number:04}.sql").read_text())
        db.pragma("user_version", number)

migrations._run = run
"""
"""Brings a file up to date in as many commits as there are statements."""


def broken(home: Path, how: str) -> dict[str, str]:
    """What the program finds around it when it is broken; `how` is the text of a module that breaks it."""
    folder = home.parent / "broken"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(how, "utf-8")
    environ = environment(home)
    return {**environ, "PYTHONPATH": os.pathsep.join((str(folder), environ["PYTHONPATH"]))}


def around(home: Path, how: str) -> dict[str, str]:
    """The same where `how` may be "": then nothing is broken."""
    return broken(home, how) if how else environment(home)
