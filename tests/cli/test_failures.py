"""What is shown, and what is written down, when a command stops."""

from __future__ import annotations

import errno
import gc
import os
from pathlib import Path

import apsw
import pytest

from reflect.cli.desk import Desk
from reflect.cli.main import SORRY, main
from reflect.errors import Misuse, StoreError
from reflect.settings import Home
from tests.cli.test_carrying_on import keep
from tests.conftest import Run

SECRET = "canary-Qv7"


def breaking(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `reflect history` meet `error`."""

    def kept(desk: Desk) -> None:
        secret = SECRET  # noqa: F841 - a local that must not be reported
        raise error

    monkeypatch.setattr(Desk, "kept", kept)


def test_a_fault_of_ours_is_reported_without_a_word_of_anybody(
    run: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = ValueError(f"invalid literal: {SECRET}")
    error = Misuse(f"value {SECRET}")
    error.__cause__ = inner
    breaking(monkeypatch, error)
    done = run("history")
    assert done.code == 3
    assert done.out == ""
    (log,) = home.logs.iterdir()
    assert str(log) in done.err
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700
    report = log.read_text()
    assert SECRET not in report + done.err
    assert "reflect.errors.Misuse" in report
    assert "builtins.ValueError" in report
    assert "cli/history.py:" in report


def test_a_damaged_record_is_named_and_not_taken_for_a_fault_of_ours(run: Run, home: Home) -> None:
    keep("2026-11-24T08:00:00+01:00", aim="be braver")
    assert run("goals").code == 0
    db = apsw.Connection(str(home.database))
    db.execute("UPDATE m_items SET settled = x'c1'")
    db.close()
    done = run("goals")
    assert done.code == 1 and done.err.startswith("projection-differs: ")
    assert "reflect doctor --rebuild" in done.err
    assert not list(home.logs.iterdir())
    run("doctor", "--rebuild")
    assert run("goals").code == 0


def test_a_stage_that_was_altered_is_shown_as_it_began(run: Run, home: Home) -> None:
    keep("2026-11-24T08:00:00+01:00", aim="be braver")
    began = run("show", "--json").out
    db = apsw.Connection(str(home.database))
    db.execute("UPDATE sessions SET stage = '[]'")
    db.close()
    assert run("show", "--json").out == began
    assert "list of sessions" in run("doctor").out
    run("doctor", "--rebuild")
    assert run("doctor").code == 0


def test_debug_shows_the_trace(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, KeyError("x"))
    assert "Traceback" not in run("history").err
    done = run("--debug", "history")
    assert "Traceback" in done.err
    assert done.code == 3


def test_a_fault_where_faults_are_told_says_nothing_either(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def talk(desk: Desk, text: str) -> None:
        raise ValueError(SECRET)

    breaking(monkeypatch, KeyError(SECRET))
    monkeypatch.setattr(Desk, "talk", talk)
    monkeypatch.setattr(os, "umask", lambda mask: 0)
    for name in ("set_threshold", "freeze"):
        monkeypatch.setattr(gc, name, lambda *given: None)
    with pytest.raises(SystemExit) as ended:
        main(["history"])
    assert ended.value.code == 3
    assert capfd.readouterr() == ("", SORRY.decode())


def test_a_home_that_cannot_be_made_still_gives_an_answer(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("REFLECT_HOME", str(tmp_path / "file" / "below"))
    breaking(monkeypatch, KeyError("x"))
    done = run("history")
    assert (done.code, "No report could be written." in done.err) == (3, True)


def test_an_error_for_the_user_has_code_message_and_hint(
    run: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking(monkeypatch, StoreError("store-locked", "busy\x1b[2J", "wait"))
    done = run("history")
    assert done.code == 1
    assert done.err == "store-locked: busy^[[2J\n  wait\n"
    assert not home.logs.exists()


def test_an_interruption_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, KeyboardInterrupt())
    done = run("history")
    assert (done.code, done.err.strip()) == (130, "")


def test_a_reader_that_went_away_is_no_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, BrokenPipeError(errno.EPIPE, "gone"))
    done = run("history")
    assert (done.code, done.err) == (0, "")


def test_a_full_disk_is_the_user_s_to_mend(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, OSError(errno.ENOSPC, SECRET))
    done = run("history")
    assert done.code == 1
    assert done.err.startswith("disk-full: ")
    assert SECRET not in done.err
