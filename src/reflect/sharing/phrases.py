"""The few words that the readable exports add to what was asked and answered."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.dialogue.keys import NOTE, PROMISE
from reflect.script import Phase
from reflect.sharing.document import ItemRecord, Transcript, TurnRecord

_PHASES: dict[Phase, str] = {
    "opening": "Opening",
    "worked": "What worked",
    "adjust": "What to adjust",
    "next": "Next",
    "closing": "Before you go",
}
_SILENT = {
    "answered": "(no longer here)",
    "skipped": "(skipped)",
    "declined": "(left there)",
    "removed": "(taken back)",
}
_SHARE = {"yes": "", "at the end": "not decided, so private", "no": "private"}
_OWNER = {
    "me": "yours",
    "mentor": "theirs",
    "both": "both of you",
    "other": "somebody else's",
}


def title(document: Transcript) -> str:
    """What a session is called."""
    return f"{document.session.stage_title}, {document.session.day}"


def about(document: Transcript) -> str:
    """Pack, length and state of a session."""
    session = document.session
    return f"{session.pack.id} {session.pack.version} · {session.length} · {session.state}"


def between(document: Transcript) -> str:
    """Who the session was about."""
    return f"{document.mentorship.mentee}, mentored by {document.mentorship.mentor}"


def heading(turn: TurnRecord) -> str:
    """The part of the session that a turn stands in."""
    if turn.phase is not None:
        return _PHASES[turn.phase]
    if turn.key.startswith((NOTE, PROMISE)):
        return "From last time"
    return "In between" if turn.key.startswith("core.") else "Out of its place"


def silence(turn: TurnRecord) -> str:
    """What stands where an answer has no words: it was skipped, or erased or damaged since."""
    return _SILENT[turn.status]


def notes(turn: TurnRecord) -> str:
    """What is marked beside an answer: who may read it, and what it was kept as."""
    if turn.status != "answered" or not turn.answer:
        return ""
    kept = f"kept as {_article(turn.keep)}" if turn.keep else ""
    return " · ".join(filter(None, (_SHARE[turn.share], kept)))


def terms(item: ItemRecord) -> str:
    """By when, whose, and what instead."""
    return " · ".join(_terms(item))


def _terms(item: ItemRecord) -> Iterator[str]:
    if item.due:
        yield f"by {item.due}"
    elif item.due_words:
        yield item.due_words
    if item.owner in _OWNER:
        yield _OWNER[item.owner]
    if item.instead:
        yield f"if not: {item.instead}"


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}" if noun != "feedback" else noun
