"""Listening: one answer against thousands of words and phrases."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import pairwise

from benchmarks.row import Row
from benchmarks.samples import ANSWERS, NOW, words
from benchmarks.scene import Outcome, Scene
from benchmarks.timing import elapsed, percentile
from reflect.events import Expectation, Listen
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.packs.cache import Cache
from reflect.packs.lexicon import read_lexicons
from reflect.plugins.shipped import shipped_lexicons
from reflect.script import Signal

_PHRASES = 5
"""Of so many entries one is a phrase of two words, and one ends in `*`."""


def listening(scene: Scene) -> Iterable[Outcome]:
    """Answers of six to sixty words: half hold a listed word, a quarter one with a typo."""
    listed = tuple(_entries(scene.sizes.listed))
    expected = Expectation(listen=(Listen(0, Signal("q", "mentions", "listed", listed)),))
    ear = _ear(scene)
    answers = list(_answers(listed, scene.sizes.rounds * 2))
    for text in answers[:3]:
        ear.hear(text, expected, NOW)
    times = [elapsed(lambda: ear.hear(text, expected, NOW)) for text in answers]  # noqa: B023
    what = f"listening with {scene.sizes.listed:,} listed"
    yield Row(f"{what}, p50", percentile(times, 50), 0.06)
    yield Row(f"{what}, p99", percentile(times, 99), 1)


def _ear(scene: Scene) -> Ear:
    files = map(str, shipped_lexicons())
    return Ear(read_lexicons(files, Cache(scene.folder / "ear")).language("en"), builtin_cues())


def _entries(count: int) -> Iterator[str]:
    made = words(count + 1)
    for number, (word, other) in enumerate(pairwise(made)):
        kind = number % _PHRASES
        yield f"{word} {other}" if kind == 0 else f"{word}*" if kind == 1 else word


def _answers(listed: tuple[str, ...], count: int) -> Iterator[str]:
    chance = random.Random(3)
    for number in range(count):
        text = " ".join(chance.sample(ANSWERS, chance.choice((1, 1, 1, 2, 2, 4))))
        word = chance.choice(listed).rstrip("*")
        said = {0: word, 1: word, 2: word[:3] + word[4:]}.get(number % 4, "")
        yield f"{text[: len(text) // 2]} {said} {text[len(text) // 2 :]}"
