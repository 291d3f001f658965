"""No command connects to anything but this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from json import dumps
from pathlib import Path

from tests.faults.program import PROGRAM, begin, environment
from tests.faults.test_canary import APART, commands

from proof.check import Check, Figure, Form
from reflect.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
_DEADLINE = 240.0
_WHOLE_SUITE = 1_800.0
_ROOM_FOR_THE_SUITE = 240.0
_PASSED = re.compile(r"(\d+) passed")
_NOWHERE = """
import errno, socket
one = socket.socket()
one.settimeout(1.0)
assert one.connect_ex(("192.0.2.1", 9)) in (errno.ENETUNREACH, errno.EHOSTUNREACH), "there is a network"
"""
_ADDRESS = re.compile(r"^\d+ +(\w+)\(.*sa_family=(AF_\w+)(.*)$", re.MULTILINE)
_LOOPBACK = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"')
_WORD = "wagtailsevenqfourx"

SEVERAL = """\
import io, json, os, sys
from reflect.cli.main import run

def stream(data=b""):
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")

real, codes = sys.stdout, []
for arguments in json.loads(sys.argv[1]):
    sys.stdin, sys.stdout, sys.stderr = stream(b"yes" + os.linesep.encode()), stream(), stream()
    codes.append(run(arguments))
real.write(json.dumps(codes))
real.flush()
os._exit(0)
"""
"""Runs one command after the other in one process."""

CALLING = """
import socket
one = socket.socket()
one.setblocking(False)
one.connect_ex(("192.0.2.1", 9))
one.close()
"""
"""Knocks at an address that is set apart for examples (RFC 5737) and waits for nothing."""


def run(form: Form) -> Figure:
    """Every command under strace; in a long form with room for it the whole suite where no network is, too."""
    home = _home(form.folder)
    table = commands(home, _WORD)
    missing = sorted(COMMANDS.keys() - table.keys())
    failures = [f"{name} is not in the table of commands" for name in missing]
    together = [line for name in table if name not in APART for line in table[name]]
    apart = [line for name in APART for line in table[name]]
    seen = _traced(home, [sys.executable, "-c", SEVERAL, dumps(together)])
    for line in (*apart, ()):
        seen += _traced(home, [*PROGRAM, *line])
    failures += _outside(seen)
    trials = len(together) + len(apart) + 1
    says = f"{trials} commands, {len(seen)} calls with an address, {len(failures)} outside"
    if form.seconds is not None and form.seconds >= _ROOM_FOR_THE_SUITE:
        passed, broken = _suite()
        failures += broken
        says += f"; where there is no network {passed:,} tests of the suite passed"
    return Figure(trials, tuple(failures), says, 150)


def control(form: Form) -> Figure:
    """A program that knocks somewhere when it starts."""
    home = _home(form.folder)
    (form.folder / "sitecustomize.py").write_text(CALLING, "utf-8")
    around = environment(home)
    around["PYTHONPATH"] = f"{form.folder}:{around['PYTHONPATH']}"
    found = _outside(_traced(home, [*PROGRAM, "where"], around))
    return Figure(1, tuple(found), f"{len(found)} found out")


def _home(folder: Path) -> Path:
    home = folder / "reflect"
    begin(home, f"I read the handover to {_WORD} from a card")
    (folder / "copies").mkdir(mode=0o700)
    return home


def _traced(
    home: Path, command: Sequence[str], environ: Mapping[str, str] | None = None
) -> list[str]:
    """Calls with an address while `command` runs."""
    log = home.parent / "calls"
    before = ("strace", "-f", "-q", "--seccomp-bpf", "-o", str(log))
    done = subprocess.run(
        [*before, "-e", "trace=connect,sendto,sendmsg,sendmmsg", *command],
        env=environ or environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_DEADLINE,
        check=False,
    )
    if done.returncode not in (0, 1, 2):
        raise AssertionError(f"{command[:4]} ended with {done.returncode}")
    return [found[0] for found in _ADDRESS.finditer(log.read_text("utf-8", "replace"))]


def _outside(calls: Iterable[str]) -> list[str]:
    """Those that leave this machine: neither a local socket nor loopback."""
    found = []
    for call in calls:
        match = _ADDRESS.match(call)
        assert match
        here = match[2] in ("AF_UNIX", "AF_NETLINK", "AF_UNSPEC") or _LOOPBACK.search(match[3])
        if not here:
            found.append(call[:160])
    return found


def _suite() -> tuple[int, list[str]]:
    """How many tests pass where nothing but loopback is there, and what fails of them."""
    tests = '"$0" -m pytest -n 2 --dist worksteal'
    inside = f'ip link set lo up && "$0" -c "$1" && exec {tests}'
    with subprocess.Popen(
        ["unshare", "-n", "sh", "-c", inside, sys.executable, _NOWHERE],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as running:
        try:
            out, _ = running.communicate(timeout=_WHOLE_SUITE)
        except BaseException:
            os.killpg(running.pid, signal.SIGKILL)
            raise
    passed = sum(int(found) for found in _PASSED.findall(out))
    if running.returncode == 0 and passed:
        return passed, []
    wrong = [line for line in out.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return passed, [line[:200] for line in wrong or out.splitlines()[-3:]]


CHECK = Check(
    "T-NET",
    ("G22",),
    "no local command connects to anything but this machine",
    run,
    control,
    needs=("strace", "unshare", "ip", "root"),
    seconds=17,
    unit="commands",
    share=300,
    once=True,
)
