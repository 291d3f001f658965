"""Reads the sentences that conditions are written in.

Each sentence is split into words and matched against the forms of the format;
what reads the text of an answer becomes a numbered signal. `or` and `and` join
whole sentences; the result is in conjunctive form.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from reflect.packs import codes
from reflect.packs.facts import Facts, Here
from reflect.packs.names import JOURNEY, number_of
from reflect.packs.report import Report, clip
from reflect.packs.signals import LAST, Signals
from reflect.packs.templates import out_of_sight
from reflect.packs.tree import Text
from reflect.script import (
    Compare,
    Condition,
    DaysSince,
    Hears,
    Includes,
    IsSettled,
    IsValue,
    Journey,
    Signal,
    Test,
    Vocabulary,
)

_WORD = re.compile(r'"[^"]*"|“[^”]*”|,|[^\s,"“]+|["“]')
_MOST_CHARACTERS = 1_000
_QUOTES = '"“”'
_OPERATORS: dict[tuple[str, ...], Literal["at least", "at most", "above", "below"]] = {
    ("at", "least"): "at least",
    ("at", "most"): "at most",
    ("above",): "above",
    ("below",): "below",
}


class Scope(msgspec.Struct, frozen=True):
    """Whose condition it is: `own` is the question's id, and `place` the key it stands under."""

    here: Here
    own: str = ""
    place: Literal["when", "must", "probe"] = "when"


class Conditions:
    """Reads the conditions of one pack."""

    def __init__(
        self,
        facts: dict[str, Facts],
        lists: dict[str, tuple[str, ...]],
        vocabulary: Vocabulary,
        signals: Signals,
        report: Report,
    ) -> None:
        self._facts = facts
        self._lists = lists
        self._vocabulary = vocabulary
        self._signals = signals
        self._report = report

    def read(self, sentences: tuple[Text, ...], scope: Scope) -> Condition | None:
        """The condition that all of `sentences` make; None when there are none or one cannot be read."""
        groups: list[tuple[Test, ...]] = []
        sound = True
        for sentence in sentences:
            read = _Sentence(self, sentence, scope).groups()
            sound = sound and read is not None
            groups.extend(read or ())
        if not sound or not groups:
            return None
        text = "; ".join(sentence.value for sentence in sentences)
        return Condition(text, tuple(groups), sentences[0].line)

    def signal(self, signal: Signal) -> int:
        """The number of `signal`."""
        return self._signals.number(signal)

    @property
    def facts(self) -> dict[str, Facts]:
        """The questions of the pack."""
        return self._facts

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """The word lists of the pack."""
        return self._lists

    @property
    def cues(self) -> dict[str, str]:
        """The cues that can be heard."""
        return self._vocabulary.cues

    @property
    def report(self) -> Report:
        """Where findings go."""
        return self._report


class _Unreadable(Exception):
    """A sentence cannot be read; the reason is in the report."""


class _Sentence:
    """One line of a condition."""

    def __init__(self, pack: Conditions, text: Text, scope: Scope) -> None:
        self._pack = pack
        self._text = text
        self._scope = scope

    def groups(self) -> list[tuple[Test, ...]] | None:
        """The tests of this line in conjunctive form, None when something is wrong with it."""
        if len(self._text.value) > _MOST_CHARACTERS:
            message = f"This condition has more than {_MOST_CHARACTERS} characters."
            self._report(codes.UNREADABLE_CONDITION, message)
            return None
        words = _WORD.findall(self._text.value)
        joiners = {word for word in words if word in ("and", "or")}
        if len(joiners) == 2:
            hint = "Write one sentence a line, a dash each, where all must hold."
            self._report(codes.MIXED_JOINERS, "`and` and `or` cannot stand in one condition.", hint)
            return None
        tests: list[Test] = []
        try:
            for sentence in _split(words, joiners):
                tests.append(self._test(sentence))
        except _Unreadable:
            return None
        return [tuple(tests)] if "or" in joiners else [(test,) for test in tests]

    # --- forms -------------------------------------------------------------------

    def _test(self, words: list[str]) -> Test:
        match words:
            case ["journey", "has", *rest]:
                return self._journey(rest)
            case ["it", "is", "more", "than", number, "days" | "day", "since", "last", "session"]:
                return DaysSince(self._count(number))
            case [subject, "is", *rest]:
                return self._is(subject, rest)
            case [subject, "includes", option]:
                return self._includes(subject, option)
            case [subject, "mentions", *what]:
                return self._mentions(subject, what, False)
            case [subject, "does", "not", "mention", *what]:
                return self._mentions(subject, what, True)
            case [subject, "repeats", other]:
                return self._repeats(subject, other, False)
            case [subject, "does", "not", "repeat", other]:
                return self._repeats(subject, other, True)
        raise self._unreadable(words)

    def _is(self, subject: str, words: list[str]) -> Test:
        negated = words[:1] == ["not"]
        words = words[1:] if negated else words
        match words:
            case ["answered" | "skipped" as status]:
                self._subject(subject)
                return IsSettled(
                    self._name(subject), "answered" if status == "answered" else "skipped", negated
                )
            case ["one", "of", *names] if names:
                return self._one_of(subject, names, negated)
            case ["shorter" | "longer" as kind, "than", number, "words" | "word"]:
                self._heard(subject)
                wanted: Literal["shorter", "longer"] = "shorter" if kind == "shorter" else "longer"
                signal = Signal(self._name(subject), wanted, number=self._count(number))
                return self._hears(signal, negated)
            case [*operator, number] if tuple(operator) in _OPERATORS and not negated:
                return self._compare(subject, _OPERATORS[tuple(operator)], number)
            case [_, *_] if "," not in words and not any(word[0] in _QUOTES for word in words):
                return self._value(subject, " ".join(words), negated)
        raise self._unreadable([subject, "is", *words])

    def _value(self, subject: str, word: str, negated: bool) -> Test:
        facts = self._subject(subject)
        if not facts.is_text:
            if word in self._pack.cues and word not in facts.options:
                message = f"`{word}` is heard in texts, and `{facts.id}` is none."
                raise self._wrong(codes.WRONG_KIND, message)
            return IsValue(self._name(subject), (self._one_value(facts, word),), negated)
        if word in self._pack.cues:
            return self._hears(Signal(self._name(subject), "cue", name=word), negated)
        message = f"There is no cue `{clip(word)}`."
        raise self._refuse(codes.UNKNOWN_CUE, message, word, self._pack.cues)

    def _one_of(self, subject: str, words: list[str], negated: bool) -> Test:
        facts = self._subject(subject)
        names = " ".join(words).split(",")
        if facts.is_text:
            message = f"`{clip(subject)}` is a text; it cannot be one of several values."
            raise self._wrong(codes.WRONG_KIND, message, "Join sentences with `or` instead.")
        values = tuple(self._one_value(facts, name.strip()) for name in names)
        return IsValue(self._name(subject), values, negated)

    def _one_value(self, facts: Facts, word: str) -> bool | int | float | str:
        if facts.kind == "choice":
            return self._option(facts, word)
        if facts.kind == "yesno":
            if word in ("yes", "no"):
                return word == "yes"
            raise self._refuse(
                codes.UNKNOWN_OPTION, f"`{facts.id}` is yes or no.", word, ("yes", "no")
            )
        if facts.is_number:
            return self._number(facts, word)
        if facts.kind == "several":
            hint = f"Write `{facts.id} includes {clip(word)}`."
            raise self._wrong(codes.WRONG_KIND, f"`{facts.id}` can have several options.", hint)
        message = f"`{facts.id}` is a date; only `is answered` and `is skipped` read it."
        raise self._wrong(codes.WRONG_KIND, message)

    def _includes(self, subject: str, option: str) -> Test:
        facts = self._subject(subject)
        if facts.kind != "several":
            message = f"`{facts.id}` does not have several options."
            raise self._wrong(
                codes.WRONG_KIND, message, "Write `is` for one option, `mentions` for words."
            )
        return Includes(self._name(subject), self._option(facts, option))

    def _compare(
        self, subject: str, operator: Literal["at least", "at most", "above", "below"], number: str
    ) -> Test:
        facts = self._subject(subject)
        self._need_number(facts)
        if number_of(number) is not None:
            return Compare(self._name(subject), operator, self._number(facts, number))
        self._need_number(self._subject(number))
        return Compare(self._name(subject), operator, other=self._name(number))

    def _mentions(self, subject: str, what: list[str], negated: bool) -> Test:
        self._heard(subject)
        name = self._name(subject)
        if len(what) != 1:
            hint = 'Name a word list, or put the words in quotes: mentions "not sure".'
            raise self._wrong(codes.UNREADABLE_CONDITION, "`mentions` takes one thing.", hint)
        if what[0][0] in _QUOTES:
            words = what[0].strip(_QUOTES).strip()
            if not words:
                raise self._unreadable([subject, "mentions", *what])
            return self._hears(Signal(name, "mentions", words=(words,)), negated)
        if what[0] not in self._pack.lists:
            message = f"There is no word list `{clip(what[0])}`."
            raise self._refuse(codes.UNKNOWN_LIST, message, what[0], self._pack.lists)
        signal = Signal(name, "mentions", name=what[0], words=self._pack.lists[what[0]])
        return self._hears(signal, negated)

    def _repeats(self, subject: str, other: str, negated: bool) -> Test:
        self._heard(subject)
        self._heard(other)
        signal = Signal(self._name(subject), "repeats", other=self._name(other))
        return self._hears(signal, negated)

    def _journey(self, words: list[str]) -> Test:
        least, most = 1, None
        match words:
            case ["at", "least", number, *what]:
                least = self._count(number)
            case ["at", "most", number, *what]:
                least, most = 0, self._count(number)
            case ["no", *what]:
                least, most = 0, 0
            case [number, *what] if number_of(number) is not None:
                least = most = self._count(number)
            case what:
                pass
        name = " ".join(what)
        if name not in JOURNEY:
            message = f"A journey cannot have `{clip(name)}`."
            raise self._refuse(codes.UNKNOWN_NAME, message, name, JOURNEY)
        return Journey(JOURNEY[name], least, most)

    # --- parts -------------------------------------------------------------------

    def _hears(self, signal: Signal, negated: bool) -> Test:
        return Hears(signal.subject, self._pack.signal(signal), negated)

    def _name(self, subject: str) -> str:
        """How a script names `subject`: the answer just given is the question's own."""
        return self._scope.own if subject == "answer" else subject

    def _subject(self, subject: str) -> Facts:
        """The question that `subject` speaks of; it can be read from here."""
        if subject == "answer":
            return self._own()
        name = subject.removeprefix(LAST)
        facts = self._pack.facts.get(name)
        if facts is None:
            message = f"There is no question `{clip(name)}`."
            raise self._refuse(codes.UNKNOWN_NAME, message, name, self._pack.facts)
        if self._scope.place == "must":
            hint = f"`answer` is the answer to `{self._scope.own}`; an earlier one belongs into `when`."
            raise self._wrong(codes.MUST_READS_OTHERS, "A `must` reads only `answer`.", hint)
        if subject.startswith(LAST) or self._scope.here.sees(facts):
            return facts
        code, message = out_of_sight(facts, self._scope.here)
        hint = "Write `answer`." if name == self._scope.own and self._scope.place == "probe" else ""
        raise self._wrong(code, message, hint)

    def _own(self) -> Facts:
        facts = self._pack.facts.get(self._scope.own)
        if self._scope.place == "when":
            hint = "Name the question whose answer you mean."
            message = "`answer` can be read only in `must` and `probe`."
            raise self._wrong(codes.ANSWER_OUT_OF_PLACE, message, hint)
        if facts is None:
            raise _Unreadable
        return facts

    def _heard(self, subject: str) -> Facts:
        facts = self._subject(subject)
        if not facts.is_text:
            message = f"`{facts.id}` is not a text; there are no words to listen to."
            raise self._wrong(codes.WRONG_KIND, message)
        return facts

    def _need_number(self, facts: Facts) -> None:
        if not facts.is_number:
            message = f"`{facts.id}` is neither a number nor a scale."
            raise self._wrong(codes.WRONG_KIND, message)

    def _option(self, facts: Facts, word: str) -> str:
        if word not in facts.options:
            message = f"`{facts.id}` has no option `{clip(word)}`."
            raise self._refuse(codes.UNKNOWN_OPTION, message, word, facts.options)
        return word

    def _number(self, facts: Facts, word: str) -> int | float:
        number = number_of(word)
        if number is None:
            message = f"`{clip(word)}` is not a number."
            raise self._wrong(codes.UNREADABLE_CONDITION, message, "Write it in digits.")
        if facts.kind == "scale" and not facts.low <= number <= facts.high:
            message = f"`{facts.id}` goes from {facts.low} to {facts.high}."
            raise self._wrong(codes.OUT_OF_RANGE, message)
        return number

    def _count(self, word: str) -> int:
        number = number_of(word)
        if isinstance(number, int) and 0 <= number <= 10_000:
            return number
        message = f"`{clip(word)}` is not a number that can stand here."
        raise self._wrong(codes.OUT_OF_RANGE, message, "Write it in digits.")

    # --- findings ----------------------------------------------------------------

    def _report(self, code: str, message: str, hint: str = "") -> None:
        self._pack.report.error(code, self._text.place, message, hint)

    def _wrong(self, code: str, message: str, hint: str = "") -> _Unreadable:
        self._report(code, message, hint)
        return _Unreadable()

    def _refuse(self, code: str, message: str, word: str, names: object) -> _Unreadable:
        known = [str(name) for name in names] if isinstance(names, (dict, tuple)) else []
        hint = self._pack.report.meant(word, known)
        if not hint and 0 < len(known) <= 12:
            hint = "There is " + ", ".join(known) + "."
        return self._wrong(code, message, hint)

    def _unreadable(self, words: list[str]) -> _Unreadable:
        message = f"`{clip(' '.join(words))}` is no condition."
        hint = "Such as `X is answered`, `X is at least 3`, `X mentions LIST`; `or` joins whole sentences."
        return self._wrong(codes.UNREADABLE_CONDITION, message, hint)


def _split(words: list[str], joiners: set[str]) -> list[list[str]]:
    """The sentences between the joiners."""
    sentences: list[list[str]] = [[]]
    for word in words:
        if word in joiners:
            sentences.append([])
        else:
            sentences[-1].append(word)
    return sentences
