"""The console entry: what is imported, what is refused, and how it is said."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from reflect import __version__
from reflect.cli.commands import (
    ACTION_COMMANDS,
    COMMANDS,
    GOAL_COMMANDS,
    JOURNEY_COMMANDS,
    PACK_COMMANDS,
    PLUGIN_COMMANDS,
    QUESTION_COMMANDS,
    SCHEMA_COMMANDS,
)
from reflect.settings import Home
from tests.conftest import Run

SOURCE = Path(__file__).parents[2] / "src"
HEAVY = (
    *("prompt_toolkit", "yaml", "rapidfuzz", "apsw", "sqlite3"),
    *("importlib.metadata", "pluggy", "msgspec"),
)


def started(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter that runs `code`."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_version_is_shown_and_nothing_heavy_is_imported_for_it() -> None:
    done = started(
        "import sys, reflect.cli.main as m\n"
        "code = m.run(['--version'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], code)"
    )
    assert done.stdout == f"reflect {__version__}\n[] 0\n"


def test_help_imports_no_heavy_library_either() -> None:
    done = started(
        "import sys, reflect.cli.main as m\n"
        "m.run(['--help'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    assert done.stderr == "[]\n"
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)


def test_the_exit_code_is_that_of_the_process_and_new_files_are_private(tmp_path: Path) -> None:
    done = started(
        "import os, sys; os.umask(0)\n"
        "from reflect.cli import main as m\n"
        "m.run = lambda argv: (open(argv[0], 'w').close(), 7)[1]\n"
        "m.main(sys.argv[1:])",
        str(tmp_path / "made"),
    )
    assert done.returncode == 7
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o600


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """A shell that runs `command`, in which REFLECT stands for the program."""
    return subprocess.run(
        ["bash", "-c", command.replace("REFLECT", f"{sys.executable} -m reflect")],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_streams_that_are_closed_do_no_harm() -> None:
    assert shell("REFLECT schema transcript <&- >&- 2>&-").returncode == 0


def test_a_reader_that_goes_away_is_left_in_peace() -> None:
    done = shell("REFLECT schema transcript | true; echo ${PIPESTATUS[0]}")
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_data_that_finds_no_room_is_an_error() -> None:
    done = shell("REFLECT schema transcript > /dev/full")
    assert (done.returncode, done.stderr.startswith("disk-full: ")) == (1, True)


@pytest.mark.parametrize(
    "arguments", [(name,) for name in COMMANDS]
    + [("pack", name) for name in PACK_COMMANDS]
    + [("plugins", name) for name in PLUGIN_COMMANDS]
    + [("schema", name) for name in SCHEMA_COMMANDS],
)  # fmt: skip
def test_every_command_says_what_it_does(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--help")
    assert done.code == 0
    assert done.out.startswith(f"Usage: reflect {' '.join(arguments)}")
    assert re.search(r"\n\n  [A-Z]", done.out)


def test_a_mistyped_command_is_answered_with_the_one_meant(run: Run) -> None:
    done = run("histroy")
    assert done.code == 2
    assert done.err == "no-such-command: there is no command histroy\n  Did you mean: history\n"


def test_a_command_like_no_other_is_answered_with_the_list(run: Run) -> None:
    assert run("xxxxxxxx").err.endswith("See: reflect --help\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("history", "--jsn"),
        ("history", "--since", "yesterday"),
        ("history", "--since", "2026-2-1"),
        ("history", "--state", "odd"),
        ("search",),
        ("pack",),
        ("schema", "x"),
        ("completion", "tcsh"),
        ("--pack", "p", "history"),
        ("export", "--all", "1"),
        ("settings", "colour", "red"),
    ],
)
def test_usage_errors_end_with_two_and_say_where_to_read_on(
    run: Run, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert re.fullmatch(r"[a-z-]+: [^\n]+\n  [^\n]+\n", done.err), done.err


def test_plain_reflect_is_the_conversation(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = conversation(monkeypatch)
    assert run("--pack", "p", "--stage", "s", "--long", "--new", "--plain").code == 5
    wished = {"pack": "p", "stage": "s", "length": "long", "plain": True, "new": True}
    assert calls == [{**wished, "language": None}]
    assert run().code == 5
    unasked = dict.fromkeys(("pack", "stage", "length", "language"))
    assert calls[1] == unasked | {"plain": False, "new": False}


def conversation(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """In place of the conversation; gives what it is called with."""
    calls: list[dict[str, object]] = []

    class Run:
        @staticmethod
        def converse(app: object, **options: object) -> int:
            calls.append(options)
            return 5

    monkeypatch.setitem(sys.modules, "reflect.terminal.run", Run)  # type: ignore[arg-type]
    return calls


def test_a_test_cannot_reach_the_home_of_whoever_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFLECT_HOME")
    with pytest.raises(AssertionError):
        Home.find(os.environ)
    with pytest.raises(AssertionError):
        Home.find({})


def test_a_test_may_ask_for_the_ordinary_home(
    default_home: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("REFLECT_HOME")
    assert Home.find(os.environ, "linux").root.is_relative_to(tmp_path)


def test_every_module_of_the_table_is_one_command() -> None:
    from importlib import import_module

    modules = (*COMMANDS.values(), *PACK_COMMANDS.values(), *PLUGIN_COMMANDS.values())
    carried = (ACTION_COMMANDS, GOAL_COMMANDS, QUESTION_COMMANDS, JOURNEY_COMMANDS)
    modules += tuple(module for table in carried for module in table.values())
    for module in (*modules, *SCHEMA_COMMANDS.values()):
        found = vars(import_module(f"reflect.cli.{module}")).values()
        assert [type(one) for one in found if isinstance(one, click.Command)], module
        assert sum(isinstance(one, click.Command) for one in found) == 1, module
