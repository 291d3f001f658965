"""Shipped packs broken at random, and everything that could fall over them.

    python -m tests.faults.mutants 45000 [SEED]

Each mutant goes through the reader, the format, the checker and, when it still is a pack, thirty
turns of the engine; one in ten of those also through what tells how good a pack is. One mutant in
ten is a translation, laid over the pack it belongs to, or a file of stories. What comes out is
findings with places, never an exception; each within `MOST_MS` of processor time, all within
`MOST_MIB` more than it took to begin.
"""

from __future__ import annotations

import gc
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from reflect.diagnostics import Diagnostic
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.events import Refused, Said
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.memory import EMPTY
from reflect.packs.cache import Cache
from reflect.packs.compile import PackFiles, PackText, compile_pack
from reflect.packs.lexicon import read_lexicons
from reflect.packs.places import Places
from reflect.packs.quality.check import quality
from reflect.packs.tree import Map
from reflect.rehearsal.examples import check_examples
from reflect.rehearsal.story import read_stories
from reflect.script import Script, Vocabulary

MOST_MS, MOST_MIB, TURNS = 250, 64, 30
MOST_JUDGED_MS = 1_000
"""For the quality of a whole pack of 150 questions, and all its examples."""
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
SHIPPED = Path(__file__).parents[2] / "prompt_packs"
CUES = Vocabulary(dict.fromkeys((cue.name for cue in builtin_cues()), ""))
_BITS = (
    b": ",
    b"- ",
    b"'",
    b'"',
    b"{",
    b"}",
    b"[",
    b"#",
    b"\t",
    b"&a",
    b"*a",
    b"!",
    b"|",
    b">",
    b"%",
)
_STRANGE = (
    "\u202e",
    "\u00a0",
    "“",
    "\x00",
    "\ufeff",
    "\u0301" * 40,
    "{mentor}",
    "{last.x|y}",
    "{{",
)


class Fell(NamedTuple):
    """A mutant that something fell over: its number, what happened."""

    number: int
    what: str


class Outcome(NamedTuple):
    """What came of all of them: `slowest` in milliseconds of processor time, `grown` in MiB.

    `judged` are those whose quality was looked at besides, the slowest in `slowest_judged`.
    """

    count: int
    accepted: int
    turns: int
    codes: Counter[str]
    slowest: float
    grown: float
    fell: tuple[Fell, ...]
    judged: int = 0
    slowest_judged: float = 0.0


def sources() -> tuple[bytes, ...]:
    """Shipped packs whole, and each stage of them as a pack of its own."""
    whole = [path.read_bytes() for path in sorted(SHIPPED.glob("*/pack.yaml"))]
    return (*whole, *(part for data in whole for part in _stages(data.decode())))


def _stages(text: str) -> Iterator[bytes]:
    head, found, body = text.partition("\nstages:\n")
    starts = [n for n, line in enumerate(body.split("\n")) if line.startswith("  - id:")]
    lines = body.split("\n")
    for first, last in zip(starts, [*starts[1:], len(lines)], strict=False):
        yield (head + found + "\n".join(lines[first:last]) + "\n").encode()


# --- breaking ----------------------------------------------------------------------


def mutant(data: bytes, chance: random.Random, most: int = 4) -> bytes:
    """`data` with one thing broken in it, or several, `most` of them at most."""
    for _ in range(chance.randint(1, most)):
        data = chance.choice(_BREAKS)(data, chance)
    return data


def _byte(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + chance.randint(0, 1) :]


def _bit(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_BITS) + data[at:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(data) + 1)
    return data[:first] + data[first + chance.choice((1, 10, 200, len(data))) :]


def _lines(
    change: Callable[[list[str], int, random.Random], None],
) -> Callable[[bytes, random.Random], bytes]:
    def changed(data: bytes, chance: random.Random) -> bytes:
        lines = data.decode("utf-8", "surrogateescape").split("\n")
        change(lines, chance.randrange(len(lines)), chance)
        return "\n".join(lines).encode(
            "utf-8",
            "surrogateescape"
            if "\udc80" <= max("".join(lines), default="") <= "\udcff"
            else "replace",
        )

    return changed


def _indent(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = " " * chance.randint(0, 9) + lines[at].lstrip(" ")


def _twice(lines: list[str], at: int, _chance: random.Random) -> None:
    lines.insert(at, lines[at])


def _elsewhere(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines.pop(at))


def _gone(lines: list[str], at: int, _chance: random.Random) -> None:
    del lines[at]
    lines.append("")


def _key(lines: list[str], at: int, chance: random.Random) -> None:
    keys = (
        "ask",
        "when",
        "probe",
        "must",
        "options",
        "keep",
        "one of",
        "repeat",
        "id",
        "Ask",
        "xyz",
        "scale",
    )
    before, colon, after = lines[at].partition(":")
    stem = before[: len(before) - len(before.lstrip(" -"))]
    lines[at] = stem + chance.choice(keys) + (colon or ":") + after


def _kind(lines: list[str], at: int, chance: random.Random) -> None:
    before, colon, _ = lines[at].partition(": ")
    value = chance.choice(
        ("[]", "{}", "[a, b]", "{a: b}", "", "yes", "1e9", "~", "- a", "|", "1 to 5", "up to 3")
    )
    lines[at] = f"{before}{colon or ': '}{value}"


def _strange(lines: list[str], at: int, chance: random.Random) -> None:
    text = lines[at]
    place = chance.randint(0, len(text))
    lines[at] = text[:place] + chance.choice(_STRANGE) + text[place:]


_BREAKS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_byte, _bit, _cut),
    *map(_lines, (_indent, _twice, _elsewhere, _gone, _key, _kind, _strange)),
)


# --- what could fall over it -------------------------------------------------------


class Broken(NamedTuple):
    """What came of one mutant: its findings, and its script and tree if it is a pack still."""

    diagnostics: tuple[Diagnostic, ...]
    script: Script | None = None
    tree: Map | None = None


class Shipped:
    """Everything that is shipped, to be broken: packs, translations, stories."""

    def __init__(self) -> None:
        self._packs = sources()
        self._translations = [
            (path.parents[1] / "pack.yaml", path.stem, path.read_bytes())
            for path in sorted(SHIPPED.glob("*/translations/*.yaml"))
        ]
        self._stories = [path.read_bytes() for path in sorted(SHIPPED.glob("*/stories/*.yaml"))]
        core = SHIPPED / "core" / "pack.yaml"
        self._core = PackFiles("shipped", PackText("core.yaml", core.read_bytes()))
        lexicon = SHIPPED / "core" / "lexicon" / "en.yaml"
        with TemporaryDirectory() as kept:
            self._lexicon = read_lexicons([str(lexicon)], Cache(Path(kept))).language("en")
        self._ear = Ear(self._lexicon, builtin_cues())

    def break_one(self, chance: random.Random) -> Callable[[], Broken]:
        """Break one of them, and give what reads it."""
        kind = chance.random()
        if kind < 0.06:
            data = mutant(chance.choice(self._stories), chance)
            return lambda: Broken(read_stories("story.yaml", data)[1])
        if kind < 0.1:
            pack, language, whole = chance.choice(self._translations)
            text = PackText(f"{language}.yaml", mutant(whole, chance))
            own = PackText("pack.yaml", pack.read_bytes())
            files = PackFiles("yours", own, {language: text})
            return lambda: self._compiled(files, language)
        whole = mutant(chance.choice(self._packs), chance)
        files = PackFiles("yours", PackText("pack.yaml", whole))
        return lambda: self._compiled(files, None)

    def judged(self, script: Script, tree: Map) -> tuple[Diagnostic, ...]:
        """What is told of a pack that could be better, and of examples that are none."""
        examples = check_examples(script, self._ear, Places(tree))
        return (*quality(script, tree, self._lexicon), *examples)

    def _compiled(self, files: PackFiles, language: str | None) -> Broken:
        found = compile_pack(
            files, language=language, core=self._core, library=lambda _: None, vocabulary=CUES
        )
        return Broken(found.diagnostics, found.script, found.tree)


@cache
def shipped_files() -> Shipped:
    """What is shipped, read once in a process."""
    return Shipped()


def run(count: int, seed: int = 0) -> Outcome:
    """Break what is shipped `count` times."""
    chance = random.Random(seed)
    shipped = shipped_files()
    codes: Counter[str] = Counter()
    fell: list[Fell] = []
    accepted = turns = judged = 0
    slowest = slowest_judged = 0.0
    # What other tests left in memory is not looked through in the time of one mutant.
    gc.freeze()
    before = _memory()
    for number in range(count):
        read = shipped.break_one(chance)
        took = took_judged = 0.0
        try:
            begun = time.process_time()
            found = read()
            took = (time.process_time() - begun) * 1000
            _check(found.diagnostics, codes)
            if found.script is not None:
                accepted += 1
                turns += talk(found.script, chance)
            if found.script is not None and found.tree is not None and chance.random() < 0.1:
                judged += 1
                begun = time.process_time()
                _check(shipped.judged(found.script, found.tree), codes)
                took_judged = (time.process_time() - begun) * 1000
        except Exception as error:
            fell.append(Fell(number, f"{type(error).__name__}: {str(error)[:200]}"))
        slowest, slowest_judged = max(slowest, took), max(slowest_judged, took_judged)
        if took > MOST_MS:
            fell.append(Fell(number, f"{took:.0f} ms"))
        if took_judged > MOST_JUDGED_MS:
            fell.append(Fell(number, f"{took_judged:.0f} ms to judge"))
    grown = _memory() - before
    gc.unfreeze()
    return Outcome(
        count, accepted, turns, codes, slowest, grown, tuple(fell), judged, slowest_judged
    )


def _check(found: tuple[Diagnostic, ...], codes: Counter[str]) -> None:
    assert all(one.place.file and one.message for one in found)
    codes.update({one.code for one in found})


def talk(script: Script, chance: random.Random) -> int:
    """Thirty turns of the engine over any stage, answered at random; gives how many there were."""
    if not script.stages:  # core
        return 0
    stage = chance.choice(script.stages)
    started = start(
        script,
        EMPTY,
        NOW,
        mentorship="m",
        digest="d",
        stage=stage.id,
        length=chance.choice(("short", "long")),
        mentee="Ada",
        mentor="Grace",
    )
    dialogue = Dialogue(script, [started])
    for number in range(TURNS):
        turn = dialogue.turn
        if turn is None:
            return number
        event = (
            dialogue.back() if chance.random() < 0.1 else dialogue.hear(_said(turn, chance), NOW)
        )
        if isinstance(event, Refused):
            event = dialogue.skip(NOW)
        if isinstance(event, Refused):
            return number
        dialogue.apply(event)
    return TURNS


def _said(turn: object, chance: random.Random) -> Said:
    expected = turn.expectation  # type: ignore[attr-defined]
    heard = {listen.number: None for listen in expected.listen if chance.random() < 0.5}
    if expected.options:
        option = chance.choice(expected.options).id
        return Said(option, (option,) if expected.kind == "several" else option, heard)
    if expected.kind in ("scale", "number"):
        return Said("3", 3, heard)
    if expected.kind == "yesno":
        return Said("yes", chance.random() < 0.5, heard)
    return Said(chance.choice(("", "It was fine", "Ask Sam by Friday")), None, heard)


def _memory() -> float:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    came = run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    print(
        f"{came.count} mutants: {came.accepted} still packs ({came.turns} turns), "
        f"{len(came.codes)} codes, slowest {came.slowest:.0f} ms, {came.grown:.0f} MiB more, "
        f"{came.judged} judged (slowest {came.slowest_judged:.0f} ms), "
        f"{len(came.fell)} fell"
    )
    for one in came.fell[:20]:
        print(f"  {one.number}: {one.what}")
    sys.exit(1 if came.fell else 0)
