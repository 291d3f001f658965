"""Files that are being made: hidden beside their place until they are whole, and swept away when left behind."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

_ENDING = ".part"
_DIGITS = 12
_MOST = 50
"""Characters of a name, four bytes each at most, that leave room in the 255 bytes of a file's name."""
_LEFT_BEHIND = 3600.0
"""Seconds without a byte after which whoever was writing a file has been killed, here or on another machine."""


def beside(target: Path) -> Path:
    """A name in the folder of `target` under which nothing is yet."""
    return target.with_name(f".{target.name[:_MOST]}.{os.urandom(_DIGITS // 2).hex()}{_ENDING}")


def sweep(folder: Path) -> None:
    """Delete what `beside` named in `folder` and nobody has finished for an hour; what cannot go stays."""
    before = time.time() - _LEFT_BEHIND
    with suppress(OSError), os.scandir(folder) as found:
        for one in found:
            if _is_ours(one.name) and _is_older(one, before):
                with suppress(OSError):
                    Path(one.path).unlink()


def _is_ours(name: str) -> bool:
    digits = name.removesuffix(_ENDING).rpartition(".")[2]
    hidden = name.startswith(".") and name.endswith(_ENDING)
    return hidden and len(digits) == _DIGITS and all(one in "0123456789abcdef" for one in digits)


def _is_older(one: os.DirEntry[str], before: float) -> bool:
    with suppress(OSError):
        return one.is_file(follow_symlinks=False) and one.stat().st_mtime < before
    return False
