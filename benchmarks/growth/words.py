"""Longer and longer answers: hearing one with every cue, and keeping it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from benchmarks.growth.work import LINEAR, Group, Work, nothing
from benchmarks.hearing.speed import answers, every_cue, lexicon
from benchmarks.samples import AT, NOW, begun_stream
from benchmarks.timing import elapsed
from reflect.events import Answered
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.mentorship.projection import Folds
from reflect.transcripts.store import Store


def _text(size: int) -> str:
    said = chain.from_iterable(text.split() for text in answers("en", size // 60 + 1))
    return " ".join(islice(said, size))


def _hears(folder: Path, size: int) -> Iterator[float]:
    ear, expected, text = Ear(lexicon("en"), builtin_cues()), every_cue(), _text(size)
    ear.hear("I met her on Friday and asked what she would do.", expected, NOW)
    for _ in range(2 if size > 10_000 else 10):
        yield elapsed(lambda: ear.hear(text, expected, NOW))


def _keeps(folder: Path, size: int) -> Iterator[float]:
    text = _text(size)
    with Store.open(folder / "kept.db", Folds()) as store:
        stream, length = begun_stream(store)
        for number in range(length, length + 20):
            event = Answered(f"q{number}", AT, text=text)
            yield elapsed(lambda: store.append(stream, number, [event]))  # noqa: B023


GROUP = Group(
    "words",
    "words of one answer",
    (1, 10, 100, 1_000, 10_000, 100_000),
    nothing,
    (
        Work("hearing it, every cue", _hears, time=LINEAR, memory=LINEAR),
        Work("keeping it", _keeps, time=LINEAR, memory=LINEAR),
    ),
)
