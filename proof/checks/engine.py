"""Any pack and any text: each move is quick, and every session ends."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from random import Random
from typing import TypeVar

from tests.dialogue import generated
from tests.faults import mutants

from proof.batches import Batch, batches, each
from proof.check import Check, Figure, Form
from reflect.application.hearing import make_ear
from reflect.application.wiring import Application
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.events import Refused, SessionEvent
from reflect.memory import EMPTY
from reflect.script import Script
from reflect.text import clean_input

T = TypeVar("T")

SESSIONS = 2_000
_EACH = 250
_MUTANTS = 10
"""One of so many sessions is on a pack that was broken."""
_MOST_MS = 50.0
_MOST_HEARD_MS = 100.0
"""Hearing an answer of 64 kB: 25 to 45 where nothing else runs, so that a busy machine does not fail it."""
_MOST_MOVES = 1_000
_TRIES = 3
SIZE = 64 * 1024
_PIECES = (
    *("I will ask Ruth for the card by next Thursday. ", "a ", "1 ", "1.", "by ", "will not "),
    *("'a' ", '"', "`a", "a-", "tomorrow ", "every ", "日本", "e\u0301", "?! ", "\n", "never "),
    *("on 3.4. ", "half past ", "because ", "maybe we should ", "http://a.b ", "no, but yes, and "),
)


def run(form: Form) -> Figure:
    """Play scripts that are made at random, mutants that are packs still, and texts of 64 kB."""
    first = form.seed * 1_000_000
    if form.seconds is None:
        came = each(range(first, first + SESSIONS, _EACH), batch)
    else:
        came = batches(batch, first, form.seconds, _EACH)
    most = came.highest
    says = (
        f"{came.trials:,} sessions, all ended, {most.get('moves', 0):.0f} moves at most; slowest"
        f" move {most.get('ms', 0):.0f} ms, hearing 64 kB {most.get('heard', 0):.0f} ms"
    )
    return Figure(came.trials, came.failures, says, SESSIONS)


def control(form: Form) -> Figure:
    """A session in which each answer is taken back again."""

    def back(dialogue: Dialogue) -> SessionEvent | Refused:
        return dialogue.back()

    found = []
    for number in range(5):
        dialogue = generated.begin(form.seed + number, 6, 0)
        _settle(dialogue, Random(number))
        found.append(_played(dialogue, Random(number), {}, lambda one, rng: _forth(one, rng, back)))
    failures = tuple(filter(None, found))
    return Figure(5, failures, f"{len(failures)} found out")


def _forth(
    dialogue: Dialogue, rng: Random, then: Callable[[Dialogue], SessionEvent | Refused]
) -> None:
    _settle(dialogue, rng)
    event = then(dialogue)
    if not isinstance(event, Refused):
        dialogue.apply(event)


def batch(seed: int) -> Batch:
    """Some hundred sessions from `seed` on, and a few answers of 64 kB."""
    chance = random.Random(seed)
    highest: dict[str, float] = {}
    failures: list[str] = []
    shipped = mutants.Shipped()
    gc.freeze()
    for number in range(_EACH):
        made = (
            _mutant(shipped, chance)
            if number % _MUTANTS == 0
            else _generated(seed + number, chance)
        )
        found = _played(made, Random(seed + number), highest, _settle)
        if found:
            failures.append(f"seed {seed}, session {number}: {found}")
    failures += _heard(chance, highest)
    gc.unfreeze()
    return Batch(_EACH, tuple(failures), highest)


def _generated(seed: int, chance: random.Random) -> Dialogue:
    return generated.begin(seed, chance.randint(0, 14), 0)


def _mutant(shipped: mutants.Shipped, chance: random.Random) -> Dialogue:
    """A session on a shipped pack that was broken and is a pack still."""
    while True:
        script = shipped.break_one(chance)().script
        if script is not None and script.stages:
            return _begun(script, chance)


def _begun(script: Script, chance: random.Random) -> Dialogue:
    stage = chance.choice(script.stages).id
    started = start(
        script,
        EMPTY,
        mutants.NOW,
        mentorship="m",
        digest="d",
        stage=stage,
        length=chance.choice(("short", "long")),
        mentee="Ada",
        mentor="Grace",
    )
    return Dialogue(script, [started])


def _settle(dialogue: Dialogue, rng: Random) -> None:
    """Answers, or gives way when the answer is refused; now and then steps back or leaves something out."""
    if rng.random() < 0.1:
        event = generated.command(dialogue, rng)
        if not isinstance(event, Refused):
            dialogue.apply(event)
    if dialogue.turn is not None:
        generated.settle(dialogue, rng)


def _played(
    dialogue: Dialogue,
    rng: Random,
    highest: dict[str, float],
    move: Callable[[Dialogue, Random], None],
) -> str:
    """Play to the end; what is wrong: it does not end, or a move takes too long."""
    moves = 0
    while dialogue.turn is not None:
        moves += 1
        if moves > _MOST_MOVES:
            return f"it has not ended after {_MOST_MOVES} moves"
        began = time.process_time()
        move(dialogue, rng)
        _ = dialogue.turn
        took = (time.process_time() - began) * 1000
        highest["ms"] = max(highest.get("ms", 0.0), took)
        if took > _MOST_MS:
            return f"a move takes {took:.0f} ms"
    highest["moves"] = max(highest.get("moves", 0.0), moves)
    return ""


def _heard(chance: random.Random, highest: dict[str, float]) -> list[str]:
    """Answers of 64 kB to a shipped stage, heard with all cues."""
    app = Application({"REFLECT_HOME": "/nonexistent", "REFLECT_PLUGINS": "none"})
    ear = make_ear(app, "en")
    for _ in ear.prepare():
        pass
    dialogue = _begun(app.script(), chance)
    slow = []
    for _ in range(8):
        if dialogue.turn is None:
            break
        turn = dialogue.turn
        piece = "".join(chance.choices(_PIECES, k=chance.randint(1, 2)))
        text = clean_input((piece * (SIZE // len(piece) + 1))[:SIZE])
        took, said = _best(lambda: ear.hear(text, turn.expectation, mutants.NOW))  # noqa: B023
        highest["heard"] = max(highest.get("heard", 0.0), took)
        if took > _MOST_HEARD_MS:
            slow.append(f"hearing {piece!r} takes {took:.0f} ms")
        took, event = _best(lambda: dialogue.hear(said, mutants.NOW))  # noqa: B023
        event = dialogue.skip(mutants.NOW) if isinstance(event, Refused) else event
        if isinstance(event, Refused):
            break
        began = time.process_time()
        dialogue.apply(event)
        _ = dialogue.turn
        took += (time.process_time() - began) * 1000
        highest["ms"] = max(highest.get("ms", 0.0), took)
        if took > _MOST_MS:
            slow.append(f"a move after {piece!r} takes {took:.0f} ms")
    return slow


def _best(action: Callable[[], T]) -> tuple[float, T]:
    """The fewest milliseconds of processor time of a few tries, and what came."""
    best = 1e9
    for _ in range(_TRIES):
        began = time.process_time()
        found = action()
        best = min(best, (time.process_time() - began) * 1000)
    return best, found


CHECK = Check(
    "T-ENGINE",
    ("G11",),
    "each move takes 50 ms at most, and every session ends",
    run,
    control,
    seconds=15,
    unit="sessions",
)
