"""Lays a pack over the one that it extends: tree over tree, key by key.

A question with a base id changes only the keys that are written; a new one
stands after the one written above it, or at the beginning of its phase; an empty
list deletes nothing; `retired` leaves a question out. Each node keeps the place it
comes from, so a resolved tree knows where every key stands.
"""

from __future__ import annotations

import msgspec

from reflect.packs import codes
from reflect.packs.facts import blocks_of, is_group, members_of
from reflect.packs.report import Report
from reflect.packs.tree import List, Map, Node, Text, items_at, map_at, maps_at, text_at, word_at
from reflect.script import PHASES

_BY_NAME = ("words", "renamed", "core")
_PHASE_KEYS = frozenset(PHASES)


def with_stages(pack: Map) -> Map:
    """`pack` with its questions under `stages`; one without stages gets a single one, named like itself."""
    if "stages" in pack.values or not _PHASE_KEYS & pack.values.keys():
        return pack
    kept = {"title": "title", "signs": "signs", "pack": "id"}
    names = {name: kept.get(name, name) for name in pack.values if name in kept or name in PHASES}
    own = Text("", pack.file, pack.line, pack.column)  # what is missing has been missed in the pack
    stage = Map(
        {new: pack.values[old] for old, new in names.items()},
        {new: pack.keys.get(old, own) for old, new in (names | kept).items()},
        pack.file,
        pack.line,
        pack.column,
    )
    rest = pack.only(frozenset(pack.values) - _PHASE_KEYS)
    return rest.having("stages", List((stage,), pack.file, pack.line, pack.column))


def overlay(base: Map, pack: Map, report: Report) -> Map:
    """The tree of `pack`, which extends `base`; both may hold their questions with or without stages."""
    merged = _Overlay(with_stages(base), pack, report).tree()
    return merged if "stages" in pack.values else _renamed_stage(merged, base)


def _renamed_stage(merged: Map, base: Map) -> Map:
    """The one stage of a pack without stages bears the pack's own id and title."""
    stages = maps_at(merged, "stages")
    if len(stages) != 1 or stages[0].values.get("id") is not base.values.get("pack"):
        return merged
    names = {"id": "pack", "title": "title", "signs": "signs"}
    there = {new: old for new, old in names.items() if old in merged.values}
    own = {new: merged.values[old] for new, old in there.items()}
    found = merged.values["stages"]
    stage = stages[0].over(own, {new: merged.keys[old] for new, old in there.items()})
    return merged.having("stages", List((stage,), found.file, found.line, found.column))


class _Overlay:
    def __init__(self, base: Map, pack: Map, report: Report) -> None:
        self._base = base
        self._pack = pack
        self._report = report
        self._where = _places(base)

    def tree(self) -> Map:
        """The resolved tree."""
        stages = self._stages()
        plain = self._pack.only(frozenset(self._pack.values) - _PHASE_KEYS - {"stages"})
        merged = _written_over(self._base, plain)
        for name in _BY_NAME:
            both = map_at(self._base, name).over(
                map_at(self._pack, name).values, map_at(self._pack, name).keys
            )
            if both.values:
                merged = merged.having(name, both)
        merged = merged.having("stages", stages)
        return _without(merged, self._retired())

    def _stages(self) -> List:
        own = self._own_stages()
        base = maps_at(self._base, "stages")
        merged = [self._stage(stage, own.get(word_at(stage, "id"))) for stage in base]
        result = _inserted(merged, own)
        found = self._base.values.get("stages", self._pack)
        return List(tuple(result), found.file, found.line, found.column)

    def _own_stages(self) -> dict[str, Map]:
        """The stages that the pack writes, by the id they have in the base."""
        base = maps_at(self._base, "stages")
        if "stages" in self._pack.values or not base:
            pack = with_stages(self._pack)
            return {word_at(stage, "id"): stage for stage in maps_at(pack, "stages")}
        phases = self._pack.only(_PHASE_KEYS)
        if len(base) == 1:
            return {word_at(base[0], "id"): phases}
        return self._spread(phases)

    def _spread(self, phases: Map) -> dict[str, Map]:
        """Give what stands in phases without a stage to the stages where the base has it."""
        names = [word_at(stage, "id") for stage in maps_at(self._base, "stages")]
        spread: dict[str, Map] = {}
        for phase in phases.values:
            stage = ""
            for item in items_at(phases, phase):
                known = self._where.get(_id_of(item))
                stage = known[0] if known else stage
                if not stage:
                    hint = "Write `stages:` with one of " + ", ".join(names) + "."
                    message = "The base has several stages; in which is this asked?"
                    self._report.error(codes.STAGE_NEEDED, item.place, message, hint)
                    continue
                spread[stage] = _appended(spread.get(stage), phases, phase, item)
        return spread

    def _stage(self, base: Map, own: Map | None) -> Map:
        if own is None:
            return base
        merged = _written_over(base, own.only(frozenset(own.values) - _PHASE_KEYS))
        for phase in PHASES:
            written = own.values.get(phase)
            if not isinstance(written, List):
                continue
            at = (word_at(base, "id"), phase, "")
            found = self._list(items_at(base, phase), written.items, at)
            merged = merged.having(phase, List(found, written.file, written.line, written.column))
        return merged

    def _list(
        self, base: tuple[Node, ...], own: tuple[Node, ...], at: tuple[str, str, str]
    ) -> tuple[Node, ...]:
        """The blocks `own` over the blocks `base`, which stand at `at` (stage, phase, group)."""
        slots: dict[str, list[Node]] = {"": []}
        for block in base:
            slots[_id_of(block)] = [block]
        homes = {id_: _id_of(block) for block in base for id_ in _ids_in(block)}
        anchor = ""
        for item in own:
            name = _id_of(item)
            if name in homes:
                anchor = homes[name]
                slots[anchor][0] = self._changed(slots[anchor][0], item)
            elif name in self._where:
                self._elsewhere(item, name, at)
            else:
                slots[anchor].append(item)
        return tuple(node for slot in slots.values() for node in slot)

    def _changed(self, block: Node, item: Node) -> Node:
        """`block` with what `item` writes for it, or for one of its members."""
        if not isinstance(item, Map) or not isinstance(block, Map):
            return block
        if _id_of(block) != _id_of(item):
            return self._member(block, item)
        if is_group(item) and not is_group(block):
            message = f"`{_id_of(item)}` is a question in the base, not a group."
            self._report.error(codes.WRONG_PHASE, item.place, message)
            return block
        if not is_group(block):
            return _written_over(block, item)
        key = _list_key(block)
        at = (*self._where[_id_of(block)][:2], _id_of(block))
        members = self._list(items_at(block, key), items_at(item, key), at)
        merged = _written_over(block, item.only(frozenset(item.values) - {key}))
        return merged.having(key, List(members, block.file, block.line, block.column))

    def _member(self, group: Map, item: Map) -> Map:
        key = _list_key(group)
        members = tuple(
            _written_over(node, item)
            if isinstance(node, Map) and _id_of(node) == _id_of(item)
            else node
            for node in items_at(group, key)
        )
        return group.having(key, List(members, group.file, group.line, group.column))

    def _elsewhere(self, item: Node, name: str, at: tuple[str, str, str]) -> None:
        stage, phase, group = self._where[name]
        place = f"`{phase}` of `{stage}`" if stage else f"`{phase}`"
        inside = f", in `{group}`" if group else ""
        message = f"In the base, `{name}` stands under {place}{inside}; questions do not move."
        self._report.error(codes.WRONG_PHASE, item.place, message, "Write it there.")

    def _retired(self) -> frozenset[str]:
        return frozenset(
            item.value for item in items_at(self._pack, "retired") if isinstance(item, Text)
        )


def _places(base: Map) -> dict[str, tuple[str, str, str]]:
    """By id, the stage, the phase and the group in which the base has a block or question."""
    found: dict[str, tuple[str, str, str]] = {}
    for stage in maps_at(base, "stages"):
        for phase in PHASES:
            for block in maps_at(stage, phase):
                found[word_at(block, "id")] = (word_at(stage, "id"), phase, "")
                group = word_at(block, "id")
                for member in members_of(block) if is_group(block) else ():
                    found[word_at(member, "id")] = (word_at(stage, "id"), phase, group)
    return found


def _written_over(base: Map, own: Map) -> Map:
    """`base` with the keys that `own` writes; an empty list is nothing written."""
    values = {
        name: value
        for name, value in own.values.items()
        if not (isinstance(value, List) and not value.items)
    }
    return base.over(values, {name: own.keys[name] for name in values})


def _id_of(node: Node) -> str:
    if isinstance(node, Map):
        return word_at(node, "id")
    return node.value if isinstance(node, Text) else ""


def _ids_in(block: Node) -> list[str]:
    """The ids of a block and its members."""
    if not isinstance(block, Map):
        return []
    members = [word_at(member, "id") for member in members_of(block)] if is_group(block) else []
    return [word_at(block, "id"), *members]


def _list_key(group: Map) -> str:
    return "one of" if "one of" in group.values else "questions"


def _appended(stage: Map | None, phases: Map, phase: str, item: Node) -> Map:
    """`stage` with `item` at the end of `phase`."""
    stage = stage or Map({}, {}, phases.file, phases.line, phases.column)
    items = (*items_at(stage, phase), item)
    return stage.having(phase, List(items, item.file, item.line, item.column))


def _inserted(base: list[Map], own: dict[str, Map]) -> list[Map]:
    """`base` with the stages of `own` that it does not know, each after the one written above it."""
    result = list(base)
    names = [word_at(stage, "id") for stage in base]
    position = 0
    for name, stage in own.items():
        if name in names:
            position = names.index(name) + 1
        else:
            result.insert(position, stage)
            names.insert(position, name)
            position += 1
    return result


def _without(pack: Map, retired: frozenset[str]) -> Map:
    """`pack` without the blocks and questions whose ids are in `retired`."""
    if not retired:
        return pack
    stages = tuple(_stage_without(stage, retired) for stage in maps_at(pack, "stages"))
    found = pack.values["stages"]
    return pack.having("stages", List(stages, found.file, found.line, found.column))


def _stage_without(stage: Map, retired: frozenset[str]) -> Map:
    for phase in PHASES:
        found = stage.values.get(phase)
        if isinstance(found, List):
            kept = tuple(
                _group_without(node, retired) for node in found.items if _id_of(node) not in retired
            )
            stage = stage.having(phase, msgspec.structs.replace(found, items=kept))
    return stage


def _group_without(block: Node, retired: frozenset[str]) -> Node:
    if not isinstance(block, Map) or not is_group(block):
        return block
    key = _list_key(block)
    found = block.values.get(key)
    if not isinstance(found, List):
        return block
    kept = tuple(node for node in found.items if _id_of(node) not in retired)
    return block.having(key, msgspec.structs.replace(found, items=kept))


def names_of(pack: Map) -> frozenset[str]:
    """The ids of every block and question of a tree with stages."""
    return frozenset(
        name
        for stage in maps_at(pack, "stages")
        for block in blocks_of(stage)
        for name in _ids_in(block)
    )


def base_of(pack: Map) -> Text | None:
    """The id of the pack that `pack` extends."""
    return text_at(pack, "extends")
