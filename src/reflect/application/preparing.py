"""The agenda of the coming meeting, and what a mentorship has come to: from items and transcripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from reflect.application.carried import Carried, carried, newest
from reflect.application.meetings import said_day, said_meeting
from reflect.errors import ReflectError
from reflect.sharing.sheet import Part, Sheet
from reflect.text import shorten

if TYPE_CHECKING:
    from reflect.application.notes import Shown
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.script import Keep
    from reflect.sharing.document import TurnRecord
    from reflect.transcripts.store import Store

SESSIONS_READ = 6
"""Among how many of the latest sessions a concern is looked for."""
LONGEST_POINT = 300
"""Cells of what was written back that stand on an agenda."""
QUESTIONS = 5
"""Questions for the mentor that an agenda holds at most: more than a meeting answers."""


Section = Literal[
    "took-on",
    "offered",
    "goals",
    "questions",
    "worked",
    "challenges",
    "skills",
    "feedback",
    "opportunities",
]
SECTIONS: tuple[Section, ...] = get_args(Section)
"""The parts of an agenda, in the order in which they stand unless somebody wants another."""


class Prepared(NamedTuple):
    """The sheet, and how many private things were left out of it."""

    sheet: Sheet
    left_out: int


def agenda(app: Application, relation: Relation, *, private: bool = False) -> Prepared:
    """What to bring to the next meeting; what is private only when `private` says so."""
    store, today = app.reading_store, app.now().date()
    chooser = _Chooser(private)
    actions = chooser.shared(carried(store, relation.id, "action"))
    own = [_action(one, today) for one in actions if one.is_own]
    theirs = [_action(one, today) for one in actions if one.owner == "mentor"]
    goals = chooser.shared(carried(store, relation.id, "goal"))
    questions = chooser.shared(carried(store, relation.id, "question"))
    wins = chooser.shared(newest(store, relation.id, "win", QUESTIONS))
    other = relation.other
    points, proposals = _written_back(app, relation)
    lessons = chooser.shared(newest(store, relation.id, "lesson", 1))
    feedback = chooser.shared(newest(store, relation.id, "feedback", 1))
    chances = chooser.shared(carried(store, relation.id, "contact"))
    parts: dict[Section, Part] = {
        "took-on": Part(
            "What I took on", tuple(own), "Nothing is open. What will I take on this time?"
        ),
        "offered": Part(
            f"What {other} took on",
            tuple(theirs),
            f"Nothing that I know of. What did {other} offer?",
        ),
        "goals": Part(
            "What I am working towards",
            _texts(goals),
            "No goal yet. What do I want to be able to do?",
        ),
        "questions": Part(
            f"What I want to ask {other}",
            _texts(questions[:QUESTIONS]),
            f"Nothing yet. What can only {other} answer?",
        ),
        "worked": Part(
            "What worked", _texts(wins[:1]), "What went better than before, however small?"
        ),
        "challenges": Part(
            "What does not work yet", _concern(app, relation, chooser), "What is in the way?"
        ),
        "skills": Part(
            "What I am learning", _texts(lessons), "Which skill do I want to get better at?"
        ),
        "feedback": Part(
            "What I was told", _texts(feedback), f"What would I like {other} to watch for?"
        ),
        "opportunities": Part(
            "Whom I could meet",
            _texts(chances[:QUESTIONS]),
            "Who or what could I learn from next?",
        ),
    }
    first = (
        *((Part(f"What {other} wants to talk about", points),) if points else ()),
        *((Part(f"What {other} proposes", proposals),) if proposals else ()),
    )
    order = (*relation.agenda, *SECTIONS)
    ordered = dict.fromkeys(section for section in order if section in parts)
    sheet = Sheet(
        _title(relation, today),
        f"{relation.me}, for {other}",
        (*first, *(parts[section] for section in ordered)),
    )
    return Prepared(sheet, chooser.left_out)


def _written_back(app: Application, relation: Relation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The points that the person opposite put on the agenda since the last meeting, and what waits for a yes or a no."""
    from reflect.application.notes import kept, shown

    notes = [one for one in kept(app, relation) if not one.note.withdrawn]
    since = relation.met or ""
    points = [one for one in notes if one.note.kind == "agenda" and one.at[:10] >= since]
    proposals = shown(app, relation, [one for one in notes if one.waits])
    return (
        tuple(shorten(one.note.text, LONGEST_POINT) for one in reversed(points)),
        tuple(shorten(text, LONGEST_POINT) for one in proposals if (text := _proposed(one))),
    )


_ABOUT = {"take on": "to take on", "close": "to call done", "agree": "to agree on"}
"""What is proposed about words of the mentee's."""


def _proposed(one: Shown) -> str:
    """A proposal in its own words, or with those that it is about; "" where neither is there."""
    said, what = one.known.note.text.strip(), _ABOUT.get(one.known.note.kind)
    if what is None or not one.quote:
        return said
    return f"{what} “{one.quote}”" + (f": {said}" if said else "")


def achievements(app: Application, relation: Relation) -> Sheet:
    """What a mentorship has come to, in the mentee's own words, each with its day; private things too."""
    store, today = app.reading_store, app.now().date()
    kept = [one for one in _all(store, relation, "action") if one.state == "kept"]
    reached = [one for one in _all(store, relation, "goal") if one.state == "reached"]
    parts = (
        Part("Wins", _dated(_all(store, relation, "win"), today), "None was written down."),
        Part("Promises kept", _kept(store, relation, kept, today), "None was noted as kept."),
        Part("Goals reached", _dated(reached, today), "None was noted as reached."),
        Part("Lessons", _dated(_all(store, relation, "lesson"), today), "None was written down."),
        Part("What it took", _took(app, relation)),
    )
    began = said_day(date.fromisoformat(relation.began), today)
    return Sheet(f"{relation.me} and {relation.other}, since {began}", "In your own words:", parts)


def _took(app: Application, relation: Relation) -> tuple[str, ...]:
    """The sessions with the time they took, and the meetings that were noted."""
    from reflect.application.investing import invested, said_time
    from reflect.sharing.layout import counted

    found = invested(app, relation)
    time = said_time(found.minutes)
    sessions = counted(found.sessions, "session") + (f", {time}" if time else "")
    meetings = f"{counted(found.meetings, 'meeting')} noted" if found.meetings else ""
    return tuple(filter(None, (sessions, meetings)))


class _Chooser:
    """Lets through what may be shared, and counts what may not."""

    def __init__(self, private: bool) -> None:
        self._private = private
        self.left_out = 0

    def shared(self, items: Iterable[Carried]) -> list[Carried]:
        """Those of `items` whose words are there and may be shown."""
        there = [one for one in items if one.text]
        found = [one for one in there if self.may_show(one.share)]
        self.left_out += len(there) - len(found)
        return found

    def may_show(self, share: str) -> bool:
        """Whether something with that share goes on the sheet; undecided is private."""
        return self._private or share == "yes"


def _title(relation: Relation, today: date) -> str:
    when = relation.meeting_from(today.isoformat())
    if when is None:
        return f"For the next meeting of {relation.mentee} and {relation.mentor}"
    by = f", {relation.mode}" if relation.mode else ""
    return f"For {said_meeting(when, today).rpartition(' (')[0]}{by}"


def _action(one: Carried, today: date) -> str:
    if one.due:
        return f"{one.text} (by {said_day(date.fromisoformat(one.due), today)})"
    return f"{one.text} ({one.due_words})" if one.due_words else one.text


def _texts(items: Iterable[Carried]) -> tuple[str, ...]:
    return tuple(one.text for one in items)


def _all(store: Store, relation: Relation, kind: Keep) -> list[Carried]:
    found = [one for one in carried(store, relation.id, kind, closed=True) if one.text]
    return sorted(found, key=lambda one: one.id)


def _kept(
    store: Store, relation: Relation, items: Iterable[Carried], today: date
) -> tuple[str, ...]:
    """Each promise with the day on which it was said to be kept."""
    from reflect.application.item_history import history

    found = []
    for one in items:
        became = history(store, relation.id, one.id)
        days = [each.at[:10] for each in became if (each.field, each.value) == ("state", "kept")]
        day = date.fromisoformat(days[-1] if days else one.day)
        found.append(f"“{one.text}” (kept {said_day(day, today)})")
    return tuple(found)


def _dated(items: Iterable[Carried], today: date) -> tuple[str, ...]:
    return tuple(f"“{one.text}” ({said_day(date.fromisoformat(one.day), today)})" for one in items)


# --- a concern -----------------------------------------------------------------------


def _concern(app: Application, relation: Relation, chooser: _Chooser) -> tuple[str, ...]:
    """The latest answer to a question on what to adjust that may be shown; a goal is none."""
    for turn in _adjusted(app, relation):
        if chooser.may_show(turn.share):
            return (" ".join((turn.words or turn.answer).split()),)
        chooser.left_out += 1
    return ()


def _adjusted(app: Application, relation: Relation) -> Iterator[TurnRecord]:
    from reflect.application.reading import read_session
    from reflect.sharing.document import transcript

    for row in app.reading_store.sessions(mentorship=relation.id, limit=SESSIONS_READ):
        try:
            reading = read_session(app.reading_store, row)
        except ReflectError:
            continue
        for turn in transcript(reading.dialogue, reading.row, reading.loose).turns:
            if _is_concern(turn):
                yield turn


def _is_concern(turn: TurnRecord) -> bool:
    """Whether an answer in words, or a chosen option, says what to adjust."""
    said = turn.status == "answered" and turn.follow_up_of is None and bool(turn.answer)
    told = turn.value is None or isinstance(turn.value, str)
    return turn.phase == "adjust" and said and told and turn.keep not in ("goal", "agreement")
