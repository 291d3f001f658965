"""Dates as a language writes them: templates fitted to the words of a text, slot by slot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from reflect.listening.days import UNITS, Amount
from reflect.listening.forms import forms, written
from reflect.listening.language import Language
from reflect.listening.meanings import DAYS, NEEDED
from reflect.listening.stretches import AMOUNTS, STRETCHES, Named
from reflect.listening.templates import Node, tree
from reflect.listening.words import WORDS_REMEMBERED, Token, nearby, plain

_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
_YEAR = re.compile(r"20\d\d", re.ASCII)
_SHORT_YEAR = re.compile(r"2\d", re.ASCII)
_SHORTEST_MENDED = 6
_POSSESSIVE = "'s"
_WITH_UNIT = re.compile(r"(\d{1,3})([^\W\d]+)")
_FAMILIES = {"due": DAYS, "stretch": STRETCHES, "amount": AMOUNTS}
_TREES = {
    "unit": "unit",
    "holiday": "holiday",
    "amount": "amount",
    "span": "stretch",
    "period": "stretch",
}
"""The slots that hold what another tree says."""
_ROOTS = (*_FAMILIES, "unit", "holiday")
_COUNTED = ("n", "day", "nth")
_SAME = {"shortyear": "year", "weekdays": "weekday"}


class Fit(NamedTuple):
    """A list of templates that fits up to token `end`, that one left out, and what filled its slots."""

    end: int
    meaning: str
    named: Named


class Follows(NamedTuple):
    """What can follow a word: anything, since it `ends` there, or figures and `words`."""

    ends: bool
    words: set[str]

    def allows(self, word: str, owned: str) -> bool:
        """Whether a word can follow that has one of these forms."""
        return self.ends or word in self.words or owned in self.words or word[0].isdecimal()


Filling = tuple[Any, int]
"""What fills a slot, and the number of the token after it."""


class Grammar:
    """The templates and tables of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._endings = tuple(plain(each) for each in language.entries("ordinal-endings"))
        self.weekdays = self._table("weekdays")
        self.months = self._table("months")
        self.written = written(language.entries("due-misspelt"))
        self._numbers = self._table("numbers")
        self._ordinals = self._table("ordinals")
        self._nths = {**self._ordinals, **self._table("nths")}
        self._quarters, self._halves = self._table("quarters"), self._table("halves")
        self._follows: dict[tuple[str, str], Follows] = {}
        self.form = lru_cache(WORDS_REMEMBERED)(self._form)
        self._roots = {family: self._tree(family) for family in _FAMILIES}
        self._units = self._tree_of_units()
        self._holidays = self._tree_of_holidays()
        self._tables: dict[str, dict[str, int]] = {
            "weekday": self.weekdays,
            "month": self.months,
            "quarter": self._quarters,
            "half": self._halves,
            "season": self._table("seasons"),
        }

    def _table(self, name: str) -> dict[str, int]:
        return {plain(word): value for word, value in self._language.table(name).items()}

    def _tree(self, family: str) -> Node:
        lists = _FAMILIES[family]
        entries = ((name, entry) for name in lists for entry in self._language.entries(name))
        return tree(entries, NEEDED)

    def _tree_of_units(self) -> Node:
        names = ((f"unit-{unit}", unit) for unit in UNITS)
        return tree((unit, entry) for name, unit in names for entry in self._language.entries(name))

    def _tree_of_holidays(self) -> Node:
        parted = (entry.rpartition("=") for entry in self._language.entries("holidays"))
        return tree((code.strip(), words) for words, _, code in parted)

    @cached_property
    def beginnings(self) -> Mapping[str, frozenset[str]]:
        """By tree, every word with which something of it can begin, figures apart."""
        return {name: self._first_of(self.root(name), self.firsts) for name in _ROOTS}

    def may_begin(self, name: str, word: str) -> Follows | None:
        """What can stand behind the plain `word` where the tree `name` has it as a beginning; else None."""
        if word not in self.beginnings[name]:
            return None
        found = self._follows.get((name, word))
        if found is None:
            found = self._follows[name, word] = self._behind(self.root(name), word)
        return found

    def _behind(self, root: Node, word: str) -> Follows:
        """What can stand behind `word` where something of the tree `root` begins with it."""
        after = [root.words[word]] if word in root.words else []
        within: set[str] = set()
        for slot, branch in root.slots.items():
            if word in self.firsts.get(slot, ()):
                inside = self._inside(slot, word)
                within |= inside.words
                if inside.ends:
                    after.append(branch)
        anything = any(node.ends or node.slots.keys() - self.firsts.keys() for node in after)
        return Follows(anything, within.union(*(self._first_of(n, self.firsts) for n in after)))

    def _inside(self, slot: str, word: str) -> Follows:
        """What can stand behind `word` within `slot`; it `ends` where the one word may fill it."""
        if slot in _TREES:
            return self._behind(self.root(_TREES[slot]), word)
        counted = (*self._numbers, *self._ordinals) if slot in _COUNTED else ()
        return Follows(True, set(counted))

    @cached_property
    def firsts(self) -> Mapping[str, frozenset[str]]:
        """By slot, the words that can fill it, figures apart; a slot that is left out takes any."""
        tables = {slot: frozenset(table) for slot, table in self._tables.items()}
        days = frozenset((*self._ordinals, *self._numbers))
        plural = frozenset(f"{name}s" for name in self.weekdays)
        found = {
            **tables,
            "weekdays": tables["weekday"] | plural,
            "n": frozenset(self._numbers),
            "day": days,
            "nth": frozenset(self._nths) | days,
            "year": frozenset[str](),
            "shortyear": frozenset[str](),
            "unit": frozenset(self._units.words),
            "holiday": frozenset(self._holidays.words),
        }
        found["amount"] = self._first_of(self._roots["amount"], found)
        found["span"] = found["period"] = self._first_of(self._roots["stretch"], found)
        return found

    def closed_to(self, word: str) -> frozenset[str]:
        """The slots that `word` cannot begin to fill."""
        if word[0].isdecimal():
            return self._closed_to_figures
        return self._closed_to.get(word, self._slots)

    @cached_property
    def _closed_to_figures(self) -> frozenset[str]:
        """The slots that only words fill, as far as this language lists none in figures."""
        worded = (*self._tables, "weekdays", "unit", "holiday")
        figures = (slot for slot in worded if any(w[0].isdecimal() for w in self.firsts[slot]))
        return frozenset(worded).difference(figures)

    @cached_property
    def _slots(self) -> frozenset[str]:
        """The slots that not every word can begin to fill."""
        return frozenset(self.firsts)

    @cached_property
    def _closed_to(self) -> dict[str, frozenset[str]]:
        """By word that can begin to fill a slot, the slots that it cannot."""
        words = set().union(*self.firsts.values())
        return {
            word: frozenset(slot for slot in self.firsts if word not in self.firsts[slot])
            for word in words
        }

    @staticmethod
    def _first_of(root: Node, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
        return frozenset(root.words).union(*(known.get(slot, ()) for slot in root.slots))

    @cached_property
    def _names(self) -> dict[str, str]:
        """Weekdays and months that are long enough to be known with a typo, by their `nearby` forms."""
        long = (name for name in (*self.weekdays, *self.months) if len(name) >= _SHORTEST_MENDED)
        return {form: name for name in long for form in nearby(name)}

    @cached_property
    def _edges(self) -> frozenset[str]:
        """The first and last three letters of those names: one typo leaves one of the two."""
        return frozenset(
            edge for name in set(self._names.values()) for edge in (name[:3], name[-3:])
        )

    def _form(self, word: str) -> str:
        """`word` without its accents, and without a typo in a long name."""
        short = len(word) < _SHORTEST_MENDED and word.isascii()
        return word if short else self.mended(plain(word))

    def mended(self, word: str) -> str:
        """The weekday or month of which `word` is one typo away, not a plural or a word of its own."""
        if len(word) < _SHORTEST_MENDED or (
            word[:3] not in self._edges and word[-3:] not in self._edges
        ):
            return word
        if word in self.beginnings["due"] or word in self._language.words("due-no-typo"):
            return word
        name = next((self._names[form] for form in nearby(word) if form in self._names), word)
        plural = word.endswith("s") and word[:-1] in self._names
        return word if name == word or plural else name

    def reading(self, text: str, tokens: tuple[Token, ...], today: date) -> Reading:
        """The words of `text`, ready to be read on `today`."""
        return Reading(self, text, tokens, today)

    def root(self, name: str) -> Node:
        """The tree of a family, of `unit` or of `holiday`."""
        others = {"unit": self._units, "holiday": self._holidays}
        return others.get(name) or self._roots[name]

    def number_at(self, slot: str, word: str) -> int | None:
        """The number that the one `word` means in `slot`; None where it does not fit."""
        if slot == "weekdays":
            return self.weekdays.get(word, self.weekdays.get(word.removesuffix("s")))
        if slot in self._tables:
            return self._tables[slot].get(word)
        if slot == "year":
            return int(word) if _YEAR.fullmatch(word) else None
        if slot == "shortyear":
            return 2000 + int(word) if _SHORT_YEAR.fullmatch(word) else None
        return self._count(slot, word)

    def _count(self, slot: str, word: str) -> int | None:
        if slot == "nth":
            return self._nths.get(word, self._ordinal(word))
        if slot == "n":
            return int(word) if _NUMBER.fullmatch(word) else self._numbers.get(word)
        day = self._ordinal(word)
        if day is None and _NUMBER.fullmatch(word):
            day = int(word)
        return day if day is not None and 1 <= day <= 31 else None

    def _ordinal(self, word: str) -> int | None:
        if word[0].isdecimal():
            for ending in self._endings:
                if word.endswith(ending) and _NUMBER.fullmatch(word[: -len(ending)]):
                    return int(word[: -len(ending)])
        return self._ordinals.get(word)

    def tens(self, first: str, second: str) -> int | None:
        """The number of two words: "twenty one", "thirty first"."""
        ten, one = self._numbers.get(first), self._numbers.get(second, self._ordinals.get(second))
        if ten is None:
            ten = self._ordinals.get(first)
        if ten is None or one is None or ten not in range(20, 100, 10) or not 1 <= one <= 9:
            return None
        return ten + one


class Reading:
    """One text as a grammar reads it on one day."""

    def __init__(self, grammar: Grammar, text: str, tokens: tuple[Token, ...], today: date) -> None:
        self._grammar = grammar
        self._today = today
        self.tokens = tokens
        self._words = forms(text, tokens, grammar.written, grammar.form)
        self._owned = [
            grammar.mended(word.removesuffix(_POSSESSIVE)) if "'" in word else word
            for word in self._words
        ]
        self._known: dict[tuple[str, int], tuple[Filling, ...]] = {}
        self._fits: dict[tuple[str, int], list[Fit]] = {}

    @cached_property
    def starts(self) -> dict[int, None]:
        """The numbers of the tokens at which a date can begin, in order."""
        first = self._grammar.beginnings["due"]
        return {
            at: None
            for at, word in enumerate(self._words)
            if (word in first or "'" in word or word[0].isdecimal()) and self.may_begin("due", at)
        }

    def may_begin(self, name: str, at: int) -> bool:
        """Whether something of the tree `name` can begin at token `at`: a look at two words."""
        word, owned = self._words[at], self._owned[at]
        if word[0].isdecimal():
            return True
        if self._allows(self._grammar.may_begin(name, word), at + 1):
            return True
        return owned != word and self._allows(self._grammar.may_begin(name, owned), at + 1)

    def _allows(self, follows: Follows | None, at: int) -> bool:
        if follows is None or follows.ends:
            return follows is not None
        return at < len(self._words) and follows.allows(self._words[at], self._owned[at])

    def fits(self, name: str, at: int) -> list[Fit]:
        """What fits of the tree `name` from token `at` on; looked for once."""
        known = self._fits.get((name, at))
        if known is None:
            known = self._fits[name, at] = self._found(name, at)
        return known

    def _found(self, name: str, at: int) -> list[Fit]:
        behind = self._grammar.root("due").slots.get("date") if name == "due" else None
        if behind:  # what begins with a date is only tried where it can go on behind one
            dates = self._fillings("date", at)
            if not any(self._can_go_on(behind, end) for _, end in dates):
                return self._fits["date", at]
        return self._walked(name, at)

    def _walked(self, name: str, at: int) -> list[Fit]:
        found: list[Fit] = []
        if at < len(self._words) and self.may_begin(name, at):
            self._walk(self._grammar.root(name), at, {}, found)
        return found

    def _can_go_on(self, node: Node, at: int) -> bool:
        """Whether something of `node` may stand at token `at`."""
        if node.ends or at == len(self._words):
            return bool(node.ends)
        return bool(node.slots) or self._words[at] in node.words or self._owned[at] in node.words

    def _walk(self, node: Node, at: int, named: dict[str, Any], found: list[Fit]) -> None:
        """Add to `found` what fits from token `at` and `node` on."""
        for meaning in node.ends:
            found.append(Fit(at, meaning, named))
        if at == len(self._words):
            return
        word, owned = self._words[at], self._owned[at]
        following = node.words.get(word) or node.words.get(owned)
        if following is not None:
            self._walk(following, at + 1, named, found)
        if not node.slots:
            return
        closed = self._grammar.closed_to(word)
        if owned != word:
            closed &= self._grammar.closed_to(owned)
        for slot, branch in node.slots.items():
            if slot not in closed:
                for value, end in self._fillings(slot, at):
                    self._walk(branch, end, {**named, _free(slot, named): value}, found)

    def _fillings(self, slot: str, at: int) -> tuple[Filling, ...]:
        """What can fill `slot` from token `at` on."""
        known = self._known.get((slot, at))
        if known is None:
            self._known[slot, at] = ()
            known = self._known[slot, at] = tuple(self._fill(slot, at))
        return known

    def _fill(self, slot: str, at: int) -> Iterator[Filling]:
        if slot == "word":
            yield self._words[at], at + 1
        elif slot in ("span", "period"):
            yield from self._stretches(slot, at)
        elif slot in ("amount", "date"):
            yield from self._lengths(at) if slot == "amount" else self._dates(at)
        elif slot == "unit":
            yield from ((UNITS[fit.meaning], fit.end) for fit in self.fits("unit", at))
        elif slot == "holiday":
            yield from ((fit.meaning, fit.end) for fit in self.fits("holiday", at))
        else:
            yield from self._numbers(slot, at)

    def _numbers(self, slot: str, at: int) -> Iterator[Filling]:
        if slot in ("n", "day", "nth") and at + 1 < len(self._words):
            two = self._grammar.tens(self._words[at], self._words[at + 1])
            if two is not None and (slot != "day" or two <= 31):
                yield two, at + 2
        one = self._grammar.number_at(slot, self._owned[at])
        if one is not None:
            yield one, at + 1

    def _stretches(self, slot: str, at: int) -> Iterator[Filling]:
        for fit in self.fits("stretch", at):
            if slot == "span" or fit.meaning.startswith("period"):
                stretch = STRETCHES[fit.meaning](self._today, fit.named)
                if stretch:
                    yield stretch, fit.end

    def _lengths(self, at: int) -> Iterator[Filling]:
        for fit in self.fits("amount", at):
            length: Amount = AMOUNTS[fit.meaning](fit.named)
            yield length, fit.end
        joined = _WITH_UNIT.fullmatch(self._words[at])
        unit = joined and self._grammar.root("unit").words.get(joined[2])
        if joined and unit and unit.ends:
            yield UNITS[unit.ends[0]].times(int(joined[1])), at + 1

    def _dates(self, at: int) -> Iterator[Filling]:
        found = self._fits["date", at] = self._walked("due", at)
        for fit in found:
            day = self.day(fit) if DAYS[fit.meaning].point else None
            if day:
                yield day, fit.end

    def day(self, fit: Fit) -> date | None:
        """The day that `fit`, of the family `due`, names."""
        return DAYS[fit.meaning].day(self._today, fit.named)


def _free(slot: str, named: Named) -> str:
    """The name under which the filling of `slot` is kept; `shortyear` is a year, `weekdays` a weekday."""
    name = _SAME.get(slot, slot)
    return name + "2" if name in named else name
