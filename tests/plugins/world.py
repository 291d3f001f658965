"""A place of its own in which plug-ins are really installed and the program really runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import NamedTuple

from tests.faults.program import make_well_read, reflect

SOURCE = Path(__file__).parents[2] / "src"

ALLOWING = """\
import os
from reflect.plugins.consent import Consents, write_consents
from reflect.plugins.installed import installed
from reflect.settings import Home

place = Home.find(os.environ).create().consents
if not place.exists():
    consents = Consents()
    for plugin in installed():
        consents = consents.enabling(plugin)
    write_consents(place, consents)
"""
"""Allows what is installed, once."""

SEVERAL = """\
import io, json, os, sys
from reflect.cli.main import run

def stream(data=b""):
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")

real, done = sys.stdout, []
for arguments, typed in json.loads(sys.argv[1]):
    sys.stdin, out, err = stream(typed.encode()), stream(), stream()
    sys.stdout, sys.stderr = out, err
    code = run(arguments)
    out.flush(), err.flush()
    done.append([code, *(one.buffer.getvalue().decode() for one in (out, err))])
real.write(json.dumps(done))
real.flush()
os._exit(0)
"""
"""Runs several commands."""

ANSWERS = "Amina\nDaniel\nfeedback\n1\nI read the handover from a card\n\n\n\n\n\n\n\n\n\n"


class Done(NamedTuple):
    """What came of one command."""

    code: int
    out: str
    err: str


_IN_TURN = Lock()
"""Held by whoever asks for the home in which the packs were listed: several at once would make one each."""


def make_well_listed(home: Path) -> None:
    """Make `home` one in which nothing was said yet, but the packs were read and listed before."""
    home.mkdir(mode=0o700)
    with _IN_TURN:
        listed = _where_all_is_listed()
    shutil.copytree(Path(listed.name, "reflect", "cache"), home / "cache")


@cache
def _where_all_is_listed() -> TemporaryDirectory[str]:
    """A folder with a home in which the packs were listed; it goes when this process ends."""
    folder = TemporaryDirectory()
    home = Path(folder.name, "reflect")
    make_well_read(home)
    assert reflect(home, "pack", "list").code == 0
    return folder


class World:
    """A home and a folder of installed distributions below `place`."""

    def __init__(self, place: Path) -> None:
        self.site = place / "site"
        # Python makes this folder when it first imports from a new one; pip does so beforehand.
        (self.site / "__pycache__").mkdir(parents=True)
        self.here = place / "here"
        self.here.mkdir()
        self.home = place / "home"
        make_well_listed(self.home)
        self.place = place

    def install(
        self,
        name: str,
        code: str,
        version: str = "1.0",
        *,
        metadata: str = "",
        group: str = "reflect",
    ) -> None:
        """Install the plug-in `name` with the module `name_code`."""
        info = self.site / f"{name}-{version}.dist-info"
        info.mkdir(exist_ok=True)
        head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (info / "METADATA").write_text(f"{head}Summary: Made for a test\nAuthor: Sam\n{metadata}")
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {name}_code\n")
        module = self.site / f"{name}_code.py"
        module.write_text(code)
        files = f"{name}_code.py,size={len(code)},\n{info.name}/RECORD,,\n"
        (info / "RECORD").write_text(files)

    def install_packs(self, name: str, pack: str) -> None:
        """Install the plug-in `name` with one pack and no code."""
        self.install(name, "raise SystemExit(9)\n", group="reflect.packs")
        (self.site / f"{name}_code.py").unlink()
        folder = self.site / f"{name}_code" / "its-pack"
        folder.mkdir(parents=True)
        (folder.parent / "__init__.py").write_text("raise SystemExit(9)\n")
        (folder / "pack.yaml").write_text(pack)

    @property
    def environ(self) -> dict[str, str]:
        """What the program finds around it."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": os.pathsep.join((str(SOURCE), str(self.site))),
            "HOME": str(self.place),
            "REFLECT_HOME": str(self.home),
            "REFLECT_TODAY": "2026-11-21",
            "LANG": "C.UTF-8",
        }

    def reflect(self, *arguments: str, typed: str = "", **environ: str) -> Done:
        """Run one command in a process of its own."""
        return self._child(["-m", "reflect", *arguments], typed, environ)

    def several(self, *commands: Sequence[str], **environ: str) -> list[Done]:
        """Allow everything (the first time), then run commands one after the other in one process."""
        return self._several(ALLOWING + SEVERAL, commands, environ)

    def in_turn(self, *commands: Sequence[str], **environ: str) -> list[Done]:
        """Run commands one after the other in one process."""
        return self._several(SEVERAL, commands, environ)

    def _several(
        self, code: str, commands: Sequence[Sequence[str]], environ: dict[str, str]
    ) -> list[Done]:
        typed = [(list(command), "" if command else ANSWERS) for command in commands]
        done = self._child(["-c", code, json.dumps(typed)], "", environ)
        assert done.code == 0, done.err
        return [Done(*one) for one in json.loads(done.out)]

    def _child(self, arguments: list[str], typed: str, environ: dict[str, str]) -> Done:
        done = subprocess.run(
            [sys.executable, *arguments],
            input=typed,
            env=self.environ | environ,
            cwd=self.here,
            capture_output=True,
            text=True,
            timeout=50,
        )
        return Done(done.returncode, done.stdout, done.stderr)


GOOD = """
import click
from reflect.plugins.api import *

@hookimpl
def reflect_cues():
    return [Cue("thankful", "says thanks", lambda said: None)]

@hookimpl
def reflect_answer_kinds():
    return [AnswerKind("room", "a room", lambda text: None if text[1:].isdigit() else "Such as B12.")]

@hookimpl
def reflect_exporters():
    return [Exporter("lines", ".txt", "lines", lambda sessions: b"good lines")]

@hookimpl
def reflect_lint_rules():
    return [LintRule("house-rule", "Mend it.", lambda script: [(script.stages[0].questions()[0].id, "Hm.")])]

@hookimpl
def reflect_commands():
    return [click.Command("wave", callback=lambda: click.echo("a wave"), help="Wave.")]

@hookimpl
def reflect_recorded(recorded):
    import os
    with open(os.path.expanduser("~/told"), "a") as log:
        log.write(f"{recorded.kind} {recorded.key} {recorded.session} {recorded.at}\\n")
"""
