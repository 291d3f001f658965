"""What the checks have in common: rounds of trials, each held on its own, and what came of them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from proof.check import Form

T = TypeVar("T")

_LONGEST = 240


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


def hold(some: Iterable[T], trial: Callable[[T], str], at_once: int = 2) -> list[str]:
    """Hold `trial` for each of `some`, `at_once` of them side by side; gives what is wrong, with its name."""

    def one(case: T) -> str:
        found = wrong(lambda: trial(case))
        return f"{case}: {found}" if found else ""

    with ThreadPoolExecutor(at_once) as several:
        return [found for found in several.map(one, some) if found]
