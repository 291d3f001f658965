"""What a mentor reads, in lines: what can be answered by its number, the transcript, what moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from reflect.packs.phrases import Phrases
from reflect.review.case import Case, Filed, one_line
from reflect.review.moved import Move, moves, stage, twice
from reflect.review.places import FIRST, Place, places
from reflect.script import Keep
from reflect.sharing.brief import part_of
from reflect.sharing.layout import wrapped
from reflect.sharing.shared import SharedItem
from reflect.text import for_terminal

_HEADS: dict[Keep, str] = {
    "question": "review-asked",
    "action": "review-actions",
    "goal": "review-goals",
    "agreement": "review-terms",
}
_MARGIN = " " * 6
_DEEPER = " " * 8


class Telling:
    """One file of a case in the words of `phrases`, in lines of at most `width` cells."""

    def __init__(self, case: Case, filed: Filed, phrases: Phrases, width: int) -> None:
        self._case = case
        self._filed = filed
        self._phrases = phrases
        self._say = phrases.say
        self._width = width
        self._today = filed.shared.day
        self._places = places(case, filed)

    # --- what can be answered ----------------------------------------------------------

    def open_ones(self) -> list[str]:
        """Every open question, promise, goal and term with its number and the notes beside it."""
        found = (place for place in self._places if _is_open(place))
        return list(self._items(found))

    def transcript(self) -> list[str]:
        """Every answer with its number, grouped as it was asked, then whatever else was told."""
        told = [place for place in self._places if place.session is not None]
        lines: list[str] = []
        for _, one in groupby(told, lambda place: place.session and place.session.id):
            lines += self._session(list(one))
        rest = [place for place in self._places if place.item and not _is_open(place)]
        if rest:
            lines += ["", self._say("review-told")]
            for place in rest:
                lines += self._item(place)
        if self._filed.shared.some_private:
            lines += ["", *self._wrap(self._say("some-private"), "", "")]
        return lines

    def on_the_whole(self) -> list[str]:
        """The notes that stand beside nothing."""
        return self._notes("", "  ")

    def _items(self, found: Iterable[Place]) -> Iterator[str]:
        for kind, group in groupby(found, lambda place: place.kind):
            head = next((phrase for name, phrase in _HEADS.items() if name == kind), "review-told")
            yield ""
            yield self._say(head)
            for place in group:
                yield from self._item(place)

    def _item(self, place: Place) -> list[str]:
        about = " · ".join(self._terms(place.item)) if place.item else ""
        text = f"{place.text} ({about})" if about else place.text
        return [
            *self._wrap(text, f"{place.number:4}  ", _MARGIN),
            *self._notes(place.name, _MARGIN),
        ]

    def _terms(self, item: SharedItem) -> Iterator[str]:
        if item.kind == "action":
            if item.owner in ("mentor", "both"):
                yield self._say("review-yours" if item.owner == "mentor" else "review-ours")
            if item.due:
                yield self._say("review-by", day=self._phrases.day(item.due, self._today))
            elif item.due_words:
                yield one_line(item.due_words)
        if item.state not in ("open", "noted"):
            yield state(item.kind, item.state, self._phrases)
        if item.note:
            yield self._say("review-proposed")

    def _session(self, told: list[Place]) -> list[str]:
        session = told[0].session
        assert session is not None
        day = self._phrases.day(session.day, self._today)
        lines = ["", *self._wrap(f"{one_line(session.stage)}, {day}", "", "")]
        for part, group in groupby(
            told, lambda place: place.answer and part_of(session, place.answer)
        ):
            lines += ["", self._say(str(part))]
            for place in group:
                lines += self._answer(place)
        return lines

    def _answer(self, place: Place) -> Iterator[str]:
        answer = place.answer
        assert answer is not None
        yield from self._wrap(answer.question, f"{place.number:4}  ", _MARGIN)
        yield from self._wrap(answer.answer, f"{_MARGIN}> ", f"{_MARGIN}> ")
        if answer.summary:
            yield from self._wrap(self._say("in-short"), _MARGIN, _MARGIN)
        for reply in answer.replies:
            yield from self._wrap(reply.question, _MARGIN, _MARGIN)
            yield from self._wrap(reply.answer, f"{_MARGIN}> ", f"{_MARGIN}> ")
        if answer.note:
            yield from self._wrap(f"{self._say('for-the-mentor')} {answer.note}", _MARGIN, _DEEPER)
        yield from self._notes(place.name, _MARGIN)

    def _notes(self, name: str, margin: str) -> list[str]:
        you = self._say("review-you")
        return [
            line
            for note in self._case.beside(name)
            for line in self._wrap(f"{you} {note.text or note.kind}", margin, f"{margin}  ")
        ]

    def _wrap(self, text: str, first: str, rest: str) -> list[str]:
        return wrapped(for_terminal(text), self._width, first=first, rest=rest)


def compared(case: Case, phrases: Phrases, width: int) -> list[str]:
    """What moved between the file before the latest and the latest."""
    now, before = case.newest.shared, case.before
    if before is None:
        return wrapped(phrases.say("compare-one"), width)
    days = {
        "then": phrases.day(before.shared.day, now.day),
        "now": phrases.day(now.day, now.day),
    }
    lines = wrapped(phrases.say("compare-title", mentee=case.mentee, **days), width)
    moved = list(_moved(before, now_file=case.newest, phrases=phrases, width=width))
    return lines + (moved or ["", *wrapped(phrases.say("compare-nothing"), width)])


def _moved(before: Filed, *, now_file: Filed, phrases: Phrases, width: int) -> Iterator[str]:
    then, now = before.shared, now_file.shared
    came_to = stage(then, now)
    if came_to:
        place = phrases.say(f"stage-{came_to}")
        yield from ("", *wrapped(phrases.say("compare-stage", stage=place), width))
    for kind, group in groupby(moves(then, now), lambda move: move.kind):
        yield from ("", phrases.say(_HEADS[kind]))
        for move in group:
            yield from _move(move, phrases, width)
    again = twice(then, now)
    if again:
        yield from ("", phrases.say("compare-twice"))
    for one in again:
        yield from wrapped(for_terminal(one.question), width, first="  - ", rest="    ")
        for phrase, text in (("compare-then", one.then), ("compare-now", one.now)):
            said = phrases.say(phrase, text=for_terminal(text))
            yield from wrapped(said, width, first="    ", rest="      ")


def _move(move: Move, phrases: Phrases, width: int) -> Iterator[str]:
    form = "new" if not move.was else "same" if move.was == move.now else "moved"
    names = {"text": for_terminal(move.text), "now": state(move.kind, move.now, phrases)}
    was = state(move.kind, move.was, phrases) if move.was else ""
    said = phrases.say(f"compare-{form}", was=was, **names)
    yield from wrapped(said, width, first="  - ", rest="    ")
    if move.progress:
        step = phrases.say("compare-step", text=for_terminal(move.progress))
        yield from wrapped(step, width, first="    ", rest="      ")


def state(kind: str, name: str, phrases: Phrases) -> str:
    """A state of an item as it is said; one that is not known stands as it is."""
    word = name.replace(" ", "-")
    phrase = f"goal-{word}" if kind == "goal" else f"item-{word}"
    return phrases.say(phrase) if phrase in phrases.texts else one_line(name)


def _is_open(place: Place) -> bool:
    return place.item is not None and place.item.open and place.kind in FIRST
