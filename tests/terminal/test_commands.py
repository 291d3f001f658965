from __future__ import annotations

import pytest

from reflect.terminal.commands import NAMES, Answer, Command, Unknown, as_line, menu, parse
from reflect.terminal.words import Words


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("hello", Answer("hello")),
        ("", Answer("")),
        ("  and/or ", Answer("  and/or ")),
        ("?", Command("example")),
        ("why?", Answer("why?")),
        ("/back", Command("back")),
        (" /BACK ", Command("back")),
        ("/edit 3", Command("edit", "3")),
        ("/private 3", Command("private", "3")),
        ("//x", Answer("/x")),
        ("/", Unknown("/", "")),
        ("/pasue", Unknown("/pasue", "/pause")),
        ("/back home", Unknown("/back", "/back")),
        ("/back\nto work", Unknown("/back", "/back")),
        ("/2 of them", Unknown("/2", "")),
    ],
)
def test_what_a_line_is(line, meaning):
    assert parse(line) == meaning


@pytest.mark.parametrize("answer", ["/x", "//x", " /x", "a/b", "x", "", "/a\n/b", "\n/"])
def test_an_answer_as_it_is_typed(answer):
    assert parse(as_line(answer)) == Answer(answer)


def test_help_has_a_line_for_every_command(shipped):
    listed = [command for command, _ in menu(Words(shipped.script()).every("help"))]
    assert sorted(listed) == sorted(f"/{name}" for name in NAMES)
