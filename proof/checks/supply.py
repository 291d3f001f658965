"""What is installed with the program: known by its hash, from nowhere but where the machine says, and nothing besides."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from proof import locks
from proof.check import Check, Figure, Form
from proof.locks import Pin, plain

ROOT = Path(__file__).parents[2]
RUNNING, WORKING = "constraints.txt", "constraints-dev.txt"
"""What running the program takes, and what working on it takes besides: its files hold both."""
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_REGISTRY = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|index[-_]url\s*=|registry\s*=\s*[\"']?http"
    r"|https?://[^\s\"')]*(?:pypi|pythonhosted|npmjs|simple/|artifactory|nexus)",
    re.IGNORECASE,
)
_OURS = ("proof/checks/supply.py",)
"""Where the words that are looked for stand themselves."""
_WHEN_THERE = {"wcwidth"}
"""Used when something else has brought it, and done without where not."""
_READ = 2_000_000
"""Bytes of a file that are looked at."""


class _Trial(NamedTuple):
    """Pins as somebody changed them, and what pip has to say of them; "" where it lets all in."""

    what: str
    pins: list[Pin]
    refused: str


def run(form: Form) -> Figure:
    """Look at every file, at what is pinned and imported, and give pip other files than those that are pinned."""
    chance, end = Random(form.seed), form.deadline()
    looked = _looked_at(ROOT, installed=True)
    tried, failures = _tried(ROOT, form.folder, chance)
    while form.long and time.monotonic() < end:
        more, found = _tried(ROOT, form.folder, chance)
        tried, failures = tried + more, failures + found
    says = f"{looked.says}; pip let in what is pinned and nothing else, {tried} times"
    return Figure(looked.trials + tried, (*looked.failures, *failures), says, 300)


def control(form: Form) -> Figure:
    """A tree with a version that is open, one without a hash, an import nobody requires, an address, and no hashes asked for.

    Each must be found, or nothing is said to be wrong.
    """
    tree = form.folder / "tree"
    shutil.copytree(ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", WORKING):
        shutil.copyfile(ROOT / name, tree / name)
    first, *pins = locks.read(ROOT / RUNNING)[0]
    locks.write(tree / RUNNING, (first._replace(hashes=()), *pins))
    with (tree / RUNNING).open("a") as file:
        file.write("requests>=2\n--extra-index-url https://pypi.example/simple\n")
    make = (ROOT / "Makefile").read_text("utf-8").replace(" --require-hashes", "")
    (tree / "Makefile").write_text(make)
    (tree / "src" / "reflect" / "calling.py").write_text("import requests\n")
    looked = _looked_at(tree, installed=False)
    for name in (RUNNING, WORKING):
        locks.write(tree / name, (pin._replace(hashes=()) for pin in locks.read(ROOT / name)[0]))
    tried, let_in = _tried(tree, form.folder, Random(form.seed), most=2)
    failures = (*looked.failures, *let_in)
    wanted = (
        "no hash",
        "pins nothing",
        "not required",
        "names a registry",
        "asks for no",
        "let in",
    )
    missed = [words for words in wanted if not any(words in one for one in failures)]
    return Figure(looked.trials + tried, () if missed else failures, f"not found: {missed}")


def _looked_at(root: Path, *, installed: bool) -> Figure:
    files = _files(root)
    pinned, failures = _pinned(root)
    failures += _unpinned(root)
    if installed:
        failures += [*_otherwise(pinned), *_unknown(pinned)]
    imported, required = _imported(root / "src"), set(_required(root))
    failures += [f"{name} is imported and not required" for name in sorted(imported - _known(root))]
    failures += [f"the Makefile asks for no hashes: {line}" for line in _unchecked(root)]
    for file in files:
        name = file.relative_to(root).as_posix()
        found = None if name in _OURS else _REGISTRY.search(_text(file))
        if found:
            failures.append(f"{name} names a registry: {found[0][:60]}")
    says = (
        f"{len(files)} files without a registry address, {len(pinned)} versions pinned by"
        f" {sum(len(pin.hashes) for pin in pinned.values())} hashes, {len(required)} required,"
        f" {len(imported)} imported from others"
    )
    return Figure(len(files) + len(pinned), tuple(failures), says)


def _tried(root: Path, folder: Path, chance: Random, most: int = 9) -> tuple[int, list[str]]:
    """How many trials there were, at `most` so many a file, and those in which pip did otherwise than it has to."""
    commands = [line for line in locks.installs(root) if "--requirement" in line]
    tried, failures = 0, []
    for command in commands:
        name = command.split("--requirement")[1].split()[0]
        place = folder / f"{name}-{chance.randrange(10**9)}"
        place.mkdir()
        for trial in islice(_trials(locks.read(root / name)[0], place, chance), most):
            locks.write(place / name, trial.pins)
            code, said = locks.said_by_pip(command, place)
            tried += 1
            if (code != 0) != bool(trial.refused):
                verb = "refused" if code else "let in"
                failures.append(f"{name}, {trial.what}: {verb}: {said[-200:].strip()}")
            elif trial.refused not in said:
                failures.append(f"{name}, {trial.what}: refused for another reason: {said[-200:]}")
        shutil.rmtree(place)
    if len(commands) < 2:
        failures.append(f"only {len(commands)} commands install what is pinned")
    return tried, failures


def _trials(pins: list[Pin], folder: Path, chance: Random) -> Iterator[_Trial]:
    """Pins with wheels in `folder` that stand in for theirs: known, then one of them changed in each way."""
    from packaging.markers import Marker

    here = [pin for pin in pins if not pin.marker or Marker(pin.marker).evaluate()]
    last = max(here, key=lambda pin: pin.name)
    made = {pin: locks.stand_in(folder, pin, () if pin == last else (last.name,)) for pin in here}
    known = [pin._replace(hashes=(made[pin],)) if pin.hashes else pin for pin in here]
    mismatch = "DO NOT MATCH THE HASHES"
    yield _Trial("as they are pinned", known, "")
    yield _Trial("other files than those", pins, mismatch)
    at = chance.randrange(len(known))
    pin, others = known[at], [*known[:at], *known[at + 1 :]]
    flipped = pin._replace(hashes=(_flipped(made[here[at]], chance),))
    yield _Trial("a digit flipped", [*others, flipped], mismatch)
    yield _Trial("no hash", [*others, pin._replace(hashes=())], "Hashes are required")
    without = [pin for pin in known if pin.name != last.name]
    yield _Trial("one that is not pinned", without, "must have their versions pinned")


def _flipped(digest: str, chance: Random) -> str:
    at = chance.randrange(len(digest))
    return f"{digest[:at]}{int(digest[at], 16) ^ 1:x}{digest[at + 1 :]}"


def _unchecked(root: Path) -> list[str]:
    """Commands of the Makefile that let pip install what it has no hash of, but for the program itself."""
    ours = {"--no-deps", "--no-build-isolation"}
    return [
        line
        for line in locks.installs(root)
        if "--require-hashes" not in line and not ours <= set(line.split())
    ]


def _files(root: Path) -> list[Path]:
    """What belongs to the project: what git knows, or all that is there."""
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    done = subprocess.run(command, cwd=root, capture_output=True, timeout=60, check=False)
    if done.returncode == 0 and (root / ".git").exists():
        found = [root / name for name in done.stdout.decode().split("\0") if name]
    else:
        found = list(root.rglob("*"))
    return [file for file in found if file.is_file()]


def _text(file: Path) -> str:
    return file.read_bytes()[:_READ].decode("utf-8", "replace")


def _pinned(root: Path) -> tuple[dict[str, Pin], list[str]]:
    """All that is pinned, by its name, and what is wrong with it."""
    wrong = []
    pinned: dict[str, dict[str, Pin]] = {}
    for name in (RUNNING, WORKING):
        pins, others = locks.read(root / name)
        wrong += [f"{name} pins nothing here: {line[:60]}" for line in others]
        wrong += [f"{name} has no hash of {pin.name}" for pin in pins if not pin.hashes]
        pinned[name] = {pin.name: pin for pin in pins}
    wrong += [
        f"{name} is pinned otherwise in {WORKING}"
        for name, pin in pinned[RUNNING].items()
        if pinned[WORKING].get(name) != pin
    ]
    return pinned[WORKING], wrong


def _unpinned(root: Path) -> list[str]:
    """What pyproject.toml names and its file does not pin."""
    running, working = (
        {pin.name for pin in locks.read(root / name)[0]} for name in (RUNNING, WORKING)
    )
    missing = sorted(set(_required(root)) - working) + sorted(set(_to_run(root)) - running)
    return [f"{name} is required and not pinned" for name in missing]


def _to_run(root: Path) -> Iterator[str]:
    """What running takes, and what makes the program ready to run."""
    whole = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return _names((*whole["project"]["dependencies"], *whole["build-system"]["requires"]))


def _required(root: Path) -> Iterator[str]:
    """What pyproject.toml names, for running and for working on it."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return _names((*project["dependencies"], *chain(*project["optional-dependencies"].values())))


def _names(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        name = _NAME.match(line)
        assert name
        yield plain(name[0])


def _otherwise(pinned: dict[str, Pin]) -> list[str]:
    """What is installed in another version than the one that is pinned."""
    wrong = []
    for name, pin in pinned.items():
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        if found != pin.version:
            wrong.append(f"{name} is {found} here and {pin.version} where it is pinned")
    return wrong


def _unknown(pinned: dict[str, Pin]) -> list[str]:
    """What something that is pinned needs here, as it is installed, and is not pinned itself."""
    from packaging.requirements import Requirement

    wrong = []
    for name in pinned:
        try:
            needs = metadata.requires(name) or ()
        except metadata.PackageNotFoundError:
            continue
        for need in map(Requirement, needs):
            asked = need.marker is None or need.marker.evaluate({"extra": ""})
            if asked and plain(need.name) not in pinned:
                wrong.append(f"{need.name}, which {name} needs, is not pinned")
    return wrong


def _imported(source: Path) -> set[str]:
    """The distributions that our modules import from, by the names of their modules."""
    import ast

    modules = set()
    for file in source.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {one.name.partition(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                modules.add(node.module.partition(".")[0])
    ours = {"reflect", "reflect_prompt_packs", "__future__"}
    return modules - ours - _WHEN_THERE - sys.stdlib_module_names


def _known(root: Path) -> set[str]:
    """The modules that what is required brings, and the one that the test runner brings when it runs us."""
    required = set(_required(root))
    brought = metadata.packages_distributions().items()
    return {module for module, names in brought if required & set(map(plain, names))}


CHECK = Check(
    "T-SUPPLY",
    ("G22",),
    "only what is pinned by its hash is installed, and no file names a registry",
    run,
    control,
    needs=("git", "make"),
    seconds=20,
)
