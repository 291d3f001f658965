"""Which packs a sentence calls for: its words against those by which packs say when they are right.

A sentence and a text of a pack are as near as the cosine between their words, where a word counts the
more the fewer texts have it (the inverse document frequency of Spärck Jones, 1972), and less where
it only has the same stem or is a letter away. A pack is as near as its nearest text, so the reason
can always be shown: this sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

from reflect.listening.words import Words
from reflect.script import Script

WEIGHTS = {"sign": 1.0, "title": 0.85, "aim": 0.7, "question": 0.55}
ENOUGH = 0.33
"""How near a pack must be to be suggested."""
REST = 0.2
"""How much the second nearest text of a pack adds."""
HEARD = 0.12
"""What it adds that a pack listens for what is heard in the sentence."""
COMMON = 0.35
"""How much a common word ("we", "often") counts beside another."""
_STEM, _TYPO = 0.8, 0.75
_ALIKE = 84
"""From which likeness (rapidfuzz ratio, of 100) a word is a mistyped other one."""
_SHORTEST = 4
"""Letters that two words must have in common at their beginning to be of one stem."""


class Suggestion(NamedTuple):
    """A pack, its stage, the text of it that is nearest, the cue heard, and how near it is (0 to about 1.3)."""

    pack: str
    stage: str
    because: str
    heard: str
    weight: float


class _Text(NamedTuple):
    pack: str
    stage: str
    text: str
    weight: float


class Shelf:
    """Packs to be suggested: scripts by the names to suggest them by; `common` words say little."""

    def __init__(self, packs: Mapping[str, Script], common: frozenset[str]) -> None:
        self._packs = packs
        texts = [text for name, script in packs.items() for text in _texts(name, script)]
        self._index = _Index(texts, common)

    def suggest(self, sentence: str, heard: Sequence[str] = ()) -> tuple[Suggestion, ...]:
        """The packs that `sentence` calls for, the nearest first; none where nothing is near.

        `heard` holds the names of the cues heard in the sentence.
        """
        near = defaultdict(list)
        for text, weight in self._index.near(_words(sentence)):
            near[text.pack].append((weight, text))
        every = (_suggestion(self._packs[name], found, heard) for name, found in near.items())
        return tuple(sorted((one for one in every if one.weight >= ENOUGH), key=_order))


def _order(one: Suggestion) -> tuple[float, str]:
    return -one.weight, one.pack


def _suggestion(
    script: Script, found: list[tuple[float, _Text]], heard: Sequence[str]
) -> Suggestion:
    listened = {signal.name for signal in script.signals if signal.kind == "cue"}
    cue = next((one for one in heard if one in listened), "")
    ordered = sorted(found, key=lambda one: (-one[0], one[1].text))
    (best, text), second = ordered[0], ordered[1][0] if len(ordered) > 1 else 0.0
    weight = best + REST * second + (HEARD if cue else 0.0)
    return Suggestion(text.pack, text.stage, text.text, cue, weight)


def _texts(name: str, script: Script) -> Iterable[_Text]:
    """What `script` says of when it is right, and what it asks."""
    several = len(script.stages) > 1
    for kind, lines in (
        ("sign", script.signs),
        ("title", (script.title,)),
        ("aim", (script.about,)),
    ):
        yield from (_Text(name, "", line, WEIGHTS[kind]) for line in lines if line)
    for stage in script.stages:
        here = stage.id if several else ""
        asked = tuple(_plain(ask) for question in stage.questions() for ask in question.ask[:2])
        known = (("sign", stage.signs), ("title", (stage.title,)), ("aim", (stage.aim,)))
        for kind, lines in (*known, ("question", asked)):
            yield from (_Text(name, here, line, WEIGHTS[kind]) for line in lines if line)


def _plain(template: Iterable[object]) -> str:
    return " ".join(piece if isinstance(piece, str) else "…" for piece in template)


class _Index:
    """The words of texts, and how much each tells."""

    def __init__(self, texts: Sequence[_Text], common: frozenset[str]) -> None:
        self._texts = texts
        self._at: dict[str, set[int]] = defaultdict(set)
        self._words = [_words(text.text) for text in texts]
        for number, words in enumerate(self._words):
            for word in words:
                self._at[word].add(number)
        self._alike: dict[str, list[str]] = defaultdict(list)
        for word in self._at:
            self._alike[word[:_SHORTEST]].append(word)
        self._common = common
        self._told = {word: self._telling(word) for word in self._at}

    def _tells(self, word: str) -> float:
        return self._told[word] if word in self._told else self._telling(word)

    def _telling(self, word: str) -> float:
        rare = log(1 + len(self._texts) / max(1, len(self._at.get(word, ()))))
        return rare * (COMMON if word in self._common else 1.0)

    def near(self, asked: Sequence[str]) -> Iterable[tuple[_Text, float]]:
        """Each text that shares words with `asked`, and how near it is."""
        shared: Counter[int] = Counter()
        for word in asked:
            likeness: dict[int, float] = {}
            for known, like in self._like(word):
                for number in self._at[known]:
                    weight = like * self._tells(word) * self._tells(known)
                    likeness[number] = max(likeness.get(number, 0.0), weight)
            shared.update(likeness)
        long = self._length(asked)
        for number, weight in shared.items():
            text = self._texts[number]
            yield text, text.weight * weight / (long * self._length(self._words[number]))

    def _length(self, words: Sequence[str]) -> float:
        return sqrt(sum(self._tells(word) ** 2 for word in words)) or 1.0

    def _like(self, word: str) -> list[tuple[str, float]]:
        """The known words that `word` is or is a form of; where there is none, what it is mistyped for."""
        alike = self._alike.get(word[:_SHORTEST], ())
        forms = [(known, _STEM) for known in alike if _of_stem(word, known)]
        if word in self._at:
            return [(word, 1.0), *forms]
        return forms or [(known, _TYPO) for known in self._mistyped(word)]

    def _mistyped(self, word: str) -> list[str]:
        from rapidfuzz import fuzz, process

        if len(word) <= _SHORTEST:
            return []
        near = process.extract(
            word, list(self._at), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3
        )
        return [known for known, _, _ in near]


def _words(text: str) -> list[str]:
    """The words of `text`, each once."""
    return list(dict.fromkeys(token.word.removesuffix("'s") for token in Words(text).tokens))


def _of_stem(word: str, known: str) -> bool:
    """Whether the two differ in an ending only: "cancels", "cancelling", "cancelled"."""
    shared = 0
    for one, other in zip(word, known, strict=False):
        if one != other:
            break
        shared += 1
    rest = max(len(word), len(known)) - shared
    return word != known and shared >= _SHORTEST and rest <= min(4, shared - 1)
