"""Deletes one rule of the checker after another and reports those whose loss no test notices.

    python -m tests.packs.mutate_rules [--only MODULE] [--fast] [--list]

Run it from the project's root, by hand: it takes some minutes and is no test itself. For each place in
`src/reflect/packs/` at which a finding is made, a copy of the project is changed so that the finding
is not made there, and the tests in tests/packs are run against the copy: first the example of the
code that went, then all of them. What is still green at the end is named, and its place.

A finding is made by a call of `error` or `warn` (which becomes None), by a method of the same
module that ends in such a call, by `raise self._wrong(...)` (the sentence is still refused, without a
word), and by `yield` or `return` of something that is built as a finding.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
COPIED = ("src", "tests", "prompt_packs", "pyproject.toml", "docs")
RULES = Path("src/reflect/packs")
SECONDS = 300

TELLS = {"error", "warn"}
WRAPPED = {
    "_error",
    "_stop",
    "_conflict",
    "_missing",
    "_note",
    "_report",
    "_wrong",
    "_bad",
    "_bare",
}
WRAPPED |= {"_unknown", "_unreadable"}
RAISED = {"_wrong", "_refuse", "_unreadable"}
BUILT = {"Diagnostic", "warning", "_warning", "Trouble", "Slip"}
NOT_RULES = {"report.py"}
"""It only hands on what others find."""

FAST = tuple(
    f"tests/packs/test_{name}.py"
    for name in ("mistakes", "broken", "conditions", "templates", "translate", "extend", "reading")
)
_EXAMPLE = "test_a_failing_pack_earns_exactly_what_its_example_says"


class Mutant(NamedTuple):
    """A file in which the characters from `start` to `end` (in bytes) become `text`; `code` is what went."""

    path: Path
    line: int
    start: int
    end: int
    text: str
    code: str

    @property
    def name(self) -> str:
        """Where the rule stands."""
        return f"{self.path}:{self.line} {self.code}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Every rule of one module, deleted."""
    source = (ROOT / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in ast.walk(ast.parse(source)):
        for whole, call, text in _deletions(node):
            assert whole.end_lineno is not None and whole.end_col_offset is not None
            start = starts[whole.lineno - 1] + whole.col_offset
            end = starts[whole.end_lineno - 1] + whole.end_col_offset
            yield Mutant(path, call.lineno, start, end, text, _code(call))


def _deletions(node: ast.AST) -> Iterator[tuple[ast.expr, ast.Call, str]]:
    """What of `node` is to be replaced, the call that makes the finding, and what stands there instead."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        if _called(node.value) in TELLS | WRAPPED:
            yield node.value, node.value, "None"
    elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        if _called(node.exc) in RAISED:
            yield node.exc, node.exc, "_Unreadable()"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield):
        built = node.value.value
        if isinstance(built, ast.Call) and _called(built) in BUILT:
            yield node.value, built, "yield from ()"
    elif (
        isinstance(node, ast.Return)
        and isinstance(node.value, ast.Call)
        and _called(node.value) in BUILT - {"Diagnostic", "warning", "_warning"}
    ):
        yield node.value, node.value, "None"


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _code(call: ast.Call) -> str:
    """The code that `call` tells, as it is written."""
    for argument in call.args:
        written = ast.unparse(argument)
        if written.startswith("codes."):
            return written.removeprefix("codes.")
    return _called(call)


def survives(mutant: Mutant, folder: Path, red: list[str], fast: bool) -> bool:
    """Whether the tests are green without the rule, apart from those that are `red` anyway."""
    path = folder / mutant.path
    source = path.read_bytes()
    path.write_bytes(source[: mutant.start] + mutant.text.encode() + source[mutant.end :])
    try:
        return all(_green(folder, *tests, *red) for tests in _tests(mutant, fast))
    finally:
        path.write_bytes(source)


def _tests(mutant: Mutant, fast: bool) -> Iterator[tuple[str, ...]]:
    """What to run: the example of the code, what is fast, then everything."""
    from reflect.packs import codes

    code = getattr(codes, mutant.code, "")
    if code:
        yield (f"tests/packs/test_explained.py::{_EXAMPLE}[{code}]",)
    yield FAST
    if not fast:
        yield ("tests/packs",)


def _green(folder: Path, *tests: str) -> bool:
    return _run(folder, "-x", *tests).returncode == 0


def _red(folder: Path, *tests: str) -> list[str]:
    """The tests that fail before anything is deleted, as arguments that leave them out."""
    told = _run(folder, "-rf", *tests).stdout.splitlines()
    failed = [line for line in told if line.startswith("FAILED ")]
    names = [line.split(" - ")[0].removeprefix("FAILED ") for line in failed]
    for name in names:
        print(f"red already, and left out: {name}", flush=True)
    return [f"--deselect={name}" for name in names]


def _run(folder: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {
        "PYTHONPATH": str(folder / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *tests]
    return subprocess.run(
        command,
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def _copy(folder: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)


def main() -> int:
    """Try every rule; 1 when one survives."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--only", default="", help="modules whose path holds this")
    parser.add_argument("--fast", action="store_true", help="leave out the run of all tests")
    parser.add_argument("--list", action="store_true", help="name the rules and stop")
    given = parser.parse_args()
    found = [
        mutant
        for path in sorted((ROOT / RULES).rglob("*.py"))
        if path.name not in NOT_RULES and given.only in str(path)
        for mutant in mutants(path.relative_to(ROOT))
    ]
    if given.list:
        print(*(mutant.name for mutant in found), sep="\n")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copy(folder)
        red = _red(folder, *(FAST if given.fast else ("tests/packs",)))
        left = [mutant for mutant in found if _tried(mutant, folder, red, given.fast)]
    print(f"{len(found)} rules deleted, {len(found) - len(left)} noticed by a test")
    print(*(f"survived: {mutant.name}" for mutant in left), sep="\n")
    return 1 if left else 0


def _tried(mutant: Mutant, folder: Path, red: list[str], fast: bool) -> bool:
    lives = survives(mutant, folder, red, fast)
    print(f"{'SURVIVED' if lives else 'noticed'}  {mutant.name}", flush=True)
    return lives


if __name__ == "__main__":
    sys.exit(main())
