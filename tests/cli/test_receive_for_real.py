"""The program itself: a reply is taken in whole or not at all wherever it dies, and pasted at a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.application.answering import answers
from reflect.application.notes import kept
from reflect.sharing.wire import encode
from tests.application.replies import App, application, note, shared
from tests.faults.program import environment, reflect
from tests.faults.record import trouble
from tests.faults.tracing import FEWER, Point, every, killed_at, needs_strace, points, trials

pytestmark = needs_strace

WHOLE = (3, 1, "answered", 1)


def state(home: Path) -> tuple[int, int, str, int]:
    """How many notes there are, and answers; what became of the question; how many actions were taken."""
    app = App({"REFLECT_HOME": str(home)})
    relation = app.relation()
    assert relation is not None
    notes = kept(app, relation)
    told = answers(app.store, relation.id)
    rows = app.store.rows("SELECT state FROM m_items WHERE kind = 'question'")
    taken = app.store.rows("SELECT id FROM m_items WHERE session = ?", (relation.id,))
    app.close()
    return len(notes), len(told), str(rows[0][0]), len(taken)


def test_killed_at_some_of_its_calls_nothing_is_half_applied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "base" / "reflect"
    base.parent.mkdir()
    monkeypatch.setenv("REFLECT_HOME", str(base))
    home = shared(application())
    bundle = home.bundle(note(1), note(2, "answer", home.item("query")), note(3, "action"))
    home.app.close()
    file = tmp_path / "reply.reflect"
    file.write_bytes(encode(bundle))

    import shutil

    whole = tmp_path / "whole" / "reflect"
    shutil.copytree(base, whole)
    known, _ = points(whole, "receive", str(file), "--yes")
    assert state(whole) == WHOLE
    survived: list[Point] = []

    def trial(place: Path, point: Point) -> str:
        if killed_at(place, point, "receive", str(file), "--yes").code == 0:
            survived.append(point)
        found = state(place)
        if found not in ((0, 0, "open", 0), (3, 1, "answered", 0), WHOLE):
            return f"half applied: {found}"
        if trouble(place) or reflect(place, "receive", str(file)).code != 0:
            return "the record is damaged, or it does not go on"
        return "" if state(place)[:3] == WHOLE[:3] else f"not the same in the end: {state(place)}"

    chosen = every(known, 40)
    assert list(trials(base, tmp_path / "trials", chosen, trial)) == []
    assert len(chosen) > 2 and len(survived) <= FEWER


def test_a_reply_is_pasted_into_a_terminal_and_a_signature_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    import pexpect

    place = tmp_path / "home"
    monkeypatch.setenv("REFLECT_HOME", str(place))
    home = shared(application())
    text = f"reflect reply 1\nshare: {'f' * 16}\nmentorship: {home.name}\nfrom: Daniel\n\n"
    text += "@ whole action\nSleep eight hours.\n@ end\nyes\nyes\n"
    home.app.close()
    child = pexpect.spawn(
        sys.executable,
        ["-m", "reflect", "receive", "-"],
        env=environment(place),
        encoding="utf-8",
        timeout=20,
    )
    child.expect("down to its last line")
    child.send(text)
    child.expect(r"\(yes / not now / no\)")
    child.send("perhaps\n")
    child.expect("Enter for not now")
    child.expect(r"\(yes / not now / no\)")
    child.send("no\n")
    child.expect("No: Sleep eight hours")
    child.expect(pexpect.EOF)
    assert state(place) == (1, 0, "open", 0)
