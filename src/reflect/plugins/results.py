"""What hooks return, checked value by value before anybody uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from reflect.diagnostics import Diagnostic
from reflect.packs.location import PACK_FILE
from reflect.plugins.findings import fault

MOST_VALUES = 1_000
"""How many values of one hook are read."""

_CUE_NAME = re.compile(r"[a-z][a-z-]{0,63}")
_PATHS = "return a list of absolute paths"
_NOT_A_LIST = object()


def listed(values: object) -> Iterable[object]:
    """What a hook returned, as something to go through; nothing for None, one unusable value for no list."""
    if values is None:
        return ()
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        return (_NOT_A_LIST,)
    return islice(values, MOST_VALUES)


def pack_folder(name: str, value: object) -> str | Diagnostic:
    """`value` as a folder that holds a pack."""
    folder = _absolute(value)
    if folder and (folder / PACK_FILE).is_file() and folder.suffix != ".yaml":
        return str(folder)
    return bad_result(name, f"reflect_packs named something else than a folder with a {PACK_FILE}")


def lexicon_file(name: str, value: object) -> Path | Diagnostic:
    """`value` as a file that is there."""
    path = _absolute(value)
    if path and path.is_file():
        return path
    return bad_result(name, "reflect_lexicons named something else than a file")


class CueCheck:
    """Accepts cues whose names are not taken yet."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def __call__(self, name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a plug-in returns
        """`value` itself when it is a cue, else a diagnostic."""
        cue, line = getattr(value, "name", None), getattr(value, "definition", None)
        if not (isinstance(cue, str) and isinstance(line, str) and callable(value.hear)):
            return bad_result(name, "reflect_cues returned something else than cues", "list cues")
        if not _CUE_NAME.fullmatch(cue):
            message = "a cue of it has a name that is not made of small letters and dashes"
            return bad_result(name, message, "rename it")
        if cue in self._taken:
            return bad_result(name, f"the cue {cue} is there already", "rename it")
        self._taken.add(cue)
        return value


def bad_result(name: str, message: str, hint: str = _PATHS) -> Diagnostic:
    """The plug-in `name` brought something that cannot be used."""
    return fault("plugin-bad-result", name, message, hint)


def _absolute(value: object) -> Path | None:
    """`value` as an absolute path; None when it is none."""
    path = Path(value) if isinstance(value, (str, Path)) else None
    return path if path and path.is_absolute() else None
