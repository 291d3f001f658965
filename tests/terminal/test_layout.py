from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.terminal.blocks import GAP, Choices, Heading, Labelled, Paragraph, Sent, Task
from reflect.terminal.layout import Look, Page, Piece, look_of, painted, wrapped
from reflect.text import display_width

LONG = "the three worst patients stood on a card before anybody had begun to speak about them"
BLOCKS = (
    Paragraph(LONG, "question"),
    Heading("Feedback and guidance", "1 of 4"),
    Heading(),
    Heading("What worked", "1 of 4", "Feedback and guidance"),
    Heading("What worked", "1 of 4", LONG),
    Choices(("done", "partly", "not yet", "no longer")),
    Choices((LONG, "short")),
    Labelled("To adjust", LONG),
    Labelled("", LONG, short=True),
    Task(LONG),
    Task("日本語" * 20, "?"),
    Sent(f"{LONG}\n{LONG}"),
)


@pytest.mark.parametrize("width", [72, 60, 40, 20])
@pytest.mark.parametrize("drawn", [True, False])
def test_no_line_is_wider_than_the_screen(width, drawn):
    shown = Page().text(BLOCKS, Look(width, False, drawn))
    assert max(display_width(line) for line in shown.splitlines()) <= width


@given(st.text(), st.integers(4, 40))
def test_wrapping_loses_no_letter_and_stays_inside(text, width):
    lines = wrapped(text, width)
    assert all(display_width(line) <= width for line in lines)
    from reflect.text import for_terminal

    assert "".join("".join(lines).split()) == "".join(for_terminal(text).split())


def test_a_wide_terminal_is_not_filled():
    assert look_of(200, colour=True, drawn=True).width == 72


@pytest.mark.parametrize("drawn", [True, False])
def test_the_title_of_a_heading_is_whole_and_what_stands_before_it_is_cut(drawn):
    def line(before):
        return Page().text([Heading("What worked", "1 of 4", before)], Look(60, False, drawn))

    assert line("Feedback and guidance").startswith("  Feedback and guidance · What worked ")
    assert line(LONG).startswith("  the three worst") and "… · What worked " in line(LONG)


def test_plain_is_only_text():
    shown = Page().text(BLOCKS, Look(60))
    assert "\x1b" not in shown and "─" not in shown and "▢" not in shown
    assert "  Feedback and guidance - 1 of 4\n" in shown and "[ ] the three" in shown


def test_short_options_stand_on_one_line_where_things_are_drawn():
    shown = Page().text([Choices(("done", "not yet"))], Look(60, drawn=True))
    assert shown == "    1  done   2  not yet\n"


def test_a_rule_reaches_the_edge():
    shown = Page().text([Heading("Next", "3 of 4")], Look(40, drawn=True))
    assert display_width(shown.rstrip("\n")) == 40 and shown.endswith("─ 3 of 4\n")


def test_what_is_foreign_is_not_obeyed():
    nasty = "a\x1b]0;title\x07b\x9b31m\u202egnp"
    shown = Page().text([Paragraph(nasty, "question"), Heading(nasty, nasty)], Look(60, True, True))
    codes = shown.replace("\x1b[1m", "").replace("\x1b[0m", "").replace("\x1b[36m", "")
    codes = codes.replace("\x1b[2m", "")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(codes)


def test_the_sink_itself_lets_nothing_through():
    assert painted((Piece("a\x1b[31m\nb\x9b", "quiet"),), Look(60, True)) == (
        "\x1b[2ma^[[31m b⟨009B⟩\x1b[0m"
    )


def test_empty_lines_never_pile_up():
    page = Page()
    shown = page.text([GAP, Paragraph("a"), GAP, GAP], Look()) + page.text(
        [GAP, Paragraph("b")], Look()
    )
    assert shown == "  a\n\n  b\n"


def test_a_long_text_that_was_sent_is_cut_on_the_screen():
    shown = Page().text([Sent("word\n" * 50_000)], Look())
    assert len(shown.splitlines()) < 40 and shown.endswith("…\n")
