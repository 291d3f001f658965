"""Listening: one answer against thousands of words and phrases."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from benchmarks.hearing.speed import ANSWERS as HEARD
from benchmarks.hearing.speed import all_cues, first, lexicon, speed
from benchmarks.row import Row
from benchmarks.samples import ANSWERS, NOW, words
from benchmarks.scene import Outcome, Scene
from reflect.events import Listen
from reflect.listening.dates import Dates
from reflect.listening.language import Language
from reflect.listening.signals import Signals
from reflect.listening.utterance import Utterance
from reflect.listening.words import Words
from reflect.script import Signal

_PHRASES = 5
"""Of so many entries one is a phrase of two words, and one ends in `*`."""


def listening(scene: Scene) -> Iterable[Outcome]:
    """All cues on sixty words; then lists alone, on answers of which half hold a listed word."""
    account, ear = all_cues("en", min(HEARD, scene.sizes.rounds * 2))
    yield Row("all cues on 60 words, p50", max(account.p50, ear.p50), 0.5)
    yield Row("all cues on 60 words, p99", max(account.p99, ear.p99), 3)
    yield Row("the first answer", first("en", prepared=True), 30)
    listed = tuple(entries(scene.sizes.phrases))
    heard = speed(lists(listed), list(answers(listed, scene.sizes.rounds * 2)))
    what = f"listening with {scene.sizes.phrases:,} listed"
    yield Row(f"{what}, p50", heard.p50, 0.06)
    yield Row(f"{what}, p99", heard.p99, 1)


def lists(listed: tuple[str, ...]) -> Callable[[str], object]:
    """Hears one signal of many listed words and phrases, typos forgiven."""
    language = Language(lexicon("en"))
    signals, dates = Signals(language, {}), Dates(language)
    listen = (Listen(0, Signal("q", "mentions", "listed", listed)),)
    return lambda text: signals.hear(
        Utterance(text, Words(text), language, dates, "text", NOW.date()), listen
    )


def entries(count: int) -> Iterator[str]:
    """`count` entries of a list: words, phrases of two, and beginnings of words."""
    made = words(count + 1)
    for number, (word, other) in enumerate(pairwise(made)):
        kind = number % _PHRASES
        yield f"{word} {other}" if kind == 0 else f"{word}*" if kind == 1 else word


def answers(listed: tuple[str, ...], count: int) -> Iterator[str]:
    """`count` answers: half of them hold an entry, a quarter one with a letter missing."""
    chance = random.Random(3)
    for number in range(count):
        text = " ".join(chance.sample(ANSWERS, chance.choice((1, 1, 1, 2, 2, 4))))
        word = chance.choice(listed).rstrip("*")
        said = {0: word, 1: word, 2: word[:3] + word[4:]}.get(number % 4, "")
        yield f"{text[: len(text) // 2]} {said} {text[len(text) // 2 :]}"
