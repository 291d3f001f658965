"""How fast listening is: `python -m benchmarks.hearing.speed`, all cues on answers of sixty words.

For each language the time of `Listener.account` and of `Ear.hear` as a conversation calls it, the
first answer of a session with and without word lists prepared while the mentee reads, and how the
time grows with the length of an answer. Milliseconds.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.hearing.items import SATURDAY, language, read_items
from benchmarks.samples import NOW
from benchmarks.timing import elapsed, percentile
from reflect.events import Expectation, Listen
from reflect.listening.account import Listener
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.listening.frames import exhaust
from reflect.packs.cache import Cache
from reflect.packs.lexicon import read_lexicons
from reflect.plugins.shipped import shipped_lexicons
from reflect.script import Lexicon, Signal

OWN = Path(__file__).parents[2] / "tests" / "listening" / "items"
WORDS = 60
ANSWERS = 300
KILOBYTES = (1, 3, 10, 30, 100)
_TASKS = ("specificity", "actions", "goals", "challenges", "mood")
_SHORTEST = 8
"""Words of the sentences that the answers are made of, as people write them."""


class Speed(NamedTuple):
    """The 50th and the 99th percentile of some answers."""

    p50: float
    p99: float


def lexicon(code: str) -> Lexicon:
    """The shipped word lists of one language."""
    files = map(str, shipped_lexicons())
    return read_lexicons(files, Cache(Path("/nonexistent")), code).language(code)


def every_cue() -> Expectation:
    """A turn that listens for every cue."""
    cues = enumerate(builtin_cues())
    return Expectation(listen=tuple(Listen(n, Signal("q", "cue", cue.name)) for n, cue in cues))


def answers(code: str, count: int = ANSWERS) -> list[str]:
    """`count` answers of sixty words each, of labelled sentences in one language."""
    items = (item for task in _TASKS for item in read_items(OWN, task) if language(item) == code)
    sentences = [item["text"] for item in items if len(item["text"].split()) >= _SHORTEST]
    words = _words(sentences, random.Random(1))
    return [" ".join(islice(words, WORDS)) for _ in range(count)]


def _words(sentences: list[str], chance: random.Random) -> Iterator[str]:
    while True:
        yield from (chance.choice(sentences).rstrip(".") + ".").split()


def speed(hear: Callable[[str], object], texts: list[str]) -> Speed:
    """How long `hear` takes for each of `texts`, when it has heard some before."""
    for text in texts[:20]:
        hear(text)
    times = [elapsed(lambda: hear(text)) for text in texts]  # noqa: B023
    return Speed(percentile(times, 50), percentile(times, 99))


def all_cues(code: str, count: int = ANSWERS) -> tuple[Speed, Speed]:
    """`Listener.account` and `Ear.hear` in one language, on `count` answers."""
    known, cues, expected = lexicon(code), builtin_cues(), every_cue()
    listener, ear, texts = Listener(known, cues), Ear(known, cues), answers(code, count)
    return (
        speed(lambda text: listener.account(text, SATURDAY), texts),
        speed(lambda text: ear.hear(text, expected, NOW), texts),
    )


def first(code: str, *, prepared: bool) -> float:
    """The first answer of a session."""
    ear, text, expected = Ear(lexicon(code), builtin_cues()), answers(code, 1)[0], every_cue()
    if prepared:
        exhaust(ear.prepare())
    return elapsed(lambda: ear.hear(text, expected, NOW))


def lengths(code: str) -> Iterator[tuple[int, float]]:
    """Kilobytes of one answer, and how long all cues on it take."""
    listener, text = Listener(lexicon(code), builtin_cues()), " ".join(answers(code, 400))
    listener.account(text[:1000], SATURDAY)
    for size in KILOBYTES:
        part = text[: size * 1000]
        yield size, min(elapsed(lambda: listener.account(part, SATURDAY)) for _ in range(3))  # noqa: B023


def main() -> int:
    """Print the table."""
    say = sys.stdout.write
    for code in ("en", "de", "es"):
        account, ear = all_cues(code)
        say(f"{code}  account p50 {account.p50:.2f} p99 {account.p99:.2f}")
        say(f"  hear p50 {ear.p50:.2f} p99 {ear.p99:.2f}")
        say(f"  first answer {first(code, prepared=True):.1f}")
        say(f", unprepared {first(code, prepared=False):.0f}\n")
    for size, taken in lengths("en"):
        say(f"{size:>4} KB {taken:6.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
