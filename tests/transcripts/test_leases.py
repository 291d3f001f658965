"""One writer for a session."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from reflect.errors import StoreError
from reflect.transcripts.store import LeaseTaken, Store

from .conftest import answered, session_of


def test_a_second_window_is_told_and_may_take_over(store: Store) -> None:
    stream = session_of(store, finish=False)
    with Store.open(store.path, None) as other:
        mine = store.take_lease(stream.id)
        with pytest.raises(LeaseTaken) as caught:
            other.take_lease(stream.id)
        assert caught.value.code == "session-open-elsewhere"
        with pytest.raises(StoreError) as unasked:
            other.append(stream, 1, [answered("q0", "x")])
        assert unasked.value.code == "session-taken-over"
        theirs = other.take_lease(stream.id, over=True)
        with pytest.raises(StoreError) as taken:
            store.append(stream, 1, [answered("q0", "x")], lease=mine)
        assert taken.value.code == "session-taken-over"
        with pytest.raises(StoreError):
            store.renew(mine)
        store.release(mine)
        assert other.append(stream, 1, [answered("q0", "x")], lease=theirs) == 2
        other.release(theirs)
    assert store.append(stream, 2, [answered("q1", "y")]) == 3


def test_a_lease_lapses_without_a_heartbeat(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = session_of(store, finish=False)
    clock = [1000.0]
    monkeypatch.setattr("reflect.transcripts.leases.time.time", lambda: clock[0])
    mine = store.take_lease(stream.id)
    clock[0] += 29
    store.append(stream, 1, [answered("q0", "x")], lease=mine)
    clock[0] += 29
    with pytest.raises(LeaseTaken):
        store.take_lease(stream.id)
    clock[0] += 2
    assert store.take_lease(stream.id) != mine
    clock[0] -= 10_000
    assert store.take_lease(stream.id)


def test_the_lease_of_a_dead_process_is_free(store: Store) -> None:
    stream = session_of(store, finish=False)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    store.take_lease(stream.id)
    with store._database.writing() as db:
        db.execute("UPDATE leases SET pid = ?", (dead.pid,))
    assert store.take_lease(stream.id)
    with store._database.writing() as db:
        db.execute("UPDATE leases SET boot = 'before'")
    assert store.take_lease(stream.id)
    with store._database.writing() as db:
        db.execute("UPDATE leases SET host = 'elsewhere', pid = ?", (dead.pid,))
    with pytest.raises(LeaseTaken):
        store.take_lease(stream.id)
    assert os.getpid() != dead.pid
