"""Every command that the README and the docs show is run, in a home that holds a session."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reflect.settings import Home
from tests.conftest import Ran, Run
from tests.docs.reader import REPLAYED
from tests.faults.program import make_well_read

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
OURS = re.compile(r"(?:printf '([^'%]*)' \| )?(reflect(?: [^|<>&;$*~`()#]+)?)(?: </dev/null)?")
"""A command of ours alone, and what is piped into it: it is run without a shell, in this process."""

SETS_UP = ("make ",)
"""Commands that install something; the build itself is made of them."""

FIRST = (
    "Amina\nDaniel\ngoals\n1\nI read the handover from a card\n"
    "I will present three cases at the ward round by the end of March\n"
    "I will ask Ruth for the rota on friday\n\n\n\n\n\n\n"
)


def commands(page: Path) -> Iterator[str]:
    """What is typed on `page`; nothing of a page that is replayed as a whole elsewhere."""
    if page.read_text("utf-8").startswith(REPLAYED):
        return
    for block in BLOCK.findall(page.read_text("utf-8")):
        for line in block.splitlines():
            if line.startswith("$ ") and not line[2:].startswith(SETS_UP):
                yield line[2:]


def shows_any(page: Path) -> bool:
    """Whether there is a command on `page` to run."""
    return any(commands(page))


@pytest.fixture
def typing(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Ran]:
    """Runs what is typed where `reflect` is this program and its home is empty but for one session."""
    door = tmp_path / "bin" / "reflect"
    door.parent.mkdir()
    door.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reflect "$@"\n')
    door.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{door.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
    make_well_read(Home.find(os.environ).root)
    assert run(stdin=FIRST).code == 0

    def typed(command: str) -> Ran:
        if alone := OURS.fullmatch(command):
            piped = (alone[1] or "").replace("\\n", "\n")
            return run(*shlex.split(alone[2])[1:], stdin=piped)
        return by_shell(command)

    return typed


@pytest.mark.parametrize("page", [*filter(shows_any, PAGES)], ids=lambda page: page.name)
def test_every_command_shown_works(page: Path, typing: Callable[[str], Ran]) -> None:
    for command in commands(page):
        done = typing(command)
        assert done.code == 0, f"{command}\n{done.err}"


def by_shell(command: str) -> Ran:
    """What comes of `command` where a shell does some of it."""
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_the_pages_do_show_commands() -> None:
    assert sum(len(list(commands(page))) for page in PAGES) > 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
