"""What conditions and texts may know of each question of a pack, gathered before anything is built."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reflect.diagnostics import Place
from reflect.packs import codes
from reflect.packs.conform import scale_of
from reflect.packs.report import Report
from reflect.packs.schema import MOST_QUESTIONS, RESERVED
from reflect.packs.tree import Map, Text, items_at, map_at, maps_at, text_at, word_at, words_at
from reflect.script import PHASES, Kind

NOWHERE = -1


class Facts(msgspec.Struct, frozen=True):
    """One question: its kind, where it is asked, and whether its answer can be missing.

    `order` counts the questions of the pack in the order they stand. `group` is the
    id of the group it is in, `looped` whether that is a repeat. `steady` means that it is
    neither hidden nor skipped, once its group is asked; `sure` that it is in no
    group either.
    """

    id: str
    kind: Kind
    stage: int
    order: int
    place: Place
    options: tuple[str, ...] = ()
    low: int = 1
    high: int = 5
    group: str = ""
    looped: bool = False
    steady: bool = False

    @property
    def sure(self) -> bool:
        """Whether an answer is there whenever the question has been passed."""
        return self.steady and not self.group

    @property
    def is_text(self) -> bool:
        """Whether the answer is free text that can be listened to."""
        return self.kind in ("text", "line")

    @property
    def is_number(self) -> bool:
        """Whether the answer is a number that can be compared."""
        return self.kind in ("number", "scale")


class Here(msgspec.Struct, frozen=True):
    """A place from which answers are read: those before `order` in the same stage, and in which group."""

    stage: int = NOWHERE
    order: int = NOWHERE
    group: str = ""

    def sees(self, other: Facts) -> bool:
        """Whether the answer to `other` can be read here."""
        if other.stage != self.stage or other.order >= self.order:
            return False
        if other.looped:
            return other.group == self.group
        return not other.group or other.group != self.group


def kind_of(question: Map) -> Kind:
    """The kind of answer that the keys of `question` mean."""
    if "options" in question.values:
        return "several" if "choose" in question.values else "choice"
    if "scale" in question.values:
        return "scale"
    kinds: dict[str, Kind] = {
        "": "text",
        "text": "text",
        "line": "line",
        "yesno": "yesno",
        "number": "number",
        "date": "date",
        "scale": "scale",
        "choice": "choice",
    }
    # What else was let in is a plug-in's kind: a line that has to pass a check.
    return kinds.get(word_at(question, "answer"), "line")


def members_of(block: Map) -> tuple[Map, ...]:
    """The questions inside a group; the block itself when it is a question."""
    if is_group(block):
        return maps_at(block, "one of" if "one of" in block.values else "questions")
    return (block,)


def is_group(block: Map) -> bool:
    """Whether `block` is a group of questions."""
    return "one of" in block.values or "repeat" in block.values or "questions" in block.values


def blocks_of(stage: Map) -> Iterator[Map]:
    """The blocks of all phases, in the order they are asked; bare ids are passed over."""
    for phase in PHASES:
        yield from maps_at(stage, phase)


class Survey:
    """The questions of a whole pack, by id, and every id that is taken."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._ids: dict[str, Place] = {}
        self._order = 0
        self.facts: dict[str, Facts] = {}
        self._numbers: dict[int, int] = {}

    def of(self, pack: Map) -> Survey:
        """This survey, after a look at `pack`; reports ids that are used twice, retired or reserved."""
        stages: dict[str, Place] = {}
        for number, stage in enumerate(maps_at(pack, "stages")):
            self._claim(stage, stages, "stage")
            for block in blocks_of(stage):
                self._block(block, number)
        self._check_old(pack)
        if self._order > MOST_QUESTIONS:
            message = f"This pack has {self._order} questions; {MOST_QUESTIONS} are the most."
            hint = "Take some out, or make several packs of it."
            self._report.error(codes.TOO_MANY_QUESTIONS, pack.place, message, hint)
        return self

    def order(self, node: Map) -> int:
        """The number of the first question at or inside the block or question `node`."""
        return self._numbers.get(id(node), NOWHERE)

    def _block(self, block: Map, stage: int) -> None:
        self._numbers[id(block)] = self._order
        group = word_at(block, "id") if is_group(block) else ""
        if is_group(block):
            self._claim(block, self._ids, "group")
        for member in members_of(block):
            self._question(member, stage, group, "one of" not in block.values)

    def _question(self, node: Map, stage: int, group: str, looped: bool) -> None:
        order = self._numbers[id(node)] = self._order
        self._order += 1
        if not self._claim(node, self._ids, "question"):
            return
        ends = scale_of(word_at(node, "scale")) or (1, 5)
        self.facts[word_at(node, "id")] = Facts(
            id=word_at(node, "id"),
            kind=kind_of(node),
            stage=stage,
            order=order,
            place=node.place,
            options=tuple(map_at(node, "options").values),
            low=ends[0],
            high=ends[1],
            group=group,
            looped=bool(group) and looped,
            steady=_is_steady(node),
        )

    def _claim(self, node: Map, taken: dict[str, Place], what: str) -> bool:
        """Take the id of `node`; False when it has none or a used one."""
        text = text_at(node, "id")
        if text is None:
            return False
        before = taken.get(text.value)
        if before is not None:
            file = "" if before.file == text.file else f"{before.file} "
            message = f"The id `{text.value}` is used already, in {file}line {before.line}."
            self._report.error(
                codes.DUPLICATE_ID, text.place, message, f"Give this {what} its own id."
            )
            return False
        if what != "stage" and text.value in RESERVED:
            message = f"`{text.value}` means something of its own and cannot be an id."
            hint = f"Choose another id, such as `about-{text.value}`."
            self._report.error(codes.RESERVED_ID, text.place, message, hint)
        taken[text.value] = text.place
        return True

    def _check_old(self, pack: Map) -> None:
        """Ids that were retired or renamed may not come back; what took over must exist."""
        renamed = map_at(pack, "renamed")
        old = [item for item in items_at(pack, "retired") if isinstance(item, Text)]
        for text in [*old, *renamed.keys.values()]:
            if text.value in self._ids:
                message = f"`{text.value}` is retired or renamed and cannot be asked."
                hint = "Old answers would be taken for answers to the new question: use another id."
                self._report.error(codes.RETIRED_ID, self._ids[text.value], message, hint)
        for new in renamed.values.values():
            if isinstance(new, Text) and new.value not in self._ids:
                message = f"There is no question `{new.value}`."
                hint = self._report.meant(new.value, self._ids)
                self._report.error(codes.UNKNOWN_NAME, new.place, message, hint)


def _is_steady(node: Map) -> bool:
    return (
        word_at(node, "skip") == "no"
        and word_at(node, "depth") != "deeper"
        and not words_at(node, "when")
        and "for" not in node.values
    )
