"""A translation to fill in: what is not there yet is written into the file, everything else stays as it is.

Each missing text is an empty one below a comment with what the pack says. Lines that are
there are never changed, but for the block of `marks` at the end, which is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reflect.packs.facts import blocks_of, is_group, members_of
from reflect.packs.marks import (
    CORE_TEXTS,
    GROUP_TEXTS,
    MUST_TEXTS,
    PACK_TEXTS,
    PROBE_TEXTS,
    QUESTION_TEXTS,
    STAGE_TEXTS,
    marks_of,
)
from reflect.packs.tree import EMPTY, List, Map, Node, Text, map_at, maps_at, word_at
from reflect.script import PHASES

MARKS = "marks"
_STEP = "  "
_OPTIONAL = frozenset(("source",))
_PROBE = (*PROBE_TEXTS, "fires", "quiet")


class Filled(NamedTuple):
    """The text of a translation, the names of what still has to be translated, and of what has changed since."""

    text: str
    missing: tuple[str, ...]
    stale: tuple[str, ...]


def fill_in(pack: Map, translation: Map | None, text: str, language: str, *, done: bool) -> Filled:
    """The translation of the conformed tree `pack` into `language`, ready to be filled in.

    `translation` is the conformed tree of `text`, the file as it is; None and "" when there is none.
    `done` says that everything that has changed was looked at. Both trees hold their questions as
    they are written, with or without stages.
    """
    if translation is None:
        text = "\n".join(_new(pack, language)) + "\n"
        marks: dict[str, str] = {}
        missing = tuple(marks_of(pack))
        return Filled(text, missing, ())
    work = _Work(translation, text.split("\n"))
    work.pack(pack)
    now = marks_of(pack)
    marks = {
        name: mark.value
        for name, mark in map_at(translation, MARKS).values.items()
        if isinstance(mark, Text)
    }
    stale = tuple(n for n in now if n in marks and marks[n] != now[n] and n not in work.missing)
    missing = tuple(name for name in now if name in work.missing)
    there = {n: now[n] for n in now if n not in missing and (done or n not in stale)}
    kept = {n: marks[n] for n in stale if not done}
    lines = work.lines(_marked(there | kept, now))
    return Filled("\n".join(lines), missing, () if done else stale)


def _marked(marks: dict[str, str], order: dict[str, str]) -> list[str]:
    """The block of marks, in the order of the pack."""
    if not marks:
        return []
    head = [f"{MARKS}:  # kept by `reflect pack translate`: which text of the pack was translated"]
    return [*head, *(f"  {name}: {marks[name]}" for name in order if name in marks)]


# --- a new file --------------------------------------------------------------------


def _new(pack: Map, language: str) -> Iterator[str]:
    own = word_at(pack, "language")
    yield f"# Fill in what stands between the quotes; a text that stays empty is asked in {own}."
    yield "# Ids and what stands in braces stay as they are."
    yield "reflect: 1"
    yield f"pack: {word_at(pack, 'pack')}"
    yield f"language: {language}"
    yield from _keys(pack, PACK_TEXTS, "")
    if map_at(pack, "words").values:
        yield "words:"
    for name in map_at(pack, "words").values:
        yield from _word_list(pack, name)
    if map_at(pack, "core").values:
        yield "core:"
    for name, text in map_at(pack, "core").values.items():
        yield from _core(name, text)
    if "stages" in pack.values:
        yield "stages:"
    for stage in maps_at(pack, "stages"):
        yield from _stage(stage)
    yield from _phases(pack, "")


def _stage(stage: Map) -> Iterator[str]:
    yield f"{_STEP}- id: {word_at(stage, 'id')}"
    yield from _keys(stage, STAGE_TEXTS, _STEP * 2)
    yield from _phases(stage, _STEP * 2)


def _phases(node: Map, indent: str) -> Iterator[str]:
    for phase in PHASES:
        blocks = maps_at(node, phase)
        if blocks:
            yield f"{indent}{phase}:"
        for block in blocks:
            yield from _block(block, indent + _STEP)


def _block(block: Map, indent: str) -> Iterator[str]:
    if not is_group(block):
        yield from _question(block, indent)
        return
    yield f"{indent}- id: {word_at(block, 'id')}"
    yield from _keys(block, GROUP_TEXTS, indent + _STEP)
    yield f"{indent}{_STEP}{_list_key(block)}:"
    for member in members_of(block):
        yield from _question(member, indent + _STEP * 2)


def _question(node: Map, indent: str) -> Iterator[str]:
    yield f"{indent}- id: {word_at(node, 'id')}"
    yield from _inside(node, QUESTION_TEXTS, indent + _STEP)


def _inside(node: Map, names: tuple[str, ...], indent: str) -> Iterator[str]:
    """The texts of a question, those of its checks and follow-ups among them."""
    yield from _keys(node, names, indent)
    for key, texts in (("must", MUST_TEXTS), ("probe", _PROBE)):
        items = maps_at(node, key)
        if items:
            yield f"{indent}{key}:"
        for item in items:
            yield from _item(item, texts, indent + _STEP)


def _item(node: Map, names: tuple[str, ...], indent: str) -> Iterator[str]:
    own = [f"id: {word_at(node, 'id')}"] if "id" in node.values else []
    lines = [*own, *_keys(node, names, "")]
    for number, line in enumerate(lines):
        yield f"{indent}{'- ' if number == 0 else _STEP}{line}"


def _keys(node: Map, names: tuple[str, ...], indent: str) -> Iterator[str]:
    for name in names:
        if name in node.values and name not in _OPTIONAL:
            yield from _key(name, node.values[name], indent)


def _key(name: str, value: Node, indent: str) -> Iterator[str]:
    """One empty text, or list of them, with what the pack says as comments."""
    if isinstance(value, Text) or (isinstance(value, List) and len(value.items) == 1):
        said = value if isinstance(value, Text) else value.items[0]
        yield f'{indent}{name}: ""  # {_comment(said)}'
    elif isinstance(value, List):
        yield f"{indent}{name}:"
        yield from (f'{indent}{_STEP}- ""  # {_comment(item)}' for item in value.items)
    else:
        yield f"{indent}{name}:"
        for option, label in value.values.items():
            yield f'{indent}{_STEP}- {option}: ""  # {_comment(label)}'


def _comment(node: Node) -> str:
    return " ".join(node.value.split()) if isinstance(node, Text) else ""


def _word_list(pack: Map, name: str) -> Iterator[str]:
    items = map_at(pack, "words").values[name]
    said = ", ".join(_comment(item) for item in items.items) if isinstance(items, List) else ""
    yield f"{_STEP}{name}:"
    yield f"{_STEP * 2}# {said}"
    yield f'{_STEP * 2}- ""'


def _core(name: str, text: Node) -> Iterator[str]:
    if not isinstance(text, Map):
        return
    if set(text.values) == {"ask"}:
        yield from _key(name, text.values["ask"], _STEP)
        return
    yield f"{_STEP}{name}:"
    yield from _keys(text, CORE_TEXTS, _STEP * 2)


def _list_key(group: Map) -> str:
    return "one of" if "one of" in group.values else "questions"


# --- a file that is there ----------------------------------------------------------


class _Work:
    """Lines to be put into a file, each after a line of it (counted from 1); `missing` are names in `marks`."""

    def __init__(self, translation: Map, lines: list[str]) -> None:
        self._tree = translation
        self._lines = lines
        self._after: dict[int, list[str]] = {}
        self.missing: set[str] = set()
        self._nodes = {word_at(node, "id"): node for node in _every(translation)}
        self._stages = {word_at(one, "id"): one for one in maps_at(translation, "stages")}

    def lines(self, marks: list[str]) -> list[str]:
        """The file with all that was put in, and `marks` at its end in place of the old ones."""
        first, last = self._block_of(MARKS)
        kept: list[str] = []
        for number, line in enumerate(self._lines, 1):
            if not first <= number <= last:
                kept.append(line)
            kept.extend(self._after.get(number, ()))
        while kept and not kept[-1].strip():
            kept.pop()
        return [*kept, *([""] if marks else []), *marks, ""]

    def pack(self, pack: Map) -> None:
        """Put in what is missing of `pack`."""
        self._texts(pack, self._tree, PACK_TEXTS, "", "pack")
        self._words(pack)
        self._cores(pack)
        for node in (pack, *maps_at(pack, "stages")):
            self._stage(node, pack)

    def _stage(self, node: Map, pack: Map) -> None:
        own = self._tree if node is pack else self._stages.get(word_at(node, "id"))
        if own is None:
            self._put(self._end_of_key("stages"), _stage(node))
            self.missing.add(f"stage {word_at(node, 'id')}")
            self.missing.update(name for block in blocks_of(node) for name in _names(block))
            return
        if node is not pack:
            indent = " " * (own.column - 1)
            self._texts(node, own, STAGE_TEXTS, indent, f"stage {word_at(node, 'id')}")
        for phase in PHASES:
            self._phase(node, own, phase, "" if node is pack else " " * (own.column - 1))

    def _phase(self, node: Map, own: Map, phase: str, indent: str) -> None:
        before: Map | None = None
        for block in maps_at(node, phase):
            there = self._nodes.get(word_at(block, "id"))
            if there is not None:
                self._block(block, there)
            elif before is not None:
                self._put(self._end(before), _block(block, " " * (before.column - 3)))
            elif phase in own.values:
                self._put(own.key_place(phase).line, _block(block, indent + _STEP))
            else:
                lines = [f"{indent}{phase}:", *_block(block, indent + _STEP)]
                self._put(self._end(own) if indent else self._end_of_file(), lines)
                own = own.having(phase, List((), own.file, own.line, own.column))
            if there is None:
                self.missing.update(_names(block))
            before = there or before

    def _block(self, block: Map, there: Map) -> None:
        if not is_group(block):
            self._question(block, there)
            return
        self._texts(block, there, GROUP_TEXTS, " " * (there.column - 1), word_at(block, "id"))
        before: Map | None = None
        for member in members_of(block):
            found = self._nodes.get(word_at(member, "id"))
            if found is not None:
                self._question(member, found)
                before = found
                continue
            self.missing.add(word_at(member, "id"))
            if before is not None:
                self._put(self._end(before), _question(member, " " * (before.column - 3)))
            else:
                head = (
                    []
                    if _list_key(block) in there.values
                    else [f"{' ' * (there.column - 1)}{_list_key(block)}:"]
                )
                lines = [*head, *_question(member, " " * (there.column + 1))]
                self._put(self._end(there), lines)

    def _question(self, node: Map, there: Map) -> None:
        name, indent = word_at(node, "id"), " " * (there.column - 1)
        self._texts(node, there, QUESTION_TEXTS, indent, name)
        for key, texts in (("must", MUST_TEXTS), ("probe", _PROBE)):
            items, own = maps_at(node, key), maps_at(there, key)
            if len(own) < len(items):
                self.missing.add(name)
                lines = [f"{indent}{key}:"] if not own else []
                for item in items[len(own) :]:
                    lines += _item(item, texts, indent + _STEP)
                self._put(self._end(own[-1]) if own else self._end(there), lines)
            elif any(
                set(_wanted(a, texts)) - set(b.values) for a, b in zip(items, own, strict=False)
            ):
                self.missing.add(name)

    def _texts(self, node: Map, there: Map, names: tuple[str, ...], indent: str, name: str) -> None:
        """Put in the keys that are not written; those that are written and empty count as missing too."""
        lacking = [key for key in _wanted(node, names) if key not in there.values]
        labels = map_at(node, "options").values.keys() - map_at(there, "options").values.keys()
        if lacking or labels:
            self.missing.add(name)
        unwritten = tuple(key for key in lacking if key not in there.keys)
        if unwritten:
            end = self._end(there) if indent else self._lead()
            self._put(end, _keys(node, unwritten, indent))

    def _words(self, pack: Map) -> None:
        own = map_at(self._tree, "words")
        lacking = [name for name in map_at(pack, "words").values if name not in own.values]
        if lacking:
            self.missing.add("words")
        lines = [
            line for name in lacking if name not in own.keys for line in _word_list(pack, name)
        ]
        self._put_into("words", lines)

    def _cores(self, pack: Map) -> None:
        own = map_at(self._tree, "core")
        lines: list[str] = []
        for name, text in map_at(pack, "core").values.items():
            if name not in own.values or not _is_whole(text, own.values[name]):
                self.missing.add(f"core {name}")
                lines += _core(name, text) if name not in own.keys else []
        self._put_into("core", lines)

    # --- places ------------------------------------------------------------------

    def _put(self, line: int, lines: list[str] | Iterator[str]) -> None:
        self._after.setdefault(line, []).extend(lines)

    def _put_into(self, key: str, lines: list[str]) -> None:
        if lines and key in self._tree.keys:
            self._put(self._end_of_key(key), lines)
        elif lines:
            self._put(self._lead(), [f"{key}:", *lines])

    def _lead(self) -> int:
        """The last line of what stands before questions, words and marks: after the language."""
        return self._tree.key_place("language").line

    def _end_of_key(self, key: str) -> int:
        return self._block_of(key)[1]

    def _end_of_file(self) -> int:
        first, _ = self._block_of(MARKS)
        return first - 1 if first else len(self._lines)

    def _block_of(self, key: str) -> tuple[int, int]:
        """The first and the last line of a key at the top; (0, 0) when it is not there."""
        if key not in self._tree.keys:
            return 0, 0
        first = self._tree.key_place(key).line
        return first, self._last(first, 1)

    def _end(self, node: Map) -> int:
        """The last line of an item of a list."""
        return self._last(node.line, node.column - 1)

    def _last(self, line: int, indent: int) -> int:
        """The last line from `line` on that stands `indent` blanks in or more; comments at its end are not."""
        last = line
        for number, text in enumerate(self._lines[line:], line + 1):
            bare = text.strip()
            if bare and len(text) - len(text.lstrip(" ")) < indent:
                break
            if bare and not bare.startswith("#"):
                last = number
        return last


def _every(tree: Map) -> Iterator[Map]:
    for stage in (tree, *maps_at(tree, "stages")):
        for block in blocks_of(stage):
            yield block
            if is_group(block):
                yield from members_of(block)


def _names(block: Map) -> Iterator[str]:
    """The names in `marks` of a block and what is in it."""
    if is_group(block):
        yield word_at(block, "id")
    yield from (word_at(member, "id") for member in members_of(block))


def _wanted(node: Map, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in node.values and name not in _OPTIONAL]


def _is_whole(text: Node, own: Node) -> bool:
    source = text if isinstance(text, Map) else EMPTY
    there = own if isinstance(own, Map) else EMPTY
    return all(name in there.values for name in _wanted(source, CORE_TEXTS))
