"""A plug-in is told that something was stored, after it was, and never a word of it."""

from __future__ import annotations

import pytest

from reflect.application.wiring import Application
from reflect.plugins.recorded import Recorded
from reflect.settings import NO_PLUGINS
from tests.plugins.made import joined, plugin
from tests.plugins.world import GOOD, World

LOOKS = """
import os
from pathlib import Path
import apsw
from reflect.plugins.api import Recorded, hookimpl

@hookimpl
def reflect_recorded(recorded: Recorded) -> None:
    home = Path(os.environ["REFLECT_HOME"])
    store = apsw.Connection(str(home / "reflect.db"), flags=apsw.SQLITE_OPEN_READONLY)
    (number,) = store.execute("select count(*) from events").fetchone()
    with open(os.path.expanduser("~/told"), "a") as log:
        log.write(f"{recorded.kind}|{recorded.key}|{number}\\n")
"""


def test_each_event_is_told_of_once_and_in_order(world: World) -> None:
    world.install("sound", GOOD)
    world.several(())
    told = (world.place / "told").read_text()
    kinds = [line.rpartition(" 01")[0] for line in told.splitlines()]
    assert kinds[0] == "session started " and kinds[-1] == "session finished "
    assert kinds[1].startswith("answered ") and len(kinds) == len(set(kinds))
    assert "card" not in told and "Amina" not in told


def test_it_was_stored_before(world: World) -> None:
    world.install("looks", LOOKS)
    (done,) = world.several(())
    assert done.code == 0 and "looks" not in done.err, done
    numbers = [int(line.split("|")[2]) for line in (world.place / "told").read_text().splitlines()]
    assert numbers == sorted(numbers) and numbers[-1] > numbers[0] > 0


def test_one_that_fails_is_told_no_more_and_reported_once(world: World) -> None:
    fails = "    import os\n    open(os.path.expanduser('~/calls'), 'a').write('x')\n    1 / 0\n"
    failing = GOOD.replace("    import os\n", fails)
    world.install("failing", failing, "2.2")
    world.install("sound", GOOD)
    (done,) = world.several(())
    assert done.code == 0 and done.err.count("failing 2.2") == 1
    assert (world.place / "calls").read_text() == "x"
    assert "session finished" in (world.place / "told").read_text()


def test_what_is_told_cannot_be_changed_and_may_be_left_out() -> None:
    told: list[str] = []

    def changes(recorded: Recorded) -> None:
        recorded.key = "mine"  # type: ignore[misc]

    def without() -> None:
        told.append("x")

    plugins = joined(
        plugin("a", reflect_recorded=changes),
        plugin("b", reflect_recorded=lambda recorded: told.append(recorded.key)),
        plugin("c", reflect_recorded=without),
    )
    plugins.tell(Recorded("answered", "S", "k", "2026-03-02"))
    assert told == ["k", "x"]
    assert [found.place.file for found in plugins.diagnostics] == ["a 1.0"]


def test_nobody_is_told_when_nobody_wants_to_know_or_it_is_only_tried(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Application({"REFLECT_HOME": str(world.home)}, plugins=NO_PLUGINS)
    assert plain.teller("S") is None
    world.install("sound", GOOD)
    world.several(("plugins",))
    monkeypatch.syspath_prepend(str(world.site))
    app = Application({"REFLECT_HOME": str(world.home)})
    assert app.teller("S") is not None
    assert app.apart(world.place / "other").teller("S") is None
