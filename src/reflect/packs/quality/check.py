"""The door: everything that could be better in a pack that has no errors."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.diagnostics import Diagnostic
from reflect.packs.places import Places
from reflect.packs.quality.guidance import guidance
from reflect.packs.quality.lists import Lists
from reflect.packs.quality.phrasing import (
    blaming,
    leading,
    scoring,
    two_questions,
    why_you,
    yes_or_no,
)
from reflect.packs.quality.plainness import (
    asking_how,
    hard_to_read,
    long_example,
    shouting,
    too_long,
    unfinished,
)
from reflect.packs.quality.reach import reach
from reflect.packs.quality.repeats import repeated_wordings
from reflect.packs.quality.size import few_wordings, many_questions
from reflect.packs.quality.texts import Said, texts_of
from reflect.packs.quality.whole import (
    claimed_twice,
    no_next_action,
    renamed_and_retired,
    unused_lists,
)
from reflect.packs.tree import Map, word_at
from reflect.script import Lexicon, Script

_OF_A_TEXT = (
    *(two_questions, leading, blaming, why_you, yes_or_no, scoring),
    *(too_long, hard_to_read, shouting, unfinished, long_example, asking_how),
)


def quality(script: Script, tree: Map, lexicon: Lexicon) -> tuple[Diagnostic, ...]:
    """Warnings about `script`, by place; `tree` is what it was built from (`Compiled.tree`).

    `lexicon` is that of the script's language; without its `wording-…` lists the rules that need
    them say nothing.
    """
    places, lists = Places(tree), Lists(lexicon)
    texts = tuple(texts_of(script, places, word_at(tree, "language")))
    found = [
        *_of_texts(texts, lists),
        *repeated_wordings(texts),
        *guidance(script, places),
        *reach(script, places),
        *few_wordings(script, places),
        *many_questions(script, places),
        *unused_lists(script, tree),
        *renamed_and_retired(tree),
        *claimed_twice(script, places),
        *no_next_action(script, places),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.place, one.code)))


def _of_texts(texts: tuple[Said, ...], lists: Lists) -> Iterator[Diagnostic]:
    for said in texts:
        for rule in _OF_A_TEXT:
            found = rule(said, lists)
            if found is not None:
                yield found
