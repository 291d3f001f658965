"""Builds the stages of a script from a resolved tree.

The tree has been conformed, laid over its base and translated; here its texts
become templates, its sentences conditions, its maps the values of
`reflect.script`. What each answer is listened to for, and how openly it may be
shared in the end, is filled in when everything is built (`finish`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from msgspec.structs import replace

from reflect.packs import codes
from reflect.packs.conditions import Conditions, Scope
from reflect.packs.conform import limit_of, require, scale_of
from reflect.packs.facts import Here, Survey, kind_of
from reflect.packs.report import Report, clip
from reflect.packs.schema import (
    MUST,
    ONE_OF,
    PROBE,
    QUESTION,
    REPEAT,
    REPEAT_LIMITS,
    STAGE,
)
from reflect.packs.signals import Signals
from reflect.packs.templates import Surroundings, Templates
from reflect.packs.tree import (
    Map,
    Text,
    items_at,
    map_at,
    maps_at,
    text_at,
    texts_at,
    word_at,
    words_at,
)
from reflect.script import (
    LIFECYCLE,
    PHASES,
    Audience,
    Block,
    Condition,
    Hears,
    Keep,
    Lifecycle,
    Must,
    OneOf,
    Option,
    Phase,
    Probe,
    Question,
    Repeat,
    Share,
    Single,
    Stage,
    Template,
    Vocabulary,
)


class Builder:
    """Builds the stages of one pack."""

    def __init__(
        self,
        pack: Map,
        vocabulary: Vocabulary,
        report: Report,
        owners: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`owners` gives the id and version of the pack that each file belongs to."""
        self._pack = pack
        self._owners = owners
        self._report = report
        self._checked = frozenset(vocabulary.kinds)
        self._survey = Survey(report).of(pack)
        self.signals = Signals()
        lists = {
            name: words_at(map_at(pack, "words"), name) for name in map_at(pack, "words").values
        }
        facts = self._survey.facts
        self._templates = Templates(facts, report)
        self._conditions = Conditions(facts, lists, vocabulary, self.signals, report)

    def stages(self) -> tuple[Stage, ...]:
        """The stages with their questions, before they are finished."""
        return tuple(
            self._stage(node, number) for number, node in enumerate(maps_at(self._pack, "stages"))
        )

    # --- stages and blocks ---------------------------------------------------------

    def _stage(self, node: Map, number: int) -> Stage:
        require(node, STAGE, self._report)
        phases = {phase: self._phase(node, phase, number) for phase in PHASES}
        if not any(phases.values()) and not any(items_at(node, phase) for phase in PHASES):
            hint = "Write questions under opening, worked, adjust, next or closing."
            self._report.error(codes.NO_QUESTIONS, node.place, "This stage asks nothing.", hint)
        return Stage(
            id=word_at(node, "id"),
            title=word_at(node, "title"),
            aim=word_at(node, "aim"),
            signs=words_at(node, "signs"),
            lifecycle=_states(words_at(node, "lifecycle")),
            opening=phases["opening"],
            worked=phases["worked"],
            adjust=phases["adjust"],
            next=phases["next"],
            closing=phases["closing"],
        )

    def _phase(self, stage: Map, phase: Phase, number: int) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for item in items_at(stage, phase):
            if isinstance(item, Text):
                self._bare(item)
            elif isinstance(item, Map):
                blocks.append(self._block(item, number))
        return tuple(blocks)

    def _bare(self, item: Text) -> None:
        message = f"`{item.value}` alone is no question."
        hint = f"Write `id: {clip(item.value)}`, and its question below with `ask:`."
        self._report.error(codes.BARE_ID, item.place, message, hint)

    def _block(self, node: Map, stage: int) -> Block:
        here = Here(stage, self._survey.order(node))
        if "one of" in node.values:
            return self._one_of(node, here)
        if "repeat" in node.values or "questions" in node.values:
            return self._repeat(node, here)
        return Single(self._question(node, here))

    def _one_of(self, node: Map, here: Here) -> OneOf:
        require(node, ONE_OF, self._report)
        group = word_at(node, "id")
        members = self._members(node, "one of", here, group)
        if len(members) < 2:
            message = "A choice of questions needs at least two of them."
            hint = "Add another question, or write this one without `one of`."
            self._report.error(codes.BAD_GROUP, node.place, message, hint)
        for member, child in zip(members, maps_at(node, "one of"), strict=True):
            if any(not name.startswith("last.") for name in member.reads):
                message = "A member of `one of` has no `when` on this session's answers."
                hint = "Put the condition on the group, or the question outside it."
                self._report.error(codes.BAD_GROUP, child.key_place("when"), message, hint)
        when = self._when(node, here)
        return OneOf(
            id=group,
            members=self._reading(members, when),
            deeper=word_at(node, "depth") == "deeper",
            when=when,
            line=node.line,
        )

    def _repeat(self, node: Map, here: Here) -> Repeat:
        require(node, REPEAT, self._report)
        group = word_at(node, "id")
        children = maps_at(node, "questions")
        if not children and "questions" in node.values:
            hint = "Write its questions under `questions`, a dash each, or take the repeat out."
            message = "This repeat has no questions."
            self._report.error(codes.BAD_GROUP, node.place, message, hint)
        if children and "when" in children[0].values:
            place = children[0].key_place("when")
            message = "The first question of a repeat has no `when`."
            self._report.error(codes.BAD_GROUP, place, message, "Put it on the repeat itself.")
        around = Surroundings(here=here)
        when = self._when(node, here)
        return Repeat(
            id=group,
            limit=self._limit(node),
            questions=self._reading(self._members(node, "questions", here, group), when),
            again=tuple(self._templates.read(text, around) for text in texts_at(node, "again")),
            deeper=word_at(node, "depth") == "deeper",
            when=when,
            line=node.line,
        )

    def _reading(
        self, members: tuple[Question, ...], when: Condition | None
    ) -> tuple[Question, ...]:
        """`members` reading also what `when`, the condition of their group, reads."""
        shared = reads_of(when, self.signals)
        return tuple(
            replace(member, reads=tuple(sorted({*member.reads, *shared}))) for member in members
        )

    def _members(self, node: Map, key: str, here: Here, group: str) -> tuple[Question, ...]:
        members: list[Question] = []
        for item in items_at(node, key):
            if isinstance(item, Text):
                self._bare(item)
            elif isinstance(item, Map):
                where = Here(here.stage, self._survey.order(item), group)
                members.append(self._question(item, where))
        return tuple(members)

    def _limit(self, node: Map) -> int:
        low, high = REPEAT_LIMITS
        text = text_at(node, "repeat")
        limit = limit_of(text.value) if text else None
        if text and limit is not None and not low <= limit <= high:
            message = f"A repeat goes round {low} to {high} times."
            self._report.error(codes.BAD_GROUP, text.place, message, f"Such as `up to {low + 1}`.")
        return limit or low

    # --- questions -----------------------------------------------------------------

    def _question(self, node: Map, here: Here) -> Question:
        require(node, QUESTION, self._report)
        self._suits(node)
        when = self._when(node, here)
        around = Surroundings(here=here)
        low, high = scale_of(word_at(node, "scale")) or (1, 5)
        return Question(
            id=word_at(node, "id"),
            ask=self._wordings(node, around),
            how=self._text(node, "how", around),
            example=self._text(node, "example", around),
            kind=kind_of(node),
            low=low,
            high=high,
            labels=words_at(node, "labels"),
            options=_options(node),
            deeper=word_at(node, "depth") == "deeper",
            skip=word_at(node, "skip") != "no",
            when=when,
            must=tuple(self._must(item, node, here) for item in maps_at(node, "must")),
            probes=self._probes(node, here),
            keep=cast("Keep | None", word_at(node, "keep") or None),
            share=cast("Share", word_at(node, "share") or word_at(self._pack, "share", "yes")),
            audience=cast("Audience", word_at(node, "for", "both")),
            moves_to=cast("Lifecycle | None", word_at(node, "moves to") or None),
            note=self._text(node, "note for mentor", around),
            reads=reads_of(when, self.signals),
            line=node.line,
            check=self._check_of(node),
            origin=self._origin(node),
        )

    def _origin(self, node: Map) -> str:
        """Whose words the question is in, "" for the pack's own."""
        ask = node.values.get("ask")
        own = f"{word_at(self._pack, 'pack')} {word_at(self._pack, 'version')}"
        owner = self._owners.get(ask.place.file, own) if ask else own
        return "" if owner == own else owner

    def _must(self, node: Map, question: Map, here: Here) -> Must:
        require(node, MUST, self._report)
        check = self._condition(node, "check", Scope(here, word_at(question, "id"), "must"))
        return Must(check or _NEVER, self._text(node, "say", Surroundings(here=here)))

    def _probes(self, question: Map, here: Here) -> tuple[Probe, ...]:
        probes: list[Probe] = []
        for number, node in enumerate(maps_at(question, "probe"), 1):
            probe = self._probe(node, word_at(question, "id"), here, number)
            if any(before.id == probe.id for before in probes):
                place = node.key_place("id")
                message = f"Two probes of this question are called `{probe.id}`."
                self._report.error(codes.DUPLICATE_ID, place, message, "Give this one its own id.")
            probes.append(probe)
        return tuple(probes)

    def _probe(self, node: Map, question: str, here: Here, number: int) -> Probe:
        require(node, PROBE, self._report)
        when = self._condition(node, "when", Scope(here, question, "probe"))
        return Probe(
            id=word_at(node, "id", str(number)),
            when=when or _NEVER,
            ask=self._wordings(node, Surroundings("probe", here)),
            fires=words_at(node, "fires"),
            quiet=words_at(node, "quiet"),
        )

    # --- texts and conditions --------------------------------------------------------

    def _wordings(self, node: Map, around: Surroundings) -> tuple[Template, ...]:
        return tuple(self._templates.read(text, around) for text in texts_at(node, "ask"))

    def _text(self, node: Map, name: str, around: Surroundings) -> Template:
        return self._templates.read(text_at(node, name), around)

    def _when(self, node: Map, here: Here) -> Condition | None:
        return self._condition(node, "when", Scope(here, word_at(node, "id")))

    def _condition(self, node: Map, key: str, scope: Scope) -> Condition | None:
        return self._conditions.read(texts_at(node, key), scope)

    def _check_of(self, node: Map) -> str:
        """The plug-in's kind of answer that `node` asks for, "" for one of the format's own."""
        answer = word_at(node, "answer")
        return answer if kind_of(node) == "line" and answer in self._checked else ""

    # --- keys that belong together ---------------------------------------------------

    def _suits(self, node: Map) -> None:
        """Report keys of a question that contradict its kind."""
        answer, kind = word_at(node, "answer"), kind_of(node)
        meant = self._check_of(node) or {"several": "choice"}.get(kind, kind)
        if answer and answer != meant:
            message = f"`answer: {answer}` contradicts the other keys of this question."
            self._conflict(node, "answer", message, "Take `answer` out, or the others.")
        if "options" in node.values and "scale" in node.values:
            message = "A question has either `options` or a `scale`."
            self._conflict(node, "scale", message, "Take one of the two out.")
        if kind == "choice" and "options" not in node.values:
            self._conflict(node, "answer", "A choice needs `options`.", _OPTIONS)
        if "choose" in node.values and kind != "several":
            self._conflict(node, "choose", "`choose: several` needs `options`.", _OPTIONS)
        if "moves to" in node.values and kind != "yesno":
            message = "`moves to` needs a question with `answer: yesno`."
            self._conflict(node, "moves to", message, "Write `answer: yesno` at this question.")
        if "options" in node.values and len(map_at(node, "options").values) < 2:
            place = node.key_place("options")
            message = "A choice needs two options at least."
            self._report.error(codes.BAD_SCALE, place, message, _OPTIONS)
        self._labels(node)

    def _labels(self, node: Map) -> None:
        labels = words_at(node, "labels")
        if not labels:
            return
        if kind_of(node) != "scale":
            hint = "Write `scale: 1 to 5`, or take `labels` out."
            self._conflict(node, "labels", "`labels` needs a `scale`.", hint)
            return
        low, high = scale_of(word_at(node, "scale")) or (1, 5)
        if len(labels) not in (2, high - low + 1):
            message = f"{len(labels)} labels do not fit {high - low + 1} steps."
            hint = "Write a dash and a text for each step, or for the first and the last."
            self._report.error(codes.BAD_SCALE, node.key_place("labels"), message, hint)

    def _conflict(self, node: Map, key: str, message: str, hint: str) -> None:
        self._report.error(codes.CONFLICTING_KEYS, node.key_place(key), message, hint)


_OPTIONS = "Write `options:` and below it a line with a dash for each."

_NEVER = Condition("", ())
"""Stands where a condition could not be read; a pack with one is never used."""


def reads_of(when: Condition | None, signals: Signals) -> tuple[str, ...]:
    """Every answer that `when` reads, those it compares with included, sorted."""
    if when is None:
        return ()
    heard = [test for group in when.groups for test in group if isinstance(test, Hears)]
    compared = {signals.other(test.signal) for test in heard} - {""}
    return tuple(sorted(when.subjects() | compared))


def _options(node: Map) -> tuple[Option, ...]:
    options = map_at(node, "options").values
    return tuple(
        Option(name, label.value) for name, label in options.items() if isinstance(label, Text)
    )


def _states(names: tuple[str, ...]) -> tuple[Lifecycle, ...]:
    """The states a stage serves as its author orders them: the first is the one it stands for."""
    return tuple(state for name in names for state in LIFECYCLE if state == name)
