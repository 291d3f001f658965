from __future__ import annotations

import io
import os
import signal
import subprocess
import sys

import pytest

from reflect.application.wiring import Application
from reflect.terminal.blocks import Paragraph
from reflect.terminal.opening import Wishes
from reflect.terminal.pipe import MOST_LINE, PipeScreen
from reflect.terminal.run import hold
from reflect.terminal.screen import Typed, always
from reflect.terminal.stops import Stops
from tests.faults.program import make_well_read
from tests.terminal.test_ptys import CONVERSE, SOURCE


def asked(data):
    sink = io.StringIO()
    screen = PipeScreen(io.BytesIO(data), sink, Stops())
    answers = []
    while not answers or answers[-1].how != "end":
        answers.append(screen.ask("", always))
    return answers[:-1], sink.getvalue()


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"one\ntwo\n", ["one", "two"]),
        (b"one\r\n\r\ntwo", ["one", "", "two"]),
        ("café 日本\n".encode(), ["café 日本"]),
        (b"caf\xe9\n", ["caf\ufffd"]),
        (b"\n", [""]),
        (b"", []),
    ],
)
def test_one_line_is_one_answer(data, lines):
    assert asked(data)[0] == [Typed(line) for line in lines]


def test_a_line_that_is_too_long_does_not_become_two():
    lines, _ = asked(b"x" * (3 * MOST_LINE) + b"\nnext\n")
    assert lines == [Typed("", "too long", 3 * MOST_LINE + 1), Typed("next")]


def test_answers_stand_in_the_conversation_and_are_not_obeyed():
    assert asked(b"a\x1b[31mb\n")[1] == "> a^[[31mb\n"


def test_what_the_encoding_cannot_say_is_replaced():
    raw = io.BytesIO()
    screen = PipeScreen(io.BytesIO(), io.TextIOWrapper(raw, "ascii"), Stops())
    screen.show(Paragraph("ein Pfad “so” …"))
    assert raw.getvalue() == b"  ein Pfad ?so? ?\n"


def environ(home):
    return {"REFLECT_HOME": str(home), "REFLECT_TODAY": "2026-11-21", "REFLECT_PLUGINS": "none"}


def piped(home, text):
    """What a process of its own says to `text` in a pipe."""
    command = [sys.executable, "-c", CONVERSE, "{}"]
    env = {**os.environ, **environ(home), "PYTHONPATH": str(SOURCE)}
    return subprocess.run(command, input=text.encode(), env=env, capture_output=True, timeout=30)


def held(home, text):
    """The same without a process."""
    app, stops, sink = Application(environ(home)), Stops(), io.StringIO()
    screen = PipeScreen(io.BytesIO(text.encode()), sink, stops)
    assert hold(app, screen, Wishes(), stops) == 0
    app.close()
    return sink.getvalue()


def test_a_whole_session_through_a_real_pipe_is_the_same_twice(tmp_path):
    text = "Ada\nGrace\n3\n1\nI read the card out\n/private\nthe phones ring all through the round\nask Ruth on Friday\n\n\n\n\n\n"
    make_well_read(tmp_path / "a")
    run = piped(tmp_path / "a", text)
    assert run.returncode == 0 and run.stderr == b""
    assert run.stdout.decode() == held(tmp_path / "b", text) and b"\x1b" not in run.stdout
    shown = " ".join(run.stdout.decode().split())
    assert "One answer is private." in shown and "[ ] ask Ruth" in shown


def test_an_interrupt_while_a_line_is_awaited(tmp_path):
    make_well_read(tmp_path / "home")
    env = {**os.environ, **environ(tmp_path / "home"), "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", CONVERSE, "{}"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env
    ) as running:
        assert running.stdin is not None and running.stdout is not None
        running.stdin.write(b"Ada\nGrace\n3\n1\n")
        running.stdin.flush()
        while b"What happened?" not in (line := running.stdout.readline()):
            assert line, "the program ended before its first question"
        running.send_signal(signal.SIGINT)
        shown = running.stdout.read()
        assert running.wait(10) == 130 and b"Paused" in shown


def test_the_end_of_input_pauses_and_the_next_line_goes_on(tmp_path):
    first = held(tmp_path, "Ada\nGrace\n3\n1\nI read the card out\n")
    assert "To go on:  reflect resume" in first
    assert "We go on where you stopped" in held(tmp_path, "the phones ring all through the round\n")
