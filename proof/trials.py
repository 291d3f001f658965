"""What the checks have in common: rounds of trials, each held on its own, and what came of them."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TypeVar

from proof.check import Form
from proof.counting import counted

T = TypeVar("T")

_LONGEST = 240
_LOOKS = 0.5
"""Seconds between two looks at whether it is to end."""
_MEMORY = Path("/dev/shm")


class _NoMore:
    pass


def rounds(form: Form) -> Iterator[tuple[int, Path]]:
    """A seed and an empty folder for each round: one in the short form, as many as fit in the long one."""
    end, seed = form.deadline(), form.seed
    while True:
        folder = form.folder / f"round-{seed}"
        folder.mkdir(parents=True)
        yield seed, folder
        shutil.rmtree(folder, ignore_errors=True)
        seed += 1000
        if time.monotonic() >= end:
            return


def wrong(trial: Callable[[], str]) -> str:
    """What `trial` finds wrong, in one line; "" for nothing. Whatever it raises is wrong too."""
    try:
        found = trial()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a test's own way to fail is no Exception
        found = f"{type(error).__name__}: {error}"
    return " ".join(found.split())[:_LONGEST]


@contextmanager
def in_memory(form: Form) -> Iterator[Path]:
    """A folder on a disk in memory, where there is one: what a kill leaves is the same there, and sooner."""
    where = _MEMORY if os.access(_MEMORY, os.W_OK) else form.folder
    with TemporaryDirectory(prefix="reflect-proof-", dir=where) as folder:
        yield Path(folder)


def hold(
    some: Iterable[T], trial: Callable[[T], str], at_once: int = 2, *, counts: bool = True
) -> list[str]:
    """Hold `trial` for each of `some`, `at_once` of them side by side; gives what is wrong, with its name.

    The next of `some` is asked for when there is somebody to try it. Each is counted unless it `counts`
    not, because it consists of trials that are counted.
    """
    waiting, lock, count = iter(some), Lock(), counted()

    def work() -> list[str]:
        found: list[str] = []
        while not count.ends:
            with lock:
                case = next(waiting, _NoMore())
            if isinstance(case, _NoMore):
                return found
            what = wrong(partial(trial, case))
            told = [f"{case}: {what}"] if what else []
            found += told
            if counts or told:
                count.add(counts, told)
        return found

    with ThreadPoolExecutor(at_once) as several:
        try:
            working = [several.submit(work) for _ in range(at_once)]
            # Whoever waits without an end may miss a Ctrl-C that comes just before.
            while wait(working, _LOOKS).not_done:
                pass
            return [found for one in working for found in one.result()]
        except KeyboardInterrupt:
            count.ends = True
            raise


def in_time(form: Form, end: float, some: Sequence[T], done: list[T]) -> Iterator[T]:
    """All of `some` in the short form; in the long one as many as begin before `end`, in any order.

    Those that were begun are added to `done`; one is, however long it took to prepare them.
    """
    chosen = Random(len(done) + form.seed).sample(some, len(some)) if form.long else some
    for case in chosen:
        if form.long and done and time.monotonic() >= end:
            return
        done.append(case)
        yield case
