"""The report of a fault of ours: types and places in our own code, and nothing else.

An exception's message, its arguments and the locals around it may hold an answer.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

from reflect import __version__
from reflect.errors import ReflectError
from reflect.settings import Home, make_private_folder, write_private_file

_OURS = Path(__file__).parents[1]
_MOST = 200
"""Places kept of one exception: a recursion has thousands."""


def write_fault(error: BaseException, environ: Mapping[str, str]) -> Path | None:
    """Write the report of `error` into the logs of the home, mode 0600; None when that cannot be."""
    try:
        folder = Home.find(environ).logs
        make_private_folder(folder)
        log = folder / f"fault-{time.strftime('%Y%m%d-%H%M%S')}-{os.urandom(3).hex()}.log"
        write_private_file(log, ("\n".join(_lines(error)) + "\n").encode())
    except (OSError, RuntimeError, ReflectError):
        return None
    return log


def _lines(error: BaseException) -> Iterator[str]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield f"reflect {__version__}, Python {python}, {sys.platform}"
    found: BaseException | None = error
    seen: set[int] = set()
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield f"{type(found).__module__}.{type(found).__qualname__}"
        yield from _places(found.__traceback__)
        found = found.__cause__ or found.__context__


def _places(trace: TracebackType | None) -> Iterator[str]:
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = Path(code.co_filename)
        if file.is_relative_to(_OURS):
            name = file.relative_to(_OURS).as_posix()
            places.append(f"  {name}:{trace.tb_lineno} {code.co_qualname}")
        trace = trace.tb_next
    yield from places[-_MOST:]
