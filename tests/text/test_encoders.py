"""Each sink has its encoder, and nothing that somebody else wrote acts in it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reflect.text import Untrusted, for_html, for_markdown, for_terminal

DANGEROUS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
everything = st.characters(codec=None, exclude_categories=())
hostile = st.text(
    st.sampled_from("\x00\x07\x08\x1b\x7f\x9b\x9d\r\n\t\u202e\u200b\udc80\U000e0041]0;[ab")
)
markup = st.lists(
    st.sampled_from(
        [
            *"\n\n\n \t\\`*_{}[]()#+-.!|~>=:<&@\"'ab1%$^",
            "---",
            "===",
            "```",
            "~~~",
            "12)",
            "3.",
            "    ",
            "<script>",
            "<!--",
            "&amp;",
            "![x](y)",
            "[a]: b",
            "https://",
            "www.",
            "|-|",
            "> ",
            "- ",
            "# ",
        ]
    )
).map("".join)


@given(st.one_of(st.text(everything), hostile))
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    shown = for_terminal(text)
    assert not DANGEROUS.search(shown)
    shown.encode("utf-8")
    assert for_terminal(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "^[]52;c;aGk=^G"),
        ("a\x9b31mb", "a⟨009B⟩31mb"),
        ("a\u202eb", "a⟨202E⟩b"),
        ("over\rwritten\x08\x7f", "over^Mwritten^H^?"),
        ("two\r\nlines\tand tab", "two\nlines\tand tab"),
        ("\udc80", "\ufffd"),
        ("\U000e0041", "⟨E0041⟩"),
        ("café 日本 \U0001f468\u200d\U0001f373", "café 日本 \U0001f468\u200d\U0001f373"),
    ],
)
def test_unsafe_characters_are_shown_not_sent(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


@given(st.text(everything))
def test_html_gives_the_text_back_and_no_markup(text: str) -> None:
    encoded = for_html(text)
    assert not set(encoded) & set("<>\"'")
    assert unescape(encoded) == for_terminal(text)


def markdown_text(source: str) -> str:
    """What a reader sees of `source`, and a failure if it is anything but paragraphs of text."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    lines: list[str] = []
    for token in parser.parse(source):
        assert token.type in ("paragraph_open", "inline", "paragraph_close")
        for child in token.children or []:
            assert child.type in ("text", "text_special", "softbreak", "hardbreak")
            lines.append(child.content or "\n")
        lines.append("\n")
    return "".join(lines)


@given(st.one_of(markup, st.text(everything)))
def test_markdown_gives_plain_paragraphs_with_the_same_words(text: str) -> None:
    assert "".join(markdown_text(for_markdown(text)).split()) == "".join(for_terminal(text).split())


@pytest.mark.parametrize(
    "line",
    [
        "# head",
        "- item",
        "+ item",
        "* item",
        "12) item",
        "3. item",
        "> quote",
        "    code",
        "\tcode",
        "```\nfence\n```",
        "~~~\nfence",
        "text\n===",
        "text\n---",
        "---\na: b\n---",
        "***",
        "<div>",
        "|a|\n|-|",
        "a | b\n--|--",
        "[a]: /url",
        "<!-- x -->",
        "&lt;b&gt;",
        "text  \nmore",
        "a\\\nb",
    ],
)
def test_no_line_begins_a_block(line: str) -> None:
    shown = markdown_text(for_markdown(line))
    assert "".join(shown.split()) == "".join(line.split())


@pytest.mark.parametrize("word", ["it's", "5.5", "a-b", "(so)", "What?", "8 - 3 = 5", "#"])
def test_markdown_leaves_ordinary_writing_readable(word: str) -> None:
    assert for_markdown(f"I said {word}") == f"I said {word}"


def test_bare_addresses_do_not_become_links() -> None:
    parser = MarkdownIt("gfm-like", {"linkify": False})
    assert "https\\://" in for_markdown("see https://example.org and www.example.org")
    assert "<a" not in parser.render(for_markdown("[x](https://example.org) <https://example.org>"))


def test_foreign_text_is_safe_by_default() -> None:
    text = Untrusted("red \x1b[31m")
    assert str(text) == f"{text}" == "red ^[[31m"
    assert f"{text:>12}" == " red ^[[31m"[:1] * 2 + "red ^[[31m"
    assert text.raw == "red \x1b[31m"
    assert repr(text) == "<Untrusted>"
    assert bool(text) and not Untrusted("")


def test_foreign_text_cannot_be_changed_and_compares_by_content() -> None:
    text = Untrusted("a")
    with pytest.raises(AttributeError):
        text._raw = "b"
    with pytest.raises(AttributeError):
        del text._raw
    assert text == Untrusted("a") != Untrusted("b")
    assert text != "a" and len({text, Untrusted("a")}) == 1
