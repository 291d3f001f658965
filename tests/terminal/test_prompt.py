from __future__ import annotations

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
