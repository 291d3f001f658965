from __future__ import annotations

import io
import os
import time

import pytest

from reflect.terminal.lines import PASTE_LIMIT, LineEditor
from reflect.terminal.screen import Typed, always
from reflect.terminal.stops import Stops


@pytest.fixture
def keys():
    reading, writing = os.pipe()
    sink = io.StringIO()

    def typed(data, *, early=b"", offered="", watch=always):
        os.write(writing, data)
        editor = LineEditor(reading, sink, Stops(), early)
        return editor.ask(offered, watch), editor

    typed.sink = sink
    yield typed
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"hello\r", "hello"),
        (b"helo\x7fl\x7flo\r", "hello"),
        (b"wrong\x15right\r", "right"),
        (b"one\ntwo\r", "one\ntwo"),
        (b"one\x1b\rtwo\r", "one\ntwo"),
        (b"a\x1b[D\x1b[1;5Cb\x1bOPc\r", "abc"),
        ("café 日本\r".encode(), "café 日本"),
        (b"caf\xe9\r", "caf\ufffd"),
        (b"\x00\x01tab\there\r", "tab\there"),
    ],
)
def test_what_is_typed(keys, data, line):
    assert keys(data)[0] == Typed(line)


def test_nothing_but_text_and_backspaces_is_written(keys):
    keys("x\x1b[31my\x7f\x9b\r".encode())
    assert set(keys.sink.getvalue()) <= set("> xy\b\n m[31")
    assert "\x1b" not in keys.sink.getvalue()


def test_what_comes_after_enter_waits_for_the_next_question(keys):
    first, editor = keys(b"one\rtwo\rthr")
    assert first == Typed("one")
    assert editor.ask("", always) == Typed("two")
    assert editor.ask("", lambda line: line != "thr") == Typed("thr", "elsewhere")


def test_what_was_typed_early_comes_first(keys):
    assert keys(b"lo\r", early=b"hel")[0] == Typed("hello")


def test_an_offered_text_can_be_changed(keys):
    assert keys(b"\x7f!\r", offered="well?")[0] == Typed("well!")


def test_the_end_of_input_on_an_empty_line_only(keys):
    assert keys(b"\x04")[0] == Typed("", "end")
    assert keys(b"a\x04\r")[0] == Typed("a")


def test_a_closed_terminal_gives_back_what_stood_there():
    reading, writing = os.pipe()
    os.write(writing, b"half")
    os.close(writing)
    assert LineEditor(reading, io.StringIO(), Stops()).ask("", always) == Typed("half", "end")
    os.close(reading)


def test_a_line_that_is_too_long_is_refused_in_time():
    import threading

    reading, writing = os.pipe()

    def paste():
        os.write(writing, b"x" * (2 * PASTE_LIMIT))
        os.write(writing, b"\r")

    writer = threading.Thread(target=paste)
    writer.start()
    began = time.monotonic()
    typed = LineEditor(reading, io.StringIO(), Stops()).ask("", always)
    writer.join()
    assert typed.how == "too long" and typed.size == 2 * PASTE_LIMIT
    assert len(typed.text) == PASTE_LIMIT and time.monotonic() - began < 5
