"""Who is writing a session: one process at a time, unless another takes over."""

from __future__ import annotations

import os
import time
from pathlib import Path

import apsw

from reflect.errors import StoreError
from reflect.transcripts.faults import LeaseTaken
from reflect.transcripts.query import fetch_one
from reflect.transcripts.values import Lease

_STALE_SECONDS = 30.0
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def take(db: apsw.Connection, stream_id: str, *, over: bool) -> Lease:
    """A lease on a stream; `over` takes it from a process that holds it.

    Raises `LeaseTaken` "session-open-elsewhere".
    """
    if not over and _holder(db, stream_id):
        raise LeaseTaken(
            "session-open-elsewhere",
            "This session is open in another window.",
            "Go on there, or take it over here.",
        )
    token = os.urandom(16).hex()
    db.execute(
        "REPLACE INTO leases (stream, token, pid, boot, host, heartbeat) VALUES (?, ?, ?, ?, ?, ?)",
        (stream_id, token, os.getpid(), _boot(), _host(), time.time()),
    )
    return Lease(stream_id, token)


def check(db: apsw.Connection, stream_id: str, lease: Lease | None) -> None:
    """Let the holder of `lease` write, or anybody where nobody holds one; counts as a heartbeat.

    Raises `StoreError` "session-taken-over".
    """
    if lease is not None:
        renew(db, lease)
    elif _holder(db, stream_id):
        raise _taken_over()


def renew(db: apsw.Connection, lease: Lease) -> None:
    """Say that the holder is still there; `StoreError` "session-taken-over" when it holds nothing."""
    db.execute(
        "UPDATE leases SET heartbeat = ? WHERE stream = ? AND token = ?",
        (time.time(), lease.stream, lease.token),
    )
    if not db.changes():
        raise _taken_over()


def holds(db: apsw.Connection, lease: Lease) -> bool:
    """Whether `lease` still gives its session; a read, and no heartbeat."""
    query = "SELECT 1 FROM leases WHERE stream = ? AND token = ?"
    return db.execute(query, (lease.stream, lease.token)).fetchone() is not None


def release(db: apsw.Connection, lease: Lease) -> None:
    """Give a lease back; nothing happens when it was taken over."""
    db.execute("DELETE FROM leases WHERE stream = ? AND token = ?", (lease.stream, lease.token))


def _holder(db: apsw.Connection, stream_id: str) -> bool:
    row = fetch_one(
        db, "SELECT pid, boot, host, heartbeat FROM leases WHERE stream = ?", (stream_id,)
    )
    return row is not None and _is_live(*row)


def _is_live(pid: int, boot: str, host: str, heartbeat: float) -> bool:
    # The clock may have been put back: a heartbeat far ahead says as little as an old one.
    if abs(time.time() - heartbeat) > _STALE_SECONDS:
        return False
    return host != _host() or (boot == _boot() and _is_running(pid))


def _is_running(pid: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _boot() -> str:
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


def _host() -> str:
    return os.uname().nodename if os.name == "posix" else os.environ.get("COMPUTERNAME", "")


def _taken_over() -> StoreError:
    return StoreError(
        "session-taken-over",
        "This session goes on in another window.",
        "What you typed here was not saved; read the session again to go on.",
    )
