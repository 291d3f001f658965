"""A record whose bytes changed on the disk: what reads otherwise is found out, and the rest stays readable."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import NamedTuple
from unittest.mock import patch

from tests.faults.program import FIRST, reflect
from tests.faults.record import database

from proof.batches import Batch, each
from proof.check import Check, Figure, Form
from proof.counting import counted
from proof.fuzzing import databases
from proof.trials import hold, wrong
from reflect.application.projecting import Projections
from reflect.errors import StoreError
from reflect.events import Answered
from reflect.transcripts import streams
from reflect.transcripts.store import Store

MUTANTS = 400
TYPED = 8
"""Mutants that the commands are tried on, too."""
CELLS = 400
"""Records with other values in their tables, each with a command typed on it in this process."""
_DEADLINE = 30
_AT_ONCE = 50
_PAGE = 4096
_SENTENCE = "in answer {at} of {session} I told Ruth about card number {at} on the windowsill"

Answers = dict[tuple[str, str], str]
"""What was answered, by session and key."""


class Base(NamedTuple):
    """A home with its record in `data`, and the `answers` in it."""

    home: Path
    data: bytes
    answers: Answers


class Mutant(NamedTuple):
    """A file with `what` done to it; `one` is the answer that was changed, where it is one alone."""

    data: bytes
    what: str
    one: tuple[str, str] | None = None


class Came(NamedTuple):
    """`number` mutants: in how many answers were altered and found, and `read` of `whole` others; what is wrong."""

    number: int
    altered: int
    read: int
    whole: int
    wrong: list[str]


def run(form: Form) -> Figure:
    """Change the file in every manner, and read it; some of them with the commands of the program."""
    base = _base(form.folder)
    end, seed, came = form.deadline(), form.seed * 1_000_000, list[Came]()
    with ProcessPoolExecutor(2) as two:
        while sum(one.number for one in came) < MUTANTS or (form.long and time.monotonic() < end):
            starts = (seed, seed + _AT_ONCE)
            came += two.map(several, (base, base), starts, [form.folder] * 2)
            for one in came[-2:]:
                counted().add(one.number, one.wrong)
            seed += 2 * _AT_ONCE
    failures = [found for one in came for found in one.wrong]
    typed = [Random(f"{form.seed} {at}") for at in range(TYPED)]
    failures += hold(list(enumerate(typed)), lambda one: _typed(base, form.folder, *one))
    cells = each(range(form.seed * 1000, form.seed * 1000 + CELLS // _AT_ONCE), commands)
    failures += cells.failures
    number, altered = sum(one.number for one in came), sum(one.altered for one in came)
    read, whole = sum(one.read for one in came), sum(one.whole for one in came)
    says = (
        f"{number} databases, {altered} answers altered and found, {read} of {whole} others "
        f"read; {cells.trials} with other values and a command on each; {len(failures)} wrong"
    )
    return Figure(number + cells.trials, tuple(failures), says, MUTANTS + CELLS)


def commands(seed: int) -> Batch:
    """Records with some values, bytes or pages changed, and a command typed on each."""
    random, found = Random(seed), list[str]()
    for _ in range(_AT_ONCE):
        data = random.randbytes(1 + 4 * random.randint(1, 3))
        what = wrong(lambda data=data: databases.target(data) and "")  # type: ignore[misc]
        found += [f"{data.hex()}: {what}"] if what else []
    return Batch(_AT_ONCE, tuple(found))


def control(form: Form) -> Figure:
    """A record that takes every row for what was stored."""
    base = _base(form.folder)
    random = Random(form.seed)
    mutants = [_in_an_answer(base, random) for _ in range(5)]
    with patch.object(streams, "is_whole", lambda *given: True):
        found = [_forked(base, mutant, form.folder)[1] for mutant in mutants]
    found = [one for one in found if one]
    return Figure(5, tuple(found), f"{len(found)} of 5 found out")


# --- what is changed --------------------------------------------------------------------


def _base(folder: Path) -> Base:
    home = folder / "base" / "reflect"
    home.parent.mkdir()
    for session in range(4):
        said = [_SENTENCE.format(at=at, session=session) for at in range(30)]
        said[3] = " ".join(said) * 4
        lines = [*(FIRST[:-1] if session == 0 else ()), "2", *said]
        ran = reflect(home, lines=lines)
        assert ran.code == 0, ran.err
    found = _read(database(home))[0]
    assert len(found) >= 12, len(found)
    return Base(home, database(home).read_bytes(), found)


def mutant(base: Base, random: Random) -> Mutant:
    """The file with something done to it."""
    how = random.choice((_in_an_answer, _in_an_answer, _in_an_answer, _bits, _page, _page, _cut))
    return how(base, random)


def _in_an_answer(base: Base, random: Random) -> Mutant:
    """Another letter in one answer, so that it reads otherwise."""
    key = random.choice(sorted(base.answers))
    text = base.answers[key].encode()
    # Longer ones stand on several pages, with other words around.
    at = base.data.find(text[:60])
    places = []
    while at >= 0:
        places.append(at)
        at = base.data.find(text[:60], at + 1)
    if len(places) != 1:
        return _bits(base, random)
    changed = bytearray(base.data)
    place = places[0] + random.randrange(60)
    changed[place] ^= 1 << random.randrange(5)
    if changed[place] < 32 or changed[place] in b'"\\':
        changed[place] = ord("q") if base.data[place] != ord("q") else ord("z")
    return Mutant(bytes(changed), f"a letter at {place}", key)


def _bits(base: Base, random: Random) -> Mutant:
    changed = bytearray(base.data)
    places = [random.randrange(len(changed)) for _ in range(random.choice((1, 1, 4)))]
    for place in places:
        changed[place] ^= 1 << random.randrange(8)
    return Mutant(bytes(changed), f"bits at {places}")


def _page(base: Base, random: Random) -> Mutant:
    """A page or a piece of one that is empty, nonsense, or another one."""
    changed = bytearray(base.data)
    page, other = (random.randrange(len(changed) // _PAGE) * _PAGE for _ in range(2))
    how = random.choice(("empty", "nonsense", "another", "swapped"))
    if how == "nonsense":
        at = page + random.randrange(8) * 512
        changed[at : at + 512] = random.randbytes(512)
    else:
        theirs = base.data[other : other + _PAGE]
        changed[page : page + _PAGE] = b"\0" * _PAGE if how == "empty" else theirs
        if how == "swapped":
            changed[other : other + _PAGE] = base.data[page : page + _PAGE]
    return Mutant(bytes(changed), f"page {page // _PAGE} {how} ({other // _PAGE})")


def _cut(base: Base, random: Random) -> Mutant:
    size = random.randrange(len(base.data))
    return Mutant(base.data[:size], f"cut at {size}")


# --- and read -----------------------------------------------------------------------------


def several(base: Base, seed: int, folder: Path) -> Came:
    """Mutants of seeds from `seed` on, each read by a process of its own."""
    altered = read = whole = 0
    failures = []
    for one in range(seed, seed + _AT_ONCE):
        made = mutant(base, Random(one))
        missing, found = _forked(base, made, folder)
        altered += missing > 0
        if made.one is not None:
            whole += len(base.answers) - 1
            read += len(base.answers) - missing
        failures += [f"seed {one}, {made.what}: {found}"] if found else []
    return Came(_AT_ONCE, altered, read, whole, failures)


def _forked(base: Base, made: Mutant, folder: Path) -> tuple[int, str]:
    """How many answers cannot be read, and what is wrong."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(_DEADLINE)
        place = folder / f"mutant-{os.getpid()}.db"
        missing = [0]
        found = wrong(lambda: _wrong(base, made, place, missing))
        os.write(tell, f"{missing[0]} {found}".encode())
        os._exit(0)
    os.close(tell)
    with os.fdopen(told) as said:
        missing_then, _, found_then = said.read().partition(" ")
    _, status = os.waitpid(child, 0)
    for left in folder.glob(f"mutant-{child}.db*"):
        left.unlink()
    if status:
        return 0, f"it died of signal {os.waitstatus_to_exitcode(status)}"
    return int(missing_then), found_then


def _wrong(base: Base, made: Mutant, place: Path, missing: list[int]) -> str:
    place.write_bytes(made.data)
    place.chmod(0o600)
    good, found, hits = _read(place)
    missing[0] = len(base.answers.keys() - good.keys())
    strange = [key for key, text in good.items() if base.answers.get(key) != text]
    if strange:
        return f"{len(strange)} answers are shown as good that nobody gave"
    if any(hit not in base.answers.values() for hit in hits):
        return "the search shows an answer that nobody gave"
    if missing[0] and not found:
        return f"{missing[0]} answers are gone, and nothing is said"
    if made.one is not None and (good.keys() | {made.one}) != base.answers.keys():
        return f"{missing[0]} answers cannot be read, and one was changed"
    return ""


def _read(place: Path) -> tuple[Answers, list[str], list[str]]:
    """The answers that are shown as good, the codes of what is found wrong, and texts that a search shows."""
    good: Answers = {}
    hits: list[str] = []
    found: list[str] = []
    for step in (_answers, _hits, _checked):
        try:
            with Store.open(place, Projections()) as store:
                step(store, good, found, hits)
        except StoreError as error:
            found.append(error.code)
    return good, found, hits


def _answers(store: Store, good: Answers, found: list[str], hits: list[str]) -> None:
    for row in store.sessions():
        events, altered = store.events(row.id, damaged="skip")
        found += ["answer-altered"] * len(altered)
        good.update({(row.id, one.key): one.text for one in events if isinstance(one, Answered)})


def _hits(store: Store, good: Answers, found: list[str], hits: list[str]) -> None:
    hits += [hit.text for hit in store.search("windowsill")]


def _checked(store: Store, good: Answers, found: list[str], hits: list[str]) -> None:
    found += [one.code for one in store.check()]


# --- with the commands ----------------------------------------------------------------------


def _typed(base: Base, folder: Path, number: int, random: Random) -> str:
    """What `show` and `doctor` say of an altered answer, and `reflect` itself."""
    made, home = _in_an_answer(base, random), folder / f"typed-{number}" / "reflect"
    while made.one is None:
        made = _in_an_answer(base, random)
    shutil.copytree(base.home, home)
    database(home).write_bytes(made.data)
    session, _ = made.one
    shown, doctor = (reflect(home, *line, deadline=60) for line in _lines(session))
    if "Traceback" in shown.err + doctor.err or not {shown.code, doctor.code} <= {0, 1}:
        return f"they ended with {shown.code} and {doctor.code}: {shown.err} {doctor.err}"
    if "answer-altered" not in doctor.out or doctor.code != 1:
        return "doctor finds nothing"
    known = set(base.answers.values())
    turns = json.loads(shown.out)["turns"] if shown.code == 0 else []
    told = [turn["answer"] for turn in turns if turn["answer"]]
    strange = [one for one in told if "windowsill" in one and one not in known]
    return "an answer is shown that nobody gave" if strange else ""


def _lines(session: str) -> tuple[tuple[str, ...], ...]:
    return ("show", session, "--json"), ("doctor", "--json")


CHECK = Check(
    "T-ROT",
    ("G6",),
    "an answer altered on the disk is found, the others stay readable",
    run,
    control,
    seconds=24,
    unit="mutants",
    share=60,
)
