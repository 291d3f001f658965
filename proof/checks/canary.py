"""An error forced in every function that somebody's words pass through: none of them says a word."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import NamedTuple

from tests.faults.program import FIRST, SOURCE, Window, begin
from tests.faults.record import holding
from tests.faults.test_canary import RECORD, SHOWING, answers, commands, faulty

from proof.check import Check, Figure, Form
from proof.counting import counted
from proof.forcing import KINDS, WRITTEN, Job
from proof.trials import hold

LEAST = 400
_TALK = (
    *("/status", "/why", "/help", "/example", "/private", "/private 1", "/back", "/edit 1"),
    *("/take", "/skip", "/remove", "/no-such"),
)
"""What is typed between answers."""
_ENDS = (0, 1, 2, 3, 130)
_ROOT = Path(__file__).parents[2]
_TALKS = ("", "resume")
_IN_WINDOWS = (
    "reflect.terminal.prompt:EditLine.ask",
    "reflect.terminal.prompt:EditLine._line",
    "reflect.terminal.prompt:EditLine._is_command",
    "reflect.terminal.prompt:EditLine._leave",
    "reflect.terminal.keeper:Keeper.watch",
    "reflect.terminal.keeper:Keeper._drafted",
    "reflect.terminal.keeper:Keeper.save",
    "reflect.terminal.paste:Pastes.feed",
    "reflect.terminal.tty_screen:TerminalScreen.ask",
    "reflect.terminal.tty_screen:TerminalScreen.show",
    "reflect.terminal.conversation:Conversation._answer",
    "reflect.application.session:Session.keep_draft",
)
_SLOW = {("demo",), ("pack", "check"), ("pack", "test"), ("pack", "walk")}
"""What takes seconds and reads packs and no answers: for the long form."""
_TALKATIVE = """
from reflect.cli import fault_log

usual = fault_log._lines
fault_log._lines = lambda error: (*usual(error), str(error))
"""


class Words(NamedTuple):
    """What was answered, and what the forced error has in it."""

    answered: str
    forced: str


class Step(NamedTuple):
    """Something that is typed in a copy of the folder `start`; without a `name` it is a session."""

    start: Path
    name: str
    number: int
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name or 'session'} {self.number}"

    def job(self, place: Path, words: Words) -> Job:
        """As it is typed where the home is in `place`."""
        home = place / "reflect"
        own = place / "somebody"
        environ = {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "HOME": str(own),
        }
        environ |= {"TMPDIR": str(own / "tmp"), "REFLECT_HOME": str(home)}
        line = commands(home, words.answered)[self.name][self.number] if self.name else ()
        return Job(str(self.start), str(place), list(line), list(self.lines), environ)


class Fault(NamedTuple):
    """An error of a `kind` in the function `at`, while `step` is done."""

    step: Step
    at: str
    kind: str

    def __str__(self) -> str:
        return f"{self.kind} in {self.at} ({self.step})"


def run(form: Form) -> Figure:
    """Fail once in each function that a session or a command reaches; in the long form in several of them."""
    words, end = _words(form.seed), form.deadline()
    reached = _reached(form.folder / "steps", words, slow=form.long)
    failures: list[str] = []
    trials = turn = 0
    while not turn or time.monotonic() < end:
        for some in _parts(_chosen(reached, turn, form), 100 if form.long else 200):
            found = _forced(form.folder / "trials", some, words)
            counted().add(len(some), found)
            failures += found
            trials += len(some)
            if form.long and time.monotonic() >= end:
                break
        turn += 1
    windows = _windows(
        form.folder / "windows", words, form.seed, len(_IN_WINDOWS) if form.long else 4
    )
    failures += hold(windows, _in_window)
    trials += len(windows)
    steps = {step for where in reached.values() for step in where}
    says = f"{trials} errors in {len(reached)} functions of {len(steps)} lines typed, {len(failures)} leaks"
    return Figure(trials, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A program that writes the message of an error into its report."""
    words, start = _words(form.seed), form.folder / "start"
    _begin(start, words.answered)
    step = Step(start, "history", 0)
    talkative = form.folder / "talkative"
    talkative.mkdir()
    (talkative / "sitecustomize.py").write_text(_TALKATIVE, "utf-8")
    place = form.folder / "whole"
    list(_ran([step.job(place, words)]))
    names = json.loads((place / "reached").read_text("utf-8"))["functions"]
    at = next(name for name in names if name.startswith("cli/history.py"))
    fault = [Fault(step, at, "value")]
    found = _forced(form.folder / "trials", fault, words, before=(str(talkative),))
    return Figure(1, tuple(found), f"{len(found)} found out")


def _words(seed: int) -> Words:
    random = Random(seed)
    return Words(*("".join(random.choices(ascii_lowercase, k=24)) for _ in Words._fields))


# --- what is typed --------------------------------------------------------------------


def _begin(folder: Path, word: str) -> None:
    """A home with the packs read and a session under way, and everything else that can be written to."""
    folder.mkdir(parents=True)
    begin(folder / "reflect", *answers(word)[:2])
    (folder / "copies").mkdir(mode=0o700)


def _reached(folder: Path, words: Words, *, slow: bool) -> dict[str, list[Step]]:
    """Run everything, one after the other: for each function the steps that reach it, the shortest first."""
    start = folder / "start"
    _begin(start, words.answered)
    fresh = folder / "fresh"
    fresh.mkdir()
    shutil.copytree(start / "somebody", fresh / "somebody")
    (fresh / "reflect").mkdir(mode=0o700)
    shutil.copytree(start / "reflect" / "cache", fresh / "reflect" / "cache")
    steps = [Step(fresh, "", 0, (*FIRST, *answers(words.answered)[:2]))]
    for name, number, lines in _typed(words.answered, slow=slow):
        steps.append(Step(start, name, number, tuple(lines)))
        start = folder / str(len(steps))
    places = [folder / str(at) for at in range(1, len(steps) + 1)]
    places[0] = folder / "first"
    jobs = [step.job(place, words) for step, place in zip(steps, places, strict=True)]
    for step, code in zip(steps, _ran(jobs), strict=True):
        if code not in _ENDS[:3]:
            raise AssertionError(f"{step} ended with {code}")
    found: dict[str, list[tuple[float, int]]] = {}
    for at, place in enumerate(places):
        told = json.loads((place / "reached").read_text("utf-8"))
        for name in told["functions"]:
            # The first of all fails before there is anything to tell.
            if name.split()[1:] == ["main"] and name.startswith("cli/main.py"):
                continue
            found.setdefault(name, []).append((told["seconds"], at))
    return {name: [steps[at] for _, at in sorted(where)] for name, where in sorted(found.items())}


def _typed(word: str, *, slow: bool) -> Iterator[tuple[str, int, list[str]]]:
    """A session that goes on and ends, the next one, and then every command."""
    said = answers(word)
    talked = [line for pair in zip(_TALK, said * 3, strict=False) for line in pair]
    yield "", 1, [*talked, *said * 6]
    yield "", 2, ["1", *said[:3]]
    for name, some in commands(Path("/nowhere/reflect"), word).items():
        for number, line in enumerate(some):
            if slow or line[:2] not in _SLOW:
                yield name, number, []


# --- and where it fails -----------------------------------------------------------------


def _chosen(reached: dict[str, list[Step]], turn: int, form: Form) -> list[Fault]:
    """Functions where they are reached soonest: all of them in the long form, and then elsewhere.

    The short form takes the next of them with each seed, so that some days of it take all.
    """
    random = Random(f"{form.seed} {turn}")
    rounds = 1 if form.long else len(reached) // LEAST
    return [
        Fault(
            steps[0] if turn == 0 else random.choice(steps),
            name,
            KINDS[(number // rounds + turn + form.seed) % len(KINDS)],
        )
        for number, (name, steps) in enumerate(reached.items())
        if number % rounds == form.seed % rounds
    ]


class InWindow(NamedTuple):
    """An error in the function `at`, which only a conversation in a window reaches."""

    start: Path
    folder: Path
    at: str
    words: Words

    def __str__(self) -> str:
        return f"in a window, {self.at}"


def _windows(folder: Path, words: Words, seed: int, number: int) -> list[InWindow]:
    """The next `number` of the functions that a window has for itself."""
    start = folder / "start" / "reflect"
    start.parent.mkdir(parents=True)
    begin(start, words.answered)
    chosen = [_IN_WINDOWS[(seed * number + at) % len(_IN_WINDOWS)] for at in range(number)]
    return [InWindow(start, folder / str(at), where, words) for at, where in enumerate(chosen)]


def _in_window(case: InWindow) -> str:
    """Type half a sentence, the rest, Enter; nothing of the error may stand on the screen or in a file."""
    home, words = case.folder / "reflect", case.words
    shutil.copytree(case.start, home)
    kind = ("value", "key", "os")[len(case.at) % 3]
    with Window(home, environ=faulty(home, words.forced, case.at, kind)) as window:
        ended = window.process.poll
        window.until(lambda: window.ready() or ended() is not None, "an edit line")
        if ended() is None:
            window.type(f"{words.answered} stands half ")
            window.until(lambda: ended() is not None or "stands half" in window.flat(), "the words")
        end = time.monotonic() + 3.0
        while ended() is None and time.monotonic() < end:
            window.read(0.1)
        if ended() is None:
            since = len(window.raw)
            window.type("typed, and then whole\r")
            window.until(lambda: window.ready(since) or ended() is not None, "what comes then", 8)
        window.kill()
        shown = window.text()
    if words.forced in shown or "Traceback" in shown:
        return "shown"
    parts = [part.encode() for word in words for part in (word[:12], word[12:])]
    strange = [one for one in holding(case.folder, parts) if Path(one).name not in RECORD]
    aside = [one for one in strange if "unsaved-" not in one or words.forced in one]
    return f"in {aside[0]}" if aside else ""


def _parts(some: list[Fault], size: int) -> Iterator[list[Fault]]:
    for at in range(0, len(some), size):
        yield some[at : at + size]


def _forced(
    folder: Path, faults: list[Fault], words: Words, before: Sequence[str] = ()
) -> list[str]:
    """What is wrong behind each of `faults`; two processes take them by turns."""

    def half(number: int) -> list[str]:
        own = faults[number::2]
        places = [folder / f"{number}-{at}" for at in range(len(own))]
        jobs = [
            fault.step.job(place, words)._replace(at=fault.at, kind=fault.kind, says=words.forced)
            for fault, place in zip(own, places, strict=True)
        ]
        found = []
        for fault, job, code in zip(own, jobs, _ran(jobs, before), strict=True):
            leak = _leak(Path(job.place), code, fault.step, words)
            found += [f"{fault}: {leak}"] if leak else []
            shutil.rmtree(job.place)
        return found

    folder.mkdir(exist_ok=True)
    with ThreadPoolExecutor(2) as two:
        return [one for found in two.map(half, (0, 1)) for one in found]


def _ran(jobs: Sequence[Job], before: Sequence[str] = ()) -> Iterator[int]:
    """Run `jobs` in forks of one process; gives the code that each ended with."""
    if not jobs:
        return
    listed = Path(jobs[0].place).with_suffix(".jobs")
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text("\n".join(json.dumps(job._asdict()) for job in jobs), "utf-8")
    path = os.pathsep.join((*before, str(SOURCE), str(_ROOT)))
    with subprocess.Popen(
        [sys.executable, "-m", "proof.forcing", str(listed)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": os.defpath, "PYTHONPATH": path, "LANG": "C.UTF-8"},
    ) as forking:
        assert forking.stdout is not None
        for _ in jobs:
            yield int(forking.stdout.readline())
    listed.unlink()


def _leak(place: Path, code: int, step: Step, words: Words) -> str:
    """Where a word was told, that of the error or what was answered; "" for nowhere."""
    out, err = ((place / name).read_text("utf-8", "replace") for name in ("out", "err"))
    if code not in _ENDS:
        return f"it ended with {code}: {err[-160:].replace(words.forced, 'WORD')}"
    if words.forced in out + err or words.answered in err or "Traceback" in err:
        return "shown"
    if words.answered in out and step.name not in (*_TALKS, *SHOWING):
        return "shown by a command that is not there to"
    for name in WRITTEN:
        (place / name).unlink(missing_ok=True)
    halves = [part.encode() for word in words for part in (word[:12], word[12:])]
    found = holding(place, halves)
    strange = [
        one for one in found if Path(one).name not in RECORD and not one.startswith("copies/")
    ]
    if any(_forced_in(place / one, words.forced) for one in found):
        return "the word of the error is in a file"
    return f"in {strange[0]}" if strange else ""


def _forced_in(file: Path, word: str) -> bool:
    return word[:12].encode() in file.read_bytes()


CHECK = Check(
    "T-CANARY",
    ("G17",),
    "an error forced in any function tells nothing that was said",
    run,
    control,
    seconds=45,
    unit="errors",
    share=280,
)
