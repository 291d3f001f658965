"""What a diagnostic means, with a pack that earns it and the same pack mended.

Each code has a file `explained/CODE.yaml`. Its examples are documentation and
tests at once: a test writes each to disk and compares what is found with what the
file says. They are read one at a time, when somebody asks.

    code: unknown-name
    group: names and conditions
    severity: error
    explained: Two or three sentences for whoever met it.
    failing: the text of a whole pack
    finds: a list of places with their codes, as a diagnostic begins: `9:11 unknown-name`
    mended: the same pack without a finding; may be left out when only files beside it change
    beside: other files by name, in front of a place too: `translations/de.yaml 4:3 other-pack`
    beside mended: those of them that are different in the mended pack
    told by: list, when `reflect pack list` tells it; otherwise `reflect pack check` does

`7-9:5` is column 5 of three lines, and a code alone in front of nothing is about
the whole file. Files are named from the pack's folder; `../base.yaml` is a pack that is
installed beside it. Texts are written in the notation of `reflect.packs.visible`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, cast

import msgspec

from reflect.diagnostics import Place
from reflect.errors import Misuse
from reflect.packs.location import PACK_FILE
from reflect.packs.tree import Map, Text, items_at, map_at, word_at
from reflect.packs.visible import link_in, meant

FOLDER = Path(__file__).with_name("explained")
GROUPS = (
    "file",
    "format",
    "names and conditions",
    "texts",
    "groups and ids",
    "building on another pack",
    "translations",
    "craft",
    "examples and stories",
)
"""What diagnostics are about, in the order in which they are listed."""

_FIND = re.compile(r"(?:(\S+\.yaml) )?(?:(\d+)(?:-(\d+))?:(\d+) )?([a-z0-9-]+)")
_HOME = "pack"
_BYTES = 256 * 1024


class Find(msgspec.Struct, frozen=True, order=True):
    """A finding that an example earns: `column` of every line from `line` to `last`, 0 for a whole file."""

    file: str
    line: int
    last: int
    column: int
    code: str

    def each(self) -> tuple[tuple[Place, str], ...]:
        """The place and the code of every single finding."""
        lines = range(self.line, self.last + 1)
        return tuple((Place(self.file, line, self.column), self.code) for line in lines)

    def __str__(self) -> str:
        file = "" if self.file == PACK_FILE else f"{self.file} "
        last = f"-{self.last}" if self.last > self.line else ""
        return (
            f"{file}{self.line}{last}:{self.column} {self.code}" if self.line else file + self.code
        )


class Explained(msgspec.Struct, frozen=True):
    """One diagnostic: `line` explains it in a line, `explained` in some sentences.

    `failing` and `mended` are packs, file by file in the notation of `visible`, the pack's own
    file first; `finds` is everything that is found in the failing one, in the order of its places.
    `told_by` names the command that tells it.
    """

    code: str
    line: str
    severity: Literal["error", "warning"]
    group: str
    explained: str
    failing: dict[str, str]
    finds: tuple[Find, ...]
    mended: dict[str, str]
    told_by: Literal["check", "list"] = "check"


def read(code: str, line: str, folder: Path = FOLDER) -> Explained:
    """What the file of `code` says of it; `line` explains it in one line. Misuse without a good file."""
    tree = _tree(folder / f"{code}.yaml")
    if word_at(tree, "code") != code or word_at(tree, "group") not in GROUPS:
        raise Misuse(f"explained/{code}.yaml has another code or no group")
    pack = {PACK_FILE: word_at(tree, "failing")}
    beside = _texts(map_at(tree, "beside"))
    mended = {PACK_FILE: word_at(tree, "mended", pack[PACK_FILE])}
    return Explained(
        code=code,
        line=line,
        severity="warning" if word_at(tree, "severity") == "warning" else "error",
        group=word_at(tree, "group"),
        explained=word_at(tree, "explained").strip(),
        failing=pack | beside,
        finds=tuple(
            sorted(find_in(t.value) for t in items_at(tree, "finds") if isinstance(t, Text))
        ),
        mended=mended | beside | _texts(map_at(tree, "beside mended")),
        told_by=cast("Literal['check', 'list']", word_at(tree, "told by", "check")),
    )


def find_in(text: str) -> Find:
    """The finding that `text` writes down; Misuse when it is none."""
    found = _FIND.fullmatch(text)
    if found is None:
        raise Misuse(f"this is no finding: {text}")
    file, line, last, column, code = found.groups()
    return Find(file or PACK_FILE, int(line or 0), int(last or line or 0), int(column or 0), code)


def write(files: dict[str, str], folder: Path) -> Path:
    """Put a pack (`failing` or `mended`) among those in `folder`; the folder that is its own."""
    home = folder / _HOME
    for name, text in files.items():
        path = folder / name.removeprefix("../") if name.startswith("../") else home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        link = link_in(text)
        path.symlink_to(link) if link else path.write_bytes(meant(text))
    return home


def _tree(path: Path) -> Map:
    from reflect.packs.reader import read_tree
    from reflect.packs.report import Report

    report = Report()
    try:
        tree = read_tree(path.name, path.read_bytes(), report, limit=_BYTES)
    except OSError as error:
        raise Misuse(f"there is no explained/{path.name}") from error
    if report.failed or not isinstance(tree, Map):
        raise Misuse("; ".join(map(str, report.sorted())))
    return tree


def _texts(files: Map) -> dict[str, str]:
    return {name: text.value for name, text in files.values.items() if isinstance(text, Text)}
