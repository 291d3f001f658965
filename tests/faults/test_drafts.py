"""Killed while somebody types: at most two seconds of typing are at risk."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests.faults.program import DEADLINE, Window, begin
from tests.faults.record import texts, trouble

pytestmark = pytest.mark.terminal

PER_SECOND = 10
AT_RISK = 2.0
SLACK = 0.8
"""Seconds for the look every quarter of a second, and a machine that is busy elsewhere."""

SENTENCE = (
    "I wrote the three worst patients on a card first and read them out before anything else, "
    "and nobody interrupted me once while I did so."
)


def typed_until_killed(home: Path, seconds: float) -> tuple[str, str]:
    """Type as a person does until a kill -9; gives what was typed, and what is offered afterwards."""
    begin(home)
    with Window(home) as window:
        window.until_ready()
        began = time.monotonic()
        typed = ""
        while time.monotonic() - began < seconds:
            typed += SENTENCE[len(typed)]
            window.type(typed[-1])
            while time.monotonic() - began < len(typed) / PER_SECOND:
                window.read(0.02)
        window.kill()
    with Window(home) as window:
        window.until_ready()
        return typed, window.edit_line()


def assert_little_lost(tmp_path: Path, kills: int, seed: int) -> list[int]:
    random = Random(seed)
    moments = [random.uniform(2.6, 5.5) for _ in range(kills)]
    homes = [tmp_path / f"home-{number}" / "reflect" for number in range(kills)]
    for home in homes:
        home.parent.mkdir()
    with ThreadPoolExecutor(4) as several:
        results = list(several.map(typed_until_killed, homes, moments))
    missing = []
    for (typed, offered), home in zip(results, homes, strict=True):
        assert typed.startswith(offered)
        missing.append(len(typed) - len(offered))
        assert trouble(home) == []
    assert max(missing) <= (AT_RISK + SLACK) * PER_SECOND, missing
    assert min(missing) < min(len(typed) for typed, _ in results), "nothing was offered at all"
    return missing


@pytest.mark.slow
def test_two_kills_while_typing(tmp_path: Path) -> None:
    assert_little_lost(tmp_path, 2, seed=2)


@pytest.mark.slow
def test_many_kills_while_typing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = assert_little_lost(tmp_path, 20, seed=Random().randrange(1 << 30))
    with capsys.disabled():
        print(f"\n  characters at risk: {sorted(missing)}", end=" ")


@pytest.mark.parametrize(
    "how",
    [
        "closed",
        *(pytest.param(one, marks=pytest.mark.slow) for one in (signal.SIGHUP, signal.SIGTERM)),
    ],
)
def test_told_to_stop_it_keeps_what_is_half_typed(place: Path, how: signal.Signals | str) -> None:
    half = "half a sentence about the round on Th"
    begin(place, "I wrote the three worst patients on a card before the round")
    kept = texts(place)
    with Window(place) as window:
        window.until_ready()
        window.type(half)
        window.until(lambda: window.edit_line() == half, "the typed words")
        if isinstance(how, str):
            window.close()
            window.process.wait(DEADLINE)
        else:
            window.signal(how)
            assert window.ended() == 128 + how
    with Window(place) as window:
        window.until_ready()
        assert window.edit_line() == half
        window.send("")
        assert len(window.questions()) == 2
    assert texts(place) == [*kept, half]
    assert trouble(place) == []
