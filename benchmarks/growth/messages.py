"""A record of more and more answers: a start, listings, a search, one more answer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import apsw

from benchmarks.growth.work import Group, Runs, Work
from benchmarks.journey import make_journey
from benchmarks.messages import add_messages
from benchmarks.samples import answered, begun_stream
from benchmarks.scene import DAY
from benchmarks.timing import elapsed, repeated
from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.settings import NO_PLUGINS

SIZES = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
PLAYED = 10
"""Answers of the one session that is played for real."""
OPEN = 50
"""Of the actions, one from each session, so many are still open: what anybody has in hand."""
BEFORE = 400
"""Days from the latest of the sessions that are not played to today: they lie before the one that is."""
RUNS = 5
_COMMON, _RARE = "words-common", "words-rare"


def prepare(home: Path, size: int) -> None:
    """A home with about `size` answers, and with everything that is derived from them."""
    make_journey(home, 1)
    db = apsw.Connection(str(home / "reflect.db"))
    db.pragma("synchronous", 0)
    db.execute("BEGIN")
    found: Any = db.execute("SELECT mentorship FROM sessions").fetchall()
    mentorship = str(found[0][0])
    common, rare = add_messages(db, size - PLAYED, mentorship)
    _derive(db, mentorship)
    db.execute("COMMIT")
    db.close()
    (home / _COMMON).write_text(common)
    (home / _RARE).write_text(rare)
    # Keeps the checked packs, as any earlier start has.
    list(starts(1)(home, size))


def _derive(db: apsw.Connection, mentorship: str) -> None:
    """One row for each session, one session a day, and one action from each."""
    from reflect.events import Ref
    from reflect.mentorship.folding import insert, item_row
    from reflect.mentorship.item import Item
    from reflect.transcripts.values import Stream

    query = "SELECT id FROM sessions WHERE pack = 'bench' ORDER BY id DESC"
    last = date.fromisoformat(DAY) - timedelta(BEFORE)
    found: Any = db.execute(query).fetchall()
    rows = [
        (str(session), (last - timedelta(number)).isoformat())
        for number, (session,) in enumerate(found)
    ]
    db.executemany("UPDATE sessions SET day = ?2 WHERE id = ?1", rows)
    items = [
        item_row(
            Item(
                f"{session}:q1",
                "action",
                "q1",
                Ref(session, 2),
                day,
                "me",
                state="open" if number < OPEN else "kept",
            ),
            Stream("session", session, mentorship),
        )
        for number, (session, day) in enumerate(rows)
    ]
    insert(db, "m_items", items)
    db.execute(
        "INSERT INTO m_sessions SELECT id, mentorship, 'four-stages', 'work', day, 'completed', ''"
        " FROM sessions WHERE pack = 'bench'"
    )


def _application(home: Path) -> Application:
    environ = {**os.environ, "REFLECT_HOME": str(home), "REFLECT_TODAY": DAY}
    return Application(environ, plugins=NO_PLUGINS)


def starts(runs: int) -> Runs:
    """Until the first question is known: the mentorship, its pack, what to propose, a session begun."""

    def timed(home: Path, size: int) -> Iterator[float]:
        from reflect.application.begin import begin_session, stage_for
        from reflect.application.proposing import proposal

        def start() -> None:
            relation = app.relation()
            assert relation is not None
            script = app.script()
            proposal(app, relation, script)
            session = begin_session(app, relation, script, stage_for(script, relation), "short")
            assert session.turn is not None
            sessions.append(session)

        for _ in range(runs):
            app = _application(home)
            sessions: list[Session] = []
            yield elapsed(start)
            sessions[0].finish("abandoned")
            app.close()

    return timed


def _command(*arguments: str) -> Runs:
    """A command in this process, from its arguments to its last line."""

    def commands(home: Path, size: int) -> Iterator[float]:
        from reflect.cli.main import run

        os.environ.update(REFLECT_HOME=str(home), REFLECT_TODAY=DAY)
        words = [(home / one).read_text() if one in (_COMMON, _RARE) else one for one in arguments]

        def command() -> None:
            with redirect_stdout(StringIO()) as out:
                assert run(words) == 0
            assert out.getvalue() or size < SIZES[2]

        yield from repeated(command, RUNS)

    return commands


def _appends(home: Path, size: int) -> Iterator[float]:
    app = _application(home)
    stream, length = begun_stream(app.store)
    for number in count(length):
        yield elapsed(lambda: app.store.append(stream, number, [answered(number)]))  # noqa: B023
        if number == length + 20:
            app.close()
            return


GROUP = Group(
    "messages",
    "answers kept",
    SIZES,
    prepare,
    (
        Work("start, to the first question", starts(RUNS)),
        Work("reflect history", _command("history")),
        Work("reflect actions", _command("actions"), time=0.3),
        Work("search, newest first", _command("search", _COMMON)),
        Work("search, by relevance", _command("search", "--relevance", _COMMON), time=0.3),
        Work("one more answer", _appends),
    ),
)
