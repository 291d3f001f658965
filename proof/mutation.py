"""`python -m proof.mutation`: how many small faults, put into the code on purpose, the tests find.

mutmut makes the faults (mutants) in a copy of the tree and notes which test reaches which function;
`proof.mutating` tries them. A sample is drawn in each room, from every module as many as its share, by
a fixed seed. SQL in other letters is no fault (`proof.alike`) and is counted apart. What the score is
and which survivors do no harm stands in docs/mutation.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from pathlib import Path
from random import Random
from typing import NamedTuple

from proof.alike import is_the_same

ROOMS = ("dialogue", "transcripts", "sharing")
FOUND = ("found", "endless")
SAME = "the same"
COPIED = ("src", "tests", "prompt_packs", "plugins", "docs", "proof", "benchmarks")
FILES = ("pyproject.toml", "Makefile", "README.md", "CONTRIBUTING.md", "CHANGELOG.md")
NOT_ASKED = (
    "sharing/chromium",
    "sharing/test_rounds.py",
    "transcripts/test_locking_killed.py",
    "dialogue/test_properties.py",
    "dialogue/test_safety_line.py",
)
NOT_ASKED_ALONE = (
    "transcripts/test_store.py::test_two_processes_lose_nothing",
    "transcripts/test_pages.py::test_noise_is_stepped_over",
    "sharing/test_side_by_side.py::test_nothing_that_a_file_says_breaks_it",
    "sharing/test_exporters.py::test_markdown_of_any_answer_holds_our_markup_only",
    # These two look at the module itself, which is another one under mutmut.
    "transcripts/test_file.py::test_importing_the_store_loads_little",
    "sharing/test_page.py::test_the_script_and_the_style_hold_no_end_of_their_element",
)
"""Tests of seconds each: asked about every mutant that they reach they would take days, and what they find
beyond the others only adds to the score.
"""
QUICKLY = ("-p", "unshrunk", "-p", "no:xdist")
TRYING = (*QUICKLY, "-p", "proof.mutating")
UNSHRUNK = """
from hypothesis import Phase, settings

settings.register_profile(
    "unshrunk",
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    deadline=None,
    database=None,
)
settings.load_profile("unshrunk")
"""
"""A property that fails has found its mutant: no smaller example is looked for."""


class Room(NamedTuple):
    """What came of the sample of one room: `made` mutants in all, how many ended in which way."""

    name: str
    made: int
    ended: Counter[str]

    @property
    def sampled(self) -> int:
        """How many mutants were tried."""
        return sum(self.ended.values())

    @property
    def same(self) -> int:
        """How many of them are no fault."""
        return self.ended[SAME]

    @property
    def found(self) -> int:
        """How many of them a test found."""
        return sum(self.ended[one] for one in FOUND)

    @property
    def score(self) -> float:
        """The share of the faults in the sample that a test found, 0 to 1."""
        return self.found / max(1, self.sampled - self.same)

    @property
    def error(self) -> float:
        """Half the width of the 95 % interval of `score` (normal approximation, finite sample)."""
        counted = self.sampled - self.same
        spread = self.score * (1 - self.score) / max(1, counted)
        return 1.96 * sqrt(spread * (1 - counted / max(1, self.made)))


def main() -> int:
    """Sample, try and print each survivor and a line for each room; 1 below the wanted score."""
    wanted = _arguments().parse_args()
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="reflect-mutation-"))
    tree = copied(Path.cwd(), folder / "tree")
    make(tree)
    made = {room: mutants(tree, room) for room in ROOMS}
    sample = sorted(wanted.names) or [
        name for room in ROOMS for name in drawn(made[room], wanted.each, wanted.seed)
    ]
    ended = tried(tree, sample)
    left = {name: difference(tree, name) for name, how in ended.items() if how not in FOUND}
    ended |= {name: SAME for name, shown in left.items() if is_the_same(shown)}
    rooms = [counted(room, made[room], ended) for room in ROOMS]
    tell([room for room in rooms if room.sampled], ended, left)
    return 0 if all(100 * room.score >= wanted.least for room in rooms if room.sampled) else 1


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m proof.mutation", description=__doc__)
    parser.add_argument("--each", type=int, default=200, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=8, help="of the sample")
    parser.add_argument("--least", type=float, default=85.0, help="the score to reach, in percent")
    parser.add_argument("--folder", type=Path, help="where to work, kept and used again")
    parser.add_argument("names", nargs="*", help="only these mutants, by mutmut's names")
    return parser


def copied(root: Path, tree: Path) -> Path:
    """The tree below `root` as it is now, in `tree`, with mutmut's settings beside it."""
    skipped = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
    for name in COPIED:
        shutil.rmtree(tree / name, ignore_errors=True)
        shutil.copytree(root / name, tree / name, ignore=skipped)
    for name in FILES:
        shutil.copy(root / name, tree / name)
    (tree / "beside").mkdir(exist_ok=True)
    (tree / "beside/unshrunk.py").write_text(UNSHRUNK, "utf-8")
    (tree / "setup.cfg").write_text(settings(), "utf-8")
    return tree


def tests_asked() -> list[str]:
    """What pytest is told to collect."""
    return [
        *(f"tests/{room}" for room in ROOMS),
        *(f"--ignore=tests/{path}" for path in NOT_ASKED),
        *(f"--deselect=tests/{test}" for test in NOT_ASKED_ALONE),
    ]


def settings() -> str:
    """What mutmut reads of `setup.cfg`."""
    values: dict[str, Iterable[str]] = {
        "source_paths": ("src",),
        "only_mutate": (f"src/reflect/{room}/*" for room in ROOMS),
        "also_copy": (*COPIED[2:], *FILES[1:]),
        "pytest_add_cli_args": QUICKLY,
        "pytest_add_cli_args_test_selection": tests_asked(),
    }
    lines = ["[mutmut]", "use_git_change_detection=false", "track_dependencies=false"]
    for key, several in values.items():
        lines += [f"{key}=", *(f"    {one}" for one in several)]
    return "\n".join(lines) + "\n"


def make(tree: Path) -> None:
    """Let mutmut write the mutants and note what the tests reach."""
    # It ends as if something were wrong, as no mutant of that name is there to be tried.
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", "reflect.none*"]
    subprocess.run(command, cwd=tree, env=_surroundings(tree), check=False)
    if not (tree / "mutants/mutmut-stats.json").exists():
        sys.exit("mutmut could not run the tests on what it made")


def tried(tree: Path, sample: Sequence[str]) -> dict[str, str]:
    """How each mutant of `sample` ended."""
    asked, ended = tree / "asked.txt", tree / "ended.txt"
    asked.write_text("\n".join(sample), "utf-8")
    ended.unlink(missing_ok=True)
    place = tree / "mutants"
    own = {"MUTANTS": str(asked), "ENDED": str(ended), "MUTANT_UNDER_TEST": ""}
    own["PYTHONPATH"] = os.pathsep.join(map(str, (place / "src", place, tree / "beside")))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--rootdir=.",
        "--tb=native",
        *TRYING,
        *tests_asked(),
    ]
    subprocess.run(command, cwd=place, env=_surroundings(tree) | own, check=True)
    lines = (line.split("\t") for line in ended.read_text("utf-8").splitlines())
    return {line[0]: line[1] for line in lines}


def _surroundings(tree: Path) -> dict[str, str]:
    below = tree / "scratch"
    below.mkdir(exist_ok=True)
    # Runs that count as workers of one run share what was read of the shipped packs.
    own = {"PYTHONPATH": str(tree / "beside"), "TMPDIR": str(below), "PYTEST_XDIST_WORKER": "gw0"}
    return {**os.environ, **own}


def mutants(tree: Path, room: str) -> list[str]:
    """The names of every mutant of `room`."""
    made: list[str] = []
    for path in sorted((tree / "mutants/src/reflect" / room).rglob("*.meta")):
        made += json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return made


def drawn(made: Iterable[str], many: int, seed: int) -> list[str]:
    """`many` of the names `made`, each module by its share of them; the same for the same seed."""
    modules: dict[str, list[str]] = {}
    for name in sorted(made):
        modules.setdefault(name.rpartition(".")[0], []).append(name)
    total = sum(map(len, modules.values()))
    sample: list[str] = []
    for number, (module, names) in enumerate(sorted(modules.items())):
        before = sum(len(one) for _, one in sorted(modules.items())[:number])
        share = round((before + len(names)) * many / total) - round(before * many / total)
        sample += Random(f"{seed} {module}").sample(names, min(share, len(names)))
    return sample


def counted(room: str, made: Sequence[str], ended: dict[str, str]) -> Room:
    """How the mutants of `room` that were tried ended."""
    there = set(made)
    return Room(room, len(made), Counter(how for name, how in ended.items() if name in there))


def difference(tree: Path, name: str) -> str:
    """What the mutant `name` changes, as a unified difference."""
    show = [sys.executable, "-m", "mutmut", "show", name]
    shown = subprocess.run(show, cwd=tree, check=True, capture_output=True, text=True).stdout
    return shown[max(0, shown.find("--- ")) :].rstrip()


def tell(rooms: Sequence[Room], ended: dict[str, str], left: dict[str, str]) -> None:
    """Print what is `left`, by name, as differences, then a line for each room."""
    for name, shown in left.items():
        print(f"\n# {name}: {ended[name]}\n{shown}")
    print(
        f"\n{'room':<12} {'mutants':>8} {'tried':>6} {'same':>5} {'found':>6} {'score':>7}   (95 %)"
    )
    for room in rooms:
        counts = f"{room.made:>8,} {room.sampled:>6} {room.same:>5} {room.found:>6}"
        print(f"{room.name:<12} {counts} {100 * room.score:6.1f}%   ± {100 * room.error:.1f}")


if __name__ == "__main__":
    sys.exit(main())
