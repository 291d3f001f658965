"""Whatever a plug-in does, every command works, the good ones keep their results, and it is named."""

from __future__ import annotations

import time

import pytest

from reflect.cli.commands import COMMANDS
from tests.faults.test_canary import commands as table
from tests.plugins.world import GOOD, World

HEAD = "from reflect.plugins.api import *\nimport atexit, click, os, sys, threading, time\n"
SWALLOW = """
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
"""


def hook(name: str, body: str, arguments: str = "") -> str:
    return f"{HEAD}@hookimpl\ndef {name}({arguments}):\n    {body}\n"


EVERY = (
    *("reflect_packs", "reflect_lexicons", "reflect_cues", "reflect_answer_kinds"),
    *("reflect_exporters", "reflect_lint_rules", "reflect_commands"),
)
RAISES_EVERYWHERE = HEAD + "".join(
    f"@hookimpl\ndef {name}():\n    raise ValueError('a hidden thing')\n" for name in EVERY
) + "@hookimpl\ndef reflect_recorded(recorded):\n    raise ValueError(recorded.key)\n"  # fmt: skip

BAD = {
    "cannot-be-imported": "import nothing_such\n",
    "syntax": "def (\n",
    "exits-at-import": "raise SystemExit(0)\n",
    "wrong-arguments": hook("reflect_packs", "return []", "mentee"),
    "argument-with-default": hook("reflect_packs", "return []", "extra=1"),
    "raises": hook("reflect_cues", "raise ValueError('a hidden thing')"),
    "raises-everywhere": RAISES_EVERYWHERE,
    "exits": hook("reflect_exporters", "sys.exit('a hidden thing')"),
    "misspelt": hook("reflect_exporter", "return []"),
    "wrong-type": hook("reflect_answer_kinds", "return [1, 'two', None]"),
    "no-list": hook("reflect_commands", "return 7"),
    "huge": hook("reflect_packs", "return ['/nowhere'] * 30_000_000"),
    "endless": hook("reflect_lexicons", "while True: yield '/nowhere'"),
    "long-help": hook("reflect_cues", "return [Cue('big', 'x' * 100_000_000, len)]"),
    "recursion": hook("reflect_lint_rules", "return reflect_lint_rules()"),
    "odd-object": hook(
        "reflect_cues",
        "return [type('Odd', (), {'__getattr__': lambda self, name: 1 / 0})()]",
    ),
    "needs-another": HEAD + "reflect_requires = '>=99'\n" + hook("reflect_packs", "return []"),
    "no-hooks": "x = 1\n",
    "bad-command-name": hook("reflect_commands", "return [click.Command('Two words')]"),
    "fails-when-told": hook("reflect_recorded", "raise ValueError(recorded.key)", "recorded"),
    "hangs-when-told": hook("reflect_recorded", SWALLOW, "recorded"),
}
"""Plug-ins that do wrong, each in its own way, by name."""

USUAL: tuple[tuple[str, ...], ...] = (
    ("--version",),
    ("--help",),
    (),
    ("history",),
    ("show",),
    ("export",),
    ("export", "--format", "lines"),
    ("search", "handover"),
    ("pack", "list"),
    ("where",),
    ("settings",),
    ("wave",),
)


LONG = ("huge", "endless", "long-help", "hangs-when-told")
"""Stopped only after a while: left to the slow tests, which try each alone, and to `make proof`."""


def test_everything_else_works_beside_several(world: World) -> None:
    everything_else_works(world, *(name for name in BAD if name not in LONG))


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_everything_else_works(world: World, name: str) -> None:
    everything_else_works(world, name)


def everything_else_works(world: World, *names: str) -> None:
    """Where the bad ones called `names` are installed beside one that is sound."""
    for name in names:
        world.install(name.replace("-", "_"), BAD[name], "1.7")
    world.install("sound", GOOD)
    *usual, listed, about, doctor = world.several(
        *USUAL, ("plugins",), ("plugins", "info", "sound"), ("plugins", "doctor")
    )
    for command, done in zip(USUAL, usual, strict=True):
        assert done.code == 0, (command, done)
        assert "Traceback" not in done.err and "hidden thing" not in done.err
    by_command = dict(zip(USUAL, usual, strict=True))
    assert by_command["export", "--format", "lines"].out == "good lines\n"
    assert by_command[("wave",)].out == "a wave\n"
    assert "Commands of plug-ins:\n  wave  Wave." in by_command[("--help",)].out
    assert (world.place / "told").read_text().startswith("session started")
    assert "hidden thing" not in listed.err
    assert "lines" in about.out and "room" in about.out
    for name in names:
        module = name.replace("-", "_")
        assert f"{module} 1.7" in listed.out
        if name.endswith("when-told"):
            assert f"{module} 1.7" in by_command[()].err
        else:
            assert f"{module} 1.7: plugin-" in listed.err
    assert doctor.code == int(not all(name.endswith("when-told") for name in names))


@pytest.mark.parametrize("most", [1, pytest.param(None, marks=pytest.mark.slow)])
def test_two_broken_ones_leave_every_command_as_it_is(world: World, most: int | None) -> None:
    world.install("raising", RAISES_EVERYWHERE, "2.0")
    world.install("missing", "import nothing_such\n", "3.0")
    (world.place / "copies").mkdir()
    commands = table(world.home, "handover")
    assert commands.keys() == COMMANDS.keys()
    lines = [line for several in commands.values() for line in several[:most]]
    plain = [line for line in lines if line[0] not in ("demo", "pack")]
    asked = (("plugins",), (), *plain, ("plugins",), ("plugins", "doctor"), ("doctor",))
    _, _, *several, listed, doctor, whole = world.several(*asked)
    for line, done in zip(plain, several, strict=True):
        assert done.code in (0, 1, 2), (line, done)
        assert "hidden thing" not in done.out + done.err
    for done in (listed, doctor, whole):
        assert "raising 2.0" in done.out + done.err and "missing 3.0" in done.out + done.err
    assert (listed.code, doctor.code, whole.code) == (0, 1, 1)


HURRIED = "from reflect.plugins import isolation\nisolation.BATCH = 1.5\n"
"""Put where Python starts: whatever hangs is stopped sooner than it would be."""


def test_one_that_hangs_while_it_is_loaded_is_stopped_and_then_known(world: World) -> None:
    (world.site / "sitecustomize.py").write_text(HURRIED)
    told = "import os, time\nwith open(os.path.expanduser('~/loaded'), 'a') as file:\n"
    world.install("hanging", f"{told}    file.write('x')\nif True:\n    {SWALLOW.strip()}\n")
    world.install("sound", GOOD)
    began = time.monotonic()
    first, second = world.several(("where",), ("export", "--help"))
    assert (first.code, second.code) == (0, 0) and "lines" in second.out
    assert "hanging 1.0" in second.err
    assert time.monotonic() - began < 15
    assert world.reflect("wave").out == "a wave\n"
    assert (world.place / "loaded").read_text() == "x", "it was loaded again"


def test_what_is_left_at_the_end_is_not_waited_for(world: World) -> None:
    left = (
        "atexit.register(lambda: time.sleep(60))\n"
        "threading.Thread(target=lambda: time.sleep(60)).start()\n"
    )
    body = "return [click.Command('wave', callback=lambda: click.echo('a wave'))]"
    world.install("leaving", HEAD + left + hook("reflect_commands", body))
    world.several(("plugins",))
    began = time.monotonic()
    done = world.reflect("wave")
    assert (done.code, done.out) == (0, "a wave\n")
    assert world.reflect("plugins", "info", "no-such").code == 2
    assert time.monotonic() - began < 20


def test_a_command_of_a_plugin_that_fails_is_its_own_fault(world: World) -> None:
    body = "return [click.Command(n, callback=f) for n, f in (('boom', boom), ('leave', leave))]"
    code = "def boom():\n    raise ValueError('a hidden thing')\ndef leave():\n    sys.exit(7)\n"
    world.install("trouble", HEAD + code + hook("reflect_commands", body), "4.2")
    boom, leave = world.several(("boom",), ("leave",))
    assert boom.code == 1 and "trouble 4.2 failed in its command boom: ValueError" in boom.err
    assert "hidden thing" not in boom.err and "trouble_code.py:" in boom.err
    assert leave.code == 7


EXPORTS = {
    "raises": "1 / 0",
    "no-bytes": "return 'text'",
    "too-large": "return bytes(17 * 1024 * 1024)",
    "changes": "sessions.transcripts = ()",
    "exits": "sys.exit(0)",
}


def test_an_exporter_that_fails_writes_nothing(world: World) -> None:
    writers = {name: name.replace("-", "_") for name in EXPORTS}
    code = "".join(f"def {writers[name]}(sessions):\n    {EXPORTS[name]}\n" for name in EXPORTS)
    brought = ", ".join(f"Exporter({name!r}, '.odd', 'odd', {writers[name]})" for name in EXPORTS)
    world.install("odd", HEAD + code + hook("reflect_exporters", f"return [{brought}]"), "5.0")
    tried = [("export", "--format", name, "-o", name) for name in EXPORTS]
    _, *failed, after = world.several((), *tried, ("export",))
    for name, done in zip(EXPORTS, failed, strict=True):
        assert done.code == 1 and done.err.startswith("exporter-failed: odd 5.0"), name
    assert after.code == 0 and not [*world.here.iterdir()]


def test_a_format_is_known_by_its_whole_name_and_has_its_own_ending(world: World) -> None:
    world.install("sound", GOOD)
    (world.here / "out").mkdir()
    _, mistyped, done = world.several(
        (),
        ("export", "--format", "line"),
        ("export", "--format", "lines", "-o", "out"),
    )
    assert (mistyped.code, "Did you mean: lines" in mistyped.err) == (2, True)
    assert (done.code, (world.here / "out" / "reflect.txt").read_text()) == (0, "good lines")


def test_names_belong_to_us_then_to_the_first_in_the_alphabet(world: World) -> None:
    def bringing(command: str, output: str) -> str:
        both = ", ".join(
            f"click.Command({name!r}, callback=lambda: click.echo({output!r}))"
            for name in (command, "history")
        )
        exporters = (
            f"@hookimpl\ndef reflect_exporters():\n    return [Exporter('lines', '.x', 'x', "
            f"lambda s: {output.encode()!r}), Exporter('json', '.x', 'x', lambda s: b'')]\n"
        )
        return hook("reflect_commands", f"return [{both}]") + exporters

    world.install("zeta", bringing("same", "from zeta"))
    world.install("alpha", bringing("same", "from alpha"))
    _, same, lines, json, history, listed = world.several(
        (),
        ("same",),
        ("export", "--format", "lines"),
        ("export", "--format", "json"),
        ("history", "--json"),
        ("plugins",),
    )
    assert (same.out, lines.out) == ("from alpha\n", "from alpha\n")
    assert json.out.startswith("{") and history.out.startswith("{")
    assert "zeta 1.0: plugin-name-taken: a click command called same" in listed.err
    assert "alpha 1.0: plugin-name-taken: a command called history" in listed.err
    assert listed.err.count("called json is there already") == 2
