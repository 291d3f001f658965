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

from reflect.terminal.tty_screen import is_plain
from tests.faults.program import DEADLINE, make_well_read

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
            sys.executable,
            ["-c", CONVERSE, wishes],
            env=env,
            dimensions=(40, columns),
            timeout=DEADLINE,
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


@pytest.fixture
def home(tmp_path):
    """A home that knows the packs, and nothing more."""
    place = tmp_path / "home"
    make_well_read(place)
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


def wait_until(true):
    deadline = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


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
    before = termios.tcgetattr(window.child.child_fd)
    window.first()
    window.child.send("half a sen")
    window.see("half a sen")
    window.child.send("\x03")
    window.see("Paused. Everything you said is kept.")
    window.see("reflect resume")
    wait_until(lambda: termios.tcgetattr(window.child.child_fd) == before)
    assert window.end() == 130 and draft(home) == "half a sen" and answers(home) == []
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


@pytest.mark.parametrize(
    ("wishes", "number", "code"),
    [("{}", signal.SIGTERM, 143), ("{'plain': True}", signal.SIGHUP, 129)],
)
def test_signals_pause(home, wishes, number, code):
    window = Window(home, wishes)
    window.first()
    window.child.send("half")
    window.see("half")
    window.child.kill(number)
    window.see("Paused")
    assert window.end() == code and draft(home) == "half"


def test_the_end_of_input_pauses(home):
    window = Window(home)
    window.first()
    window.child.send("\x04")
    window.see("Paused")
    assert window.end() == 0


def test_a_byte_that_is_no_text_in_a_plain_terminal(home):
    window = Window(home, "{'plain': True}")
    window.first()
    window.child.send(b"caf\xe9 it was\r")
    window.type("", "/pause")
    window.see("Paused")
    window.end()
    assert answers(home)[0] == "caf\ufffd it was"


@pytest.mark.parametrize(
    ("environ", "plain"),
    [
        ({"TERM": "xterm"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True),
        ({"TERM": "dumb"}, True),
        ({}, True),
    ],
)
def test_what_asks_for_nothing_but_text(environ, plain):
    assert is_plain(environ) == plain


@pytest.mark.parametrize(
    ("wishes", "environ"),
    [
        ("{'plain': True}", {}),
        pytest.param("{}", {"NO_COLOR": "1"}, marks=pytest.mark.slow),
        pytest.param("{}", {"TERM": "dumb"}, marks=pytest.mark.slow),
    ],
)
def test_plain_is_append_only(home, wishes, environ):
    window = Window(home, wishes, **environ)
    window.type(*FIRST, "it went fine", "/status", "/pause")
    shown = window.see("reflect resume")
    assert "\x1b" not in shown and "─" not in shown and "\b" not in shown
    assert "> it went fine\r\n" in shown
    window.end()


def test_the_menu_of_commands(home):
    window = Window(home)
    window.first()
    window.child.send("/pa")
    window.see("stops here; nothing is lost")
    window.child.send("\t\r")
    window.see("Paused")
    window.end()


@pytest.mark.parametrize("columns", [pytest.param(60, marks=pytest.mark.slow), 40])
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
