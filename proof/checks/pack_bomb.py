"""Files made to burn time, memory or stack, read in a child that has little of each."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random

from tests.faults import bombs

from proof.check import Check, Figure, Form
from proof.trials import rounds
from reflect.diagnostics import Severity
from reflect.packs.compile import PackFiles, PackText, compile_pack
from reflect.script import Vocabulary

LEAST = 150
GROWN = 60
"""Bombs of a round that are put together at random."""
_MOST_MS = 100
_PIECES = (
    *("[", "{", "{a: ", "- ", "? ", "&a ", "*a ", "<<: ", "!!x ", "| ", "> ", "'", '"', ": "),
    *("a: b\n", "  - a\n", "- {id: q, ask: A?}\n", "{mentor}", "{last.a|", "}", "]", "#", "%T\n"),
    *("\t", " ", "\n", "\r", "\x00", "\x85", "\u2028", "\u0301", "\u202e", "\u200d", "é", "日"),
    *(
        "9",
        "1:",
        ".",
        "a",
        "*",
        "a is vague and ",
        "not ",
        "\\u0041",
        "\\",
        "“",
        "\u00a0",
        "\ufeff",
    ),
)

COMPOSED = """
import yaml
from reflect.packs import reader
usual = reader.read_tree

def read_tree(file, data, report, **how):
    try:
        yaml.load(data, yaml.CSafeLoader)
    except Exception:
        pass
    return usual(file, data, report, **how)

reader.read_tree = read_tree
"""
"""A reader that composes before it looks, as YAML libraries do."""


def run(form: Form) -> Figure:
    """Read every bomb, and some that are put together at random."""
    trials, slowest, largest = 0, 0.0, ""
    failures: list[str] = []
    for seed, _ in rounds(form):
        found = bombs.child() | bombs.child(__name__, str(seed), str(GROWN))
        trials += len(found)
        for name, (took, refused) in found.items():
            slowest, largest = max((slowest, largest), (took, name))
            most = _MOST_MS if name.startswith("grown") else bombs.most_ms(name)
            if took > most:
                failures.append(f"{name}: {took:.0f} ms")
            if not refused:
                failures.append(f"{name}: taken, or refused without a place")
    says = f"{trials} bombs, 0 signals, slowest {slowest:.0f} ms of processor time ({largest})"
    return Figure(trials, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A reader that composes what it is given."""
    (form.folder / "sitecustomize.py").write_text(COMPOSED, "utf-8")
    try:
        found = bombs.child(environ=_environ(form.folder))
    except AssertionError as error:
        return Figure(1, (str(error).partition(":")[0],), "a child that ended")
    slow = tuple(name for name, (took, _) in found.items() if took > bombs.most_ms(name))
    return Figure(1, slow, f"{len(slow)} found out")


def _environ(folder: Path) -> Mapping[str, str]:
    path = (str(folder), *(one for one in sys.path if one))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}


def grown(seed: int, count: int) -> None:
    """Read bombs that are put together at random; one line of JSON for each."""
    random = Random(seed)
    core = PackFiles("shipped", PackText("core.yaml", b"reflect: 1\npack: core\n"))
    for number in range(count + 1):
        files = PackFiles("yours", PackText("pack.yaml", _bomb(random).encode()))
        began = time.process_time()
        found = compile_pack(
            files, language=None, core=core, library=lambda _: None, vocabulary=Vocabulary({})
        )
        took = (time.process_time() - began) * 1000
        errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
        sound = found.script is not None or any(one.place.file for one in errors)
        if number:  # what is imported on first use is not the bomb's fault
            print(json.dumps([f"grown {seed} {number}", took, sound]), flush=True)


def _bomb(random: Random) -> str:
    """A head, then one to three pieces repeated, up to the most that is read."""
    text = random.choice(("", bombs.HEAD, bombs.ONE, bombs.HEAD + "about: "))
    room = int(2 ** random.uniform(8, 18.2))
    for _ in range(random.randint(1, 3)):
        piece = "".join(random.choices(_PIECES, k=random.randint(1, 3)))
        text += piece * (room // (3 * len(piece.encode())))
    return text


CHECK = Check(
    "T-PACK-BOMB",
    ("G10",),
    "bombs are refused with little memory, time and stack",
    run,
    control,
    seconds=2,
)

if __name__ == "__main__":
    grown(int(sys.argv[1]), int(sys.argv[2]))
