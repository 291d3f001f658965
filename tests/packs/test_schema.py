"""The table of the format is whole, and the pack with every key uses every key."""

from __future__ import annotations

from reflect.packs.reader import read_tree
from reflect.packs.report import Report
from reflect.packs.schema import FORMAT_1, TRANSLATION
from reflect.packs.tree import List, Map, Node
from tests.packs.helpers import FULL


def keys_of(node: Node) -> set[str]:
    """Every key in a tree."""
    if isinstance(node, Map):
        return set(node.values).union(*map(keys_of, node.values.values()))
    return set().union(*map(keys_of, node.items)) if isinstance(node, List) else set()


def test_the_pack_with_every_key_uses_every_key() -> None:
    tree = read_tree("x", FULL.encode(), Report())
    assert tree is not None
    known = {key.name for mapping in FORMAT_1.values() for key in mapping.keys}
    assert known - keys_of(tree) == {"extends"}


def test_every_key_has_one_line_of_help_and_names_what_exists() -> None:
    for mapping in FORMAT_1.values():
        assert mapping.help
        assert len(set(mapping.names)) == len(mapping.names)
        for key in mapping.keys:
            assert key.help
            assert "\n" not in key.help
            assert (key.shape in ("word", "words")) == bool(key.choices)
            assert (key.shape == "maps") == (key.of in FORMAT_1)


def test_a_translation_has_texts_and_ids_only() -> None:
    names = {key.name for key in TRANSLATION["question"].keys}
    assert names == {
        *("id", "ask", "how", "example", "labels", "options"),
        *("must", "probe", "note for mentor"),
    }
    assert not any(key.required for mapping in TRANSLATION.values() for key in mapping.keys)
