"""An environment with a wheel of the working tree: an editable install costs time at every start."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".venv-bench"
_TREES = ("src", "prompt_packs")
_FILES = ("pyproject.toml", "constraints.txt", "README.md", "LICENSE")


class NotInstalled(Exception):
    """pip could not make the environment; the message is what it said last."""


def python() -> Path:
    """The Python of the environment."""
    names = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return FOLDER.joinpath(*names)


def prepare() -> Path:
    """The Python of an environment that holds the tree as it is now. Raises `NotInstalled`."""
    made, mark = FOLDER / ".made", _mark()
    if made.exists() and made.read_text() == mark:
        return python()
    if not python().exists():
        _run(sys.executable, "-m", "venv", str(FOLDER))
        (FOLDER / ".gitignore").write_text("*\n")
    _install()
    made.write_text(mark)
    return python()


def go_on(module: str) -> int:
    """Run `module` inside the environment with `--here`; its exit code, 1 when there is no environment."""
    try:
        inside = prepare()
    except NotInstalled as error:
        sys.stderr.write(
            f"The wheel could not be installed: {error}\n"
            "With --here this Python measures what it can import, without installing anything.\n"
        )
        return 1
    # Without the user's PYTHONPATH: only the wheel is imported.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = (str(inside), "-m", module, "--here", *sys.argv[1:])
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _install() -> None:
    """Install a copy of the tree, so that nothing is built inside it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for tree in _TREES:
            shutil.copytree(ROOT / tree, copy / tree, ignore=shutil.ignore_patterns("__pycache__"))
        for file in filter(lambda name: (ROOT / name).exists(), _FILES):
            shutil.copy(ROOT / file, copy / file)
        pip = (str(python()), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
        _run(*pip, "--require-hashes", "--requirement", str(ROOT / "constraints.txt"))
        _run(*pip, "--no-deps", "--no-build-isolation", str(copy))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotInstalled((done.stderr.strip().splitlines() or ["no reason was given"])[-1])


def _mark() -> str:
    """What the tree looks like now."""
    lines = (f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in _sources())
    return hashlib.blake2b("\n".join((sys.version, *lines)).encode(), digest_size=16).hexdigest()


def _sources() -> Iterator[Path]:
    for tree in _TREES:
        found = (ROOT / tree).rglob("*")
        yield from sorted(f for f in found if f.is_file() and "__pycache__" not in f.parts)
    yield from (ROOT / name for name in _FILES if (ROOT / name).exists())
