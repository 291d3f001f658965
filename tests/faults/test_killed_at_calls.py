"""Killed at each write and sync of a session in a pipe: what was acknowledged is kept, the rest goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.program import FIRST, begin, reflect
from tests.faults.record import asked_twice, texts, trouble
from tests.faults.tracing import FEWER, Point, every, killed_at, needs_strace, points, trials

pytestmark = needs_strace

WORDS = (
    "w01 I wrote the three worst patients on a card",
    "w02 I read them out before anything else was said",
    "w03 I lose my voice when somebody talks over me",
    "w04 I could finish my sentence and then stop",
    "w05 I will ask him for two minutes before the round",
    "w06 next Thursday",
)


def acknowledged(out: str) -> list[str]:
    """The words behind which something more was said than the echo of themselves."""
    return [word for word in WORDS if f"> {word}\n" in out and out.split(f"> {word}\n")[1].strip()]


def wrong(home: Path, out: str, expected: list[str]) -> str:
    """What is wrong after a kill, and after going on; "" when nothing is."""
    kept, seen = texts(home), acknowledged(out)
    if trouble(home):
        return f"the record is damaged: {trouble(home)}"
    if kept[: len(seen)] != seen or len(kept) - len(seen) > 1:
        return f"acknowledged {len(seen)}, kept {len(kept)}"
    if reflect(home, lines=_rest(home, expected[len(kept) :])).code != 0:
        return "it does not go on"
    if texts(home) != expected or asked_twice(home):
        return f"in the end {len(texts(home))} of {len(expected)} are kept, or asked twice"
    return ""


def _rest(home: Path, rest: list[str]) -> list[str]:
    from reflect.application.wiring import Application

    app = Application({"REFLECT_HOME": str(home)})
    relation = app.relation()
    begun = relation is not None and app.store.open_session(relation.id) is not None
    app.close()
    if begun:
        return rest
    return [*(FIRST if relation is None else FIRST[3:]), *rest]


def run_all(base: Path, tmp_path: Path, lines: list[str], nth: int) -> int:
    whole = tmp_path / "whole" / "reflect"
    whole.parent.mkdir()
    if base.exists():
        import shutil

        shutil.copytree(base, whole)
    all_points, ran = points(whole, lines=lines)
    expected = texts(whole)
    assert expected == acknowledged(ran.out) == [line for line in lines if line in WORDS]

    survived: list[Point] = []

    def trial(home: Path, point: Point) -> str:
        killed = killed_at(home, point, lines=lines)
        if killed.code == 0:
            survived.append(point)
        return wrong(home, killed.out, expected)

    chosen = every(all_points, nth)
    assert list(trials(base, tmp_path / "trials", chosen, trial)) == []
    assert len(survived) <= FEWER
    return len(chosen)


def test_a_session_killed_at_some_calls(tmp_path: Path) -> None:
    base = tmp_path / "base" / "reflect"
    base.parent.mkdir()
    begin(base)
    assert run_all(base, tmp_path, list(WORDS[:2]), 32) >= 2


@pytest.mark.slow
def test_a_session_killed_at_every_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = tmp_path / "base" / "reflect"
    base.parent.mkdir()
    begin(base)
    number = run_all(base, tmp_path, list(WORDS), 1)
    with capsys.disabled():
        print(f"\n  {number} points, 0 lost", end=" ")


@pytest.mark.slow
def test_a_first_run_killed_at_every_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = run_all(tmp_path / "nothing" / "reflect", tmp_path, [*FIRST, *WORDS], 1)
    with capsys.disabled():
        print(f"\n  {number} points, 0 lost", end=" ")


def test_a_lost_answer_would_be_noticed(tmp_path: Path) -> None:
    home = tmp_path / "reflect"
    begin(home, *WORDS[:1])
    out = f"> {WORDS[0]}\n  A question?\n> {WORDS[1]}\n  Another?\n"
    assert wrong(home, out, []) == "acknowledged 2, kept 1"
