"""The power is cut: what the file system had not yet written is gone, and what was acknowledged is there."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults.program import DEADLINE, FIRST, PROGRAM, environment, reflect
from tests.faults.record import asked_twice, database, texts, trouble

from proof.broken import ROLLBACK_JOURNAL, broken
from proof.check import Check, Figure, Form
from proof.injecting import Fault, faults, inject, spread
from proof.trials import hold, in_memory, in_time, rounds

AT_CALLS, AT_RANDOM, IN_CONTROL = 34, 100, 20
SAID = [f"w{number:02} I wrote the three worst patients on a card" for number in range(9)]
"""As many answers as the session takes in any words; the question after them wants a yes or a no."""
_LONG_SESSION = (*FIRST[:-1], "2")
_MEGABYTES = 16
_SHUTDOWN = 0x8004587D
"""EXT4_IOC_SHUTDOWN, in fs/ext4/ext4.h of Linux: _IOR('X', 125, __u32)."""
_WITHOUT_LOG = 2
"""EXT4_GOING_FLAGS_NOLOGFLUSH: nothing more is written, not even the journal."""
_ALL = 1_000_000
_WITHIN = 0.15
"""Seconds in which all is said on a quick machine."""


class Cut(NamedTuple):
    """The power is cut at a call, or so many seconds after the first answer was acknowledged."""

    image: Path
    folder: Path
    at: Fault | float
    broken: bool = False

    def __str__(self) -> str:
        return f"cut {self.at}" if isinstance(self.at, Fault) else f"cut after {self.at:.4f} s"


def run(form: Form) -> Figure:
    """Cut the power at calls of a session and at random; every answer that was acknowledged must be there."""
    done, failures, end = list[Cut](), list[str](), form.deadline()
    with in_memory(form) as folder:
        image = _image(folder)
        calls = _at_calls(image, folder, _ALL if form.long else AT_CALLS)
        for seed, _ in rounds(form):
            made = [*calls, *_at_random(image, folder, seed, AT_RANDOM * (3 if form.long else 1))]
            failures += hold(in_time(form, end, made, done), cut, 4 if form.long else 2)
    points = len({one.at for one in done if isinstance(one.at, Fault)})
    says = (
        f"{len(done)} power cuts, {points} of {len(calls)} calls among them, "
        f"{len(failures)} with a loss"
    )
    return Figure(len(done), tuple(failures), says, AT_CALLS + AT_RANDOM)


def control(form: Form) -> Figure:
    """A journal that is deleted with each answer, without a sync of its folder."""
    found: list[str] = []
    cuts = 0
    with in_memory(form) as folder:
        image, random = _image(folder), Random(form.seed)
        while cuts < IN_CONTROL and not found:
            moments = [random.uniform(0.0, 0.05) for _ in range(2)]
            made = [
                Cut(image, folder / f"control-{cuts + at}", moment, broken=True)
                for at, moment in enumerate(moments)
            ]
            found += hold(made, cut)
            cuts += len(made)
    return Figure(cuts, tuple(found), f"{len(found)} of {cuts} found out", cuts)


def _at_calls(image: Path, folder: Path, most: int) -> list[Cut]:
    whole = folder / "whole"
    with _mounted(image, whole) as home:
        found, _ = faults(home, lines=SAID[:4])
    chosen = spread(found, most)
    return [Cut(image, folder / f"call-{number}", fault) for number, fault in enumerate(chosen)]


def _at_random(image: Path, folder: Path, seed: int, cuts: int) -> list[Cut]:
    random = Random(seed)
    return [
        Cut(image, folder / f"random-{number}", random.uniform(0.0, _WITHIN))
        for number in range(cuts)
    ]


def cut(case: Cut) -> str:
    """What is lost or damaged after the cut; "" for nothing."""
    with _mounted(case.image, case.folder) as home:
        environ = broken(home, ROLLBACK_JOURNAL) if case.broken else environment(home)
        if isinstance(case.at, Fault):
            out = inject(home, case.at, lines=SAID[:4]).out
        else:
            out = _killed_after(home, case.at, environ)
        _shut_down(case.folder / "disk")
        _umount(case.folder / "disk")
        _mount(case.folder / "image", case.folder / "disk")
        return _wrong(home, out, goes_on=isinstance(case.at, Fault))


def _wrong(home: Path, out: str, goes_on: bool) -> str:
    seen = [one for one in SAID if re.search(rf"> {re.escape(one)}\n\s*\S", out)]
    kept = texts(home) if database(home).exists() else []
    if kept[: len(seen)] != seen or len(kept) > len(seen) + 1:
        return f"acknowledged {len(seen)}, kept {len(kept)}"
    if goes_on:
        more = SAID[len(kept) : len(kept) + 1]
        if reflect(home, lines=more).code != 0 or texts(home) != kept + more:
            return "it does not go on where it stopped"
    twice = asked_twice(home)
    return f"asked twice: {twice}" if twice else str(trouble(home) or "")


def _killed_after(home: Path, seconds: float, environ: Mapping[str, str]) -> str:
    """What was written until a kill, so long after the first answer was acknowledged."""
    process = subprocess.Popen(
        PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environ,
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("".join(f"{line}\n" for line in SAID).encode())
    process.stdin.close()
    out = b""
    end = time.monotonic() + DEADLINE
    while f"> {SAID[0]}".encode() not in out:
        data = os.read(process.stdout.fileno(), 1 << 16)
        out += data
        if not data or time.monotonic() > end:
            process.kill()
            raise AssertionError("no answer was acknowledged")
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait(DEADLINE)
    with process.stdout as rest:
        return (out + rest.read()).decode("utf-8", "replace")


# --- a disk in memory ---------------------------------------------------------------


def _image(folder: Path) -> Path:
    """A disk with a home on it, and a session that is under way."""
    image, made = folder / "image", folder / "made" / "reflect"
    with image.open("wb") as file:
        file.truncate(_MEGABYTES << 20)
    _run("mkfs.ext4", "-q", "-F", str(image))
    made.parent.mkdir()
    assert reflect(made, lines=_LONG_SESSION).code == 0
    disk = folder / "disk"
    disk.mkdir()
    _mount(image, disk)
    shutil.copytree(made, disk / "reflect")
    _umount(disk)
    return image


@contextmanager
def _mounted(image: Path, folder: Path) -> Iterator[Path]:
    """A copy of the disk, mounted for as long as it is needed; gives the home on it."""
    disk = folder / "disk"
    disk.mkdir(parents=True)
    _run("cp", "--sparse=always", str(image), str(folder / "image"))
    _mount(folder / "image", disk)
    try:
        yield disk / "reflect"
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False, timeout=DEADLINE)
        shutil.rmtree(folder, ignore_errors=True)


def _shut_down(disk: Path) -> None:
    descriptor = os.open(disk, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, _SHUTDOWN, struct.pack("I", _WITHOUT_LOG))
    finally:
        os.close(descriptor)


def _mount(image: Path, disk: Path) -> None:
    _run("mount", "-o", "loop", str(image), str(disk))


def _umount(disk: Path) -> None:
    """Take `disk` away; whoever was killed may hold it for a moment longer."""
    end = time.monotonic() + DEADLINE
    while subprocess.run(("umount", str(disk)), capture_output=True, timeout=DEADLINE).returncode:
        if time.monotonic() > end:
            raise AssertionError("the disk stays busy")
        time.sleep(0.05)


def _run(*line: str) -> None:
    subprocess.run(line, check=True, capture_output=True, timeout=DEADLINE)


CHECK = Check(
    "T-POWER",
    ("G2",),
    "a power cut takes no answer that was acknowledged",
    run,
    control,
    needs=("root", "strace", "mkfs.ext4", "mount"),
    seconds=64,
    unit="power cuts",
    share=360,
)
