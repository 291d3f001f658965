"""A store in a temporary folder, events to fill it, and a projector small enough to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import apsw
import pytest

from reflect.events import Answered, Event, MentorshipBegan, SessionFinished, SessionStarted
from reflect.transcripts.codec import digest
from reflect.transcripts.store import Store, Stream

AT = "2026-03-02T18:00:00+01:00"
SCRIPT = b"what sessions are asked from"
DIGEST = digest(SCRIPT)


class Counting:
    """One table: the answers of each ended session, and the length of each journey."""

    version = "1"
    tables = (
        "CREATE TABLE m_counts (stream TEXT PRIMARY KEY, kind TEXT, answers TEXT, script INTEGER)"
    )
    names = ("m_counts",)

    def project(
        self,
        db: apsw.Connection,
        stream: Stream,
        events: tuple[Event, ...],
        script: Callable[[str], bytes | None],
    ) -> None:
        """Replace the row of `stream`."""
        db.execute("DELETE FROM m_counts WHERE stream = ?", (stream.id,))
        if events:
            texts = "|".join(event.text for event in events if isinstance(event, Answered))
            found = script(DIGEST) is not None
            row = (stream.id, stream.kind, texts, found)
            db.execute("INSERT INTO m_counts VALUES (?, ?, ?, ?)", row)

    def project_all(
        self,
        db: apsw.Connection,
        streams: Iterable[tuple[Stream, tuple[Event, ...]]],
        script: Callable[[str], bytes | None],
    ) -> None:
        """All of them, one after the other."""
        for stream, events in streams:
            self.project(db, stream, events, script)


def started(mentorship: str = "M", *, pack: str = "p", stage: str = "work", at: str = AT) -> Event:
    """The beginning of a session."""
    return SessionStarted(
        mentorship=mentorship,
        digest=DIGEST,
        pack=pack,
        stage=stage,
        language="en",
        length="short",
        at=at,
    )


def answered(key: str, text: str, at: str = AT) -> Event:
    """An answer."""
    return Answered(key=key, at=at, text=text)


FINISHED = SessionFinished(at=AT)


def session_of(store: Store, *texts: str, mentorship: str = "M", finish: bool = True) -> Stream:
    """A session with one answer for each of `texts`, at keys q0, q1, …."""
    stream = Stream("session", store.new_id(), mentorship)
    answers = [answered(f"q{number}", text) for number, text in enumerate(texts)]
    end = [FINISHED] if finish else []
    store.append(stream, 0, [started(mentorship), *answers, *end])
    return stream


def journey_of(store: Store, mentorship: str = "M") -> Stream:
    """The beginning of a mentorship."""
    stream = Stream("journey", mentorship, mentorship)
    store.append(stream, 0, [MentorshipBegan(at=AT, mentee="Amina", mentor="Daniel")])
    return stream


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of a test is."""
    return tmp_path / "home" / "reflect.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store with the counting projector."""
    with Store.open(path, Counting(), patience_ms=50) as opened:
        yield opened
