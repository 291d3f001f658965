"""What is said before the next question: the mentee's own words back, or nothing.

Rules cannot paraphrase and must not praise, so an acknowledgement quotes, names
what an answer was kept as, or repeats a date that was understood. When nothing
certain can be said the engine simply goes on.
"""

from __future__ import annotations

from typing import NamedTuple

from reflect.dialogue.bearing import is_kept
from reflect.dialogue.slots import Slot
from reflect.dialogue.wording import mentions_answer, says_back
from reflect.events import Answered
from reflect.script import CoreText, Question, Template

FOLLOW_UPS = ("probe", "part")


class Spoken(NamedTuple):
    """One line of core: its id, and whether it tells `due`."""

    core: str
    due: str | None = None


def acknowledgement(
    previous: Slot, event: Answered, answer: Answered, upcoming: Slot | None, wording: Template
) -> tuple[Spoken, ...]:
    """The lines that answer `event` at `previous`, before `upcoming` says `wording`.

    `answer` is the answer that `event` belongs to: itself, or what it follows up on.
    """
    if previous.role == "promise":
        return (Spoken(f"ack-{event.value}"),) if event.value is not None else ()
    if previous.role == "outcome":
        return _outcome(previous, event)
    if previous.role == "note":
        return _on_note(event)
    if previous.question is None or previous.role == "again":
        return ()
    if event.parts.weight == "danger":
        return (Spoken("ack-danger"),)
    if event.parts.weight == "grave":
        return ()
    understood = _understood(previous, event)
    if says_back(wording, previous.question.id):
        return understood
    if _goes_on(previous, upcoming):
        return () if mentions_answer(wording) else understood
    if answer.status == "skipped":
        return (Spoken("ack-skipped"),)
    if answer.status != "answered" or (previous.role == "probe" and event.status != "answered"):
        # What was left thin on purpose is not held up.
        return ()
    heard = event if event.status == "answered" and previous.role != "part" else answer
    keep = previous.question.keep
    if keep == "action" and heard.parts.weight == "none":
        return (Spoken("ack-no-step"),)
    if keep:
        kept = (Spoken(f"kept-{keep}"),) if is_kept(keep, heard.parts) else ()
        return (*understood, *kept)
    return _heard(heard, previous.question)


def _on_note(event: Answered) -> tuple[Spoken, ...]:
    """What is said to what was said to a note."""
    if event.status != "answered" or event.parts.weight == "grave":
        return ()
    return (Spoken("ack-danger" if event.parts.weight == "danger" else "ack-note"),)


def _outcome(previous: Slot, event: Answered) -> tuple[Spoken, ...]:
    """What is said to a reply about a promise."""
    if event.status != "answered":
        return ()
    if event.parts.weight == "danger":
        return (Spoken("ack-danger"),)
    if event.parts.weight == "grave":
        return ()
    part = previous.key.rpartition("/")[2]
    if part == "due":
        return (Spoken("ack-due", event.parts.due),) if event.parts.due else ()
    if part == "keeps":
        return (Spoken("ack-low"),) if event.parts.mood == "low" else ()
    if part == "smaller":
        return () if event.value == "smaller" else (Spoken(f"ack-{event.value}"),)
    noted = event.value is True if part == "win" else is_kept("lesson", event.parts)
    return (Spoken(f"ack-{part}"),) if noted or part == "what" else ()


def _understood(previous: Slot, event: Answered) -> tuple[Spoken, ...]:
    """A date that was just heard, said back so that a misunderstanding shows at once."""
    asked = previous.kind == "due"
    offered = previous.question is not None and previous.question.keep in ("action", "goal")
    if event.status != "answered" or event.parts.due is None or not (asked or offered):
        return ()
    return (Spoken("ack-due", event.parts.due),)


def _goes_on(previous: Slot, upcoming: Slot | None) -> bool:
    """Whether the next slot still follows up on the same answer."""
    subject = previous.subject or previous.key
    return upcoming is not None and upcoming.subject == subject and upcoming.role in FOLLOW_UPS


def _heard(event: Answered, question: Question) -> tuple[Spoken, ...]:
    if not question.is_text:
        return ()
    if event.parts.weight:
        return ()
    if event.parts.mood == "low":
        return (Spoken("ack-low"),)
    return (Spoken("ack"),) if event.parts.quote else ()


def wording_of(text: CoreText, ordinal: int) -> Template:
    """One wording of a line; lines take turns."""
    return text.ask[ordinal % len(text.ask)]
