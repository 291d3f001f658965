"""What was answered stands in the record and in what shows it, and nowhere else."""

from __future__ import annotations

import os
import random
import string
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from reflect.cli.commands import COMMANDS
from tests.conftest import Ran as RanHere
from tests.conftest import Run
from tests.faults.program import Ran, Window, begin, environment, reflect
from tests.faults.record import holding

SHOWING = (
    "show",
    "search",
    "export",
    "share",
    "shared",
    "journey",
    "actions",
    "goals",
    "wins",
    "questions",
    "feedback",
    "lessons",
    "contacts",
    "agreements",
    "undo",
    "next",
    "prepare",
    "conclude",
    "archive",
    "hear",
)
"""Commands that are there to show what was said."""

APART = {"lock", "unlock", "key"}
"""Commands that ask for a passphrase, or take it from a descriptor: run in a process of their own."""

RECORD = {"reflect.db", "reflect.db-wal"}


def commands(place: Path, word: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Each command as it is typed here. A new command needs a line."""
    copy = str(place.parent / "copies" / "copy.db")
    pack = str(place.parent / "copies" / "pack")
    return {
        "resume": (("resume",), ("resume", "99")),
        "history": (("history",), ("history", "--json")),
        "show": (("show",), ("show", "--json"), ("show", "no-such")),
        "search": (("search", word), ("search", word[:9] + "*", "--json"), ("search", '"')),
        "export": (
            *(("export", "--format", form) for form in ("markdown", "json", "text")),
            ("export", "--counts"),
            ("export", "--counts", word),
        ),
        "share": (
            ("share", "--preview", "--format", "markdown"),
            ("share", "--preview", "--format", "bundle"),
            ("share", "--yes", "--output", copy + ".html"),
            ("share", "last", "--format", "bundle", "--yes"),
            ("share", "last", "--unencrypted", "--yes", "--output", copy + ".reflect"),
            ("share", "last", "--replace", "--format", "markdown", "--yes"),
            ("share", "--again", "--yes"),
            ("share", word),
            ("share",),
        ),
        "shared": (
            ("shared",),
            ("shared", "--json"),
            ("shared", "show", "1"),
            ("shared", "show", "9"),
        ),
        "settings": (("settings",), ("settings", "no-such"), ("settings", "agenda", word)),
        "mentorship": (
            ("mentorship",),
            ("mentorship", "list", "--json"),
            ("mentorship", "use", "x"),
        ),
        "meeting": (
            ("meeting",),
            ("meeting", "in 3 weeks", "--reason", word),
            ("meeting", "--mode", "phone"),
            ("meeting", "held"),
            ("meeting", "x"),
        ),
        "suggest": (("suggest", word), ("suggest", word, "--json")),
        "next": (("next",), ("next", "--json")),
        "hear": (("hear", word), ("hear", word, "--json"), ("hear", word, "--today", word)),
        "prepare": (("prepare",), ("prepare", "--with-private", "--format", "markdown")),
        "debrief": (("debrief", "no-such-day"),),
        "conclude": (("conclude", "--summary"), ("conclude", "--json")),
        "archive": (
            ("archive", copy + ".one"),
            ("archive", "open", copy + ".one"),
            ("archive", "open", copy + ".one", "last"),
            ("archive", "open", __file__),
        ),
        "journey": (
            ("journey",),
            ("journey", "--pillars"),
            ("journey", "--answers", word),
            ("journey", "rebuild"),
        ),
        "actions": (
            ("actions",),
            ("actions", "--json", "--all"),
            ("actions", "done", "1", "99"),
            ("actions", "later", "1", word),
            ("actions", "edit", "1", "other words"),
            ("actions", "edit", "1", "--owner", "both", "--goal", "1"),
            ("actions", "add", word),
            ("actions", "add", word, "--goal", "99", "--json"),
            ("actions", "edit", "1", "--kind", "practice"),
            ("actions", "move", "1", "down", "--reason", word),
            ("actions", "move", "1", word),
        ),
        "goals": (
            ("goals",),
            ("goals", "show", "1"),
            ("goals", "add", "aims", "--private"),
            ("goals", "agree", "1"),
            ("goals", "agree", "9"),
            ("goals", "edit", "1", "--kind", "personal"),
            ("goals", "plan", "1"),
            ("goals", "plan", "1", "--fill", "--json"),
        ),
        "wins": (
            ("wins",),
            ("wins", "--json"),
            ("wins", "add", word),
            ("wins", "add", "a win", "--contact", word),
        ),
        "questions": (
            ("questions",),
            ("questions", "add", word),
            ("questions", "asked", "1"),
        ),
        "feedback": (
            ("feedback", "add", word, "--from", word, "--will", word),
            ("feedback",),
            ("feedback", "edit", "1", "--will", word),
            ("feedback", "edit", "9", "--from", word),
            ("feedback", "edit", "1", "--milestone", word, "--happened", word),
            ("feedback", "--since", "2026-01-01", "--json"),
        ),
        "lessons": (
            ("lessons", "add", word, "--skill", word),
            ("lessons",),
            ("lessons", "--json"),
            ("lessons", "edit", "1", "--skill", word),
            ("lessons", "--skill", word),
        ),
        "contacts": (
            ("contacts", "add", word),
            ("contacts",),
            ("contacts", "asked", "1", "--reason", word),
            ("contacts", "thanked", "9"),
            ("contacts", "edit", "1", "--kind", "colleague", "--last", word),
        ),
        "agreements": (
            ("agreements", "add", word),
            ("agreements", "edit", "1", word),
            ("agreements", "agree", "1"),
            ("agreements", "end", word),
            ("agreements", "talked", "1", word),
            ("agreements", "--json"),
        ),
        "compare-expectations": (
            ("compare-expectations",),
            ("compare-expectations", word),
            ("compare-expectations", "--json", "--agenda", "-o", copy + ".sides"),
        ),
        "receive": (("receive", copy), ("receive", "-"), ("receive", __file__)),
        "notes": (
            ("notes",),
            ("notes", "--all", "--json"),
            ("notes", "--waiting"),
            ("notes", "accept", "1"),
            ("notes", "decline", "9"),
        ),
        "stage": (("stage",), ("stage", word), ("stage", "goals", "--reason", "a reason")),
        "undo": (("undo", "--list"), ("undo",), ("undo", "--redo")),
        "pack": (
            ("pack", "list"),
            ("pack", "list", "--json"),
            ("pack", "new", pack, "--about", "one line"),
            ("pack", "check", pack),
            ("pack", "check", pack, "--format", "json"),
            ("pack", "schema", "story"),
            ("pack", "test", pack),
            ("pack", "walk", pack),
            ("pack", "codes"),
            ("pack", "codes", "unknown-name", "--json"),
        ),
        "plugins": (
            *(("plugins", name) for name in ("list", "doctor", "--json")),
            *(("plugins", name, "no-such") for name in ("info", "enable", "disable")),
            ("plugins", "new", "a plug-in"),
        ),
        "about": (("about",),),
        "demo": (("demo",),),
        "where": (("where",), ("where", "--json")),
        "doctor": (
            ("doctor",),
            ("doctor", "--json"),
            ("doctor", "--rebuild"),
            ("doctor", "--repair"),
        ),
        "lock": (("lock", "--passphrase-fd", "9"), ("lock", "--change"), ("lock", "--confirm")),
        "unlock": (("unlock",), ("unlock", "--confirm"), ("unlock", "--yes")),
        "backup": (("backup", copy), ("backup", "/nonexistent/copy.db")),
        "restore": (("restore", copy), ("restore", __file__)),
        "key": (
            *(("key", name) for name in ("show", "list", "--json", "sheet", "new")),
            ("key", "add", "Ruth", word),
            ("key", "remove", word),
            ("key", "restore"),
        ),
        "review": (
            ("review",),
            ("review", copy),
            ("review", word),
            ("review", "note", word),
            ("review", "note", word, "--kind", "story"),
            ("review", "search", word),
            *(("review", name) for name in ("list", "show", "owed", "notes", "compare", "reply")),
        ),
        "schema": (("schema", "transcript"), ("schema", "bundle")),
        "completion": (("completion", "bash"),),
        "abandon": (("abandon",), ("abandon", "no-such")),
        "delete": (
            ("delete", "no-such", "--yes"),
            ("delete", "--item", "contact", "1", "--yes"),
            ("delete", "last", "--yes"),
        ),
    }


@pytest.fixture
def word() -> str:
    return "".join(random.SystemRandom().choices(string.ascii_lowercase, k=24))


def answers(word: str) -> list[str]:
    return [f"{word} and the card {number}, because I said so" for number in range(5)]


def assert_silent(ran: Ran | RanHere, word: str) -> None:
    assert word not in ran.err
    assert "Traceback" not in ran.err


def assert_only_in_the_record(place: Path, word: str) -> None:
    """No file below the folder that holds the home, but the record, holds any of the word."""
    parts = [word[:12].encode(), word[12:].encode()]
    found = holding(place.parent, parts)
    strange = {
        name for name in found if Path(name).name not in RECORD and not name.startswith("copies/")
    }
    assert strange == set()


def test_no_command_shows_it_that_is_not_there_to(
    place: Path, word: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.parent / "copies").mkdir(mode=0o700)
    begin(place, *answers(word))
    monkeypatch.setattr(tempfile, "tempdir", environment(place)["TMPDIR"])
    assert holding(place, [word.encode()]).keys() <= RECORD
    table = commands(place, word)
    assert table.keys() == COMMANDS.keys(), "a command is missing from this test's table"
    for name, lines in table.items():
        for line in lines:
            ran = reflect(place, *line) if name in APART else run(*line)
            assert_silent(ran, word)
            assert name in SHOWING or word not in ran.out, line
            assert ran.code in (0, 1, 2), (line, ran.err)
        assert_only_in_the_record(place, word)


def test_the_table_would_notice(place: Path, word: str, run: Run) -> None:
    begin(place, *answers(word))
    for line in (("show",), ("search", word), ("export",)):
        assert word in run(*line).out
    (place / "logs" / "mine.log").write_text(f"debug: {word}")
    with pytest.raises(AssertionError):
        assert_only_in_the_record(place, word)


# --- while it runs -----------------------------------------------------------------


@pytest.mark.terminal
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="NOT TESTED: no /proc")
def test_it_stands_on_no_command_line_and_in_no_file_left_behind(place: Path, word: str) -> None:
    seen = place.parent / "editor-was-called-with"
    script = place.parent / "editor"
    script.write_text(
        f'#!/bin/sh\n(echo "$@"; env) >> "{seen}"\necho "{word[::-1]} more" >> "$1"\n'
    )
    script.chmod(0o755)
    environ = environment(place, EDITOR=str(script))
    begin(place, *answers(word)[:1])
    with Window(place, environ=environ) as window:
        window.until_ready()
        window.send(answers(word)[1])
        window.send("/status")
        window.send("/why")
        window.type(f"{word} half typed")
        window.until(lambda: word in window.edit_line(), "the typed words")
        process = Path("/proc") / str(window.process.pid)
        for name in ("cmdline", "environ", "comm"):
            assert word.encode() not in (process / name).read_bytes()
        window.type("\x15")
        window.send("/editor")
        assert word[::-1] in window.edit_line()
        window.kill()
    script.unlink()
    assert word not in seen.read_text()
    assert_only_in_the_record(place, word)
    assert not list(Path("/dev/shm").glob(f"reflect-edit-{window.process.pid}-*"))


# --- a fault of our own ------------------------------------------------------------

FAULT = """
import os, sys
name, _, attribute = os.environ["FAULT_AT"].rpartition(":")
class Finder:
    def find_spec(self, wanted, path=None, target=None):
        if wanted != name:
            return None
        sys.meta_path.remove(self)
        import importlib.util
        spec = importlib.util.find_spec(wanted)
        execute = spec.loader.exec_module
        def exec_module(module):
            execute(module)
            owner, _, function = attribute.rpartition(".")
            owner = getattr(module, owner) if owner else module
            def fails(*given, **named):
                text = repr(os.environ["FAULT_SAYS"])
                kinds = {"value": ValueError, "key": KeyError, "os": OSError, "stop": StopIteration}
                raise kinds[os.environ["FAULT_KIND"]](text) from RuntimeError(text, given)
            setattr(owner, function, fails)
        spec.loader.exec_module = exec_module
        return spec
sys.meta_path.insert(0, Finder())
"""
"""A `sitecustomize` that makes one function of the program fail, with the answer in the exception."""

PLACES = (
    ("reflect.dialogue.machine:Dialogue.apply", "value"),
    ("reflect.listening.ear:Ear.hear", "key"),
    ("reflect.transcripts.streams:add", "value"),
    ("reflect.transcripts.codec:encode", "os"),
    ("reflect.mentorship.projection:Folds.project", "value"),
    ("reflect.terminal.view:turn_blocks", "stop"),
)


def faulty(place: Path, word: str, where: str, kind: str) -> dict[str, str]:
    folder = place.parent / "faulty"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FAULT)
    environ = environment(place, FAULT_AT=where, FAULT_SAYS=word, FAULT_KIND=kind)
    environ["PYTHONPATH"] = f"{folder}{os.pathsep}{environ['PYTHONPATH']}"
    return environ


@pytest.mark.parametrize(
    ("where", "kind"),
    [PLACES[0], *(pytest.param(*place, marks=pytest.mark.slow) for place in PLACES[1:])],
)
def test_a_fault_of_ours_says_nothing_of_it(place: Path, word: str, where: str, kind: str) -> None:
    begin(place)
    ran = reflect(place, lines=answers(word) * 5, environ=faulty(place, word, where, kind))
    assert ran.code == 3, (ran.code, ran.err)
    assert "our-fault" in ran.err
    assert_silent(ran, word)
    (log,) = (place / "logs").iterdir()
    text = log.read_text()
    assert "Session." in text or "terminal/" in text, "the report does not say where"
    assert log.stat().st_mode & 0o777 == 0o600
    assert_only_in_the_record(place, word)


@pytest.mark.terminal
@pytest.mark.parametrize(
    "where",
    [
        "reflect.dialogue.machine:Dialogue.apply",
        pytest.param("reflect.terminal.keeper:Keeper.watch", marks=pytest.mark.slow),
        pytest.param("reflect.terminal.paste:Pastes.feed", marks=pytest.mark.slow),
    ],
)
def test_a_fault_of_ours_in_a_window_gives_the_terminal_back(
    place: Path, word: str, where: str
) -> None:
    begin(place)
    environ = faulty(place, word, where, "value")
    with Window(place, environ=environ) as window:
        window.until_ready()
        window.type(f"{word} and a few words more\r")
        assert window.ended() == 3
        assert window.modes() == window.usual
        shown = window.flat()
        assert "our-fault" in shown and "Traceback" not in shown
    assert_only_in_the_record(place, word)
