"""Everything heard in one text, each cue with its words, its rule and its reason: to tune word lists by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from reflect.events import Private, Span
from reflect.listening.challenges import challenges
from reflect.listening.cues import Cue, Unheard
from reflect.listening.dates import Dates, Due
from reflect.listening.goals import letters
from reflect.listening.language import Language
from reflect.listening.mood import prevailing
from reflect.listening.owner import meant
from reflect.listening.utterance import Utterance
from reflect.listening.words import Words
from reflect.script import Lexicon

Wanted = Literal["text", "action", "goal"]

_MOODS = {"low": "low", "glad": "glad"}


class CueHeard(Private, frozen=True):
    """One cue: where (None: nowhere in particular), the words there, the list that heard it, and why."""

    cue: str
    span: Span | None
    words: str
    rule: str
    reason: str


class Account(Private, frozen=True):
    """What was heard: `due` is an ISO date, `owner` me, mentor, both, other or none.

    `challenges` holds time, expectations, power, distance, conflict, no_progress, confidence, or
    none alone; `mood` is low, neutral or glad.
    """

    cues: tuple[CueHeard, ...]
    vague: bool
    due: str | None
    due_kind: Literal["date", "event", "none"]
    owner: str
    specific: bool
    measurable: bool
    time_bound: bool
    challenges: tuple[str, ...]
    mood: str


class Listener:
    """Accounts for texts with the words of one language; of two `cues` with one name the first counts."""

    def __init__(self, lexicon: Lexicon, cues: Sequence[Cue]) -> None:
        self._language = Language(lexicon)
        self._dates = Dates(self._language)
        self._cues = tuple({cue.name: cue for cue in reversed(cues)}.values())[::-1]

    def account(
        self,
        text: str,
        today: date,
        *,
        wants: Wanted = "text",
        phase: str = "",
        meeting: date | None = None,
    ) -> Account:
        """What is heard in `text`, already cleaned, on `today`; `meeting` is the day of the next one."""
        said = self._utterance(text, today, wants, phase, meeting)
        due = said.due
        who, _ = meant(said.subject)
        named, feeling = challenges(said), prevailing(said)
        heard = [
            *self._heard(said),
            *(_found(text, f"challenge: {c.kind}", c.span, c.rule) for c in named),
        ]
        smart = letters(said)
        vague = any(cue.cue == "vague" for cue in heard)
        return Account(
            cues=tuple(_explained(cue, due, who, feeling.rule if feeling else "") for cue in heard),
            vague=vague,
            due=due.day.isoformat() if due and due.day else None,
            due_kind="none" if due is None else "date" if due.day else "event",
            owner=who,
            specific="s" in smart if wants == "goal" else not vague,
            measurable="m" in smart,
            time_bound=due is not None,
            challenges=tuple(one.kind.replace("-", "_") for one in named) or ("none",),
            mood=_MOODS[feeling.mood] if feeling and feeling.mood else "neutral",
        )

    def _utterance(
        self, text: str, today: date, wants: Wanted, phase: str, meeting: date | None
    ) -> Utterance:
        words, wanted = Words(text), "" if wants == "text" else wants
        language, dates = self._language, self._dates
        return Utterance(
            text, words, language, dates, "text", today, meeting, wants=wanted, phase=phase
        )

    def _heard(self, said: Utterance) -> Iterator[CueHeard]:
        for cue in self._cues:
            try:
                places = cue.hear(said)
            except Unheard:
                continue
            if places is None:
                continue
            for span in places or (None,):
                yield _found(said.text, cue.name, span, cue.name, cue.definition)


def _found(text: str, cue: str, span: Span | None, rule: str, reason: str = "") -> CueHeard:
    words = text[span.start : span.end] if span else ""
    return CueHeard(cue, span, words, rule, reason or f"an entry of {rule} stands here")


def _explained(cue: CueHeard, due: Due | None, who: str, felt: str) -> CueHeard:
    """`cue` with the list that heard it, where it is known, and what it was taken to mean."""
    if cue.cue == "dated" and due is not None:
        meant = due.day.isoformat() if due.day else "an occasion without a date"
        return msgspec.structs.replace(cue, rule=due.rule, reason=f"means {meant}")
    if cue.cue == "owned":
        return msgspec.structs.replace(cue, rule=f"owner-{who}", reason=f"who acts: {who}")
    if cue.cue in _MOODS and felt:
        return msgspec.structs.replace(cue, rule=felt)
    return cue
