"""A new folder written whole, never over anything."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from reflect.errors import ReflectError


def check_new(folder: Path) -> None:
    """Come back when `folder` is not there or empty; ReflectError "folder-in-use"."""
    if not os.path.lexists(folder):
        return
    try:
        used = any(True for _ in folder.iterdir())
    except OSError:
        used = True
    if used:
        raise ReflectError(
            "folder-in-use",
            f"{folder} is there already and was left as it is.",
            "Name another folder, one that is new or empty.",
        )


def write_new(folder: Path, files: Mapping[str, str]) -> None:
    """Write `files` (texts by their path) into `folder`, which is new or empty.

    Raises ReflectError "folder-in-use", or "not-written"; then what was written is gone again.
    """
    check_new(folder)
    made: list[Path] = []
    try:
        for name, text in files.items():
            file = folder / name
            _make(file.parent, made)
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                made.append(file)
                stream.write(text)
    except (OSError, UnicodeError) as error:
        _take_back(made)
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else ""
        message = f"cannot write {folder}: {reason or 'this is no name for a folder'}"
        raise ReflectError("not-written", message, "Name a folder that you may write to.") from None


def _make(folder: Path, made: list[Path]) -> None:
    if folder.is_dir():
        return
    _make(folder.parent, made)
    folder.mkdir()
    made.append(folder)


def _take_back(made: list[Path]) -> None:
    for path in reversed(made):
        try:
            path.rmdir() if path.is_dir() else path.unlink()
        except OSError:
            continue
