"""Scales and numbers that were asked more than once: what was answered each time, for the one who answered."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from reflect.errors import ReflectError
from reflect.events import LastAnswer, Private

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.script import Question
    from reflect.transcripts.store import Store

_ANSWERS = (
    "SELECT l.pack, l.question, l.session, s.day, l.payload FROM m_last l"
    " JOIN m_sessions s ON s.session = l.session"
    " WHERE l.mentorship = ? ORDER BY l.pack, l.question, l.session"
)


class Value(Private, frozen=True, omit_defaults=False):
    """What was answered in `session`, which began on the local date `day`."""

    session: str
    day: str
    value: float


class AskedAgain(Private, frozen=True, omit_defaults=False):
    """The answers to question `question` of `pack`, oldest first; at least two.

    `asked` is how it was put last. Of a scale, `low` and `high` are its ends and `labels`
    what they mean; the ends of a number are None.
    """

    pack: str
    question: str
    asked: str
    values: tuple[Value, ...]
    low: int | None = None
    high: int | None = None
    labels: tuple[str, ...] = ()


def asked_again(app: Application, relation: Relation, word: str = "") -> tuple[AskedAgain, ...]:
    """Every number that was asked for more than once; with a `word`, where its name, pack or text has it."""
    store = app.reading_store
    rows = store.rows(_ANSWERS, (relation.id,))
    found = []
    for (pack, question), group in groupby(rows, key=lambda row: (str(row[0]), str(row[1]))):
        values = tuple(one for row in group if (one := _value(*row[2:])))
        if len(values) > 1:
            found.append(_told(store, pack, question, values))
    return tuple(one for one in found if _is_about(one, word.casefold()))


def _value(session: str, day: str, payload: bytes) -> Value | None:
    """A number that was answered; None for anything else."""
    last = msgspec.msgpack.decode(payload, type=LastAnswer)
    is_number = isinstance(last.value, int | float) and not isinstance(last.value, bool)
    if last.status != "answered" or not is_number:
        return None
    assert isinstance(last.value, int | float)
    return Value(session, day, last.value)


def _is_about(one: AskedAgain, word: str) -> bool:
    return any(word in text.casefold() for text in (one.pack, one.question, one.asked))


def _told(store: Store, pack: str, question: str, values: tuple[Value, ...]) -> AskedAgain:
    """With how it was put in the latest session that can be read."""
    from reflect.application.reading import read_session
    from reflect.sharing.document import transcript

    try:
        reading = read_session(store, store.session(values[-1].session))
    except ReflectError:
        return AskedAgain(pack, question, "", values)
    turns = transcript(reading.dialogue, reading.row, reading.loose).turns
    asked = next((turn.question for turn in turns if turn.key == question), "")
    stages = reading.dialogue.script.stages
    every = (one for stage in stages for one in stage.questions())
    return _between(
        AskedAgain(pack, question, asked, values),
        next((one for one in every if one.id == question), None),
    )


def _between(one: AskedAgain, question: Question | None) -> AskedAgain:
    if question is None or question.kind != "scale":
        return one
    return msgspec.structs.replace(
        one, low=question.low, high=question.high, labels=question.labels
    )
