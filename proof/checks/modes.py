"""Whatever the umask, nobody else on the machine can look into what was written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.faults.program import Window, begin, environment, reflect
from tests.faults.test_modes import too_open

from proof.broken import broken
from proof.check import Check, Figure, Form
from proof.trials import hold, rounds

MASKS = (0o000, 0o022, 0o077)
_EDITOR = """#!/bin/sh
stat -c "%a" "$1" "$(dirname "$1")" >> "{seen}"
echo "written in the editor, a few words" > "$1"
"""
_LAX = """
import os
usual = os.open
os.open = lambda path, flags, mode=0o777, **more: usual(path, flags, 0o666, **more)
os.chmod = lambda path, mode, **more: None
os.umask = lambda mask: 0
"""
"""A program that leaves what others may do to the umask."""


class Masked(NamedTuple):
    """A home made under `mask`; `seen` takes how many files and folders were looked at in it each time."""

    folder: Path
    mask: int
    seen: list[int]
    environ: Mapping[str, str] | None = None

    def __str__(self) -> str:
        return f"umask {self.mask:03o}"

    @property
    def home(self) -> Path:
        """Where it is."""
        return self.folder / "reflect"


def run(form: Form) -> Figure:
    """Talk, use the editor, write, copy and send under each umask; everything is the owner's alone."""
    seen: list[int] = []
    failures: list[str] = []
    number = 0
    for _, folder in rounds(form):
        # A umask is a matter of the whole process, so one after the other.
        cases = [Masked(folder / f"{mask:03o}", mask, seen) for mask in MASKS]
        failures += hold(cases, masked, at_once=1)
        number += len(cases)
    says = f"{number} homes, {sum(seen)} looks at a file or folder, {len(failures)} homes open to others"
    return Figure(number, tuple(failures), says, len(MASKS))


def control(form: Form) -> Figure:
    """A program that leaves what others may do to the umask."""
    case = Masked(form.folder / "lax", 0o022, [])
    case.folder.mkdir()
    found = hold([case._replace(environ=broken(case.home, _LAX))], masked)
    return Figure(1, tuple(found), f"{len(found)} found out")


def masked(case: Masked) -> str:
    """What others may read after one of the things that are done."""
    case.folder.mkdir(exist_ok=True)
    previous = os.umask(case.mask)
    try:
        return next((found for found in _done(case) if found), "")
    finally:
        os.umask(previous)


def _done(case: Masked) -> Iterator[str]:
    home, out = case.home, case.folder / "out"
    environ = case.environ or environment(home)
    if case.environ is None:
        begin(home, "I wrote it on a card before the round", cold=True)
    yield _look(case)
    script, seen = case.folder / "editor", case.folder / "seen"
    script.write_text(_EDITOR.format(seen=seen))
    script.chmod(0o755)
    with Window(home, environ={**environ, "EDITOR": str(script)}) as window:
        if case.environ is not None:
            window.until_ready()
            yield _look(case)
        window.until_ready()
        window.send("/editor")
        yield _look(case)
        window.send("")
        window.kill()
    yield (
        "" if seen.read_text().split() == ["600", "700"] else "the editor's file is open to others"
    )
    out.mkdir(mode=0o700)
    ended = reflect(home, lines=["I wrote it on a card and read it out"] * 30, environ=environ)
    yield _look(case) or ("" if ended.code == 0 else f"the session ended with {ended.code}")
    for line in (
        ("history",),
        ("search", "card"),
        ("journey", "rebuild"),
        ("doctor", "--rebuild"),
        ("export", "-o", str(out / "mine.md")),
        ("export", "-o", str(home / "exports" / "mine.md")),
        ("share", "last", "--format", "html", "--yes", "-o", str(out / "page.html")),
        ("share", "last", "--unencrypted", "--yes", "-o", str(out / "open.reflect")),
        ("archive", str(out / "archive")),
        ("backup", str(home / "backups")),
        ("backup", str(out / "copy.db")),
        ("restore", str(out / "copy.db")),
        ("delete", "last", "--yes"),
    ):
        ran = reflect(home, *line, environ=environ)
        yield "" if ran.code == 0 else f"{line[0]} ended with {ran.code}: {ran.err}"
        made = (one for one in out.iterdir() if stat.S_IMODE(one.stat().st_mode) != 0o600)
        yield _look(case) or next((f"{one.name} is open to others" for one in made), "")


def _look(case: Masked) -> str:
    case.seen.append(1 + len(list(case.home.rglob("*"))))
    return next((f"open to others: {one}" for one in too_open(case.home)), "")


CHECK = Check(
    "T-MODES",
    ("G19",),
    "whatever the umask, files are 0600 and folders 0700",
    run,
    control,
    seconds=13,
)
