"""`reflect plugins`: what is installed, leave to run, and an example to begin with."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests import conftest
from tests.conftest import Run
from tests.plugins.world import GOOD, SOURCE, Done, World

PACK = """\
reflect: 1
pack: ward
version: "1"
title: A ward
language: en
worked:
  - id: a
    ask: What?
adjust:
  - id: b
    ask: What?
next:
  - id: c
    ask: What?
"""


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Its plug-ins are installed for `run` too."""
    made = World(tmp_path / "world")
    monkeypatch.setattr(sys, "path", [str(made.site), *sys.path])
    monkeypatch.setenv("REFLECT_HOME", str(made.home))
    return made


def document(done: conftest.Ran | Done) -> dict[str, object]:
    found: dict[str, object] = json.loads(done.out)
    assert found["schema_version"] == 1
    return found


def states(run: Run) -> dict[str, str]:
    listed = document(run("plugins", "--json"))["plugins"]
    assert isinstance(listed, list)
    return {plugin["name"]: plugin["state"] for plugin in listed}


def test_without_any_there_is_reflect_itself(run: Run, world: World) -> None:
    assert run("plugins").out.startswith("shipped ")
    assert run("plugins", "list").out == run("plugins").out
    assert states(run) == {}
    assert run("plugins", "doctor").code == 0


def test_code_waits_for_leave_and_is_not_run_before(run: Run, world: World) -> None:
    world.install("ward", f"open({str(world.place / 'ran')!r}, 'w')\n" + GOOD)
    assert "ward 1.0  waits for your leave: reflect plugins enable ward" in run("plugins").out
    *_, refused = world.in_turn(
        ("plugins",),
        ("doctor",),
        ("plugins", "info", "ward"),
        ("pack", "list"),
        ("plugins", "enable", "ward"),
    )
    assert (refused.code, refused.err.startswith("needs-yes: ")) == (2, True)
    assert not (world.place / "ran").exists()
    enable = ("plugins", "enable", "ward")
    done, again = world.in_turn((*enable, "--yes"), enable)
    assert (done.code, "ward 1.0 takes part from now on" in done.err) == (0, True)
    assert (world.place / "ran").exists()
    assert stat.S_IMODE((world.home / "plugins.json").stat().st_mode) == 0o600
    assert again.err == "ward takes part already.\n"


@pytest.mark.parametrize(("says", "code"), [("yes\n", 0), ("no\n", 1), ("", 1)])
def test_a_terminal_is_asked(
    run: Run, world: World, monkeypatch: pytest.MonkeyPatch, says: str, code: int
) -> None:
    world.install("asked", GOOD)
    monkeypatch.setattr(conftest._Stream, "isatty", lambda _: True)
    done = run("plugins", "enable", "asked", stdin=says)
    assert done.code == code
    assert "asked 1.0 by Sam has code" in done.err and "cannot confine it" in done.err
    assert (states(run)["asked"] == "on") is (code == 0)


def test_another_version_or_other_files_are_asked_about_again(world: World) -> None:
    world.install("ward", GOOD)
    enable = ("plugins", "enable", "ward", "--yes")
    assert world.in_turn(enable, ("wave",))[1].code == 0
    record = world.site / "ward-1.0.dist-info" / "RECORD"
    record.write_text(record.read_text() + "another.py,,\n")
    before, listed, _, after = world.in_turn(("wave",), ("plugins",), enable, ("wave",))
    assert before.code == 2, "the files have changed"
    assert "waits for your leave" in listed.out and after.code == 0
    (world.site / "ward-1.0.dist-info").rename(world.site / "gone")
    world.install("ward", GOOD, "1.1")
    assert world.reflect("wave").code == 2, "the version has changed"


def test_what_is_turned_off_takes_no_part(world: World) -> None:
    world.install("ward", GOOD)
    world.install_packs("packs", PACK)
    packs, names = ("pack", "list"), ("ward", "packs")
    _, there, waving = world.in_turn(("plugins", "enable", "ward", "--yes"), packs, ("wave",))
    assert "A ward" in there.out and waving.code == 0
    disabling = [("plugins", "disable", name) for name in names]
    asking = [("plugins", "info", name, "--json") for name in names]
    *disabled, one, two, wave, gone, shown = world.in_turn(
        *disabling, *asking, ("wave",), packs, ("--help",)
    )
    assert [(done.code, done.out) for done in disabled] == [(0, "")] * 2
    assert {str(document(done)["state"]) for done in (one, two)} == {"disabled"}
    assert wave.code == 2 and "A ward" not in gone.out and "wave" not in shown.out
    on, there = world.in_turn(("plugins", "enable", "packs", "--json"), packs)
    assert (document(on)["state"], document(on)["code"]) == ("on", False)
    assert "A ward" in there.out


def test_packs_alone_take_part_at_once(world: World) -> None:
    world.install_packs("packs", PACK)
    listed, about = world.in_turn(("pack", "list"), ("plugins", "info", "packs"))
    assert "A ward" in listed.out
    assert "none: it brings packs only" in about.out and "its-pack" in about.out


def test_everything_known_of_one_is_shown(world: World) -> None:
    world.install("ward", GOOD, "2.5")
    info = ("plugins", "info", "ward")
    _, about, data = world.in_turn(("plugins", "enable", "ward", "--yes"), info, (*info, "--json"))
    for said in ("2.5", "Made for a test", "Sam", "reflect_cues", "thankful", "room", "lines"):
        assert said in about.out
    record = document(data)
    assert record["commands"] == ["wave"] and record["rules"] == ["house-rule"]
    assert (record["author"], record["distribution"]) == ("Sam", "ward")


@pytest.mark.parametrize("command", ["info", "enable", "disable"])
def test_a_name_that_is_mistyped_is_answered_with_the_one_meant(
    run: Run, world: World, command: str
) -> None:
    world.install_packs("ward-packs", PACK)
    done = run("plugins", command, "ward-pack")
    assert (done.code, "Did you mean: ward-packs" in done.err) == (2, True)
    assert run("plugins", command, "shipped").code == 2
    assert not (world.home / "plugins.json").exists()


def test_doctor_names_what_is_broken(world: World) -> None:
    world.install("bad", "import nothing_such\n", "0.3")
    done, data, whole = world.several(
        ("plugins", "doctor"), ("plugins", "doctor", "--json"), ("doctor",)
    )
    assert (done.code, "bad 0.3: plugin-failed: " in done.err) == (1, True)
    found = document(data)
    assert [one["file"] for one in found["diagnostics"]] == ["bad 0.3"]  # type: ignore[attr-defined]
    assert "bad 0.3: plugin-failed" in whole.out


def test_all_can_be_left_out(world: World) -> None:
    world.install("ward", GOOD)
    world.install("bad", "import nothing_such\n")
    plain, out, help_out = world.several(
        ("wave",), ("--no-plugins", "wave"), ("--no-plugins", "--help")
    )
    assert (plain.code, out.code, "wave" in help_out.out) == (0, 2, False)
    assert "bad 1.0" in plain.err
    assert world.reflect("wave", REFLECT_PLUGINS="none").code == 2
    chosen = world.reflect("wave", REFLECT_PLUGINS="ward")
    assert (chosen.code, chosen.err) == (0, "")


def test_help_and_version_load_no_plugin(world: World) -> None:
    world.install("ward", "import sys\nsys.stderr.flush()\nLOADED = 1\n" + GOOD)
    world.several(("plugins",))
    code = (
        "import sys, reflect.cli.main as m; m.run([sys.argv[1]]); print('ward_code' in sys.modules)"
    )
    for flag, said in (("--help", "wave  Wave."), ("--version", "reflect ")):
        done = subprocess.run(
            [sys.executable, "-c", code, flag],
            env=world.environ,
            cwd=world.here,
            capture_output=True,
            text=True,
        )
        assert said in done.stdout and done.stdout.endswith("False\n"), done


# --- an example ---


@pytest.mark.parametrize("data", [(), ("--data",)])
def test_the_example_is_a_plugin_with_a_test_that_passes(
    world: World, data: tuple[str, ...]
) -> None:
    new = ("plugins", "new", "ward-debrief", *data)
    made, again = world.in_turn(new, new)
    assert made.code == 0 and "pip install ./ward-debrief" in made.err
    folder = world.here / "ward-debrief"
    assert {str(world.here / line) for line in made.out.split()} == {
        str(path) for path in folder.rglob("*") if path.is_file()
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert (again.code, again.err.startswith("folder-exists: ")) == (1, True)


def test_the_example_takes_part(world: World) -> None:
    import tomllib

    examples: dict[str, tuple[str, ...]] = {"one": (), "two": ("--data",)}
    created = world.in_turn(
        *(("plugins", "new", name, *data, "--json") for name, data in examples.items())
    )
    for name, made in zip(examples, created, strict=True):
        assert document(made)["name"] == name
        project = tomllib.loads((world.here / name / "pyproject.toml").read_text())
        ((group, points),) = project["project"]["entry-points"].items()
        world.install(name, "", group=group)
        info = world.site / f"{name}-1.0.dist-info"
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {points[name]}\n")
        for path in (world.here / name).glob("reflect_*"):
            path.rename(world.site / path.name)
    *_, listed, packs = world.several(("plugins", "doctor"), ("plugins",), ("pack", "list"))
    assert "one 1.0  on · cues, kinds, exporters" in listed.out, listed
    assert "two 1.0  on · packs" in listed.out and "Two" in packs.out


@pytest.mark.parametrize("name", ["Ward", "a b", "../x", "-x", "x--y", "x" * 41, ""])
def test_a_name_that_cannot_be_one_is_refused(run: Run, world: World, name: str) -> None:
    done = run("plugins", "new", "--", name)
    assert (done.code, done.err.startswith("bad-name: ")) == (2, True)
