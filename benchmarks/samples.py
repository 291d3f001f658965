"""Things to measure with: answers as people give them, events, scripts and packs of any size."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from reflect.events import Answered, Heard, Parts, Said, SessionStarted, Span
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

_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
    "bra",
    "cle",
    "dri",
    "flo",
    "gru",
]


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
    return Answered(
        f"q{number}", AT, text=ANSWERS[number % len(ANSWERS)], parts=Parts(quote=Span(3, 20))
    )


def begun_stream(store: Store) -> tuple[Stream, int]:
    """A session that has just begun in `store`, and how many events it holds."""
    stream = Stream("session", store.new_id(), "m")
    return stream, store.append(stream, 0, [started()])


# --- scripts and packs -------------------------------------------------------------


def script(questions: int, core: dict[str, CoreText]) -> Script:
    """`questions` text questions over five phases: every third has a probe, every fifth a condition."""
    asked = [_question(number) for number in range(questions)]
    share = -(-questions // len(PHASES))
    places = range(0, share * len(PHASES), share)
    parts = [tuple(map(Single, asked[at : at + share])) for at in places]
    stage = Stage(
        "work",
        "Work",
        opening=parts[0],
        worked=parts[1],
        adjust=parts[2],
        next=parts[3],
        closing=parts[4],
    )
    signals = tuple(Signal(f"q{number}", "cue", "vague") for number in range(0, questions, 3))
    return Script("bench", "1", "Bench", "en", (stage,), core, signals=signals)


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
    heard: Heard = {number // 3: None} if number % 3 == 0 else {}
    return Said(ANSWERS[number % len(ANSWERS)], heard=heard, parts=Parts(quote=Span(3, 20)))


def pack(lines: int) -> str:
    """A pack in YAML of `lines` lines: questions with probes, and one long word list to fill it up."""
    asked = min(MOST_QUESTIONS, (lines - len(_HEAD)) // _lines_each() - len(PHASES))
    questions = [_question_text(number) for number in range(max(asked, len(PHASES)))]
    share = -(-len(questions) // len(PHASES))
    body = [
        f"{phase}:\n" + "".join(questions[place * share : (place + 1) * share])
        for place, phase in enumerate(PHASES)
    ]
    rest = lines - len(_HEAD) - "".join(body).count("\n")
    listed = "".join(f"    - {word}\n" for word in words(max(1, rest)))
    return "\n".join(_HEAD) + "\n" + listed + "".join(body)


MOST_QUESTIONS = 190
_HEAD = (
    "reflect: 1",
    "pack: bench",
    "version: 1.0.0",
    "title: Bench",
    "language: en",
    "words:",
    "  listed:",
)
_QUESTION = """\
  - id: q{number}
    ask:
      - When did number {number} go well this week?
      - What about number {number} would you do again?
    how: One moment is enough, who said what and what it changed.
    example: She asked me what I had tried before she said anything.
    probe:
      - when: answer is vague
        ask: What exactly did you do?
        fires:
          - It was fine
        quiet:
          - She repeated my worry back to me before she answered
      - when: answer is shorter than 3 words
        ask: And what came of it?
        fires:
          - Well enough
        quiet:
          - She repeated my worry back to me before she answered
    keep: win
    share: yes
    note for mentor: Listen for what was done.
"""


def _question_text(number: int) -> str:
    return _QUESTION.format(number=number)


def _lines_each() -> int:
    return _QUESTION.count("\n")
