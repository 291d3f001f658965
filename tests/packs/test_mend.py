"""Mendings change what they name and no other byte, and find nothing to do a second time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.diagnostics import Diagnostic, Fix, Place, Severity
from reflect.packs.mend import mend
from reflect.packs.reader import read_tree
from reflect.packs.report import Report
from tests.properties.profile import ordinarily


def finding(line: int, start: int, end: int, text: str) -> Diagnostic:
    """A finding with a mending."""
    fix = Fix(line, start, end, text)
    return Diagnostic("code", Severity.ERROR, Place("x", line, start), "Wrong.", "", fix)


def through(data: bytes) -> bytes:
    """`data` mended until nothing is left to mend."""
    for _ in range(12):
        report = Report()
        read_tree("x", data, report)
        done = mend(data, report.sorted())
        if not done.applied:
            return data
        data = done.data
    raise AssertionError("it never ends")


def test_only_what_is_named_changes() -> None:
    data = b"\xef\xbb\xbfa: b\r\nask: N: o  # c\r\n\r\n# end \t\r\nlast"
    done = mend(data, [finding(2, 6, 10, "'N: o'"), finding(1, 1, 2, "x")])
    assert done.data == b"\xef\xbb\xbfx: b\r\nask: 'N: o'  # c\r\n\r\n# end \t\r\nlast"
    assert len(done.applied) == 2
    assert done.left == ()


def test_columns_count_characters_and_a_line_break_is_the_file_s() -> None:
    data = "ä👩: b\r\nc\r\n".encode()
    assert mend(data, [finding(1, 5, 6, ">-\n  b")]).data == "ä👩: >-\r\n  b\r\nc\r\n".encode()


def test_of_two_that_overlap_one_waits() -> None:
    first, second = finding(1, 1, 4, "x"), finding(1, 2, 3, "y")
    done = mend(b"abcdef", [second, first])
    assert (done.data, done.applied, done.left) == (b"xdef", (first,), (second,))
    same = finding(1, 1, 1, "y")
    assert mend(b"abc", [finding(1, 1, 1, "x"), same]).left == (same,)


def test_the_same_mending_twice_is_made_once() -> None:
    done = mend(b"abc", [finding(1, 1, 2, "x"), finding(1, 1, 2, "x")])
    assert (done.data, len(done.applied), done.left) == (b"xbc", 2, ())


@pytest.mark.parametrize(
    "bad",
    [finding(3, 1, 1, "x"), finding(1, 5, 6, "x"), finding(0, 1, 1, "x"), finding(1, 3, 2, "x")],
)
def test_what_does_not_fit_is_left(bad: Diagnostic) -> None:
    assert mend(b"abc\n", [bad]).left == (bad,)
    assert mend(b"abc\n", [bad]).data == b"abc\n"


def test_a_file_that_is_no_text_is_left() -> None:
    assert mend(b"caf\xe9", [finding(1, 1, 2, "x")]).data == b"caf\xe9"


def test_what_has_no_mending_is_left() -> None:
    found = Diagnostic("code", Severity.ERROR, Place("x", 1, 1), "Wrong.")
    assert mend(b"a", [found]).left == (found,)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_whole_file_is_mended_and_stays_so(ends: str) -> None:
    lines = [
        "---",
        "# a comment: with a colon",
        "ask:When: now?  # kept  ",
        "how: #1\u200b is {mentor}",
        "signs:",
        "\t- “you are stuck”",
        "\t - and: lost",
        "next:",
        "  - id: one",
        "     ask: a text that goes on and on, and then on",
        "       over: two lines",
    ]
    data = ends.join(lines).encode()
    done = through(data)
    assert done.decode().split(ends) == [
        "",
        "# a comment: with a colon",
        "ask: 'When: now?'  # kept  ",
        "how: '#1 is {mentor}'",
        "signs:",
        '  - "you are stuck"',
        "  - 'and: lost'",
        "next:",
        "  - id: one",
        "    ask: >-",
        "       a text that goes on and on, and then on",
        "       over: two lines",
    ]
    assert through(done) == done


@ordinarily(100)
@given(st.text("ab-:#'\"{}[]|>&*!? \n\t,%@\u00a0“”\r", max_size=60))
def test_mending_always_ends_and_does_not_come_back(text: str) -> None:
    done = through(text.encode())
    assert through(done) == done


@ordinarily(80)
@given(
    st.text("abc\n\r ä", max_size=30),
    st.lists(st.tuples(*[st.integers(0, 8)] * 3, st.text("xy", max_size=2)), max_size=6),
)
def test_mendings_cut_nothing_else(text: str, edits: list[tuple[int, int, int, str]]) -> None:
    found = [finding(*edit) for edit in edits]
    done = mend(text.encode(), found)
    assert len(done.applied) + len(done.left) == len(found)
    touched = {one.place.line for one in done.applied}
    before, after = text.split("\n"), done.data.decode().split("\n")
    assert len(before) == len(after)
    assert all(
        old == new
        for n, (old, new) in enumerate(zip(before, after, strict=True), 1)
        if n not in touched
    )
