"""Files that come from somebody else: changed in any way, they are refused with the reason or taken whole."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from tests.faults import opening
from tests.faults.opening import Good, contents
from tests.faults.program import reflect
from tests.faults.test_bundles import _turned, a_round
from tests.sharing.test_key_vectors import test_a_published_vector, tried

from proof.check import Check, Figure, Form
from proof.counting import counted
from proof.trials import hold, wrong
from reflect.application import receiving
from reflect.application.wiring import Application
from reflect.sharing.identities import make_identity
from reflect.sharing.sealing import seal
from reflect.sharing.shared import Bundle

LEAST = 1_500
_AT_ONCE = 250


class Cause(NamedTuple):
    """A file that cannot be opened, and the code it must be refused with by `command`."""

    good: Good
    folder: Path
    command: str
    code: str
    data: bytes

    def __str__(self) -> str:
        return f"{self.command}, {self.code}"


def run(form: Form) -> Figure:
    """Open changed files in both homes, age's test vectors, and files that fail for each of the causes."""
    end, seed, number = form.deadline(), form.seed * 1000, 0
    good = a_round(form.folder / "round")
    failures = hold(list(_causes(good, form.folder / "causes")), told_apart)
    failures += hold(sorted(tried()), _published)
    taken, refused = 0, Counter[str]()
    with ProcessPoolExecutor(2) as two:
        while number < LEAST or (form.long and time.monotonic() < end):
            for came in two.map(opening.run, [good] * 2, [_AT_ONCE] * 2, [seed, seed + 1]):
                failures += came.fell
                counted().add(_AT_ONCE, came.fell)
                taken, refused = taken + came.taken, refused + came.refused
            number, seed = number + 2 * _AT_ONCE, seed + 2
    says = (
        f"{number} changed bundles and replies: {refused.total()} refused for {len(refused)} reasons, {taken} taken "
        f"whole; {len(tried())} vectors of age; {len(failures)} wrong"
    )
    return Figure(number, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A program that changes something before it looks."""
    good, usual = a_round(form.folder / "round"), receiving.opened

    def marks(app: Application, data: bytes) -> Bundle:
        app.store.put_mark("seen", os.urandom(4).hex())
        return usual(app, data)

    with patch.object(receiving, "opened", marks):
        came = opening.run(good, 24, seed=7)
    return Figure(24, tuple(came.fell), f"{len(came.fell)} of 24 found out")


def _published(name: str) -> str:
    return wrong(lambda: str(test_a_published_vector(name) or ""))


def _causes(good: Good, folder: Path) -> Iterator[Cause]:
    """Sealed for somebody else, damaged, cut short, of a newer version; in what comes to either side."""
    stranger = make_identity("2026-11-01").public
    for command, plain in (("receive", good.reply), ("review", good.shared)):
        sealed = seal(plain, good.keys)
        newer = plain.replace(b'"schema_version": 1', b'"schema_version": 99')
        if newer == plain:
            newer = plain.replace(b'"schema_version":1', b'"schema_version":99')
        for code, data in {
            "bundle-wrong-key": seal(plain, [stranger]),
            "bundle-damaged": _turned(sealed),
            "bundle-truncated": sealed[:-50],
            "bundle-too-new": seal(newer, good.keys),
        }.items():
            yield Cause(good, folder / f"{command}-{code}", command, code, data)


def told_apart(cause: Cause) -> str:
    """What is wrong when such a file is opened as it is typed."""
    home, file = cause.folder / "reflect", cause.folder / "file"
    shutil.copytree(cause.good.amina if cause.command == "receive" else cause.good.daniel, home)
    file.write_bytes(cause.data)
    before = contents(home)
    ran = reflect(home, cause.command, str(file))
    if ran.code != 1 or not ran.err.startswith(f"{cause.code}: "):
        return f"it ended with {ran.code}: {ran.err}"
    return "" if contents(home) == before else "the home is not as it was"


CHECK = Check(
    "T-BUNDLE",
    ("G18",),
    "a changed file is refused with its reason, or taken whole",
    run,
    control,
    seconds=24,
    unit="mutants",
    share=150,
)
