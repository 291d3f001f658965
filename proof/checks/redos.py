"""Patterns: none comes from a pack, and ours stay fast on texts that are made against them."""

from __future__ import annotations

import ast
import importlib
import re
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any, NamedTuple

import reflect
from proof.batches import Batch, each
from proof.check import Check, Figure, Form

SOURCE = Path(reflect.__file__).parent
SIZE = 64 * 1024
TEXTS = 60
LEAST = 6_000
_MOST_MS = 50.0
_TRIES = 4
"""A pattern that took too long is held once more: what is quadratic is slow each time."""
_FROZEN = 0.5
"""Seconds of processor time after which a pattern is stopped."""
_GROUPS = 8
_FUNCTIONS = frozenset(
    ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
)
_OWN_WORDS = {("review/searching.py", "_wanted"): "what a mentor types, escaped"}
"""Where a pattern is made of somebody's words: escaped, and of the person who waits for it."""
_PIECES = (
    *("a", "A", "1", " ", "\t", "\n", "\r\n", ".", ",", ":", ";", "!", "?", "-", "_", "/", "#"),
    *("'", '"', "’", "“", "”", "`", "«", "(", ")", "[", "]", "{", "}", "<", ">", "|", "*", "+"),
    *("=", "~", "@", "%", "&", "\\", "é", "日", "\u0301", "\u00a0", "\u2028", "\x1b", "\x1b[0"),
    *("a ", "a.", "a,", "a-", "a:", "1.", "1/", "1:", "1,", "- ", "> ", "''", '\\"', "''a", "a'"),
    *("{a", "{a}", "{{", "[a](", "http://a", "--a", "a_b", "e", "es", "20", "2026-01-", "https:"),
)


class _Frozen(Exception):
    pass


def run(form: Form) -> Figure:
    """Look at each use of `re`; hold each pattern against texts of 64 kB."""
    uses, foreign = looked_at(SOURCE)
    seeds = [form.seed]
    end = form.deadline()
    came = Batch(0, ())
    while True:
        groups = [(group, seeds[-1], form.long) for group in range(_GROUPS)]
        found = each(groups, batch)
        came = Batch(
            came.trials + found.trials,
            came.failures + found.failures,
            {"ms": max(came.highest.get("ms", 0), found.highest.get("ms", 0))},
        )
        if time.monotonic() >= end:
            break
        seeds.append(seeds[-1] + 1)
    says = (
        f"{uses} uses of re, {len(foreign)} with foreign patterns; {len(patterns())} patterns,"
        f" {came.trials:,} held at 64 kB, slowest {came.highest.get('ms', 0):.0f} ms"
    )
    return Figure(came.trials, (*foreign, *came.failures), says, LEAST)


def control(form: Form) -> Figure:
    """A module that compiles what a pack says, and a pattern that looks back again and again."""
    (form.folder / "bad.py").write_text("import re\ndef f(node):\n    re.compile(node.value)\n")
    _, foreign = looked_at(form.folder)
    took = _longest(Own("", re.compile(r"[ \t]{2,}#"), frozenset(("search",))), "x" + " " * SIZE)
    slow = (f"{took:.0f} ms",) if took > _MOST_MS else ()
    return Figure(2, (*foreign, *slow) if foreign and slow else (), f"{len(foreign)} and {slow}")


# --- which patterns there are ---------------------------------------------------------


def looked_at(folder: Path) -> tuple[int, tuple[str, ...]]:
    """How many uses of `re` the modules in `folder` have, and those whose pattern is not ours."""
    number = 0
    foreign = []
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        name = file.relative_to(folder).as_posix()
        if any(isinstance(node, ast.ImportFrom) and node.module == "re" for node in ast.walk(tree)):
            foreign.append(f"{name}: takes functions out of re, which this check cannot follow")
        for function, call in _calls(tree):
            number += 1
            ours = _is_ours(call.args[0]) if call.args else False
            if not ours and (name, function) not in _OWN_WORDS:
                foreign.append(f"{name}:{call.lineno}: {ast.unparse(call)[:80]}")
    return number, tuple(foreign)


def _calls(tree: ast.AST, function: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Each call of a function of `re`, with the function that it stands in."""
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.FunctionDef) else function
        if isinstance(node, ast.Call) and _is_of_re(node.func):
            yield inside, node
        yield from _calls(node, inside)


def _is_of_re(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in _FUNCTIONS
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
    )


def _is_ours(pattern: ast.expr) -> bool:
    """Whether a pattern is written in the code: text, constants of a module, and escaped words."""
    if isinstance(pattern, ast.Constant):
        return True
    if isinstance(pattern, ast.Name):
        return pattern.id.lstrip("_").isupper()
    if isinstance(pattern, ast.Subscript):
        return _is_ours(pattern.value) and _is_ours(pattern.slice)
    if isinstance(pattern, ast.BinOp):
        return _is_ours(pattern.left) and _is_ours(pattern.right)
    if isinstance(pattern, ast.JoinedStr):
        return all(_is_ours(part) for part in pattern.values)
    if isinstance(pattern, ast.FormattedValue):
        return _is_ours(pattern.value) or _is_number(pattern.value)
    if isinstance(pattern, ast.Call) and isinstance(pattern.func, ast.Attribute):
        # A text that is escaped stands for itself; joined constants are constants.
        return pattern.func.attr == "escape" or (
            pattern.func.attr == "join" and all(map(_is_ours, pattern.args))
        )
    return False


def _is_number(node: ast.expr) -> bool:
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return named and ast.unparse(node).startswith(("sum(", "len("))


class Own(NamedTuple):
    """A pattern of ours: its place, and by which methods it is used."""

    name: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


@cache
def patterns() -> tuple[Own, ...]:
    """Every pattern of ours: those of modules, and those written where they are used."""
    used = _uses()
    found: dict[tuple[Any, int], Own] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        name = ".".join(("reflect", *file.relative_to(SOURCE).with_suffix("").parts))
        if name.endswith("__main__"):
            continue
        module = importlib.import_module(name.removesuffix(".__init__"))
        tree = ast.parse(file.read_text("utf-8"))
        values = (
            (one, used.get(_known_as(key, file), frozenset()))
            for key, value in vars(module).items()
            for one in _within(value)
        )
        inline = ((_inline(call, module), _method(call)) for _, call in _calls(tree))
        for one, methods in (*values, *inline):
            if isinstance(one, re.Pattern) and methods:
                before = found.get((one.pattern, one.flags), Own("", one, frozenset()))
                own = Own(f"{name} {one.pattern!r:.60}", one, before.methods | methods)
                found[one.pattern, one.flags] = own
    return tuple(found.values())


def _uses() -> dict[str, frozenset[str]]:
    """By the name of a constant (a private one: with its file), the methods that are called on it, or on what it holds."""
    found: dict[str, set[str]] = {}
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in _FUNCTIONS:
                for one in ast.walk(node.value):
                    if isinstance(one, ast.Name):
                        found.setdefault(_known_as(one.id, file), set()).add(node.attr)
    return {name: frozenset(methods) for name, methods in found.items()}


def _known_as(name: str, file: Path) -> str:
    return f"{file} {name}" if name.startswith("_") else name


def _method(call: ast.Call) -> frozenset[str]:
    assert isinstance(call.func, ast.Attribute)
    return frozenset((call.func.attr,)) - {"compile"}


def _within(value: object) -> Iterator[object]:
    several = value.values() if isinstance(value, dict) else value
    yield from several if isinstance(value, dict | tuple | list) else (value,)  # type: ignore[misc]


def _inline(call: ast.Call, module: object) -> re.Pattern[Any] | None:
    """The pattern of a call, with what its module knows; None where it is made while it runs."""
    try:
        made = eval(compile(ast.Expression(call.args[0]), "", "eval"), dict(vars(module)))
        return re.compile(made)
    except Exception:
        return None


# --- how fast they are -----------------------------------------------------------------


def batch(wanted: tuple[int, int, bool]) -> Batch:
    """A share of the patterns, each against each text."""
    group, seed, long = wanted
    failures: list[str] = []
    trials, slowest = 0, 0.0
    for own in patterns()[group::_GROUPS]:
        for text in _texts(own.pattern, Random(seed), long):
            trials += 1
            took = _longest(own, text)
            slowest = max(slowest, took)
            if took > _MOST_MS:
                failures.append(f"{own.name}: {took:.0f} ms at {text[:12]!r} …")
                break
    return Batch(trials, tuple(failures), {"ms": slowest})


def _texts(pattern: re.Pattern[Any], random: Random, long: bool) -> Iterator[str]:
    """Texts of 64 kB: pieces repeated, some of the pattern's own letters among them, with an end that fits nowhere."""
    own = [letter for letter in str(pattern.pattern) if letter not in "\\()[]|^$"] or ["a"]
    pieces = [] if long else random.sample(_PIECES, TEXTS // 2)
    made = [
        "".join(random.choices((*_PIECES, *own, *own), k=random.randint(1, 4)))
        for _ in range(TEXTS - len(pieces))
    ]
    for piece in (*pieces, *made):
        head = random.choice(("", "x", '"', "'", "1", "\n"))
        yield (head + piece * (SIZE // len(piece)))[: SIZE - 1] + random.choice("\x00!x§")


def _longest(own: Own, text: str) -> float:
    """Milliseconds of processor time, the best of a few tries."""
    data: Any = text.encode() if isinstance(own.pattern.pattern, bytes) else text
    best = _took(own, data)
    for _ in range(_TRIES):
        if _MOST_MS < best < _FROZEN * 1000:
            best = min(best, _took(own, data))
    return best


def _took(own: Own, data: Any) -> float:
    """The slowest of the ways in which it is used: at all places, at the first, as a whole."""
    holds: dict[str, Callable[[], object]] = {
        "match": lambda: own.pattern.match(data),
        "fullmatch": lambda: own.pattern.fullmatch(data),
        "search": lambda: own.pattern.search(data),
    }
    took = 0.0
    for hold in {
        holds.get(one, lambda: deque(own.pattern.finditer(data), 0)) for one in own.methods
    }:
        began = time.process_time()
        signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, _FROZEN)
        try:
            hold()
        except _Frozen:
            return _FROZEN * 1000
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        took = max(took, (time.process_time() - began) * 1000)
    return took


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Frozen


CHECK = Check(
    "T-REDOS",
    ("G11",),
    "no pattern comes from a pack, ours take 50 ms at most",
    run,
    control,
    seconds=17,
)
