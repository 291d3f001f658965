"""The peers: programs and libraries people would use instead, in an environment of their own, never in ours.

What cannot be installed is a sentence that says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks.wheel import ROOT

FOLDER = ROOT / ".venv-peers"
LIBRARIES = ("jrnl", "rivescript", "python-aiml")
PACKAGES = ("inkjs", "@vscode/ripgrep")
"""What npm brings; the second holds a ripgrep for this machine."""
PATIENCE = 180
"""Seconds after which an installer is given up."""


class Peers(NamedTuple):
    """What is there: by name, the command that starts it; `notes` say what is not."""

    commands: dict[str, tuple[str, ...]]
    notes: tuple[str, ...]


def installed(folder: Path = FOLDER) -> Peers:
    """The peers in `folder`, installed there first where they are not yet."""
    notes = [*_libraries(folder), *_packages(folder)]
    found: dict[str, tuple[str, ...]] = {}
    for name, path in _places(folder).items():
        if path is not None and path.exists():
            found[name] = (str(path),)
    return Peers(found, tuple(notes))


def _places(folder: Path) -> dict[str, Path | None]:
    binaries = folder / ("Scripts" if sys.platform == "win32" else "bin")
    modules = folder / "node_modules"
    ripgrep = shutil.which("rg") or next(map(str, modules.glob("@vscode/ripgrep*/bin/rg")), None)
    node = shutil.which("node") if (modules / "inkjs").exists() else None
    return {
        "python": binaries / "python",
        "jrnl": binaries / "jrnl",
        "node": Path(node) if node else None,
        "rg": Path(ripgrep) if ripgrep else None,
    }


def _libraries(folder: Path) -> list[str]:
    """Install what pip brings, each by itself."""
    mark = folder / ".installed"
    if mark.exists():
        return []
    if not _ran((sys.executable, "-m", "venv", str(folder)), ROOT):
        return ["Peers in Python were left out: their environment could not be made."]
    (folder / ".gitignore").write_text("*\n")
    python = str(_places(folder)["python"])
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    notes = [_left_out(name) for name in LIBRARIES if not _ran((*pip, name), ROOT)]
    if not notes:
        mark.write_text("")
    return notes


def _packages(folder: Path) -> list[str]:
    """Install what npm brings, without letting any of it run."""
    missing = [name for name in PACKAGES if not (folder / "node_modules" / name).exists()]
    if not missing:
        return []
    npm = shutil.which("npm")
    if npm is None:
        return [f"{' and '.join(missing)} were left out: npm is not installed."]
    quiet = ("--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--silent")
    command = (npm, "install", *quiet, "--prefix", str(folder), *PACKAGES)
    return [] if _ran(command, folder) else [_left_out(name) for name in missing]


def _left_out(name: str) -> str:
    return f"{name} was left out: it could not be installed."


def _ran(command: tuple[str, ...], folder: Path) -> bool:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, check=False, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
