"""Things to measure with: answers as people give them, events, scripts and packs of any size."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from reflect.events import Answered, Parts, Said, SessionStarted, Span
from reflect.script import (
    PHASES,
    Condition,
    CoreText,
    Hears,
    IsSettled,
    Probe,
    Question,
    Script,
    Signal,
    Single,
    Stage,
)
from reflect.transcripts.store import Store
from reflect.transcripts.values import Stream

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
AT = NOW.isoformat(timespec="seconds")

ANSWERS = (
    "We went through my draft line by line and I saw how she decides what to cut.",
    "I will send the outline to Grace by Friday and ask two colleagues to read it.",
    "The ward round went better, but I still talk too fast when somebody senior listens.",
    "Not sure, things were a bit messy this month and I kept putting it off.",
    "I asked for feedback on my presentation and it helped a lot.",
    "We should really meet more often, maybe every two weeks until the exam.",
    "She said that my questions come too late, and she is right about that.",
    "Next month I want to lead one meeting of the group without any notes.",
)

_SYLLABLES = "ba ce di fo gu ha ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru".split()


def words(count: int, seed: int = 7) -> list[str]:
    """`count` different made-up words of five letters and more."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choices(_SYLLABLES, k=chance.randint(3, 5)))] = None
    return list(found)


# --- events ------------------------------------------------------------------------


def started(mentorship: str = "m", pack: str = "bench") -> SessionStarted:
    """The beginning of a session."""
    return SessionStarted(mentorship, "digest", pack, "work", "en", "short", AT, "Ada", "Grace")


def answered(number: int) -> Answered:
    """One answer in a sentence."""
    return Answered(f"q{number}", AT, text=ANSWERS[number % len(ANSWERS)], parts=Parts(quote=Span(3, 20)))


def begun_stream(store: Store) -> tuple[Stream, int]:
    """A session that has just begun in `store`, and how many events it holds."""
    stream = Stream("session", store.new_id(), "m")
    return stream, store.append(stream, 0, [started()])


# --- scripts and packs -------------------------------------------------------------


def script(questions: int, core: dict[str, CoreText]) -> Script:
    """`questions` text questions over five phases: every third has a probe, every fifth a condition."""
    asked = [_question(number) for number in range(questions)]
    share = -(-questions // len(PHASES))
    phases = {
        phase: tuple(map(Single, asked[place * share : (place + 1) * share]))
        for place, phase in enumerate(PHASES)
    }
    signals = tuple(Signal(f"q{number}", "cue", "vague") for number in range(0, questions, 3))
    return Script("bench", "1", "Bench", "en", (Stage("work", "Work", **phases),), core, signals=signals)


def _question(number: int) -> Question:
    identifier, before = f"q{number}", f"q{max(0, number - 1)}"
    condition = Condition(f"{before} is answered", ((IsSettled(before, "answered"),),))
    vague = Condition("answer is vague", ((Hears(identifier, number // 3),),))
    return Question(
        identifier,
        ((f"What about number {number}?",), (f"And number {number}?",)),
        how=("Take a moment.",),
        when=condition if number % 5 == 4 else None,
        probes=(Probe("what", vague, (("What exactly?",),)),) if number % 3 == 0 else (),
        listen=(number // 3,) if number % 3 == 0 else (),
        share="yes",
    )


def said(number: int) -> Said:
    """What an Ear might have heard in the answer to question `number` of `script`."""
    heard = {number // 3: None} if number % 3 == 0 else {}
    return Said(ANSWERS[number % len(ANSWERS)], heard=heard, parts=Parts(quote=Span(3, 20)))


def pack(lines: int) -> str:
    """A pack of about `lines` lines in YAML, every question of a kind that packs use."""
    return "\n".join((*_HEAD, *islice(_body(lines), max(0, lines - len(_HEAD) - 8)), *_FOOT, ""))


_HEAD: tuple[str, ...] = ()
_FOOT: tuple[str, ...] = ()


def _body(lines: int) -> Iterator[str]:
    raise NotImplementedError
