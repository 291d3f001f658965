"""A command typed in this process, with what came of it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from reflect.cli.main import run


class Ran(NamedTuple):
    """The exit code, both streams, and the report of a fault where one was written."""

    code: int
    out: str
    err: str
    why: str


def typed(home: Path, line: Sequence[str], said: str = "") -> Ran:
    """What comes of `line` in `home`, with `said` on standard input."""
    logs = home / "logs"
    for old in logs.glob("*.log"):
        old.unlink()
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with _around(home, said, out, err):
        code = run(line)
    why = " | ".join(file.read_text("utf-8") for file in logs.glob("*.log"))
    return Ran(code, _text(out), _text(err), " ".join(why.split())[-600:])


@contextmanager
def _around(home: Path, said: str, out: io.TextIOWrapper, err: io.TextIOWrapper) -> Iterator[None]:
    own = {"REFLECT_HOME": str(home), "REFLECT_TODAY": "2026-11-29", "REFLECT_PLUGINS": "none"}
    given = io.TextIOWrapper(io.BytesIO(said.encode()), "utf-8", newline="")
    streams = patch.multiple(sys, stdin=given, stdout=out, stderr=err)
    with patch.dict(os.environ, own), streams:
        yield


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8", "replace")
