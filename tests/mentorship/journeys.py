"""A journey of a few sessions, played once, and tables to fold it into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import apsw
import msgspec

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.events import Event, Parts, Refused, Said, Span
from reflect.memory import Memory
from reflect.mentorship.projection import TABLES, Folds
from reflect.mentorship.recall import memory
from reflect.transcripts.values import Stream

from ..dialogue.scripts import NOW, question, saying, script

MENTORSHIP = "m"
JOURNEY = Stream("journey", MENTORSHIP, MENTORSHIP)
TALK = script(
    worked=(question("win", keep="win"),),
    adjust=(question("aim", keep="goal"),),
    next=(question("step", keep="action"), question("query", keep="question")),
)
DATA = msgspec.msgpack.encode(TALK)

Answers = Mapping[str, str | Said]
Rows = dict[str, list[tuple[Any, ...]]]


class Streams(NamedTuple):
    """Streams with their events, in the order they came."""

    known: tuple[tuple[Stream, tuple[Event, ...]], ...]

    @property
    def sessions(self) -> list[str]:
        """Ids of the sessions, oldest first."""
        return [stream.id for stream, _ in self.known if stream.kind == "session"]


class Tables:
    """The projection in memory."""

    def __init__(self) -> None:
        self.db = apsw.Connection(":memory:")
        self.db.execute(TABLES)
        self.folds = Folds()

    def project(self, stream: Stream, events: Iterable[Event]) -> None:
        self.folds.project(self.db, stream, tuple(events), lambda _: DATA)

    def project_all(self, streams: Iterable[tuple[Stream, tuple[Event, ...]]]) -> None:
        self.folds.project_all(self.db, streams, lambda _: DATA)

    def query(self, sql: str, bindings: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self.db.execute(sql, bindings).fetchall()

    def rows(self) -> Rows:
        return {name: sorted(self.query(f"SELECT * FROM {name}")) for name in Folds.names}

    def memory(self) -> Memory:
        return memory(self.query, MENTORSHIP, TALK.pack, ())

    def play(self, number: int, answers: Answers, length: str = "short") -> tuple[Stream, Dialogue]:
        """Session `number`, ten days after the one before it; gives it, projected."""
        now = NOW + timedelta(days=10 * number)
        started = start(
            TALK, self.memory(), now, mentorship=MENTORSHIP, digest="d", stage="s",
            length=length, mentee="Ada", mentor="Grace",
        )  # fmt: skip
        dialogue = Dialogue(TALK, [started])
        while (turn := dialogue.turn) is not None:
            plain = turn.key if "/" in turn.key else turn.key.split("@")[0]
            said = answers.get(turn.key, answers.get(plain, ""))
            event = dialogue.hear(saying(said) if isinstance(said, str) else said, now)
            assert not isinstance(event, Refused)
            dialogue.apply(event)
        dialogue.apply(dialogue.finish(now))
        stream = Stream("session", f"S{number}", MENTORSHIP)
        self.project(stream, dialogue.events)
        return stream, dialogue


def promise(words: str, due: str | None = None, owner: str = "none") -> Said:
    return saying(words, parts=Parts(what=Span(0, len(words)), due=due, owner=owner))


def streams() -> Streams:
    """Four sessions: two promises and a goal, one kept and one not yet, not yet again, dropped."""
    tables = Tables()
    sittings: tuple[Answers, ...] = (
        {"step": promise("ask Ruth", "2026-11-26"), "aim": "three talks", "win": "a card"},
        {"core.promise": saying("1", "kept"), "step": promise("write it up"), "query": "why"},
        {"core.promise": saying("3", "not-yet"), "win": "slept"},
        {"core.promise": saying("3", "not-yet"), "aim": "another one"},
        {"core.promise": saying("4", "dropped"), "step": promise("rest")},
    )
    played = [tables.play(number, answers) for number, answers in enumerate(sittings)]
    return Streams(tuple((stream, tuple(dialogue.events)) for stream, dialogue in played))
