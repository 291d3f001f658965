"""The pack as a whole: lists nobody uses, ids and states that contradict each other, a next action."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.diagnostics import Diagnostic
from reflect.packs import codes
from reflect.packs.places import Places
from reflect.packs.quality.found import warning
from reflect.packs.tree import Map, map_at, texts_at
from reflect.script import Script, questions_of


def unused_lists(script: Script, tree: Map) -> Iterator[Diagnostic]:
    """Word lists of the pack itself that no condition mentions."""
    words = map_at(tree, "words")
    used = {signal.name for signal in script.signals if signal.kind == "mentions"}
    for name, key in words.keys.items():
        if name not in used and key.file == tree.key_place("pack").file:
            message = f"Nothing mentions the word list `{name}`."
            hint = f"Use it (`answer mentions {name}`), or take it out."
            yield warning(codes.UNUSED_LIST, key.place, message, hint)


def renamed_and_retired(tree: Map) -> Iterator[Diagnostic]:
    """Ids that are said to live on under another name, and to be gone."""
    renamed = map_at(tree, "renamed").values
    for text in texts_at(tree, "retired"):
        if text.value in renamed:
            message = f"`{text.value}` is retired and renamed at once."
            hint = "Keep it under `renamed` if another question took over, else under `retired`."
            yield warning(codes.RENAMED_AND_RETIRED, text.place, message, hint)


def claimed_twice(script: Script, places: Places) -> Iterator[Diagnostic]:
    """States of a mentorship that two stages serve: only the first of them is found."""
    first: dict[str, str] = {}
    for stage in script.stages:
        for number, state in enumerate(stage.lifecycle):
            if first.setdefault(state, stage.id) != stage.id:
                message = f"`{state}` belongs to the stage `{first[state]}` already."
                hint = "Let one stage serve it; take it out of the other."
                place = places.stage(stage.id, "lifecycle", number)
                yield warning(codes.STATE_CLAIMED_TWICE, place, message, hint)


def no_next_action(script: Script, places: Places) -> Iterator[Diagnostic]:
    """A stage of a reflection that ends without anything to do."""
    if not script.is_reflection:
        return
    for stage in script.stages:
        kept = {question.keep for block in stage.next for question in questions_of(block)}
        if "action" not in kept:
            message = f"Nobody is asked for a next action in `{stage.id}`."
            hint = "Write `keep: action` at a question under `next`."
            yield warning(codes.NO_NEXT_ACTION, places.stage(stage.id, "next"), message, hint)
