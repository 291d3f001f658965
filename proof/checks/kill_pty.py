"""Somebody talks in a window that is killed at any moment, by kill -9, a hangup or a request to stop."""

from __future__ import annotations

import math
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults.person import Person
from tests.faults.program import DEADLINE, Window, begin
from tests.faults.record import asked_twice, lost, texts, trouble

from proof.broken import LATE, broken
from proof.check import Check, Figure, Form
from proof.counting import Count, counted
from proof.trials import hold, in_memory, rounds

KILLS = 60
HOMES, HOMES_LONG = 2, 5
"""At once: they wait for keys and for each other's disk more than they compute."""
_HOW = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
_LEAVES = DEADLINE * 0.4
"""Seconds within which the program must have gone after it was told to: 8 where nobody else uses the machine."""


class Talk(NamedTuple):
    """One home in which windows are killed, and who talks in them."""

    home: Path
    person: Person
    kills: int
    so_far: Count
    environ: Mapping[str, str] | None = None
    end: float = math.inf

    def __str__(self) -> str:
        return self.home.parent.name


def run(form: Form) -> Figure:
    """Kill windows at random moments; every answer that was seen to be kept must be there, once."""
    sent = seen = 0
    failures: list[str] = []
    homes = HOMES_LONG if form.long else HOMES
    count, before = counted(), counted().trials
    end = form.deadline() if form.long else math.inf
    with in_memory(form) as memory:
        for seed, folder in rounds(form._replace(folder=memory)):
            talks = [
                _talk(folder / f"{seed}-{number}", seed + number)._replace(end=end)
                for number in range(homes)
            ]
            failures += hold(talks, killed_often, homes, counts=False)
            said = [one for talk in talks for one in talk.person.journal]
            sent, seen = sent + len(said), seen + sum(one.acknowledged for one in said)
    kills = count.trials - before
    if not failures and kills >= KILLS and seen < kills // 2:
        failures.append(f"only {seen} answers were seen in {kills} kills: too few to say anything")
    says = f"{kills} kills, {sent} answers sent, {seen} seen, {len(failures)} homes with a loss"
    return Figure(kills, tuple(failures), says, KILLS)


def control(form: Form) -> Figure:
    """A record that acknowledges before it commits."""
    talk = _talk(form.folder / "late", form.seed)
    talk = talk._replace(kills=4, environ=broken(talk.home, LATE))
    found = hold([talk], killed_often)
    return Figure(talk.kills, tuple(found), f"{len(found)} found out", talk.kills)


def _talk(folder: Path, seed: int) -> Talk:
    folder.mkdir(parents=True)
    return Talk(folder / "reflect", Person(Random(seed)), KILLS // HOMES, counted())


def killed_often(talk: Talk) -> str:
    """What is wrong after one of the kills, or at the end; "" when nothing is."""
    home, person, count = talk.home, talk.person, talk.so_far
    begin(home)
    for number in range(talk.kills):
        if count.ends or (number and time.monotonic() >= talk.end):
            break
        found = _killed_once(talk) or lost(texts(home), person.journal)
        count.add(1)
        if not found and number % 10 == 9:
            found = str(trouble(home) or "")
        if found:
            return f"after kill {number}: {found}"
    twice = asked_twice(home)
    return f"asked twice: {twice}" if twice else ""


def _killed_once(talk: Talk) -> str:
    person, random = talk.person, talk.person.random
    with Window(talk.home, environ=talk.environ) as window:
        person.talk(window, random.uniform(0.1, 1.8))
        if random.random() < 0.7 and window.process.poll() is None:
            person.send_off(window)
        how = random.choice(_HOW)
        if window.process.poll() is None:
            window.signal(how)
            code = window.ended(_LEAVES)
            if code not in (-how, 128 + how, 0):
                return f"{how.name}: it ended with {code}"
        person.settle(window)
    return ""


CHECK = Check(
    "T-KILL-PTY",
    ("G1",),
    "windows killed at any moment lose no answer that was seen",
    run,
    control,
    seconds=30,
    unit="kills",
    share=420,
)
