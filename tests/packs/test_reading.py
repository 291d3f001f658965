"""Bytes become a tree with places, or diagnostics; never an exception, and never slowly."""

from __future__ import annotations

import random
import time

import pytest
import yaml

from reflect.packs.limits import OTHER_BYTES
from reflect.packs.reader import read_tree
from reflect.packs.report import Report
from reflect.packs.tree import List, Map, Node, Text
from tests.packs.helpers import FULL, compiled
from tests.packs.test_translate import SOURCE


def read(data: str | bytes, limit: int = OTHER_BYTES) -> tuple[Node | None, list[str]]:
    """The tree of `data` and the codes of what was found."""
    report = Report()
    tree = read_tree("x", data if isinstance(data, bytes) else data.encode(), report, limit=limit)
    return tree, [found.code for found in report.sorted()]


def plain(node: Node | None) -> object:
    """A tree as plain Python values."""
    if isinstance(node, Map):
        return {name: plain(value) for name, value in node.values.items()}
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    return node.value if isinstance(node, Text) else None


def test_every_scalar_stays_the_text_it_is() -> None:
    tree, found = read("a: no\nb: 12:30\nc: 1.10\nd: 007\ne: 2024-01-01\nf: ~\ng:\nh: .inf\n")
    assert plain(tree) == {
        "a": "no",
        "b": "12:30",
        "c": "1.10",
        "d": "007",
        "e": "2024-01-01",
        "f": "~",
        "g": "",
        "h": ".inf",
    }
    assert found == []


def test_nodes_and_keys_know_their_places() -> None:
    tree, _ = read("a: x\nlong key:\n  - one\n  - b: two\n")
    assert isinstance(tree, Map)
    assert str(tree.key_place("long key")) == "x:2:1"
    items = tree.values["long key"]
    assert isinstance(items, List)
    assert [str(item.place) for item in items.items] == ["x:3:5", "x:4:5"]


def test_the_tree_is_what_yaml_reads_with_all_scalars_as_texts() -> None:
    tree, found = read(FULL)
    assert found == []
    assert plain(tree) == yaml.load(FULL, Loader=yaml.BaseLoader)


def test_a_mark_at_the_beginning_and_other_line_breaks_are_fine() -> None:
    assert plain(read(b"\xef\xbb\xbfa: b\r\nc: d\r\n")[0]) == {"a": "b", "c": "d"}


def test_joiners_and_variation_selectors_stay() -> None:
    text = "می\u200cخواهم 👩\u200d⚕\ufe0f\u00a0!"
    assert plain(read(f"a: {text}\n")[0]) == {"a": text}


def test_the_limits_are_kept() -> None:
    assert read("a: " + "b" * 300, limit=100) == (None, ["too-large"])
    assert read("- a\n" * 5001)[1] == ["too-large"]
    assert read("".join(f"k{n}:\n" for n in range(30_001)))[1] == ["too-large"]
    assert read("a: " + "b" * 65_537)[1] == ["too-large"]
    assert read("[" * 12 + "]" * 12)[1] == []
    assert read("[" * 13 + "]" * 13)[1] == ["too-deep"]


def test_all_repeated_keys_are_told_and_the_first_stands() -> None:
    tree, found = read("a: 1\na: 2\nb: 3\nb: 4\n")
    assert plain(tree) == {"a": "1", "b": "3"}
    assert found == ["repeated-key", "repeated-key"]


BOMBS: dict[str, bytes] = {
    "brackets": b"[" * 100_000 + b"]" * 100_000,
    "brackets over lines": b"[\n" * 100_000,
    "brackets in a map": b"a: " + b"{a: " * 50_000,
    "dashes": b"- " * 50_000,
    "questions": b"? " * 50_000,
    "brackets with spaces": b"[ " * 100_000,
    "indentation": b"".join(b" " * n + b"a:\n" for n in range(700)),
    "cycle": b"&a [*a]",
    "aliases": b"a: &a [x]\n" + b"".join(b"b%d: [*a, *a]\n" % n for n in range(1000)),
    "merge": b"a: &a {x: y}\nb:\n  <<: [*a, *a]\n",
    "sexagesimal": b"a: " + b":".join([b"1"] * 100_000),
    "digits": b"a: " + b"9" * 5_000 + b"\n",
    "float": b"a: " + b":".join([b"1"] * 300) + b".5\n",
    "date": b"a: 2001-99-99\n",
    "large text": b"a: " + b"x" * 10_000_000,
    "many keys": b"".join(b"k%d: 1\n" % n for n in range(100_000)),
    "many maps": b"[" + b"{a: b}," * 120_000 + b"]",
    "directives": b"".join(b"%%TAG !%d! x\n" % n for n in range(20_000)),
    "object": b"!!python/object/apply:os.system ['true']",
    "same keys": b'1: a\n"1": b\n',
    "surrogate": b'a: "\\ud800"\n',
    "utf-16": "a: b".encode("utf-16"),
    "quotes": b'"' * 100_000,
    "anchors": b"&a " * 50_000,
    "tags": b"!a " * 50_000,
    "colons": b": " * 50_000,
    "smart quotes": 'when: "{}"'.format("“" * 60_000).encode(),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once(name: str) -> None:
    begin = time.process_time()
    result = compiled(BOMBS[name])
    assert time.process_time() - begin < 1
    assert result.script is None
    assert result.diagnostics


def test_a_tower_of_brackets_never_meets_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def meet(*_: object, **__: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(yaml, "parse", meet)
    for name in ("brackets", "brackets over lines", "brackets in a map", "dashes", "questions"):
        assert compiled(BOMBS[name]).script is None


PIECES = [
    b"[",
    b"{",
    b"- ",
    b": ",
    b"\n",
    b"  ",
    b"'",
    b'"',
    b"#",
    b"&a ",
    b"*a",
    b"!t ",
    b"|",
    b">",
]
PIECES += [
    b"%",
    b"\t",
    b"\x00",
    b"\xff",
    b"\xe2\x80\xae",
    b"{mentor}",
    b"{x|",
    b"is",
    b"not",
    b"last.",
]


def mutated(rng: random.Random, data: bytes) -> bytes:
    """`data` after one to four small accidents."""
    for _ in range(rng.randint(1, 4)):
        at, to = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
        kind = rng.randrange(5)
        if kind == 0:
            data = data[:at] + rng.choice(PIECES) + data[at:]
        elif kind == 1:
            data = data[:at] + data[min(to, at + 40) :]
        elif kind == 2:
            data = data[:at] + data[at : at + 60] + data[at:]
        elif kind == 3:
            data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        else:
            lines = data.split(b"\n")
            first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
            data = b"\n".join(lines)
    return data


@pytest.mark.parametrize("seed", range(4))
def test_mutated_packs_end_in_a_script_or_in_errors(seed: int) -> None:
    rng = random.Random(seed)
    source = (FULL if seed % 2 else SOURCE).encode()
    for _ in range(200):
        data = mutated(rng, source)
        begin = time.process_time()
        result = compiled(data)
        assert time.process_time() - begin < 0.5
        assert (result.script is None) == any(d.severity == "error" for d in result.diagnostics)
        for found in result.diagnostics:
            assert found.message
            assert found.place.file
