"""A disk of a few hundred kilobytes that can be filled and made read-only (Linux, as root)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A tmpfs at `folder`; skips, saying why, where none can be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _mount("-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "none", str(folder)):
        pytest.skip("NOT TESTED: a file system can only be mounted by root on Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(folder: Path) -> Path:
    """Take all the room that is left; gives the file that holds it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            while _written(file.fileno(), size):
                pass
    return filler


def remount(folder: Path, options: str) -> None:
    """Change how it is mounted: `ro`, `rw`, `size=…`."""
    assert _mount("-o", f"remount,{options}", str(folder))


def _written(descriptor: int, size: int) -> bool:
    try:
        return os.write(descriptor, b"\0" * size) > 0
    except OSError:
        return False


def _mount(*arguments: str) -> bool:
    try:
        done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0
