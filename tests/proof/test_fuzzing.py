"""What stands between a fuzzer and the program."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from random import Random

import pytest
from proof.fuzzing import databases
from proof.fuzzing.guided import stopped
from proof.fuzzing.holding import Fault

from reflect.plugins.isolation import run_apart

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers here")


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    before = signal.getsignal(signal.SIGALRM)
    yield
    signal.signal(signal.SIGALRM, before)


def test_an_input_without_an_end_is_stopped() -> None:
    def endless(_: bytes) -> str:
        while True:
            pass

    with pytest.raises(Fault):
        stopped(endless, 0.05)(b"")


def test_it_is_stopped_behind_a_plug_in_too() -> None:
    def endless(_: bytes) -> str:
        run_apart("ours", "to help", lambda: None)
        while True:
            pass

    with pytest.raises(Fault):
        stopped(endless, 0.05)(b"")


def test_nothing_rings_when_an_input_was_read() -> None:
    stopped(lambda _: "read", 0.05)(b"")
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_changed_record_is_a_command_and_whole_changes() -> None:
    chance = Random(1)
    data = databases.seeds()[-1]
    lengths = set()
    for _ in range(300):
        data = databases.mutant(data, chance)
        assert data[0] < len(databases.COMMANDS) and len(data) % 4 == 1
        lengths.add(len(data))
    assert len(lengths) > 4
    assert databases.mutant(b"", chance)
