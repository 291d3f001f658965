"""Whatever bytes are typed or pasted: no crash, no freeze, and valid UTF-8 in the record."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults import test_typed as typed
from tests.faults.program import Window, begin, environment
from tests.faults.record import texts, trouble

from proof.broken import broken
from proof.check import Check, Figure, Form
from proof.trials import hold, rounds

LEAST = 12
STREAMS = 4
_TRIES = 3
"""How often a time may be missed on a machine that does other things besides."""
_LARGE, _HUGE, _CUT_OFF, _CTRL_C = 1.0, 1.0, 3.0, 0.5
"""Seconds for a paste of 256 kB, for refusing 10 MB, for giving up a paste without its end, and for Ctrl-C."""
_WORDS = b"the round was long and I kept on talking. " * 6000

WAITING = """
from reflect.terminal import paste
paste.PATIENCE_SECONDS = 1e9
"""
"""Waits for the end of a paste for ever."""


class Trial(NamedTuple):
    """What is typed, by its name: `held` gives what is wrong with what came of it."""

    name: str
    held: Callable[[Path, dict[str, float]], str]

    def __str__(self) -> str:
        return self.name


def run(form: Form) -> Figure:
    """Type and paste what is large, cut off or no text; then random bytes."""
    trials = 0
    failures: list[str] = []
    took: dict[str, float] = {}
    for seed, folder in rounds(form):
        several = [*_ours(), *_earlier(), *(_noise(seed + number) for number in range(STREAMS))]

        def trial(one: Trial, folder: Path = folder) -> str:
            place = folder / re.sub(r"\W", "-", one.name) / "reflect"
            place.parent.mkdir()
            return one.held(place, took)

        # One at a time: these are held against a clock.
        failures += hold(several, trial, 1)
        trials += len(several)
    times = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in took.items())
    says = f"{trials} streams of bytes, {len(failures)} wrong; {times}"
    return Figure(trials, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A program that waits for the end of a paste for ever."""
    home = form.folder / "reflect"

    def trial(_: str) -> str:
        begin(home)
        return _cut_off_once(home, {}, broken(home, WAITING))

    found = hold(["a paste without its end"], trial)
    return Figure(1, tuple(found), f"{len(found)} found out")


def _earlier() -> list[Trial]:
    """What the tests of typing hold, without those that are held against a clock here."""
    kept = (
        typed.test_a_latin_1_byte_becomes_a_mark,
        typed.test_a_latin_1_byte_in_a_paste_and_in_a_pipe,
        typed.test_a_megabyte_of_combining_marks_pasted,
    )

    def held(test: Callable[[Path], None]) -> Callable[[Path, dict[str, float]], str]:
        def holds(place: Path, _: dict[str, float]) -> str:
            test(place)
            return ""

        return holds

    return [Trial(one.__name__.removeprefix("test_"), held(one)) for one in kept]


def _ours() -> list[Trial]:
    return [
        Trial("256 kB", _timed("256 kB", _LARGE, _large)),
        Trial("10 MB", _timed("10 MB refused", _HUGE, _huge)),
        Trial("no end", _timed("lost end", _CUT_OFF, _cut_off)),
        Trial("Ctrl-C", _timed("Ctrl-C", _CTRL_C + typed.LEAVING, _interrupted)),
        Trial("Ctrl-C in a paste", _timed("Ctrl-C", _CTRL_C + typed.LEAVING, _interrupted_paste)),
    ]


def _timed(
    name: str, most: float, once: Callable[[Path], float]
) -> Callable[[Path, dict[str, float]], str]:
    """Hold a trial that gives its seconds; it may be held again where the machine was busy."""

    def held(place: Path, took: dict[str, float]) -> str:
        best = 1e9
        for number in range(_TRIES):
            home = place.parent / str(number) / "reflect"
            home.parent.mkdir()
            begin(home)
            best = min(best, once(home))
            if best <= most:
                break
        took[name] = max(took.get(name, 0.0), best)
        return "" if best <= most else f"{best:.2f} s"

    return held


def _large(home: Path) -> float:
    pasted = _WORDS[: 256 * 1000]
    with Window(home) as window:
        window.until_ready()
        since = len(window.raw)
        began = time.monotonic()
        window.type(typed.PASTE + pasted + typed.END)
        window.type("\r")
        window.until_ready(since)
        seconds = time.monotonic() - began
    assert texts(home) == [pasted.decode()]
    return seconds


def _huge(home: Path) -> float:
    with Window(home) as window:
        window.until_ready()
        since = len(window.raw)
        window.type(typed.PASTE + b"ten megabytes of words " * (10_000_000 // 23) + typed.END)
        seconds = window.until_shown("longer than I can take", since)
        window.until_ready(since)
        assert window.edit_line() == ""
    assert texts(home) == []
    return seconds


def _cut_off(home: Path) -> float:
    took: dict[str, float] = {}
    found = _cut_off_once(home, took)
    assert not found, found
    return took["lost end"]


def _cut_off_once(
    home: Path, took: dict[str, float], environ: Mapping[str, str] | None = None
) -> str:
    with Window(home, environ=environ or environment(home)) as window:
        window.until_ready()
        since = len(window.raw)
        window.type(typed.PASTE + b"words whose end never came")
        took["lost end"] = window.until_shown("did not come to its end", since, 8.0)
        window.until_ready(since)
        shown = window.edit_line()
    return "" if shown == "words whose end never came" else "the words are not in the line"


def _interrupted(home: Path) -> float:
    with Window(home) as window:
        window.until_ready()
        window.type("half a line")
        return _leaving(window)


def _interrupted_paste(home: Path) -> float:
    with Window(home) as window:
        window.until_ready()
        window.type(typed.PASTE + b"words whose end never came")
        window.read(0.2)
        return _leaving(window)


def _leaving(window: Window) -> float:
    began = time.monotonic()
    window.type("\x03")
    assert window.ended(8) == 130
    return time.monotonic() - began


def _noise(seed: int) -> Trial:
    """Random bytes, keys and halves of sequences among them; then words, which are taken, and Ctrl-C."""

    def held(home: Path, _: dict[str, float]) -> str:
        begin(home)
        with Window(home) as window:
            window.until_ready()
            window.type(_bytes(Random(seed)))
            window.read(0.3)
            # A paste or a sequence may be open: its patience is waited for.
            end = time.monotonic() + _PATIENCE
            while time.monotonic() < end and window.process.poll() is None:
                window.read(0.1)
            if window.process.poll() is None:
                since = len(window.raw)
                window.type("\x15\x0band these words stand behind all of that noise\r")
                window.until(lambda: _is_over(window) or window.ready(since), "an edit line")
            if window.process.poll() is None:
                window.type("\x03")
                window.ended(_LEAVES)
            code = window.process.poll()
        if code not in (0, 130):
            return f"it ended with {code}"
        for text in texts(home):
            text.encode("utf-8")
        return str(trouble(home) or "")

    return Trial(f"bytes {seed}", held)


_PATIENCE = 2.6
"""Seconds after which a paste without its end was given up."""
_LEAVES = 8.0
"""Seconds in which Ctrl-C ends it, whatever was typed before; how soon it does is held elsewhere."""
_FORBIDDEN = b"\x03\x04\x1a\x1c"
"""Keys that leave or stop it."""
_TRAPS = (b"\x12", b"\x13", b"\x11", b"\x00", b"\x18(", b"\x18e", b"\x1b999999", b"\x1b[1;2D")
"""Keys that open something from which not every key leads back: a search, a macro, a number of times."""


def _is_over(window: Window) -> bool:
    return window.process.poll() is not None


def _bytes(random: Random) -> bytes:
    halves = (b"\x1b[", b"\x1b]0;", b"\x1bP", b"\xf0\x9f", b"\x1b[1;5D")
    pieces = (typed.PASTE, typed.END, *halves, *_TRAPS)
    made = b""
    for _ in range(random.randint(20, 120)):
        made += (
            random.choice(pieces)
            if random.random() < 0.2
            else random.randbytes(random.randint(1, 30))
        )
    return made.translate(None, _FORBIDDEN)


CHECK = Check(
    "T-PASTE",
    ("G13",),
    "any bytes are typed or pasted without crash or freeze",
    run,
    control,
    seconds=36,
)
