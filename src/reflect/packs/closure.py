"""What depends on a private answer is private: the effective share of every question.

A question is at most as shared as every answer that its conditions and texts
read, through other questions and earlier sessions too. Otherwise the mere fact
that it was asked would tell what was withheld.
"""

from __future__ import annotations

from collections.abc import Iterator

from reflect.packs.build import reads_of
from reflect.packs.signals import LAST, Signals
from reflect.script import (
    PHASES,
    SHARES,
    Block,
    Condition,
    Placeholder,
    Question,
    Repeat,
    Share,
    Single,
    Stage,
    Template,
    questions_of,
)

Reasons = dict[str, str]
"""By question that became less open, the one it reads that made it so."""


def all_blocks(stages: tuple[Stage, ...]) -> Iterator[Block]:
    """Every block of `stages`, in order."""
    for stage in stages:
        for phase in PHASES:
            yield from stage.blocks(phase)


def shares_of(stages: tuple[Stage, ...], signals: Signals) -> tuple[dict[str, Share], Reasons]:
    """The effective share of each question, and why it is less open than declared where it is."""
    declared: dict[str, Share] = {}
    readers: dict[str, list[str]] = {}
    for block in all_blocks(stages):
        for question, sources in _dependencies(block, signals):
            declared[question.id] = question.share
            for source in sources:
                readers.setdefault(source, []).append(question.id)
    return _spread(declared, readers)


def _spread(
    declared: dict[str, Share], readers: dict[str, list[str]]
) -> tuple[dict[str, Share], Reasons]:
    """Carry each share to whatever reads it, the least open first, by the shortest way."""
    effective: dict[str, Share] = {}
    reasons: Reasons = {}
    for share in reversed(SHARES):
        reached = [name for name, own in declared.items() if own == share and name not in effective]
        effective.update(dict.fromkeys(reached, share))
        for name in reached:
            for reader in readers.get(name, ()):
                if reader in declared and reader not in effective:
                    effective[reader] = share
                    reasons[reader] = name
                    reached.append(reader)
    return effective, reasons


def chain_of(name: str, reasons: Reasons) -> Iterator[str]:
    """`name` and the questions that lead from it to the one that is shared least, in order."""
    yield name
    while name in reasons:
        name = reasons[name]
        yield name


def _dependencies(block: Block, signals: Signals) -> Iterator[tuple[Question, frozenset[str]]]:
    """Each question of `block` with the answers that decide whether it is asked, or that it shows."""
    shared = frozenset() if isinstance(block, Single) else frozenset(reads_of(block.when, signals))
    questions = questions_of(block)
    for number, question in enumerate(questions):
        sources = {*shared, *_conditions(question, signals), *_shown(question)}
        if isinstance(block, Repeat) and number:
            sources.add(questions[0].id)
        named = {source.removeprefix(LAST) for source in sources}
        yield question, frozenset(named - {question.id})


def _conditions(question: Question, signals: Signals) -> Iterator[str]:
    conditions: list[Condition | None] = [question.when, *(probe.when for probe in question.probes)]
    for condition in conditions:
        yield from reads_of(condition, signals)


def _shown(question: Question) -> Iterator[str]:
    """The questions whose answers stand in the texts of `question`."""
    for template in _templates(question):
        for piece in template:
            if isinstance(piece, Placeholder) and piece.name:
                yield piece.name


def _templates(question: Question) -> Iterator[Template]:
    yield from question.ask
    yield from (question.how, question.example, question.note)
    yield from (must.say for must in question.must)
    for probe in question.probes:
        yield from probe.ask
