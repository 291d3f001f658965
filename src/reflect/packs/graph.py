"""The questions of a script as a graph: what follows what, and what depends on which answer."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reflect.packs.outline import plain
from reflect.script import PHASES, Block, OneOf, Phase, Question, Repeat, Script, Single, Stage

_WORDS = {"yesno": "yes or no", "number": "a number", "date": "a date", "line": "one line"}


class Ask(msgspec.Struct, frozen=True):
    """One question: its first wording, and in `facts` how it is answered, what follows, what becomes of it."""

    id: str
    text: str
    facts: tuple[str, ...]


class Node(msgspec.Struct, frozen=True):
    """One box: a question, or a group of which `head` says what it is; `when` is the sentence it is asked under."""

    id: str
    phase: Phase
    head: str
    asks: tuple[Ask, ...]
    when: str
    deeper: bool


class Edge(msgspec.Struct, frozen=True):
    """`target` reads the answer of `source`: both are ids of nodes of one stage."""

    source: str
    target: str


class StageGraph(msgspec.Struct, frozen=True):
    """One stage: its boxes in the order they are asked, and who reads whom."""

    id: str
    title: str
    nodes: tuple[Node, ...]
    reads: tuple[Edge, ...]


def graph(script: Script) -> tuple[StageGraph, ...]:
    """The graph of every stage of `script`."""
    return tuple(_stage(stage) for stage in script.stages)


def _stage(stage: Stage) -> StageGraph:
    blocks = [(phase, block) for phase in PHASES for block in stage.blocks(phase)]
    nodes = tuple(_node(phase, block) for phase, block in blocks)
    homes = {ask.id: node.id for node in nodes for ask in node.asks}
    return StageGraph(stage.id, stage.title, nodes, tuple(_edges(blocks, homes)))


def _edges(blocks: list[tuple[Phase, Block]], homes: dict[str, str]) -> Iterator[Edge]:
    found = {}
    for _, block in blocks:
        for question in _questions(block):
            for name in _read(question):
                source, target = homes.get(name, ""), homes[question.id]
                if source and source != target:
                    found[source, target] = Edge(source, target)
    yield from found.values()


def _read(question: Question) -> Iterator[str]:
    """Every answer of this session that decides about the question or its probes."""
    yield from question.reads
    for probe in question.probes:
        yield from probe.when.subjects()


def _questions(block: Block) -> tuple[Question, ...]:
    if isinstance(block, Single):
        return (block.question,)
    return block.members if isinstance(block, OneOf) else block.questions


def _node(phase: Phase, block: Block) -> Node:
    questions = _questions(block)
    when = block.question.when if isinstance(block, Single) else block.when
    deeper = block.question.deeper if isinstance(block, Single) else block.deeper
    return Node(
        id=block.question.id if isinstance(block, Single) else block.id,
        phase=phase,
        head=_head(block),
        asks=tuple(_ask(question, grouped=not isinstance(block, Single)) for question in questions),
        when=when.text if when else "",
        deeper=deeper,
    )


def _head(block: Block) -> str:
    if isinstance(block, OneOf):
        return f"one of {len(block.members)}"
    return f"up to {block.limit} times" if isinstance(block, Repeat) else ""


def _ask(question: Question, *, grouped: bool) -> Ask:
    text = plain(question.ask[0]) if question.ask else ""
    return Ask(question.id, text, tuple(_facts(question, grouped)))


def _facts(question: Question, grouped: bool) -> Iterator[str]:
    if question.options:
        yield " / ".join(option.label for option in question.options)
    elif question.kind == "scale":
        yield f"{question.low} to {question.high}"
    elif question.kind in _WORDS:
        yield _WORDS[question.kind]
    if question.when is not None and grouped:
        yield f"only when {question.when.text}"
    for probe in question.probes:
        yield f"if {probe.when.text}: {plain(probe.ask[0]) if probe.ask else ''}"
    if question.keep:
        yield f"kept as {question.keep}"
    if question.share != "yes":
        yield "private" if question.share == "no" else "sharing decided at the end"
