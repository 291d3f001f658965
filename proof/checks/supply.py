"""What is installed with the program: pinned, from nowhere but where the machine says, and nothing besides."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from itertools import chain
from pathlib import Path

from proof.check import Check, Figure, Form

ROOT = Path(__file__).parents[2]
_PIN = re.compile(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+)((?:\s+\\?\s*--hash=sha256:[0-9a-f]{64})*)")
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


def run(form: Form) -> Figure:
    """Look at what is required, at what is pinned, at what is imported, and at every file."""
    return _looked_at(ROOT, installed=True)


def control(form: Form) -> Figure:
    """A tree with a version that is open, an import that nobody requires and an address."""
    tree = form.folder / "tree"
    shutil.copytree(ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copyfile(ROOT / name, tree / name)
    with (tree / "constraints.txt").open("a") as file:
        file.write("requests>=2\n--extra-index-url https://pypi.example/simple\n")
    (tree / "src" / "reflect" / "calling.py").write_text("import requests\n")
    return _looked_at(tree, installed=False)


def _looked_at(root: Path, *, installed: bool) -> Figure:
    files = _files(root)
    pinned, failures = _pinned(root)
    required = set(_required(root))
    failures += [f"{name} is required and not pinned" for name in sorted(required - pinned.keys())]
    if installed:
        failures += _otherwise(pinned)
    imported = _imported(root / "src")
    failures += [f"{name} is imported and not required" for name in sorted(imported - _known(root))]
    for file in files:
        name = file.relative_to(root).as_posix()
        found = None if name in _OURS else _REGISTRY.search(_text(file))
        if found:
            failures.append(f"{name} names a registry: {found[0][:60]}")
    says = (
        f"{len(files)} files without a registry address, {len(pinned)} versions pinned,"
        f" {len(required)} required, {len(imported)} imported from others"
    )
    return Figure(len(files) + len(pinned), tuple(failures), says, 300 if installed else 1)


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


def _pinned(root: Path) -> tuple[dict[str, str], list[str]]:
    """The version of each name, and lines that pin none."""
    found, wrong = {}, []
    text = (root / "constraints.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    hashes = sum("--hash" in line for line in lines)
    if hashes not in (0, len(lines)):
        wrong.append(f"{len(lines) - hashes} of {len(lines)} versions have no hash")
    for line in lines:
        pin = _PIN.fullmatch(line.strip())
        if pin is None:
            wrong.append(f"constraints.txt pins nothing here: {line[:60]}")
        else:
            found[_plain(pin[1])] = pin[2]
    return found, wrong


def _required(root: Path) -> Iterator[str]:
    """What pyproject.toml names, for running and for working on it."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    for line in (*project["dependencies"], *chain(*project["optional-dependencies"].values())):
        name = _NAME.match(line)
        assert name
        yield _plain(name[0])


def _otherwise(pinned: dict[str, str]) -> list[str]:
    """What is installed in another version than the one that is pinned."""
    wrong = []
    for name, version in pinned.items():
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        if found != version:
            wrong.append(f"{name} is {found} here and {version} in constraints.txt")
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
    return {module for module, names in brought if required & set(map(_plain, names))}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


CHECK = Check(
    "T-SUPPLY",
    ("G22",),
    "versions are pinned, and no file names a registry",
    run,
    control,
    needs=("git",),
    seconds=6,
)
