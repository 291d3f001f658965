"""Reads the sentences that conditions are written in.

Each sentence is split into words and matched against the forms of the format;
what reads the text of an answer becomes a numbered signal. `or` and `and` join
whole sentences; the result is in conjunctive form.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import msgspec

from reflect.packs import codes
from reflect.packs.facts import Facts, Here
from reflect.packs.names import JOURNEY, number_of
from reflect.packs.report import Report, clip
from reflect.packs.signals import LAST, Signals
from reflect.packs.templates import out_of_sight
from reflect.packs.tree import Text
from reflect.packs.words import Word, joined, listed, words_of
from reflect.script import (
    Compare,
    Condition,
    DaysSince,
    Hears,
    Includes,
    IsSettled,
    IsValue,
    Journey,
    Kind,
    Signal,
    Test,
    Vocabulary,
)

_MOST_CHARACTERS = 1_000
_QUOTES = '"“”'
_SIGNS = frozenset(("<", ">", "<=", ">=", "=", "==", "!="))
_SUCH: dict[Kind, str] = {
    "text": "is vague",
    "line": "is vague",
    "yesno": "is yes",
    "number": "is at least 3",
    "scale": "is at least 3",
    "choice": "is OPTION",
    "several": "includes OPTION",
    "date": "is answered",
}
"""What can be said of each kind of answer."""
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
            hint = "Give each sentence a line and a dash of its own."
            self._pack.report.error(codes.UNREADABLE_CONDITION, self._text.place, message, hint)
            return None
        words = words_of(self._text.value)
        joiners = [word for word in words if word in ("and", "or")]
        try:
            self._check_joiners(joiners)
            tests = [self._test(sentence) for sentence in self._split(words, joiners)]
        except _Unreadable:
            return None
        return [tuple(tests)] if "or" in joiners else [(test,) for test in tests]

    def _check_joiners(self, joiners: list[Word]) -> None:
        """`and` and `or` do not stand in one text."""
        other = next((word for word in joiners if word != joiners[0]), None)
        if other is not None:
            hint = "Write one sentence a line, a dash each, where all must hold."
            message = "`and` and `or` cannot stand in one condition."
            raise self._wrong(codes.MIXED_JOINERS, message, hint, other)

    def _split(self, words: list[Word], joiners: list[Word]) -> list[list[Word]]:
        """The sentences between the joiners, on both sides of each of which there is one."""
        sentences: list[list[Word]] = [[]]
        for word in words:
            if word in ("and", "or"):
                sentences.append([])
            else:
                sentences[-1].append(word)
        for number, sentence in enumerate(sentences):
            if joiners and not sentence:
                joiner = joiners[max(0, number - 1)]
                message = f"`{joiner}` stands between two sentences; one of them is missing."
                hint = f"Write the other sentence, or take `{joiner}` out."
                raise self._wrong(codes.UNREADABLE_CONDITION, message, hint, joiner)
        return sentences

    # --- forms -------------------------------------------------------------------

    def _test(self, words: list[Word]) -> Test:
        match words:
            case ["journey", "has", *rest]:
                return self._journey(rest, words[1])
            case ["it", "is", "more", "than", number, "days" | "day", "since", "last", "session"]:
                return DaysSince(self._count(number))
            case [_, "is", *_]:
                return self._is(words)
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

    def _is(self, sentence: list[Word]) -> Test:
        subject, _, *words = sentence
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
                return self._value(subject, joined(words, subject), negated)
        raise self._unreadable(sentence)

    def _value(self, subject: Word, word: Word, negated: bool) -> Test:
        facts = self._subject(subject)
        if not facts.is_text:
            if word in self._pack.cues and word not in facts.options:
                message = f"`{word}` is heard in words, and `{facts.id}` is not answered in words."
                raise self._wrong(codes.WRONG_KIND, message, _such_as(facts), word)
            return IsValue(self._name(subject), (self._one_value(facts, word, subject),), negated)
        if word in self._pack.cues:
            return self._hears(Signal(self._name(subject), "cue", name=str(word)), negated)
        message = f"There is no cue `{clip(word)}`."
        raise self._refuse(codes.UNKNOWN_CUE, message, word, self._pack.cues)

    def _one_of(self, subject: Word, words: list[Word], negated: bool) -> Test:
        facts = self._subject(subject)
        if facts.is_text:
            message = f"`{clip(subject)}` is a text; it cannot be one of several values."
            hint = "Join sentences with `or` instead."
            raise self._wrong(codes.WRONG_KIND, message, hint, subject)
        values = tuple(self._one_value(facts, name, subject) for name in listed(words))
        return IsValue(self._name(subject), values, negated)

    def _one_value(self, facts: Facts, word: Word, subject: Word) -> bool | int | float | str:
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
            message = f"`{facts.id}` can have several options."
            raise self._wrong(codes.WRONG_KIND, message, hint, subject)
        message = f"`{facts.id}` is a date; only `is answered` and `is skipped` read it."
        raise self._wrong(codes.WRONG_KIND, message, _such_as(facts), subject)

    def _includes(self, subject: Word, option: Word) -> Test:
        facts = self._subject(subject)
        if facts.kind != "several":
            message = f"`{facts.id}` does not have several options."
            hint = "Write `is` for one option, `mentions` for words."
            raise self._wrong(codes.WRONG_KIND, message, hint, subject)
        return Includes(self._name(subject), self._option(facts, option))

    def _compare(
        self,
        subject: Word,
        operator: Literal["at least", "at most", "above", "below"],
        number: Word,
    ) -> Test:
        facts = self._subject(subject)
        self._need_number(facts, subject)
        if number_of(number) is not None:
            return Compare(self._name(subject), operator, self._number(facts, number))
        self._need_number(self._subject(number), number)
        return Compare(self._name(subject), operator, other=self._name(number))

    def _mentions(self, subject: Word, what: list[Word], negated: bool) -> Test:
        self._heard(subject)
        name = self._name(subject)
        if len(what) != 1:
            hint = 'Name a word list, or put the words in quotes: mentions "not sure".'
            message = "`mentions` takes one thing."
            place = what[1] if what else subject
            raise self._wrong(codes.UNREADABLE_CONDITION, message, hint, place)
        if what[0][0] in _QUOTES:
            words = what[0].strip(_QUOTES).strip()
            if not words:
                message = "Nothing stands between these quotes."
                hint = 'Write the words that you mean: mentions "not sure".'
                raise self._wrong(codes.UNREADABLE_CONDITION, message, hint, what[0])
            return self._hears(Signal(name, "mentions", words=(words,)), negated)
        if what[0] not in self._pack.lists:
            message = f"There is no word list `{clip(what[0])}`."
            raise self._refuse(codes.UNKNOWN_LIST, message, what[0], self._pack.lists)
        signal = Signal(name, "mentions", name=str(what[0]), words=self._pack.lists[what[0]])
        return self._hears(signal, negated)

    def _repeats(self, subject: Word, other: Word, negated: bool) -> Test:
        self._heard(subject)
        self._heard(other)
        signal = Signal(self._name(subject), "repeats", other=self._name(other))
        return self._hears(signal, negated)

    def _journey(self, words: list[Word], has: Word) -> Test:
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
        name = joined(what, has)
        if name not in JOURNEY:
            message = f"A journey cannot have `{clip(name)}`."
            raise self._refuse(codes.UNKNOWN_NAME, message, name, JOURNEY)
        return Journey(JOURNEY[name], least, most)

    # --- parts -------------------------------------------------------------------

    def _hears(self, signal: Signal, negated: bool) -> Test:
        return Hears(signal.subject, self._pack.signal(signal), negated)

    def _name(self, subject: str) -> str:
        """How a script names `subject`: the answer just given is the question's own."""
        return self._scope.own if subject == "answer" else str(subject)

    def _subject(self, subject: Word) -> Facts:
        """The question that `subject` speaks of; it can be read from here."""
        if subject == "answer":
            return self._own(subject)
        name = Word(subject.removeprefix(LAST), subject.at + subject.startswith(LAST) * len(LAST))
        facts = self._pack.facts.get(name)
        if facts is None:
            message = f"There is no question `{clip(name)}`."
            raise self._refuse(codes.UNKNOWN_NAME, message, name, self._pack.facts)
        if self._scope.place == "must":
            hint = f"`answer` is the answer to `{self._scope.own}`; an earlier one belongs under `when`."
            message = "A `must` reads only `answer`."
            raise self._wrong(codes.MUST_READS_OTHERS, message, hint, subject)
        if subject.startswith(LAST) or self._scope.here.sees(facts):
            return facts
        code, message, hint = out_of_sight(facts, self._scope.here)
        if name == self._scope.own and self._scope.place == "probe":
            hint = "Write `answer`."
        raise self._wrong(code, message, hint, subject)

    def _own(self, word: Word) -> Facts:
        facts = self._pack.facts.get(self._scope.own)
        if self._scope.place == "when":
            hint = "Name the question whose answer you mean."
            message = "`answer` can be read only in `must` and `probe`."
            raise self._wrong(codes.ANSWER_OUT_OF_PLACE, message, hint, word)
        if facts is None:
            raise _Unreadable
        return facts

    def _heard(self, subject: Word) -> Facts:
        facts = self._subject(subject)
        if not facts.is_text:
            message = f"`{facts.id}` is not answered in words; there is nothing to listen to."
            raise self._wrong(codes.WRONG_KIND, message, _such_as(facts), subject)
        return facts

    def _need_number(self, facts: Facts, subject: Word) -> None:
        if not facts.is_number:
            message = f"`{facts.id}` is neither a number nor a scale."
            raise self._wrong(codes.WRONG_KIND, message, _such_as(facts), subject)

    def _option(self, facts: Facts, word: Word) -> str:
        if word not in facts.options:
            message = f"`{facts.id}` has no option `{clip(word)}`."
            raise self._refuse(codes.UNKNOWN_OPTION, message, word, facts.options)
        return str(word)

    def _number(self, facts: Facts, word: Word) -> int | float:
        number = number_of(word)
        if number is None:
            message = f"`{clip(word)}` is not a number."
            raise self._wrong(codes.UNREADABLE_CONDITION, message, "Write it in digits.", word)
        if facts.kind == "scale" and not facts.low <= number <= facts.high:
            message = f"`{facts.id}` goes from {facts.low} to {facts.high}."
            hint = f"Write a number from {facts.low} to {facts.high}."
            raise self._wrong(codes.OUT_OF_RANGE, message, hint, word)
        return number

    def _count(self, word: Word) -> int:
        number = number_of(word)
        if isinstance(number, int) and 0 <= number <= 10_000:
            return number
        message = f"`{clip(word)}` is not a number that can stand here."
        raise self._wrong(codes.OUT_OF_RANGE, message, "Write it in digits.", word)

    # --- findings ----------------------------------------------------------------

    def _wrong(self, code: str, message: str, hint: str, at: Word) -> _Unreadable:
        """Report what is wrong with the word `at`."""
        self._pack.report.error(code, self._text.at(at.at), message, hint)
        return _Unreadable()

    def _refuse(self, code: str, message: str, word: Word, names: Collection[str]) -> _Unreadable:
        hint = self._pack.report.meant(word, names)
        if not hint and 0 < len(names) <= 12:
            hint = "There is " + ", ".join(names) + "."
        return self._wrong(code, message, hint, word)

    def _unreadable(self, words: list[Word]) -> _Unreadable:
        message = f"`{clip(' '.join(words))}` is no condition."
        hint = "Such as `X is answered`, `X is at least 3`, `X mentions LIST`; `or` joins whole sentences."
        if not _SIGNS.isdisjoint(words):
            hint = "Write it in words: `is above 5`, `is at least 5`, `is below 5`, `is at most 5`."
        return self._wrong(codes.UNREADABLE_CONDITION, message, hint, words[0])


def _such_as(facts: Facts) -> str:
    """What a sentence about the answer to `facts` can say."""
    option = facts.options[0] if facts.options else "OPTION"
    return f"Write such as `{facts.id} {_SUCH[facts.kind].replace('OPTION', option)}`."
