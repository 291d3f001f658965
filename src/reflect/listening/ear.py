"""The Ear: one typed line against what a turn expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

import msgspec

from reflect.events import Answer, Expectation, Parts, Said, Span
from reflect.listening.action import action_parts, deed
from reflect.listening.cues import Cue
from reflect.listening.dates import Dates, Due
from reflect.listening.goals import goal_parts
from reflect.listening.kinds import AnswerKind
from reflect.listening.language import Language
from reflect.listening.mood import mood
from reflect.listening.naming import goal_named
from reflect.listening.options import choose, choose_several, named_option
from reflect.listening.outcome import outcome
from reflect.listening.owner import named
from reflect.listening.quote import breaks_off, quote
from reflect.listening.signals import Signals
from reflect.listening.utterance import Utterance
from reflect.listening.vague import is_vague
from reflect.listening.values import number, on_scale, yes_or_no
from reflect.listening.weight import weight
from reflect.listening.words import Words
from reflect.script import Lexicon, Option


class Ear:
    """Hears answers with the words of one language, the given cues and plug-ins' kinds of answer.

    Of two with one name the first counts; a kind that nobody brought takes every answer.

    It has no state but indexes of word lists, so the same answer is always heard
    the same. What a cue raises passes through: whoever brings plug-ins isolates them.
    """

    def __init__(
        self, lexicon: Lexicon, cues: Sequence[Cue], kinds: Sequence[AnswerKind] = ()
    ) -> None:
        self._language = Language(lexicon)
        self._kinds = {kind.name: kind for kind in reversed(kinds)}
        self._dates = Dates(self._language)
        self._signals = Signals(self._language, {cue.name: cue for cue in reversed(cues)})

    def prepare(self) -> Iterator[None]:
        """Make indexes ready, one more at each step, while nobody waits; what is left is made when needed."""
        yield from self._language.prepare()
        yield from self._dates.prepare()

    def hear(self, text: str, expectation: Expectation, now: datetime) -> Said:
        """What `text`, already cleaned, says to `expectation`; `now` is local time with its offset.

        `Said.text` is `text` without outer blank lines. Spans count in it, or with
        `expectation.before` in that answer, a line break and it.
        """
        text = without_blank_lines(text)
        if not text:
            return Said()
        today = now.date()
        value, problem = self._value(text, expectation, today)
        if problem:
            return Said(text=text, problem=problem)
        kind = self._kinds.get(expectation.check)
        complaint = kind.check(text.strip()) if kind else None
        if complaint:
            return Said(text=text, complaint=complaint)
        said = self._utterance(text, expectation, today)
        heard = self._signals.hear(said, expectation.listen)
        return Said(text=text, value=value, heard=heard, parts=self._parts(text, said, expectation))

    def _utterance(self, text: str, expectation: Expectation, today: date) -> Utterance:
        joint = f"{expectation.before}\n{text}" if expectation.before else text
        meeting = _meeting(expectation, today)
        words = Words(joint)
        return Utterance(
            joint,
            words,
            self._language,
            self._dates,
            expectation.kind,
            today,
            meeting,
            expectation.other,
            expectation.wants,
            expectation.phase,
        )

    # --- values ----------------------------------------------------------------------

    def _value(self, text: str, expectation: Expectation, today: date) -> tuple[Answer, str]:
        """The value and no problem, or None and the problem; both empty where text is the answer."""
        read = self._readers.get(expectation.kind)
        if read is None:
            return None, ""
        reader, problem = read
        value = reader(self, text.strip(), expectation, today)
        return value, "" if value is not None else problem

    def _yes_or_no(self, text: str, expectation: Expectation, today: date) -> Answer:
        return yes_or_no(Words(text), self._language)

    def _number(self, text: str, expectation: Expectation, today: date) -> Answer:
        return number(text, Words(text), self._language)

    def _on_scale(self, text: str, expectation: Expectation, today: date) -> Answer:
        value = number(text, Words(text), self._language)
        return on_scale(value, expectation.low, expectation.high)

    def _date(self, text: str, expectation: Expectation, today: date) -> Answer:
        due = self._dates.read(Words(text), today, past=True)
        return due.day.isoformat() if due and due.day else None

    def _option(self, text: str, expectation: Expectation, today: date) -> Answer:
        options, language = expectation.options, self._language
        if expectation.wants == "mood":
            # What became of a promise is told in many words.
            named = named_option(text, options, language) or outcome(Words(text), language)
            if named in {option.id for option in options}:
                return named
        return choose(text, options, language)

    def _options(self, text: str, expectation: Expectation, today: date) -> Answer:
        return choose_several(text, expectation.options, self._language)

    _readers: dict[str, tuple[Callable[[Ear, str, Expectation, date], Answer], str]] = {  # noqa: RUF012
        "yesno": (_yes_or_no, "not-yes-or-no"),
        "number": (_number, "not-a-number"),
        "scale": (_on_scale, "not-on-the-scale"),
        "date": (_date, "not-a-date"),
        "choice": (_option, "not-an-option"),
        "several": (_options, "not-an-option"),
    }

    # --- parts -----------------------------------------------------------------------

    def _parts(self, text: str, said: Utterance, expectation: Expectation) -> Parts:
        if expectation.kind == "due":
            return self._due(text, said)
        if expectation.kind == "owner":
            return Parts(owner=named(Words(text), self._language, expectation.other))
        if expectation.kind not in ("text", "line"):
            return Parts(mood=mood(said)) if expectation.wants == "mood" else Parts()
        parts = self._text_parts(text, said, expectation)
        return msgspec.structs.replace(
            parts,
            mood=mood(said),
            weight=weight(said),
            serves=self._goal(said, expectation.goals),
            cut=parts.quote is not None and breaks_off(said.text, parts.quote, self._language),
        )

    def _goal(self, said: Utterance, goals: tuple[Option, ...]) -> str:
        """The goal that is named; the day for which one is set does not name it."""
        if not goals:
            return ""
        plain = (Option(goal.id, self._undated(goal.label, said.today)) for goal in goals)
        return goal_named(said.words, tuple(plain), self._language)

    def _undated(self, text: str, today: date) -> str:
        due = self._dates.read(Words(text), today, past=True)
        return text if due is None else f"{text[: due.span.start]} {text[due.span.end :]}"

    def _text_parts(self, text: str, said: Utterance, expectation: Expectation) -> Parts:
        phrase = self._quote(text, said, expectation.before)
        if expectation.wants == "action":
            return self._action(text, said, expectation.before, phrase)
        if expectation.wants == "goal":
            return goal_parts(said, phrase)
        return Parts(quote=phrase)

    def _quote(self, text: str, said: Utterance, before: str) -> Span | None:
        """A phrase of the reply, which says it better, else of the answer it adds to."""
        if not before:
            return quote(said.words, self._language)
        return _moved(quote(Words(text), self._language), len(before) + 1) or quote(
            Words(before), self._language
        )

    def _action(self, text: str, said: Utterance, before: str, phrase: Span | None) -> Parts:
        """The action; when what was said first is vague and the reply is not, the reply names the deed."""
        parts = action_parts(said.words, self._language, said.due, phrase, said.other)
        if not before or not is_vague(Words(before), self._language):
            return parts
        reply = Words(text)
        if is_vague(reply, self._language):
            return parts
        due = self._dates.read(reply, said.today) or self._dates.occasion(
            reply, said.meeting, said.other
        )
        what = _moved(deed(reply, self._language, due.span if due else None), len(before) + 1)
        return msgspec.structs.replace(parts, what=what) if what else parts

    def _due(self, text: str, said: Utterance) -> Parts:
        """A date with its words; other words are an occasion, unless they say that there is none."""
        words = Words(text)
        due = self._dates.read(words, said.today)
        if due is None and said.meeting is not None:
            occasion = self._dates.occasion(words, said.meeting, said.other)
            due = occasion if occasion and occasion.day else None
        if due is None and words.tokens and not self._declines(words):
            due = Due(None, Span(len(text) - len(text.lstrip()), len(text.rstrip())))
        if due is None:
            return Parts()
        return Parts(due=due.day.isoformat() if due.day else None, due_words=due.span)

    def _declines(self, words: Words) -> bool:
        tokens = words.tokens[:8]
        refused = self._language.find("no", tokens)
        leads = bool(refused) and refused[0].start == tokens[0].start
        return leads or bool(self._language.find("unsure", tokens))


def _meeting(expectation: Expectation, today: date) -> date | None:
    """The day of the next meeting; None when none is set or it is over."""
    day = date.fromisoformat(expectation.meeting) if expectation.meeting else None
    return day if day and day >= today else None


def without_blank_lines(text: str) -> str:
    """`text` without the blank lines around it; the spaces of its own lines stay."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start > end:
        return ""
    after = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : len(text) if after < 0 else after]


def _moved(span: Span | None, by: int) -> Span | None:
    return span and Span(span.start + by, span.end + by)
