"""Real keys on real pseudo-terminals."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
import time
from pathlib import Path

import pexpect
import pytest

pytestmark = pytest.mark.terminal

SOURCE = Path(__file__).parents[2] / "src"
CONVERSE = (
    "import os, sys; from reflect.application.wiring import Application;"
    "from reflect.terminal.run import converse;"
    "app = Application(os.environ); sys.exit(converse(app, **eval(sys.argv[1])))"
)
FIRST = ("Ada", "Grace", "3", "1")


class Window:
    """One terminal, with a program in it."""

    def __init__(self, home: Path, wishes: str = "{}", columns: int = 60, **environ: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        env = {
            **inherited,
            "REFLECT_HOME": str(home),
            "REFLECT_TODAY": "2026-11-21",
            "REFLECT_PLUGINS": "none",
            "PYTHONPATH": str(SOURCE),
            "TERM": "xterm-256color",
            **environ,
        }
        self.child = pexpect.spawn(
            sys.executable, ["-c", CONVERSE, wishes], env=env, dimensions=(40, columns), timeout=10
        )
        self.child.delaybeforesend = 0
        self.child.delayafterclose = 0.01
        self.child.ptyproc.delayafterclose = 0.01

    def see(self, words: str) -> str:
        """Wait for words, wherever the lines break."""
        self.child.expect(r"\s+".join(re.escape(word) for word in words.split()))
        return self.child.before.decode()

    def type(self, *lines: str) -> None:
        for line in lines:
            self.child.send(line + "\r")

    def first(self) -> None:
        """Go to the first question, and until the edit line stands there."""
        self.type(*FIRST)
        self.see("What happened?")
        self.see("> ")

    def end(self) -> int | None:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus

    @property
    def shown(self) -> str:
        return (self.child.before or b"").decode()


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A cache that knows the packs."""
    from reflect.application.wiring import Application
    from reflect.settings import NO_PLUGINS

    home = tmp_path_factory.mktemp("known")
    app = Application({"REFLECT_HOME": str(home)}, plugins=NO_PLUGINS)
    app.home.create()
    app.script()
    app.close()
    return home / "cache"


@pytest.fixture
def home(tmp_path, known):
    place = tmp_path / "home"
    place.mkdir(mode=0o700)
    (place / "cache").symlink_to(known)
    return place


def draft(home):
    import apsw

    rows = list(apsw.Connection(str(home / "reflect.db")).execute("SELECT text FROM drafts"))
    return rows[0][0] if rows else None


def answers(home):
    from reflect.application.reading import find_session
    from reflect.application.wiring import Application
    from reflect.events import Answered

    app = Application({"REFLECT_HOME": str(home)})
    row = find_session(app.reading_store)
    events = app.reading_store.events(row.id)
    app.close()
    return [event.text for event in events if isinstance(event, Answered)]


def test_everything_typed_at_once_is_neither_echoed_nor_lost(home):
    window = Window(home)
    window.see("Hello.")
    window.type(*FIRST, "the handover went fine", "I wrote it on a card", "/pause")
    shown = window.see("To go on: reflect resume")
    assert not re.search(r"(?<!> )(Ada|Grace|the handover went fine\r|/pause)\r?\n", shown)
    assert "^M" not in shown and "^J" not in shown
    assert window.end() == 0
    assert answers(home) == ["the handover went fine", "I wrote it on a card"]


def test_the_first_question_comes_before_the_edit_line(home):
    window = Window(home)
    before = window.see("What should I call you?")
    assert "\x1b[?2004h" not in before
    window.see("> ")
    window.child.sendintr()
    window.end()


def test_ctrl_c_pauses_with_130_and_the_draft_comes_back(home):
    window = Window(home)
    window.first()
    window.child.send("half a sen")
    window.see("half a sen")
    window.child.send("\x03")
    window.see("Paused. Everything you said is kept.")
    assert window.end() == 130 and draft(home) == "half a sen"
    again = Window(home)
    again.see("You had begun to write this")
    again.see("half a sen")
    again.type("tence", "/pause")
    again.see("Paused")
    again.end()
    assert answers(home) == ["half a sentence"]


def test_ctrl_c_in_a_plain_terminal(home):
    window = Window(home, "{'plain': True}")
    window.first()
    window.child.send("half")
    window.see("half")
    window.child.send("\x03")
    window.see("Paused")
    assert window.end() == 130 and draft(home) == "half"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("wishes", ["{}", "{'plain': True}"])
def test_signals_pause(home, number, code, wishes):
    window = Window(home, wishes)
    window.first()
    window.child.send("half")
    window.see("half")
    window.child.kill(number)
    window.see("Paused")
    assert window.end() == code and draft(home) == "half"


def test_a_closed_window_keeps_what_was_typed(home):
    window = Window(home)
    window.first()
    window.child.send("half")
    window.see("half")
    window.child.close(force=False)
    deadline = time.monotonic() + 5
    while draft(home) != "half":
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_end_of_input_pauses(home):
    window = Window(home)
    window.first()
    window.child.send("\x04")
    window.see("Paused")
    assert window.end() == 0


def test_the_terminal_is_given_back_as_it_was(home):
    window = Window(home)
    before = termios.tcgetattr(window.child.child_fd)
    window.first()
    window.child.send("\x03")
    window.see("Paused")
    window.see("reflect resume")
    deadline = time.monotonic() + 5
    while termios.tcgetattr(window.child.child_fd) != before:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    window.end()


def test_a_paste_of_ten_megabytes_is_refused_kindly_and_at_once(home):
    import threading

    window = Window(home)
    window.first()
    window.child.send("before ")

    def paste():
        data = b"\x1b[200~" + b"word " * 2_000_000 + b"\x1b[201~"
        while data:
            data = data[os.write(window.child.child_fd, data[:65536]) :]

    writer = threading.Thread(target=paste)
    began = time.monotonic()
    writer.start()
    window.see("longer than I can take in one go (10.0 MB)")
    writer.join()
    assert time.monotonic() - began < 3
    window.see("before")
    window.type("after", "/pause")
    window.see("Paused")
    assert window.end() == 0 and answers(home) == ["before after"]


def test_an_unfinished_paste_recovers_and_ctrl_c_works_inside_one(home):
    window = Window(home)
    window.first()
    window.child.send("\x1b[200~half of")
    began = time.monotonic()
    window.see("did not come to its end")
    assert time.monotonic() - began < 4
    window.see("half of")
    window.child.send("\x1b[200~more")
    time.sleep(0.2)
    began = time.monotonic()
    window.child.send("\x03")
    window.see("Paused")
    assert time.monotonic() - began < 1
    assert window.end() == 130 and draft(home) == "half of"


@pytest.mark.parametrize("wishes", ["{}", "{'plain': True}"])
def test_a_byte_that_is_no_text(home, wishes):
    window = Window(home, wishes)
    window.first()
    window.child.send(b"caf\xe9 it was\r")
    window.type("", "/pause")
    window.see("Paused")
    window.end()
    assert answers(home)[0] == "caf\ufffd it was"


@pytest.mark.parametrize(
    ("wishes", "environ"),
    [("{'plain': True}", {}), ("{}", {"NO_COLOR": "1"}), ("{}", {"TERM": "dumb"})],
)
def test_plain_is_append_only(home, wishes, environ):
    window = Window(home, wishes, **environ)
    window.type(*FIRST, "it went fine", "/status", "/pause")
    shown = window.see("reflect resume")
    assert "\x1b" not in shown and "─" not in shown and "\b" not in shown
    assert "> it went fine\r\n" in shown
    window.end()


def test_another_window_takes_over_and_is_told(home):
    first = Window(home)
    first.first()
    first.child.send("mine")
    second = Window(home)
    second.see("open in another window")
    second.see("> ")
    second.type("/take")
    second.see("We go on where you stopped")
    began = time.monotonic()
    first.see("goes on in another window now")
    assert time.monotonic() - began < 2.5
    second.child.send("\x03")
    second.end()
    first.child.send("\x03")
    first.see("Paused")
    assert first.end() == 130


def test_the_menu_of_commands(home):
    window = Window(home)
    window.first()
    window.child.send("/pa")
    window.see("stops here; nothing is lost")
    window.child.send("\t\r")
    window.see("Paused")
    window.end()


def test_the_editor_gives_its_text_to_the_line(home, tmp_path):
    editor = tmp_path / "ed"
    editor.write_text('#!/bin/sh\nprintf "from the editor" > "$1"\n')
    editor.chmod(0o700)
    window = Window(home, EDITOR=str(editor), VISUAL="")
    window.first()
    window.type("/editor")
    window.see("from the editor")
    window.type(" and more", "/pause")
    window.see("Paused")
    window.end()
    assert answers(home) == ["from the editor and more"]


@pytest.mark.parametrize("columns", [60, 40])
def test_the_screen_stays_inside_its_width(home, columns):
    import pyte

    from reflect.text import display_width

    screen = pyte.Screen(columns, 200)
    stream = pyte.ByteStream(screen)
    window = Window(home, columns=columns)
    window.child.expect("  Hello")
    stream.feed(b"  Hello")
    window.type(*FIRST, "the three worst patients stood on a card and I read them out first")
    window.type("", "/status", "/pause")
    window.child.expect("reflect resume")
    stream.feed(window.child.before)
    lines = [line.rstrip() for line in screen.display]
    rules = [line for line in lines if "─" in line]
    assert rules and all(display_width(line) == columns for line in rules)
    # Nothing was broken by the terminal itself: every line begins with its own indentation.
    assert all(line.startswith(("  ", "> ")) or line in ("", ">") for line in lines)
    window.end()
