"""A store of very many answers, written in bulk: a million through the front door would take hours."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import apsw

from benchmarks.samples import AT, started, words
from reflect.events import Answered, Event
from reflect.transcripts import codec, ulid
from reflect.transcripts.store import Store

EACH = 20
"""Answers of one session."""
_DIFFERENT = 5_000
_SAID = 14
_SALT = bytes(16)

EventRow = tuple[int, int, str | None, bytes, bytes, str]


def make_messages(path: Path, count: int) -> tuple[str, str]:
    """A store at `path` with `count` answers; gives one of its commonest words and a rare one."""
    Store.open(path, None).close()
    db = apsw.Connection(str(path))
    db.pragma("synchronous", 0)
    db.execute("BEGIN")
    asked = add_messages(db, count)
    db.execute("COMMIT")
    db.close()
    return asked


def add_messages(db: apsw.Connection, count: int, mentorship: str = "m") -> tuple[str, str]:
    """`count` answers of sessions before all that are there; gives a common and a rare word."""
    vocabulary = words(_DIFFERENT)
    texts = _texts(vocabulary)
    found: Any = db.execute("SELECT coalesce(max(number), 0) FROM streams").fetchall()
    last = int(found[0][0])
    for number in range(1, -(-count // EACH) + 1):
        said = list(islice(texts, min(EACH, count - (number - 1) * EACH)))
        _session(db, last + number, ulid.encode(number << 80), mentorship, said)
    db.execute("INSERT INTO answers (answers) VALUES ('rebuild')")
    return vocabulary[0], vocabulary[len(vocabulary) // 2]


def _texts(vocabulary: list[str]) -> Iterator[str]:
    """Texts in which the word in place n is as frequent as 1/n, as words are (Zipf)."""
    chance = random.Random(11)
    weights = list(accumulate(1 / place for place in range(1, len(vocabulary) + 1)))
    while True:
        said = chance.choices(vocabulary, cum_weights=weights, k=_SAID * EACH)
        yield from (" ".join(said[at : at + _SAID]) for at in range(0, len(said), _SAID))


def _session(
    db: apsw.Connection, number: int, session: str, mentorship: str, texts: list[str]
) -> None:
    row = (number, session, "session", mentorship, len(texts) + 1)
    db.execute(
        "INSERT INTO streams (number, id, kind, mentorship, length) VALUES (?, ?, ?, ?, ?)", row
    )
    db.execute(
        "INSERT INTO sessions VALUES (?, ?, 'bench', 'work', 'en', 'short', ?, ?, 'completed', ?, ?)",
        (session, mentorship, AT, AT[:10], len(texts), AT),
    )
    db.executemany(
        "INSERT INTO events (stream, seq, key, salt, checksum, body) VALUES (?, ?, ?, ?, ?, ?)",
        _events(number, session, mentorship, texts),
    )


def _events(number: int, session: str, mentorship: str, texts: Iterable[str]) -> Iterator[EventRow]:
    events: list[Event] = [
        started(mentorship),
        *(Answered(f"q{place}", AT, text=text) for place, text in enumerate(texts)),
    ]
    for seq, event in enumerate(events):
        body = codec.encode(event)
        key = event.key if isinstance(event, Answered) else None
        yield number, seq, key, _SALT, codec.checksum(_SALT, session, seq, body), body.decode()
