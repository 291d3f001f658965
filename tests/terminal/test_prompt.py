from __future__ import annotations

import time

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from reflect.terminal.paste import END, START, Paste, Pastes
from reflect.terminal.prompt import CommandCompleter, EditLine
from reflect.terminal.screen import Typed, always
from reflect.terminal.stops import Stops

COMMANDS = (("/back", "takes the last answer up again"), ("/pause", "stops here"))


@pytest.fixture
def line():
    with create_pipe_input() as source:
        stops = Stops()
        edit = EditLine(source, DummyOutput(), stops, COMMANDS)

        def ask(keys="", offered="", watch=always):
            source.send_text(keys)
            return edit.ask(offered, watch)

        ask.stops = stops
        ask.edit = edit
        yield ask


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("hello\r", "hello"),
        ("one\ntwo\r", "one\ntwo"),
        ("one\x1b\rtwo\r", "one\ntwo"),
        (f"{START}a\r\nb\rc{END}\r", "a\nb\nc"),
        ("a\u202ec\r", "ac"),
        ("helo\x1b[Dl\r", "hello"),
    ],
)
def test_what_is_typed(line, keys, text):
    assert line(keys) == Typed(text)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        pytest.param("one\x12two\r", "onetwo", id="search backward"),
        pytest.param("one\x13two\r", "onetwo", id="search forward"),
        pytest.param("one\x11\r", "one", id="quoted key"),
        pytest.param("one\x00two\r", "onetwo", id="selection"),
        pytest.param("one\x0ftwo\r", "onetwo", id="send with Ctrl-O"),
        pytest.param("\x18(a\x18)\x18e\r", "(a)e", id="macro"),
        pytest.param("one\x1dotwo\r", "oneotwo", id="search for a character"),
        pytest.param("\x1b999999x\r", "999999x", id="a million times"),
        pytest.param("one\x1b-two\r", "one-two", id="minus times"),
        pytest.param("one\x1b#two\r", "one#two", id="comment"),
    ],
)
def test_no_key_leads_where_enter_does_not_send_all_that_was_typed(line, keys, text):
    end = time.monotonic() + 5
    assert line(keys, watch=lambda _: time.monotonic() < end) == Typed(text)


@pytest.mark.parametrize(
    "told", ["\x1b[M5\ufffd$", "\x1b[<999;1;1M", "\x1b[999;1;1M", f"\x1b[{'9' * 5000};1R"]
)
def test_what_looks_like_a_mouse_or_a_place_is_passed_over(line, told):
    assert line(f"one{told}two\r") == Typed("onetwo")


@pytest.mark.parametrize(
    "before", ["", "\x12", "\x13", "\x11", "\x1b9", "\x1b", "\x1b[1;2D", "\x18"]
)
def test_ctrl_c_leaves_at_once_whatever_was_typed_before(line, before):
    looks = []
    assert line(
        f"one{before}\x03", watch=lambda _: len(looks) < 20 and not looks.append(1)
    ).how == ("interrupted")
    # The watch looks four times in a second; to wait for the second key of a pair takes a whole one.
    assert len(looks) < 3


def test_an_offered_text_stands_in_the_line(line):
    assert line("!\r", "well") == Typed("well!")


def test_two_lines_typed_at_once_are_two_answers(line):
    assert line("one\rtwo\r") == Typed("one")
    assert line() == Typed("two")


def test_leaving_gives_back_what_stood_there(line):
    assert line("half\x03") == Typed("half", "interrupted")
    assert line("\x04") == Typed("", "end")


def test_a_signal_ends_the_asking(line):
    line.stops.how = "closed"
    assert line("half") == Typed("half", "closed")


def test_the_watch_is_told_the_text_and_may_end_the_asking(line):
    assert line("half", watch=lambda text: text != "half") == Typed("half", "elsewhere")


class Stalled:
    """A guard over a paste that never ends, or was too long."""

    def __init__(self, refused=0, cut=None):
        self.refused = refused
        self.pastes = Pastes()
        self.pastes.give_up = lambda: cut


def test_a_paste_that_was_too_long_is_reported_once(line):
    line.edit._guard = Stalled(refused=10_000_000)
    assert line("before") == Typed("before", "too long", 10_000_000)
    assert line.edit._guard.refused == 0


def test_a_paste_that_was_cut_stands_in_the_line(line):
    line.edit._guard = Stalled(cut=Paste("half", 4))
    assert line("be", "") == Typed("behalf", "paste cut")


def test_completion_offers_commands_with_their_meaning():
    offered = CommandCompleter(COMMANDS).get_completions(Document("/pa"), CompleteEvent())
    (only,) = offered
    assert only.text == "/pause" and only.display_meta_text == "stops here"
    for line in ("pa", "/pa x", " /pa"):
        assert not list(CommandCompleter(COMMANDS).get_completions(Document(line), CompleteEvent()))
