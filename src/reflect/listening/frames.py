"""Phrases with open places, as a lexicon lists them, found among the words of a sentence.

An entry is words in a row, each of them

- `word`, or `word*` for any ending,
- `one|two|three`: any of these,
- `(one|two)`: any of these, or none,
- `<list>`: any single word of that list of the lexicon, also `(<list>)` and `one|<list>`,
- `<n>`: a number in figures or in words,
- `..` and `...`: up to three and up to eight words, whatever they are.

A frame lies within one sentence. Each word of a text is tried against the few frames whose rarest
place it fits, outwards from there, and each frame looks at a bounded stretch, so the cost grows
with the text only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from reflect.events import Span
from reflect.listening.words import WORDS_REMEMBERED, Token, fold
from reflect.script import Value

GAPS = {"..": 3, "...": 8}
"""How many words a gap stands for at most."""
_NUMBER = "<n>"
_LOOSE = 1_000_000


class Found(NamedTuple):
    """Where a frame stands, and the frame as it was written: the rule that explains a cue."""

    span: Span
    rule: str


def apart(found: tuple[Found, ...], others: tuple[Found, ...]) -> tuple[Found, ...]:
    """Those of `found` that overlap none of `others`, which stand in the order of their beginnings."""
    if not others:
        return found
    starts = [other.span.start for other in others]
    ends = list(accumulate((other.span.end for other in others), max))

    def is_apart(one: Found) -> bool:
        begun = bisect_left(starts, one.span.end)
        return not begun or ends[begun - 1] <= one.span.start

    return tuple(filter(is_apart, found))


class _Place(Value, frozen=True):
    """One place of a frame: the words and stems that fit, whether figures do, and the words of a gap."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    figures: bool = False
    optional: bool = False
    gap: int = 0

    def fits(self, word: str) -> bool:
        """Whether `word` can stand here."""
        return (
            word in self.words
            or bool(self.stems and word.startswith(self.stems))
            or (self.figures and word[:1].isdecimal())
        )


class _Frame(Value, frozen=True):
    """The frame `number` of all, in the list `name`; its rarest place is the `anchor`.

    One of `before` stands right before the anchor, one of `after` right behind it; None where
    anything may.
    """

    number: int
    name: str
    rule: str
    places: tuple[_Place, ...]
    anchor: int
    before: frozenset[str] | None
    after: frozenset[str] | None

    def starts(self, words: list[str], at: int) -> Iterable[int]:
        """Where it may begin when its anchor stands at word `at` of `words`, which end in an empty one."""
        if self.before is not None and words[at - 1] not in self.before:
            return ()
        if self.after is not None and words[at + 1] not in self.after:
            return ()
        return _starts(self.places, self.anchor - 1, words, at - 1) if self.anchor else (at,)


_Anchored = tuple[frozenset[str] | None, _Frame]
"""A frame, and the words of its second rarest place, one of which must stand near it too, if one must."""

_NOWHERE = (0, 0, "")

Lists = Callable[[str], Iterable[str]]


def exhaust(steps: Iterator[object]) -> None:
    """Take all `steps` at once."""
    for _ in steps:
        pass


class _Name(NamedTuple):
    """What a name in a piece stands for: single words, stems with their `*`, and how common they are."""

    words: tuple[str, ...]
    cost: int


class _Names(dict[str, _Name]):
    """Names by what they stand for in `lists`, read when they are first asked for."""

    def __init__(self, lists: Lists, common: frozenset[str]) -> None:
        super().__init__()
        self._lists = lists
        self._common = common

    def __missing__(self, name: str) -> _Name:
        words = tuple(dict.fromkeys(_named(name, self._lists)))
        often = 1_000 * len(self._common.intersection(words))
        found = self[name] = _Name(words, len(words) + often + 5_000 * (name == _NUMBER))
        return found


class Frames:
    """The frames of the lists `names`; `lists` gives the entries of any list.

    A frame is looked for only in a sentence that has a word of its rarest place: the one with the
    fewest words, `common` words counting as many.
    """

    def __init__(self, names: Iterable[str], lists: Lists, common: frozenset[str]) -> None:
        self._names = list(names)
        self._lists = lists
        self._entries: list[tuple[str, str]] = []
        self._named = _Names(lists, common)
        self._costs: dict[str, int] = {}
        self._places: dict[str, _Place] = {}
        self._frames: dict[int, _Anchored] = {}
        self._words: dict[str, list[int]] = {}
        self._stems: dict[str, dict[str, list[int]]] = {}
        self._figures: list[int] = []
        self._anchored = lru_cache(WORDS_REMEMBERED)(self._anchored_at)

    def prepare(self) -> Iterator[None]:
        """Index the frames by their anchors, some more at each step; what is left is done when needed.

        A frame is made of its entry when a word of its anchor is first said: most never are.
        """
        while self._names:
            name = self._names.pop(0)
            for entry in self._lists(name):
                self._index(name, entry)
            yield

    def _index(self, name: str, entry: str) -> None:
        pieces = entry.split()
        if not pieces or _is_loose(pieces[0]):
            return
        number = len(self._entries)
        self._entries.append((name, entry))
        for one in _names_in(min(pieces, key=self._cost)):
            if one == _NUMBER:
                self._figures.append(number)
            for word in self._named[one].words:
                if word[-1:] == "*":
                    stems = self._stems.setdefault(word[0], {})
                    stems.setdefault(word[:-1], []).append(number)
                else:
                    self._words.setdefault(word, []).append(number)

    def _cost(self, piece: str) -> int:
        """How common what fits `piece` is; where nothing must stand, more than any word."""
        cost = self._costs.get(piece)
        if cost is None:
            named = self._named
            # Also of a place that may be left out: its words belong to the vocabulary.
            cost = sum([named[name].cost for name in _names_in(piece)])
            cost = self._costs[piece] = _LOOSE if _is_loose(piece) else cost
        return cost

    def _frame(self, number: int) -> _Anchored:
        frame = self._frames.get(number)
        if frame is None:
            frame = self._frames[number] = self._made(number, *self._entries[number])
        return frame

    def _made(self, number: int, name: str, entry: str) -> _Anchored:
        pieces = entry.split()
        places = tuple(map(self._place, pieces))
        rarest = sorted(range(len(pieces)), key=lambda at: self._cost(pieces[at]))
        second = _only_words(places[rarest[1]]) if len(rarest) > 1 else None
        anchor = rarest[0]
        before, after = _next_to(places[:anchor][::-1]), _next_to(places[anchor + 1 :])
        return second, _Frame(number, name, entry, places, anchor, before, after)

    def _place(self, piece: str) -> _Place:
        """What `piece` of a frame stands for; many pieces recur, and some stand for whole lists."""
        place = self._places.get(piece)
        if place is None:
            place = self._places[piece] = self._read(piece)
        return place

    def _read(self, piece: str) -> _Place:
        if piece in GAPS:
            return _Place(gap=GAPS[piece])
        names = _names_in(piece)
        words = {word for name in names for word in self._named[name].words}
        stems = {word for word in words if word[-1:] == "*"}
        return _Place(
            frozenset(words - stems),
            tuple(sorted(stem[:-1] for stem in stems)),
            _NUMBER in names,
            _is_loose(piece),
        )

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every whole word that a frame names."""
        exhaust(self.prepare())
        return frozenset(
            word for name in self._named.values() for word in name.words if word[-1:] != "*"
        )

    def find(self, sentences: Iterable[tuple[Token, ...]]) -> dict[str, tuple[Found, ...]]:
        """What stands in `sentences`, by list: of what begins at one word the longest, that listed first."""
        exhaust(self.prepare())
        found: dict[str, list[Found]] = {}
        new = tuple.__new__
        for sentence in sentences:
            for (name, at), (end, _, rule) in sorted(self._within(sentence).items()):
                span = new(Span, (sentence[at][1], sentence[end - 1][2]))
                found.setdefault(name, []).append(new(Found, (span, rule)))
        return {name: tuple(places) for name, places in found.items()}

    def _within(self, sentence: tuple[Token, ...]) -> dict[tuple[str, int], tuple[int, int, str]]:
        """By list and first token, the token after the longest frame, less its number, and that frame."""
        words = [*(token[0] for token in sentence), ""]
        known = frozenset(words)
        best: dict[tuple[str, int], tuple[int, int, str]] = {}
        for at, word in enumerate(words):
            for second, frame in self._anchored(word):
                if second is not None and second.isdisjoint(known):
                    continue
                for start in frame.starts(words, at):
                    end = _end(frame.places, 1, words, start + 1)
                    longest = (end, -frame.number, frame.rule)
                    if end and longest > best.get((frame.name, start), _NOWHERE):
                        best[frame.name, start] = longest
        return best

    def _anchored_at(self, word: str) -> tuple[_Anchored, ...]:
        """The frames whose rarest place `word` fits, each once."""
        numbers = list(self._words.get(word, ()))
        for stem, some in self._stems.get(word[:1], {}).items():
            if word.startswith(stem):
                numbers += some
        if word[:1].isdecimal():
            numbers += self._figures
        return tuple(map(self._frame, dict.fromkeys(numbers)))


def _only_words(place: _Place) -> frozenset[str] | None:
    """The words of `place` when nothing else fits it and it may not be left out."""
    loose = place.optional or place.gap or place.stems or place.figures
    return None if loose else place.words


def _next_to(places: tuple[_Place, ...]) -> frozenset[str] | None:
    """The words of which one must stand at the first of `places`, or further on where it is left out."""
    words: frozenset[str] = frozenset()
    for place in places:
        if place.gap or place.stems or place.figures:
            return None
        words = words | place.words if words else place.words
        if not place.optional:
            return words
    return None


def _is_loose(piece: str) -> bool:
    """Whether `piece` is a gap or may be left out."""
    return piece in GAPS or (piece[0] == "(" and piece[-1] == ")")


def _names_in(piece: str) -> list[str]:
    """The words and lists that `piece` names, any of which may stand there; none for a gap."""
    if piece in GAPS:
        return []
    return (piece[1:-1] if _is_loose(piece) else piece).split("|")


def _named(name: str, lists: Lists) -> Iterable[str]:
    """The single words that `name` stands for."""
    if name == _NUMBER:
        return [word for entry in lists("numbers") for word in entry.split()[:-1]]
    if name.startswith("<"):
        return [fold(entry) for entry in lists(name.strip("<>")) if " " not in entry]
    return (fold(name),)


def _starts(places: tuple[_Place, ...], of: int, words: list[str], at: int) -> list[int]:
    """Where the first of `places` can stand when number `of` of them stands at word `at` or is left out."""
    if of < 0:
        return [at + 1]
    place = places[of]
    if place.gap:
        every = (_starts(places, of - 1, words, at - less) for less in range(place.gap + 1))
        return [start for starts in every for start in starts]
    found = _starts(places, of - 1, words, at - 1) if at >= 0 and place.fits(words[at]) else []
    return [*found, *_starts(places, of - 1, words, at)] if place.optional else found


def _end(places: tuple[_Place, ...], of: int, words: list[str], at: int) -> int:
    """The word after the places from `of` on, fitted from word `at`; 0 when they do not fit."""
    if of == len(places):
        return at
    place = places[of]
    if place.gap:
        ends = (_end(places, of + 1, words, at + more) for more in range(place.gap + 1))
        return next((end for end in ends if end), 0)
    if at < len(words) and place.fits(words[at]):
        end = _end(places, of + 1, words, at + 1)
        if end:
            return end
    return _end(places, of + 1, words, at) if place.optional else 0
