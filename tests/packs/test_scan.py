"""What bites a writer is found on every line, mended for the rest of the run, and never invented."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reflect.diagnostics import Diagnostic, Severity
from reflect.packs.lexicon import MAX_LEXICON
from reflect.packs.mend import mend
from reflect.packs.reader import read_tree
from reflect.packs.report import Report
from reflect.packs.scan import scan
from reflect.packs.tree import List, Map, Node, Text
from reflect.packs.values import quoted
from reflect.plugins.shipped import shipped_folder
from tests.packs.helpers import FULL, codes, compiled, pack
from tests.properties.profile import ordinarily


def scanned(text: str) -> tuple[str | None, list[str]]:
    """What the scan makes of `text`, and the codes it reports."""
    report = Report()
    found = scan("x", text, report)
    return found and found.text, [diagnostic.code for diagnostic in report.sorted()]


def findings(text: str) -> tuple[Diagnostic, ...]:
    """Everything that reading `text` reports."""
    report = Report()
    read_tree("x", text.encode(), report)
    return report.sorted()


def plain(node: Node | None) -> object:
    """A tree as plain Python values."""
    if isinstance(node, Map):
        return {name: plain(value) for name, value in node.values.items()}
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    return node.value if isinstance(node, Text) else None


def read(text: str) -> object:
    """What is read from `text`, mended where it has to be."""
    return plain(read_tree("x", text.encode(), Report()))


def mended(text: str) -> str:
    """`text` with its mendings, again and again until there are none."""
    data = text.encode()
    for _ in range(10):
        report = Report()
        read_tree("x", data, report)
        done = mend(data, report.sorted())
        if not done.applied:
            break
        data = done.data
    return data.decode()


FINE = [
    "ask: Why not?",
    "ask: It is 12:30 now",
    "ask: 'Note: this is quoted'",
    'ask: "Note: this too"',
    "ask: A number# without a space",
    "ask: A text  # and a comment",
    "- id: one",
    "- one of:",
    "- note for mentor: Listen.",
    "- 'Quoted: in a list'",
    '- You said "{quote}". What exactly?',
    "words: [a, b]",
    "labels: [low, high]  # both ends",
    "labels: ['not at all', 'fully, and always']",
    "signs: [only one]",
    "ask: |\n  Note: a block\n  # no comment\n  - no list\n\n    deeper\nhow: x",
    "ask: |2\n    begins deeper\n  then less",
    "- ask: >-\n    Folded: text\n    here # too",
    "ask: |\n  a\n  \tkept",
    "ask: 'it''s: fine'",
    'ask: "a \\" b: c"',
    "ask: 'over\n  two: lines'",
    'ask: "over\n\n  two: lines"  # and a comment\nhow: x',
    "retired: [\n  a,\n  b ]",
    "retired: [\n  a,\n  b\n]\nhow: x",
    "x: {a: b, c: 'd e: f'}",
    "# only: a comment #",
    "say: don't",
    "",
    "a:\n- b\n- c\nd: e",
    "a:\n    - b: c\n      d: e\n    - f: g\nh:\n  i: j",
    "ask: a long text that goes on and on, and goes on\n  - in the next line\nhow: x",
    "ask: a text\n\n  after an empty line\nhow: x",
    "ask:\n  on a line of its own\nhow: x",
    "- -5",
    "ask: -5 degrees",
    "ask: “Are we there?” he asked.",
    "ask: ‘Yes’ and ‘no’",
    "ask: “Yes” or “no”?",
    "ask: «Oui» ou «non»",
    "ask: Ça va\u00a0?",
    "ask: tab\tin a text",
    "'yes': Yes",
    "- 'no': Not at all",
    "source: https://example.org/a",
    "ask: ¿Cómo? 👩\u200d⚕\ufe0f",
    "a: {}\nb: []",
    "ask: http://a.b",
    "? a\n: b",
    "core:\n  hello: Hi\n  due:\n    - When?\n    - By when?",
]


@pytest.mark.parametrize("line", FINE)
def test_what_is_fine_is_left_alone(line: str) -> None:
    assert scanned(line) == (line, [])
    list(yaml.parse(line, Loader=yaml.CSafeLoader))


@pytest.mark.parametrize(
    "file", sorted(shipped_folder().rglob("*.yaml")), ids=lambda file: "/".join(file.parts[-3:])
)
def test_no_shipped_file_is_blamed(file: object) -> None:
    from pathlib import Path

    report = Report()
    assert read_tree("x", Path(str(file)).read_bytes(), report, limit=MAX_LEXICON)
    assert report.sorted() == ()


BITES = [
    ("ask: Note: this", "colon-in-text", 10, "Note: this"),
    ("ask: Note: this  # really", "colon-in-text", 10, "Note: this"),
    ("- Remember this: breathe", "colon-in-text", 16, "Remember this: breathe"),
    ("- Three things, namely:", "colon-in-text", 23, "Three things, namely:"),
    ("ask:\n  - note: this", "colon-in-text", 9, "note: this"),
    ("signs:\n  - how: did it go", "colon-in-text", 8, "how: did it go"),
    ("- ask: What is #1?", "cut-text", 16, "What is #1?"),
    ("ask: #1 on my list", "cut-text", 6, "#1 on my list"),
    ("ask: it's #1  # said", "cut-text", 11, "it's #1"),
    ("ask: {mentor} said", "needs-quotes", 6, "{mentor} said"),
    ("ask: {mentor}", "needs-quotes", 6, "{mentor}"),
    ("- {last.one|that}", "needs-quotes", 3, "{last.one|that}"),
    ('- "{quote}" is what you said: why?', "needs-quotes", 11, '"{quote}" is what you said: why?'),
    ('ask: "One" and "two"', "needs-quotes", 10, '"One" and "two"'),
    ('ask: "She said "hello" to me"', "needs-quotes", 16, 'She said "hello" to me'),
    ("ask: 'don't you'", "needs-quotes", 10, "don't you"),
    ("ask: 'the nurses' room'", "needs-quotes", 17, "the nurses' room"),
    ("ask: 'tis the season", "needs-quotes", 6, "'tis the season"),
    ('ask: "Why not?\nhow: x', "needs-quotes", 6, "Why not?"),
    ("ask: 'Why not?\nhow: x", "needs-quotes", 6, "Why not?"),
    ("ask: [sighs] well", "needs-quotes", 6, "[sighs] well"),
    ("ask: [sighs and waits\nhow: x", "needs-quotes", 6, "[sighs and waits"),
    ("ask: @home", "needs-quotes", 6, "@home"),
    ("ask: `code`", "needs-quotes", 6, "`code`"),
    ("ask: , and then", "needs-quotes", 6, ", and then"),
    ("ask: %d", "needs-quotes", 6, "%d"),
    ("ask: ? really", "needs-quotes", 6, "? really"),
    ("ask: > 3 days", "needs-quotes", 6, "> 3 days"),
    ("ask: | or", "needs-quotes", 6, "| or"),
    ("ask: *really* now", "anchor-or-alias", 6, "*really* now"),
    ("ask: & then", "anchor-or-alias", 6, "& then"),
    ("ask: ! look here", "tag", 6, "! look here"),
    ("ask: it's 5: really", "colon-in-text", 12, "it's 5: really"),
    ("ask: “Note: this”", "colon-in-text", 11, "Note: this"),
    ("ask:When now", "spacing", 5, "When now"),
    ("- ask:When: now", "spacing", 7, "When: now"),
    ("ask:\tWhen", "spacing", 5, "When"),
    ("ask:\u00a0When", "spacing", 5, "When"),
    ("-Why not?", "spacing", 2, "Why not?"),
    ("-\tWhy not?", "spacing", 2, "Why not?"),
    ("- ask\u00a0: Why", "spacing", 6, "Why"),
    ("\task: Why", "indentation", 1, "Why"),
    ("---\nask: Why", "document-mark", 1, "Why"),
    ("a\u200bsk: Why", "forbidden-character", 2, "Why"),
    ("ask: Why\u2028not", "forbidden-character", 9, "Why not"),
    ("ask: soft\u00adly", "forbidden-character", 10, "softly"),
    ("ask: a \ufeffmark", "forbidden-character", 8, "a mark"),
    ("- id: a\n   ask: Why", "indentation", 4, "Why"),
    ("- id: a\n ask: Why", "indentation", 2, "Why"),
    ("signs:\n  - you are stuck\n   - you are tired", "indentation", 4, "you are stuck"),
    ("ask: |\n\t\tDeep\n\t\tless\nhow: x", "indentation", 1, "Deep\nless\n"),
    ("ask: |\n  \tDeep\n  less\nhow: x", "indentation", 3, "Deep\nless\n"),
    ("ask: |\n    Deep\n   less\nhow: x", "indentation", 4, "Deep\nless\n"),
]  # fmt: skip


def first_text(value: object) -> object:
    """The text under `ask`, or the first in a list."""
    while isinstance(value, (list, dict)):
        found = value[0] if isinstance(value, list) else value.get("ask", value.get("signs"))
        if found is None:
            return value.get("how") if isinstance(value, dict) else None
        value = found
    return value


@pytest.mark.parametrize(("line", "code", "column", "text"), BITES)
def test_what_bites_is_named_at_its_place_and_mended(
    line: str, code: str, column: int, text: str
) -> None:
    found = findings(line)
    assert code in [one.code for one in found]
    first = next(one for one in found if one.code == code)
    assert (first.place.column, bool(first.fix), bool(first.hint)) == (column, True, True), first
    assert first.severity is Severity.ERROR
    result = mended(line)
    assert findings(result) == ()
    loaded = yaml.load(result, Loader=yaml.BaseLoader)
    assert loaded == read(line)
    assert first_text(loaded) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ask: Why?\n  - And how?\nhow: x", "below-text"),
        ("ask: 'Why?'\n- And how?\nhow: x", "below-text"),
        ("- calm\n  ask: Why?", "below-text"),
        ("ask: - Why", "needs-quotes"),
        ("ask: 'Don't stop\nhow: x", "needs-quotes"),
        ("ask: 'a' b' c'", "needs-quotes"),
        ("ask: \"one\n  two\nhow: x", "needs-quotes"),
        ("a:\n      - b: c\n  d: e\n    f: g", "indentation"),
        ('ask: "no \\q escape\nhow: x', "needs-quotes"),
        ("ask: a text: that is not short, not at all\n    deeper\n  less\nhow: x", "colon-in-text"),
        ("ask: a\u202eb", "forbidden-character"),
        ("ask: a\x00b", "forbidden-character"),
    ],
)  # fmt: skip
def test_what_somebody_has_to_decide_is_told_and_not_mended(text: str, code: str) -> None:
    found = [one for one in findings(text) if one.code == code]
    assert found
    assert found[0].hint
    assert not found[0].fix


@pytest.mark.parametrize("quotes", ["“”", "„“", "‘’", "«»", "»«", "””", "‹›"])
def test_typographic_quotes_around_a_text_are_warned_about(quotes: str) -> None:
    line = f"ask: {quotes[0]}When, and don’t say why?{quotes[1]}"
    (found,) = findings(line)
    assert (found.code, found.severity) == ("smart-quotes", "warning")
    assert read(line) == {"ask": line[5:]}
    assert mended(line) == 'ask: "When, and don’t say why?"'


def test_a_sentence_in_brackets_is_warned_about() -> None:
    (found,) = findings("a: b\nsigns: [you are stuck, and tired]")
    assert (str(found.place), found.code) == ("x:2:9", "sentence-in-brackets")
    (found,) = findings("signs: [\n  one,\n  and two\n]")
    assert (str(found.place), found.severity) == ("x:3:3", "warning")


def test_a_key_apart_from_its_colon_is_warned_about_and_read() -> None:
    (found,) = findings("ask : Why")
    assert (found.code, found.severity, found.hint) == ("spacing", "warning", "Write: ask: Why")
    assert read("ask : Why") == {"ask": "Why"}


def test_all_lines_are_named_and_the_rest_is_checked_in_the_same_run() -> None:
    result = compiled(
        pack("""\
            worked:
              - id: one
                ask: Note: this
                how: and #2
                keep: wins
            """)
    )
    assert codes(result) == ["colon-in-text", "cut-text", "unknown-word"]
    assert (
        next(d.hint for d in result.diagnostics if d.code == "colon-in-text")
        == "Write: ask: 'Note: this'"
    )


def test_places_behind_a_mending_are_those_of_the_file() -> None:
    result = compiled(pack("worked:\n  -id: one\n   ask: Why?\n   keep:\u200b\twins\n"))
    found = [(one.code, one.place.line, one.place.column) for one in result.diagnostics]
    assert ("spacing", 7, 4) in found
    assert ("forbidden-character", 9, 9) in found
    assert ("unknown-word", 9, 11) in found


def test_a_text_over_several_lines_is_folded() -> None:
    text = "- ask: a long text\n    going on, and yes: like\n\n    this\n  how: x\n"
    (found,) = findings(text)
    assert (str(found.place), found.code) == ("x:2:22", "colon-in-text")
    assert read(text) == [{"ask": "a long text going on, and yes: like\nthis", "how": "x"}]
    assert mended(text).startswith("- ask: >-\n    a long text\n    going on")
    assert yaml.safe_load(mended(text)) == read(text)


def test_spelling_that_means_a_key_or_a_word_is_mended() -> None:
    result = compiled(pack('worked:\n  - Id: one\n    Ask: Why?\n    "How": x\n    SHARE: Yes\n'))
    found = [(one.code, one.hint, one.fix) for one in result.diagnostics if one.fix]
    assert [(code, hint) for code, hint, _ in found] == [
        ("unknown-key", "Write: id:"),
        ("unknown-key", "Write: ask:"),
        ("unknown-key", "Write: how:"),
        ("unknown-key", "Write: share:"),
    ]
    assert [fix and fix.end - fix.start for _, _, fix in found] == [2, 3, 5, 5]
    result = compiled(
        pack("worked:\n  - id: one\n    ask: Why?\n    skip: True\n    share: At-The-End\n")
    )
    assert [one.hint for one in result.diagnostics if one.fix] == [
        "Write: skip: yes",
        "Write: share: at the end",
    ]


def test_the_pack_with_every_key_is_fine() -> None:
    assert scanned(FULL) == (FULL, [])


def test_tabs_mean_what_lines_up() -> None:
    text = "worked:\n\t- id: one\n\t  ask: Why?\n\t- id: two\n\t  ask: How?\n"
    assert read(text) == {"worked": [{"id": "one", "ask": "Why?"}, {"id": "two", "ask": "How?"}]}
    text = "worked:\n    - id: one\n\t  ask: Why?\n"
    assert read(text) == {"worked": [{"id": "one", "ask": "Why?"}]}


# --- properties ------------------------------------------------------------------------


@ordinarily(50)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
    .map(str.strip)
    .filter(bool)
)
def test_quoting_keeps_a_text_whole(text: str) -> None:
    assert yaml.safe_load(f"a: {quoted(text)}") == {"a": text}


TYPED = """When Why note: it's #1 {mentor} don't - [sic] a: b -- * & ! % @ ? "so" 'tis | > yes 12:30
    , . x #"""
WORDS = st.sampled_from(TYPED.split())
SENTENCES = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
TREES = st.recursive(
    SENTENCES | st.just("") | st.lists(SENTENCES, min_size=2, max_size=3).map("\n".join),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(IDS | st.just("note for mentor"), inside, max_size=4)
    ),
    max_leaves=12,
)


@ordinarily(50)
@given(
    TREES,
    st.integers(40, 120),
    st.integers(2, 4),
    st.sampled_from([None, "'", '"', "|", ">"]),
)
def test_what_an_emitter_writes_is_fine(tree: object, width: int, indent: int, style: str) -> None:
    text = yaml.safe_dump(
        tree,
        width=width,
        indent=indent,
        default_style=style,
        allow_unicode=True,
        default_flow_style=False,
    )
    text = text.removesuffix("...\n").replace("!!str ", "").replace("!!null ", "")
    expected = yaml.load(text, Loader=yaml.BaseLoader)
    assert scanned(text) == (text, [])
    if expected not in ("", None):
        assert read(text) == expected


@ordinarily(50)
@given(
    SENTENCES,
    st.sampled_from(["ask: {}", "- {}", "- ask: {}", "ask:\n  - {}", "a:\n - ask: {}\n   how: x"]),
)
def test_a_text_is_kept_as_it_was_typed(text: str, around: str) -> None:
    line = around.format(text)
    found = findings(line)
    if (
        any(not one.fix for one in found)
        or text.startswith(("#", "'", '"', "- ", "|", ">", "["))
        or text == "-"
        or "--" in text[:2]
    ):
        return
    if around == "- {}" and text.split(" ")[0].endswith(":"):
        return
    result = mended(line)
    loaded = yaml.load(result, Loader=yaml.BaseLoader)
    assert loaded == read(line)
    value = loaded
    while not isinstance(value, str):
        value = value[0] if isinstance(value, list) else next(iter(value.values()))
    assert value == text


@ordinarily(50)
@given(st.text("ab-:#'\"{}[]|>&*!? \n\t,%@\u00a0“”", max_size=60))
def test_no_text_breaks_the_scan(text: str) -> None:
    mended, found = scanned(text)
    assert mended == text or found
    report = Report()
    tree = read_tree("x", text.encode(), report)
    assert tree is not None or report.failed
    fixes = [one.fix for one in report.sorted() if one.fix]
    lines = text.split("\n")
    assert all(1 <= fix.start <= fix.end <= len(lines[fix.line - 1]) + 1 for fix in fixes)


SIZE = 256 * 1024
LONG = {
    "colons": "a: b: c\n",
    "quotes": "a: 'b' c\n",
    "open quotes": "a: 'b\n",
    "open quotes and deeper": " a: \"b\n  'c\n",
    "brackets": "a: [b c, d\n",
    "items": "- a\n",
    "keys": "a:\n",
    "blocks": "a: |\n b\n",
    "tabs": "\ta: b\n",
    "invisible": "a\u200b: b\n",
    "smart": "- “a’b‘c”\n",
    "wrapped": "  a\n",
    "strays": "a: b\n  - c\n",
    "empty": "\n",
    "marks": "‘’",
    "doubles": "\"' ",
    "backslashes": 'a: "\\\\',
    "dashes": " -",
    "spaces": " " * 400 + "\n",
    "words": "word ",
}


@pytest.mark.parametrize("name", LONG)
def test_nothing_takes_long(name: str) -> None:
    text = (LONG[name] * SIZE)[: SIZE // 2]
    begin = time.process_time()
    report = Report()
    scan("x", text, report)
    assert time.process_time() - begin < 0.5, name


def test_stairs_of_open_brackets_and_quotes_do_not_take_long() -> None:
    for sign in "['\"":
        text = "".join(f"{' ' * n}a{n}: {sign}x\n" for n in range(500))
        begin = time.process_time()
        scan("x", text, Report())
        assert time.process_time() - begin < 0.5


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("about: - first one, then two", "needs-quotes", 8),
        ("about: #1 on my list", "cut-text", 8),
        ("about: 'tis a long night", "needs-quotes", 8),
        ("about: 'cause nobody came", "needs-quotes", 8),
    ],
)
def test_a_text_that_only_looks_like_something_else(line: str, code: str, column: int) -> None:
    (found,) = findings(f"reflect: 1\n{line}\n")
    assert (found.code, found.place.line, found.place.column) == (code, 2, column)
