"""Reading memory: the few rows that a session starts from, however long the journey."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from reflect.events import GoalRef, LastAnswer, NoteRef, Promise
from reflect.memory import Memory
from reflect.mentorship.item import decoded
from reflect.mentorship.notes import Unread

Rows = Callable[[str, tuple[Any, ...]], list[tuple[Any, ...]]]
"""Answers a SELECT over the projection's tables."""

PROMISES_READ = 20
"""Open promises that are looked at: three are asked, the rest is only counted."""

GOALS_READ = 5
"""Open goals that a session may serve."""

NOTES_READ = 3
"""Notes that were written back that a session opens with."""

_OWN = "('me', 'both', 'none', 'unclear')"


def memory(
    rows: Rows,
    mentorship: str,
    pack: str,
    questions: Iterable[str],
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> Memory:
    """What `mentorship` left behind for a session of `pack` that reads the last answers to `questions`.

    `renamed` gives the present id of questions that were asked under another.
    """
    used = _used(rows, mentorship, pack, renamed)
    return Memory(
        sessions=_count(rows, mentorship),
        last_day=_last_day(rows, mentorship),
        items=_open_items(rows, mentorship),
        promises=_promises(rows, mentorship),
        last=_last(rows, mentorship, pack, questions, renamed),
        used=used,
        asked={text: max(wordings.values()) for text, wordings in used.items()},
        goals=_goals(rows, mentorship),
        last_stage=_last_stage(rows, mentorship),
        notes=tuple(map(note_ref, unread(rows, mentorship))),
    )


def _count(rows: Rows, mentorship: str) -> int:
    query = "SELECT COUNT(*) FROM m_sessions WHERE mentorship = ?"
    row = _first(rows, query, (mentorship,))
    return int(row[0]) if row else 0


def _last_day(rows: Rows, mentorship: str) -> str | None:
    query = "SELECT day FROM m_sessions WHERE mentorship = ? ORDER BY session DESC LIMIT 1"
    row = _first(rows, query, (mentorship,))
    return str(row[0]) if row else None


def _last_stage(rows: Rows, mentorship: str) -> str:
    query = "SELECT stage FROM m_sessions WHERE mentorship = ? ORDER BY session DESC LIMIT 1"
    row = _first(rows, query, (mentorship,))
    return str(row[0]) if row else ""


def _open_items(rows: Rows, mentorship: str) -> dict[str, int]:
    query = (
        "SELECT kind, COUNT(*) FROM m_items INDEXED BY m_items_open"
        " WHERE mentorship = ? AND open = 1 GROUP BY kind"
    )
    return {str(kind): int(count) for kind, count in rows(query, (mentorship,))}


def _promises(rows: Rows, mentorship: str) -> tuple[Promise, ...]:
    """The mentee's own open actions: those with a day first, the earliest of them first."""
    query = (
        "SELECT settled FROM m_items WHERE mentorship = ? AND kind = 'action' AND open = 1"
        f" AND owner IN {_OWN} ORDER BY due IS NULL, due, id LIMIT ?"
    )
    found = (decoded(payload) for (payload,) in rows(query, (mentorship, PROMISES_READ)))
    return tuple(
        Promise(item.id, item.text, item.due, item.day, item.share, item.not_yet) for item in found
    )


def _goals(rows: Rows, mentorship: str) -> tuple[GoalRef, ...]:
    """The newest open goals."""
    query = (
        "SELECT settled FROM m_items WHERE mentorship = ? AND kind = 'goal' AND open = 1"
        " ORDER BY id DESC LIMIT ?"
    )
    found = (decoded(payload) for (payload,) in rows(query, (mentorship, GOALS_READ)))
    return tuple(GoalRef(item.id, item.text, item.state) for item in found)


def unread(rows: Rows, mentorship: str) -> tuple[Unread, ...]:
    """The newest notes that no session has opened with."""
    query = "SELECT payload FROM m_notes WHERE mentorship = ? AND opened = 0 ORDER BY place LIMIT ?"
    found = rows(query, (mentorship, NOTES_READ))
    return tuple(msgspec.msgpack.decode(payload, type=Unread) for (payload,) in found)


def note_ref(one: Unread) -> NoteRef:
    """`one` as a session has it, not yet beside what it is about."""
    return NoteRef(one.note, one.revision, one.text, bool(one.about), proposes=one.proposes)


def _last(
    rows: Rows, mentorship: str, pack: str, questions: Iterable[str], renamed: Mapping[str, str]
) -> dict[str, LastAnswer]:
    found = {}
    for question in questions:
        names = (question, *(old for old, new in renamed.items() if new == question))
        answers = [row for row in (_latest(rows, mentorship, pack, name) for name in names) if row]
        if answers:
            _, payload = max(answers, key=lambda answer: str(answer[0]))
            found[question] = msgspec.msgpack.decode(payload, type=LastAnswer)
    return found


def _latest(rows: Rows, mentorship: str, pack: str, question: str) -> tuple[Any, ...] | None:
    query = (
        "SELECT session, payload FROM m_last WHERE mentorship = ? AND pack = ? AND question = ?"
        " ORDER BY session DESC LIMIT 1"
    )
    return _first(rows, query, (mentorship, pack, question))


def _used(
    rows: Rows, mentorship: str, pack: str, renamed: Mapping[str, str]
) -> dict[str, dict[int, int]]:
    """The latest use of each wording, as ordinals: only which came later matters.

    It is the same person who reads, so what another mentorship has said counts too. But it
    counts as said before anything of this one: eight wordings still last for eight of its sessions.
    """
    query = "SELECT text, wording, session, mentorship = ? FROM m_used WHERE pack IN (?, 'core')"
    uses = [(text, n, (own, session)) for text, n, session, own in rows(query, (mentorship, pack))]
    order = {when: n for n, when in enumerate(sorted({use[2] for use in uses}), start=1)}
    used: dict[str, dict[int, int]] = {}
    for text, wording, when in uses:
        wordings = used.setdefault(renamed.get(str(text), str(text)), {})
        wordings[int(wording)] = max(order[when], wordings.get(int(wording), 0))
    return used


def _first(rows: Rows, query: str, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    found = rows(query, values)
    return found[0] if found else None
