"""The program in forks of one process, with an error forced in one of its functions.

    python -m proof.forcing JOBS

JOBS is a file with a JSON object on each line: what to type in which home, and where to fail. For each of
them a line is printed when it is over. Everything the program imports is imported before, so that each
takes the time of the command alone.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import pkgutil
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from cProfile import Profile
from pathlib import Path
from types import CodeType, FrameType
from typing import NamedTuple, NoReturn

import reflect
from reflect.cli.main import main as main_of_the_program

_LEFT_OUT = ("reflect.testing", "reflect.__main__", "reflect.plugins.foreign")
"""Modules that are there for authors, start the program, or say that a plug-in was loaded."""
DEADLINE = 30
"""Seconds for a command; then it is killed, with SIGALRM."""
ROOT = str(Path(reflect.__file__).parent) + os.sep
WRITTEN = ("out", "err", "reached")
"""What a job leaves in its folder besides what the program does."""
KINDS = ("value", "key", "file", "stop", "encode", "runtime")


class Job(NamedTuple):
    """What to run: `arguments` and `lines` with the variables `environ`, in the folder `place`.

    That is made as a copy of `start` before. The function named `at` fails with an error of a kind that has `says` in it; "" stands for none. What
    was written comes into the files `out` and `err` of that folder, into `reached` the functions.
    """

    start: str
    place: str
    arguments: list[str]
    lines: list[str]
    environ: dict[str, str]
    at: str = ""
    kind: str = "value"
    says: str = ""


def name_of(code: CodeType) -> str:
    """A function of the program as "file:line name"; "" for any other."""
    if not code.co_filename.startswith(ROOT):
        return ""
    file = code.co_filename.removeprefix(ROOT)
    return f"{file}:{code.co_firstlineno} {code.co_qualname}"


def error(kind: str, says: str) -> Exception:
    """An error as Python raises it, that carries somebody's words."""
    made: dict[str, Callable[[], Exception]] = {
        "value": lambda: ValueError(f"invalid literal for int() with base 10: {says!r}"),
        "key": lambda: KeyError(says),
        "file": lambda: FileNotFoundError(2, os.strerror(2), says),
        "stop": lambda: StopIteration(says),
        "encode": lambda: UnicodeEncodeError("utf-8", says, 0, 1, says),
        "runtime": lambda: RuntimeError(says),
    }
    found = made[kind]()
    found.__cause__ = AssertionError(says)
    return found


def failing(at: str, kind: str, says: str) -> Callable[..., None]:
    """What sys.settrace takes to fail at the first call of `at`."""
    line, name = at.partition(" ")[0].rpartition(":")[2], at.partition(" ")[2]

    def trace(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if code.co_qualname == name and code.co_firstlineno == int(line) and name_of(code) == at:
            sys.settrace(None)
            raise error(kind, says)

    return trace


def main() -> None:
    """Run every job, one after the other."""
    jobs = [Job(**json.loads(line)) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    _import_all()
    for job in jobs:
        copied(Path(job.start), Path(job.place))
        child = os.fork()
        if child == 0:
            _child(job)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def copied(start: Path, place: Path) -> None:
    """Copy all of `start`; what was read of packs is written once and may be shared."""

    def copy(one: str, to: str) -> str:
        (os.link if "/reflect/cache/" in one else shutil.copy2)(one, to)
        return to

    shutil.copytree(start, place, copy_function=copy, ignore=shutil.ignore_patterns(*WRITTEN))


def _import_all() -> None:
    for found in pkgutil.walk_packages(reflect.__path__, "reflect."):
        if not found.name.startswith(_LEFT_OUT):
            importlib.import_module(found.name)
    for name in ("prompt_toolkit", "prompt_toolkit.shortcuts", "yaml", "rapidfuzz", "pluggy"):
        importlib.import_module(name)


def _child(job: Job) -> NoReturn:
    """Run the command as if it were a process of its own, up to its last line on the screen."""
    signal.alarm(DEADLINE)
    os.setsid()
    code = 99
    profile = Profile(builtins=False)
    began = time.monotonic()
    try:
        _surround(job)
        if job.at:
            sys.settrace(failing(job.at, job.kind, job.says))
        else:
            profile.enable()
        try:
            main_of_the_program(job.arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 98
        finally:
            sys.settrace(None)
            profile.disable()
    except BaseException as found:
        sys.excepthook(type(found), found, found.__traceback__)
        code = 97
    with suppress(Exception):
        sys.stdout.flush()
        sys.stderr.flush()
    if not job.at:
        codes = (one.code for one in profile.getstats() if isinstance(one.code, CodeType))
        names = sorted({name_of(code) for code in codes} - {""})
        told = {"seconds": time.monotonic() - began, "functions": names}
        Path(job.place, "reached").write_text(json.dumps(told), "utf-8")
    held = {**os.environ, "argv": " ".join(sys.argv)}.values()
    os._exit(96 if job.says and any(job.says in one for one in held) else code)


def _surround(job: Job) -> None:
    os.environ.clear()
    os.environ.update(job.environ)
    place = Path(job.place)
    os.chdir(place)
    typed = place / "typed"
    typed.write_text("".join(line + "\n" for line in job.lines), "utf-8")
    for number, (name, flags) in enumerate(
        (("typed", os.O_RDONLY), *((name, os.O_WRONLY | os.O_CREAT) for name in ("out", "err")))
    ):
        opened = os.open(place / name, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    typed.unlink()
    sys.argv[:] = ["reflect", *job.arguments]
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), "utf-8")
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False)), "utf-8")
        for number in (1, 2)
    )


if __name__ == "__main__":
    main()
