"""A catalogue reads what it shows without building a pack."""

from __future__ import annotations

from reflect.packs.compile import PackText
from reflect.packs.header import Header, StageHeader, read_header
from tests.packs.helpers import FULL, HEAD


def test_a_header_is_what_a_catalogue_shows() -> None:
    header, found = read_header(PackText("x", FULL.encode()))
    assert found == ()
    assert header == Header(
        id="full",
        version="1.10",
        title="Everything",
        language="en",
        about="A pack that uses every key.",
        audience="both",
        moment="meeting",
        signs=("you want to see everything",),
        stages=(StageHeader("work", "Under way", ("you are well under way",)),),
    )


def test_mistakes_in_questions_do_not_matter_here() -> None:
    header, found = read_header(
        PackText("x", f"{HEAD}extends: base\nworked:\n  - idd: x\n".encode())
    )
    assert found == ()
    assert header is not None
    assert header.extends == "base"


def test_a_file_without_a_header_says_so() -> None:
    header, found = read_header(PackText("x", b"reflect: 1\npack: a\n"))
    assert header is None
    assert [diagnostic.code for diagnostic in found] == ["missing-key"] * 3
    assert read_header(PackText("x", b"[" * 50_000))[0] is None
