"""The mentee's own editor, and where the text lies meanwhile: out of sight, and not for long."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from reflect.settings import PUT_ASIDE, Home, make_private_folder, write_private_file
from reflect.terminal.screen import Edited
from reflect.text import clean_input

MOST_TEXT = 1 << 20
"""UTF-8 bytes that come back from an editor."""

PREFIX = "reflect-edit-"
_VIM_QUIET = (
    "-n",
    "-i",
    "NONE",
    "--cmd",
    "set noundofile nobackup nowritebackup noswapfile",
)
_VIMS = ("vim", "nvim", "vim.basic", "vim.tiny", "vim.nox", "vim.gtk3", "gvim", "view", "vimx")


def edit(text: str, environ: Mapping[str, str], home: Home) -> Edited:
    """`text` after the mentee's editor; unchanged, with the reason, when nothing came of it.

    A text that is too long to take is kept in a private file of its own.
    """
    command = editor_command(environ)
    if not command:
        return Edited(text, "editor-none")
    if shutil.which(command[0]) is None:
        return Edited(text, "editor-missing", editor=command[0])
    folder = private_folder(environ, home)
    try:
        path = folder / "answer.txt"
        write_private_file(path, text.encode())
        if subprocess.call([*command, str(path)]) != 0:
            return Edited(text, "editor-failed")
        return _read(path, text, home)
    except OSError:
        return Edited(text, "editor-failed")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read(path: Path, before: str, home: Home) -> Edited:
    size = path.stat().st_size
    if size > MOST_TEXT:
        kept = save_aside(path.read_bytes(), home)
        return Edited(before, "too-long", size, kept)
    after = clean_input(_decoded(path.read_bytes())).removesuffix("\n")
    return Edited(after) if after.strip() else Edited(before, "editor-failed")


def _decoded(data: bytes) -> str:
    """UTF-8, with or without a mark; else what an old editor meant by its bytes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def save_aside(data: bytes, home: Home) -> str:
    """Put words that could not be stored into a new private file; gives its path."""
    import time

    make_private_folder(home.root)  # it may have been taken away meanwhile
    path = home.root / PUT_ASIDE.format(time.strftime("%Y%m%d-%H%M%S"))
    write_private_file(path, data)
    return str(path)


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """The mentee's editor with what keeps it from leaving copies; empty when none is set."""
    named = environ.get("VISUAL") or environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:
        return []
    if not command:
        return []
    return [*command, *_VIM_QUIET] if _is_vim(command[0]) else command


def _is_vim(program: str) -> bool:
    """Whether `program` is vim under whatever name."""
    found = shutil.which(program)
    names = {Path(program).name, Path(found).resolve().name if found else ""}
    return not names.isdisjoint(_VIMS)


# --- where it lies -----------------------------------------------------------------


def _places(environ: Mapping[str, str], home: Home) -> Iterator[Path]:
    """Memory rather than disk, where there is such a place."""
    named = environ.get("XDG_RUNTIME_DIR")
    if named:
        yield Path(named)
    yield Path("/dev/shm")
    yield home.root


def private_folder(environ: Mapping[str, str], home: Home) -> Path:
    """A new folder for what must not last; `remove_leftovers` clears it away should we be killed."""
    for place in _places(environ, home):
        if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
            return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
    return Path(tempfile.mkdtemp(prefix=PREFIX))


def remove_leftovers(environ: Mapping[str, str], home: Home) -> None:
    """Delete what an editor left behind when its program was killed."""
    for place in _places(environ, home):
        for folder in place.glob(f"{PREFIX}*"):
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    """Whether `folder` is ours and the process that made it is gone."""
    number = folder.name.removeprefix(PREFIX).partition("-")[0]
    try:
        mine = folder.lstat().st_uid == os.getuid() and not folder.is_symlink()
        return mine and not (number.isdecimal() and _is_running(int(number)))
    except (OSError, AttributeError):
        return False


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
