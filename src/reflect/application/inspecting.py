"""What an unknown pack would do, told before anybody lets it in: read off its script, nothing is played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from reflect.application.begin import last_names
from reflect.rehearsal.length import extent
from reflect.script import PHASES, Condition, Journey, Question, Script, Single

if TYPE_CHECKING:
    from reflect.packs.compile import Compiled, PackFiles


class StageSummary(msgspec.Struct, frozen=True):
    """One stage: how long its longest session is, in questions and minutes, short and long."""

    id: str
    title: str
    short_questions: int
    short_minutes: int
    long_questions: int
    long_minutes: int
    turns: int


class Inspection(msgspec.Struct, frozen=True):
    """Everything that can be told of a pack.

    `kept` counts questions by what their answers become, `shares` by who may read them;
    `reads_last` names questions whose answer of last time is read, `journey` what else of
    earlier sessions; `moves` the states a yes moves the mentorship to; `replaces` core's
    sentences in words of its own; `digest` is of its files.
    """

    id: str
    version: str
    title: str
    about: str
    made_from: str
    language: str
    languages: tuple[str, ...]
    audience: str
    extends: str
    kind: str
    questions: int
    wordings: int
    probes: int
    stages: tuple[StageSummary, ...]
    kept: dict[str, int]
    shares: dict[str, int]
    reads_last: tuple[str, ...]
    journey: tuple[str, ...]
    moves: tuple[str, ...]
    replaces: tuple[str, ...]
    digest: str


def inspect(files: PackFiles, compiled: Compiled) -> Inspection:
    """What `files`, compiled without errors, would do."""
    script, tree = compiled.script, compiled.tree
    assert script is not None and tree is not None
    from reflect.packs.tree import map_at, word_at

    questions = [question for stage in script.stages for question in stage.questions()]
    return Inspection(
        id=script.pack,
        version=script.version,
        title=script.title,
        about=script.about,
        made_from=script.origin,
        language=script.language,
        languages=(script.language, *sorted(files.translations)),
        audience=script.audience,
        extends=word_at(tree, "extends"),
        kind="reflection" if script.is_reflection else "exercise",
        questions=len(questions),
        wordings=sum(len(question.ask) for question in questions),
        probes=sum(len(question.probes) for question in questions),
        stages=tuple(_stages(script)),
        kept=dict(Counter(question.keep for question in questions if question.keep)),
        shares=dict(Counter(question.share for question in questions)),
        reads_last=tuple(sorted(last_names(script))),
        journey=tuple(sorted({fact for each in _conditions(script) for fact in _facts(each)})),
        moves=tuple(dict.fromkeys(q.moves_to for q in questions if q.moves_to)),
        replaces=tuple(map_at(tree, "core").values),
        digest=_digest(files),
    )


def _stages(script: Script) -> Iterator[StageSummary]:
    for stage in script.stages:
        short, long = extent(script, stage.id, "short"), extent(script, stage.id, "long")
        yield StageSummary(
            stage.id,
            stage.title,
            short.longest,
            short.minutes,
            long.longest,
            long.minutes,
            long.turns,
        )


def _conditions(script: Script) -> Iterator[Condition]:
    for stage in script.stages:
        for phase in PHASES:
            for block in stage.blocks(phase):
                if not isinstance(block, Single) and block.when:
                    yield block.when
        for question in stage.questions():
            yield from _of(question)


def _of(question: Question) -> Iterator[Condition]:
    if question.when:
        yield question.when
    yield from (probe.when for probe in question.probes)


def _facts(condition: Condition) -> Iterator[str]:
    """What of the journey a condition reads."""
    for group in condition.groups:
        for test in group:
            if isinstance(test, Journey):
                yield test.what


def _digest(files: PackFiles) -> str:
    """A BLAKE2b of the pack's file and its translations, 16 bytes in hex."""
    from hashlib import blake2b

    total = blake2b(files.pack.data, digest_size=16)
    for name, text in sorted(files.translations.items()):
        total.update(name.encode() + b"\0" + text.data)
    return total.hexdigest()
