"""Trials that only compute, in two processes side by side until a moment."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from proof.counting import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

AT_ONCE = 2
_LONGEST = 180.0
"""Seconds after which one batch counts as frozen."""


class Batch(NamedTuple):
    """What came of some trials: how many, what went wrong, figures of which the highest counts, and sums."""

    trials: int
    failures: tuple[str, ...]
    highest: dict[str, float] = {}  # noqa: RUF012
    sums: dict[str, float] = {}  # noqa: RUF012


def batches(batch: Callable[[int], Batch], seed: int, seconds: float, step: int = 1) -> Batch:
    """Do batches for so many seconds, two at a time; each gets a seed that is `step` after the last."""
    end = time.monotonic() + seconds
    came = Batch(0, ())
    with _pool() as pool:
        running = {pool.submit(batch, seed + number * step) for number in range(AT_ONCE)}
        number = AT_ONCE
        while running:
            done, running = _next(pool, running)
            for one in done:
                came = joined((came, _result(one)))
                if time.monotonic() < end and not _is_broken(one):
                    running.add(pool.submit(batch, seed + number * step))
                    number += 1
    return came


def each(some: Iterable[T], batch: Callable[[T], Batch]) -> Batch:
    """One batch for each of `some`."""
    with _pool() as pool:
        running = {pool.submit(batch, one) for one in some}
        came = Batch(0, ())
        while running:
            done, running = _next(pool, running)
            came = joined((came, *map(_result, done)))
    return came


def joined(several: Iterable[Batch]) -> Batch:
    """All of them as one."""
    trials = 0
    failures: tuple[str, ...] = ()
    highest: dict[str, float] = {}
    sums: dict[str, float] = {}
    for one in several:
        trials += one.trials
        failures += one.failures
        names = highest.keys() | one.highest.keys()
        highest = {
            name: max(found.get(name, 0.0) for found in (highest, one.highest)) for name in names
        }
        sums = {
            name: sums.get(name, 0) + one.sums.get(name, 0)
            for name in sums.keys() | one.sums.keys()
        }
    return Batch(trials, failures, highest, sums)


@contextmanager
def _pool() -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(AT_ONCE, multiprocessing.get_context("spawn"))
    try:
        yield pool
    except BaseException:
        for process in list(pool._processes.values()):
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _next(
    pool: ProcessPoolExecutor, running: set[Future[Batch]]
) -> tuple[set[Future[Batch]], set[Future[Batch]]]:
    done, left = wait(running, _LONGEST, FIRST_COMPLETED)
    if not done:
        raise TimeoutError(f"a batch took longer than {_LONGEST:.0f} s")
    return done, left


def _result(one: Future[Batch]) -> Batch:
    """What came of it, counted; a process that dies of a signal is a failure like others."""
    error = one.exception()
    ended = f"a process ended: {type(error).__name__}: {error}"
    came = one.result() if error is None else Batch(0, (ended,))
    counted().add(came.trials, came.failures)
    return came


def _is_broken(one: Future[Batch]) -> bool:
    return isinstance(one.exception(), BrokenProcessPool)
