"""The schemas for editors say what the tables say, and refuse nothing that the checker accepts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from reflect.packs.conform import Conformer, require
from reflect.packs.facts import blocks_of, is_group, members_of
from reflect.packs.json_schema import KINDS, Kind, schema, schema_file
from reflect.packs.report import Report
from reflect.packs.schema import FORMAT_1, TRANSLATION
from reflect.packs.sentences import CONDITIONS
from reflect.packs.story_table import LEXICON_TABLE, STORY_TABLE
from reflect.packs.table import Key, Mapping, Table
from reflect.packs.tree import List, Map, Node, Text, maps_at
from reflect.rehearsal.story import read_stories
from tests.packs.helpers import FULL
from tests.properties.profile import ordinarily

SHIPPED = Path(__file__).parents[2] / "prompt_packs"
FILES: tuple[tuple[Kind, str], ...] = (
    ("pack", "*/pack.yaml"),
    ("story", "*/stories/*.yaml"),
    ("translation", "*/translations/*.yaml"),
    ("lexicon", "*/lexicon/*.yaml"),
)
SCHEMAS = {kind: Draft7Validator(schema(kind)) for kind in KINDS}


# --- YAML as an editor reads it ----------------------------------------------------

_CORE = (
    (r"(~|null|Null|NULL|)", lambda _: None),
    (r"(true|True|TRUE)", lambda _: True),
    (r"(false|False|FALSE)", lambda _: False),
    (r"[-+]?[0-9]+", int),
    (r"0x[0-9a-fA-F]+", lambda text: int(text, 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
)


def typed(text: str) -> object:
    """A plain scalar as the core schema of YAML 1.2 takes it."""
    for pattern, make in _CORE:
        if re.fullmatch(pattern, text):
            return make(text)
    return text


def as_json(node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return {key.value: as_json(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [as_json(item) for item in node.value]
    return node.value if node.style else typed(node.value)


def loaded(text: str) -> object:
    return as_json(yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))


def wrong(kind: Kind, text: str) -> list[str]:
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:120]}"
        for error in SCHEMAS[kind].iter_errors(loaded(text))
    ]


# --- the schemas and the tables ------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema_that_needs_nothing_else(kind: Kind) -> None:
    Draft7Validator.check_schema(schema(kind))
    text = json.dumps(schema(kind))
    assert set(re.findall(r'"\$ref": "(.*?)#', text)) <= {""}
    assert schema_file(kind).startswith(".reflect/")


def tables() -> Iterator[tuple[Kind, str, Mapping]]:
    found: tuple[tuple[Kind, Table], ...] = (
        ("pack", FORMAT_1),
        ("translation", TRANSLATION),
        ("story", STORY_TABLE),
        ("lexicon", LEXICON_TABLE),
    )
    for kind, table in found:
        for name, mapping in table.items():
            yield kind, name, mapping
            if kind == "pack":
                yield kind, f"{name} of a pack that extends", mapping


@pytest.mark.parametrize(("kind", "name", "mapping"), list(tables()))
def test_every_key_of_the_tables_is_there_and_no_other(
    kind: Kind, name: str, mapping: Mapping
) -> None:
    made = schema(kind)["definitions"][name]
    assert tuple(made["properties"]) == mapping.names
    assert made["additionalProperties"] is False
    needed = [key.name for key in mapping.keys if key.required]
    inherits = name.endswith("extends") and mapping.inherits
    assert made["required"] == (["id"] if inherits else needed)
    for key in mapping.keys:
        own = made["properties"][key.name]
        assert "$ref" in own or own["description"].casefold().startswith(key.help.casefold())
        if key.shape == "word":
            assert own["enum"] == list(key.choices)
            assert own["enumDescriptions"] == list(key.meanings)


def test_each_choice_has_a_line_that_explains_it() -> None:
    for _, name, mapping in tables():
        for key in mapping.keys:
            assert len(key.meanings) == len(key.choices), (name, key.name)


# --- what exists ---------------------------------------------------------------------


@pytest.mark.parametrize("nth", [4, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("kind", "pattern"), FILES)
def test_what_is_shipped_is_accepted(kind: Kind, pattern: str, nth: int) -> None:
    files = sorted(SHIPPED.glob(pattern))[::nth]
    assert files
    for file in files:
        assert wrong(kind, file.read_text("utf-8")) == [], file


def test_the_pack_with_every_key_is_accepted() -> None:
    assert wrong("pack", FULL) == []


HEAD = "reflect: 1\npack: trial\nversion: 1.10\ntitle: 12\nlanguage: en\n"
QUESTION = HEAD + "worked:\n  - id: a\n    ask: What?\n"


@pytest.mark.parametrize(
    "body",
    [
        "    ask: 2024-01-01\n",
        "    ask: yes\n    example: ~\n    how: 0x1f\n",
        "    ask:\n      - 1.5\n      - no\n      - null\n",
        "    ask: a\n    options:\n      - yes\n      - no: false\n      - 3\n",
        "    ask: a {b|c} {{ d\n    skip: no\n",
        "    ask: a\n    probe:\n    must: []\n",
        "    ask: a\n    options:\n      - 1: 2\n      - true: 3\n",
    ],
)
def test_what_an_editor_gives_a_type_is_a_text_to_us(body: str) -> None:
    assert wrong("pack", HEAD + "worked:\n  - id: 12\n" + body) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("pack", QUESTION.replace("ask:", "asks:")),
        ("pack", QUESTION.replace("id: a", "id: A b")),
        ("pack", QUESTION.replace("id: a", "id:")),
        ("pack", QUESTION.replace("reflect: 1", "reflect: 2")),
        ("pack", QUESTION.replace("language: en", "language: English")),
        ("pack", QUESTION.replace("title: 12\n", "")),
        ("pack", QUESTION + "    keep: wins\n"),
        ("pack", QUESTION + "    scale: 1-5\n"),
        ("pack", QUESTION + "    when: a\n"),
        ("pack", QUESTION + "    how: '{mentor'\n"),
        ("pack", QUESTION + "    how: [a]\n"),
        ("pack", QUESTION + "    probe: what?\n"),
        ("pack", QUESTION + "    options: {a: b}\n"),
        ("pack", QUESTION + "    options:\n      - {a: b, c: d}\n"),
        ("pack", QUESTION + "words:\n  busy:\n    - no*time\n"),
        ("pack", QUESTION + "words:\n  busy:\n    - '*'\n"),
        ("pack", HEAD + "worked:\n  - id: g\n    repeat: 3\n    again: x\n    questions: []\n"),
        ("pack", HEAD + "worked:\n  - id: g\n    one of:\n      - id: h\n        one of: []\n"),
        ("pack", HEAD + "stages:\n  - id: s\n    title: t\n    lifecycle: rapports\n"),
        ("pack", HEAD + "core:\n  hello:\n    aks: x\n"),
        ("translation", "reflect: 1\npack: a\nlanguage: de\nversion: 1\n"),
        ("story", "story: a\nstage: b\ntalk: []\n"),
        ("story", "story: a\nstage: b\ntalk:\n  - bog: x\n"),
        ("story", "story: a\nstage: b\ntalk:\n  - bot: x\n    me: y\n"),
        ("story", "- story: a\n  stage: b\n  talk:\n    - me: ''\n  given:\n    today: monday\n"),
        ("story", "- story: a\n  stage: b\n  talk:\n    - me: ''\n  given:\n    wins: two\n"),
        ("lexicon", "language: en\nlists:\n  a: b\n"),
    ],
)
def test_mistakes_are_found(kind: Kind, text: str) -> None:
    assert wrong(kind, text)


def test_in_a_pack_that_extends_the_base_may_have_what_is_missing() -> None:
    body = "extends: base\nworked:\n  - a\n  - id: b\n    how: Briefly.\n"
    assert wrong("pack", HEAD + body) == []
    assert wrong("pack", HEAD + body.replace("extends", "about"))


def test_a_kind_of_answer_that_a_plug_in_brings_is_accepted() -> None:
    text = loaded(QUESTION + "    answer: room\n")
    assert not Draft7Validator(schema("pack")).is_valid(text)
    assert Draft7Validator(schema("pack", {"room": "a room such as B12"})).is_valid(text)


def test_a_condition_of_every_form_is_accepted() -> None:
    for form in CONDITIONS:
        assert wrong("pack", QUESTION + f"    when: {json.dumps(form.example)}\n") == []


# --- what the checker accepts ----------------------------------------------------------


class Scalar(NamedTuple):
    """A scalar as it is written, plain or in quotes."""

    text: str
    plain: bool


Written = Any
ODD = st.sampled_from(
    ["yes", "null", "~", "1.10", "007", "0x1f", "1e5", "true", "a", "up to 3", "1 to 5", ""]
)
IDS = st.sampled_from(["a", "b-2", "12", "1e5", "true", "0x1f", "z" * 64])
TEMPLATES = st.sampled_from(["What?", "{mentor} {{ {a|b}", "1.5", "true", "null", "{ a | b } }"])
PHRASES = st.sampled_from(["rush*", "no time", "12", "null", "a* b*"])


def scalars(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Scalar]:
    return st.builds(Scalar, texts, st.booleans())


def one_or_more(one: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    return st.one_of(one, st.lists(one, max_size=2))


def listed(one: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    return st.one_of(st.lists(one, max_size=2), scalars(st.just("")))


def named(one: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    return st.one_of(st.dictionaries(IDS, one, max_size=2), scalars(st.just("")))


@cache
def value_of(key: Key, depth: int) -> st.SearchStrategy[Written]:
    """Mostly what the key takes."""
    texts = scalars(TEMPLATES if key.fills else st.one_of(ODD, TEMPLATES))
    words = scalars(st.sampled_from([*key.choices, *key.choices, "no", ""]))
    ids = scalars(IDS)
    made: dict[str, st.SearchStrategy[Written]] = {
        "text": texts,
        "lines": one_or_more(texts),
        "sentences": one_or_more(scalars(st.sampled_from([form.example for form in CONDITIONS]))),
        "id": ids,
        "ids": listed(ids),
        "word": words,
        "words": one_or_more(words),
        "format": scalars(st.sampled_from(["1", "1", "2"])),
        "language": scalars(st.sampled_from(["en", "pt-BR", "no", "x"])),
        "scale": scalars(st.sampled_from(["1 to 5", "0 to 10", "5"])),
        "limit": scalars(st.sampled_from(["up to 3", "3"])),
        "options": listed(st.one_of(texts, st.dictionaries(IDS, texts, min_size=1, max_size=2))),
        "lists": named(one_or_more(scalars(PHRASES))),
        "renames": named(ids),
    }
    if key.shape in made:
        return made[key.shape]
    if key.shape == "core":
        text = mapping_of("core text", depth - 1)
        return named(st.one_of(one_or_more(scalars(TEMPLATES)), text))
    if depth == 0:
        return st.just([])
    names = [key.of] if key.of else ["question", "one of", "repeat"][: 3 - 2 * (depth < 2)]
    inner = st.one_of(*(mapping_of(name, depth - 1) for name in names))
    return listed(inner if key.of else st.one_of(inner, inner, ids))


@st.composite
def mapping_of(draw: st.DrawFn, name: str, depth: int, table: Table = FORMAT_1) -> Written:
    mapping = table[name]
    made = {}
    for key in mapping.keys:
        of_a_hundred = 98 if key.required else 15
        if draw(st.sampled_from(range(100))) < of_a_hundred:
            made[key.name] = draw(value_of(key, depth))
    return made


def as_tree(written: Written) -> Node:
    if isinstance(written, Scalar):
        return Text(written.text)
    if isinstance(written, list):
        return List(tuple(map(as_tree, written)))
    values = {name: as_tree(value) for name, value in written.items()}
    return Map(values, {name: Text(name) for name in values})


def as_data(written: Written) -> object:
    if isinstance(written, Scalar):
        return typed(written.text) if written.plain else written.text
    if isinstance(written, list):
        return [as_data(item) for item in written]
    return {name: as_data(value) for name, value in written.items()}


def accepted(root: Node) -> bool:
    """Whether the checker finds every key known, in shape and, where it is needed, there."""
    report = Report()
    tree = Conformer(report).pack(root)
    if tree is None or report.failed:
        return False
    extends = "extends" in tree.values
    return all(
        "id" in node.values if extends and mapping.inherits else require(node, mapping, report)
        for node, mapping in mappings_in(tree)
    )


def mappings_in(tree: Map) -> Iterator[tuple[Map, Mapping]]:
    yield tree, FORMAT_1["pack"]
    for stage in maps_at(tree, "stages"):
        yield stage, FORMAT_1["stage"]
    for phases in (tree, *maps_at(tree, "stages")):
        for block in blocks_of(phases):
            if is_group(block):
                yield block, FORMAT_1["one of" if "one of" in block.values else "repeat"]
            for member in members_of(block):
                yield member, FORMAT_1["question"]
                yield from ((must, FORMAT_1["must"]) for must in maps_at(member, "must"))
                yield from ((probe, FORMAT_1["probe"]) for probe in maps_at(member, "probe"))


def test_what_the_checker_accepts_an_editor_does_not_underline() -> None:
    """Of the packs that are tried some are accepted and some are not."""
    tried = Counter[bool]()

    @ordinarily(100)
    @given(mapping_of("pack", 3))
    def holds(written: Written) -> None:
        accepts = accepted(as_tree(written))
        tried[accepts] += 1
        if accepts:
            found = [error.message for error in SCHEMAS["pack"].iter_errors(as_data(written))]
            assert found == []

    holds()
    assert tried[True] > 5 and tried[False] > 5, tried


STORY_VALUES: dict[str, list[str]] = {
    "today": ["2026-03-02", "20260302", "monday"],
    "last session": ["2026-02-30", "2026-02-28"],
    "sessions": ["3", "03", "x", ""],
    "wins": ["0", "99999", "1e3"],
    "open wins": ["1"],
    "mentee": ["Amina", "12", "~"],
    "moon": ["1"],
}


@given(st.dictionaries(st.sampled_from(sorted(STORY_VALUES)), st.integers(0, 3), max_size=3))
@ordinarily(60)
def test_what_the_reader_of_stories_accepts_an_editor_does_not_underline(
    chosen: dict[str, int],
) -> None:
    lines = [
        f"  {name}: {STORY_VALUES[name][n % len(STORY_VALUES[name])]}" for name, n in chosen.items()
    ]
    before = "\n".join(["given:", *lines]) if lines else ""
    text = f"story: 1\nstage: true\ntalk:\n  - me:\n  - bot: …\nexpect:\n  win: 1\n{before}\n"
    stories, _ = read_stories("x", text.encode())
    if stories:
        assert wrong("story", text) == []
