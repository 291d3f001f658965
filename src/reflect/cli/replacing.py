"""Leave to write over a file that is there already."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from reflect.errors import ReflectError

if TYPE_CHECKING:
    from pathlib import Path

    from reflect.cli.desk import Desk

force_option = click.option("--force", is_flag=True, help="Replace a file that is there already.")


def check_leave(desk: Desk, file: Path, *, force: bool) -> None:
    """Come back when `file` is new or may be replaced; a terminal is asked.

    Raises `ReflectError` "file-exists".
    """
    if force or not os.access(file, os.F_OK):
        return
    if sys.stdin.isatty() and desk.agrees(f"{file} is there already. Replace it?"):
        return
    raise ReflectError(
        "file-exists",
        f"{file} is there already and was left as it is.",
        "Name another file, or use --force.",
    )
