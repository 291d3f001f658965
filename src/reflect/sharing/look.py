"""The last look: everything that stands in a file, as text, each answer and each item with a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import count, groupby
from types import MappingProxyType
from typing import NamedTuple

from reflect.packs.phrases import Phrases
from reflect.sharing.brief import part_of
from reflect.sharing.layout import COLUMNS, wrapped
from reflect.sharing.shared import (
    Bundle,
    Shared,
    SharedAnswer,
    SharedItem,
    SharedLine,
    SharedSession,
)


class Look(NamedTuple):
    """The lines, and by its number the name of what can be kept back or put in other words."""

    lines: tuple[str, ...]
    numbers: dict[int, str]
    answers: frozenset[str]

    def __repr__(self) -> str:
        return "<Look>"


def look(
    bundle: Bundle,
    to: str,
    phrases: Phrases,
    width: int = COLUMNS,
    before: Mapping[int, str] = MappingProxyType({}),
) -> Look:
    """What `bundle`, which holds something shared, tells `to`; the texts in it are as they were read.

    What had a number in `before`, an earlier look, keeps it: no number ever means another thing.
    """
    assert bundle.shared is not None
    looking = _Looking(bundle.shared, to, phrases, width, before)
    lines = tuple(looking.lines(replaces=bool(bundle.replaces)))
    answers = (one.id for session in bundle.shared.sessions for one in session.answers)
    return Look(lines, looking.numbers, frozenset(answers))


class _Looking:
    """One last look in the making."""

    def __init__(
        self, shared: Shared, to: str, phrases: Phrases, width: int, before: Mapping[int, str]
    ) -> None:
        self._shared = shared
        self._to = to
        self._phrases = phrases
        self._say = phrases.say
        self._width = width
        self._known = {name: number for number, name in before.items()}
        self._next = count(max(before, default=0) + 1)
        self.numbers: dict[int, str] = {}

    def lines(self, *, replaces: bool) -> Iterator[str]:
        shared = self._shared
        yield from self._plain(self._say("look-head", to=self._to, day=self._day(shared.day)))
        if replaces:
            yield from self._plain(self._say("look-replaces"))
        yield from self._about()
        for session in shared.sessions:
            yield from self._session(session)
        if shared.items:
            yield from ("", self._say("look-items"))
        for item in shared.items:
            yield from self._item(item)
        yield from self._rest()

    def _about(self) -> Iterator[str]:
        shared = self._shared
        yield from self._plain(f"{shared.mentee} · {shared.mentor}")
        for one in shared.stages:
            stage = self._say(f"stage-{one.state}")
            yield from self._plain(self._say("look-stage", stage=stage, day=self._day(one.day)))
        if shared.meeting:
            yield from self._plain(self._say("look-meeting", day=self._day(shared.meeting)))

    def _rest(self) -> Iterator[str]:
        shared = self._shared
        if shared.takings:
            yield from self._plain(self._phrases.counted("look-taken", len(shared.takings)))
        if shared.read:
            yield from self._plain(self._phrases.counted("look-read", len(shared.read)))
        if shared.some_private:
            yield from ("", *self._plain(self._say("some-private")))
        if shared.agreed:
            yield from ("", *self._plain(shared.agreed))
        if shared.key:
            yield from ("", *self._plain(self._say("look-key", key=shared.key)))

    # --- sessions ----------------------------------------------------------------------

    def _session(self, session: SharedSession) -> Iterator[str]:
        yield ""
        day = self._day(session.day)
        yield from self._plain(f"{session.stage}, {day} ({session.title} {session.version})")
        for part, answers in groupby(session.answers, partial(part_of, session)):
            yield from ("", self._say(part))
            for answer in answers:
                yield from self._answer(answer)

    def _answer(self, answer: SharedAnswer) -> Iterator[str]:
        yield from self._numbered(answer.id, answer.question)
        yield from self._said(answer.answer)
        if answer.value and answer.value not in (answer.answer, "yes", "no"):
            yield from self._inside(self._say("look-value", value=answer.value))
        if answer.summary:
            yield from self._inside(self._say("in-short"))
        for reply in answer.replies:
            yield from self._inside(reply.question)
            yield from self._said(reply.answer)
        if answer.note:
            yield from self._inside(self._say("look-note", to=self._to, note=answer.note))

    # --- items -------------------------------------------------------------------------

    def _item(self, item: SharedItem) -> Iterator[str]:
        kind = self._say(f"kind-{item.kind}")
        yield from self._numbered(item.id, f"{kind}: {item.text} ({', '.join(self._terms(item))})")
        if item.instead:
            yield from self._inside(self._say("page-instead", text=item.instead))
        goal = next((one.text for one in self._shared.items if one.id == item.goal), "")
        if item.goal and goal:
            yield from self._inside(self._say("look-goal", text=goal))
        for line in item.lines:
            told = self._say(f"page-line-{line.kind}", text=self._told(line))
            yield from self._inside(f"{self._day(line.day)}: {told}")

    def _told(self, line: SharedLine) -> str:
        if line.kind == "state":
            return self._state(line.text)
        return self._day(line.text) if line.kind == "due" else line.text

    def _terms(self, item: SharedItem) -> Iterator[str]:
        yield self._day(item.day)
        if item.owner in ("me", "mentor", "both", "other"):
            yield self._owner(item.owner)
        due = self._day(item.due) if item.due else item.due_words
        if due:
            yield self._say("page-by", due=due)
        if item.state not in ("open", "noted") or item.kind in ("action", "question"):
            yield self._state(item.state)

    def _owner(self, owner: str) -> str:
        mine, theirs = self._shared.mentee, self._shared.mentor
        if self._shared.role == "mentor":
            mine, theirs = theirs, mine
        return {"me": mine, "mentor": theirs, "both": self._say("both")}.get(owner, "…")

    def _state(self, state: str) -> str:
        name = state.replace(" ", "-")
        texts = self._phrases.texts
        return texts.get(f"page-is-{name}") or texts.get(f"goal-{name}") or state

    # --- lines -------------------------------------------------------------------------

    def _numbered(self, name: str, text: str) -> Iterator[str]:
        number = self._known.get(name) or next(self._next)
        self.numbers[number] = name
        yield from wrapped(text, self._width, first=f"{number:3}  ", rest="     ")

    def _said(self, text: str) -> list[str]:
        return wrapped(text, self._width, first="   > ", rest="     ")

    def _inside(self, text: str) -> list[str]:
        return wrapped(text, self._width, first="     ", rest="     ")

    def _plain(self, text: str) -> list[str]:
        return wrapped(text, self._width)

    def _day(self, iso: str) -> str:
        return self._phrases.day(iso, self._shared.day)
