"""A script written out for people: stage by stage, what is asked, when, and what follows."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.script import (
    PHASES,
    Block,
    Condition,
    OneOf,
    Placeholder,
    Question,
    Repeat,
    Script,
    Single,
    Stage,
    Template,
)
from reflect.text import display_width

_KINDS = {
    "line": "one line",
    "yesno": "yes or no",
    "number": "a number",
    "date": "a date",
    "choice": "one of",
    "several": "any of",
}


def outline(script: Script, columns: int) -> Iterator[str]:
    """`script` in lines of at most `columns` cells, where no word is longer."""
    yield f"{script.title} ({script.pack} {script.version}, {script.language})"
    if script.about:
        yield from _folded(script.about, columns, "")
    for stage in script.stages:
        yield ""
        yield from _stage(stage, columns)


def plain(template: Template) -> str:
    """The text of `template` with its placeholders as an author writes them."""
    return "".join(piece if isinstance(piece, str) else _placeholder(piece) for piece in template)


def _placeholder(piece: Placeholder) -> str:
    sources = {"last": f"last.{piece.name}", "quote": f"quote of {piece.name}".strip()}
    name = sources.get(piece.source, piece.name or piece.source)
    name = name.removesuffix(" of")
    return "{" + (f"{name}|{piece.fallback}" if piece.fallback else name) + "}"


def _stage(stage: Stage, columns: int) -> Iterator[str]:
    serves = f"  ({', '.join(stage.lifecycle)})" if stage.lifecycle else ""
    yield f"{stage.title}  [{stage.id}]{serves}"
    if stage.aim:
        yield from _folded(stage.aim, columns, "  ")
    for phase in PHASES:
        blocks = stage.blocks(phase)
        if blocks:
            yield f"  {phase}"
        for block in blocks:
            yield from _block(block, columns)


def _block(block: Block, columns: int) -> Iterator[str]:
    if isinstance(block, Single):
        yield from _question(block.question, columns, "    ")
        return
    name = "one of" if isinstance(block, OneOf) else f"up to {block.limit} times"
    yield f"    {name}  [{block.id}]{_deeper(block.deeper)}"
    yield from _when(block.when, columns, "      ")
    members = block.members if isinstance(block, OneOf) else block.questions
    for question in members:
        yield from _question(question, columns, "      ")
    if isinstance(block, Repeat):
        yield from _folded(f"then: {plain(block.again[0])}", columns, "      ")


def _question(question: Question, columns: int, indent: str) -> Iterator[str]:
    more = len(question.ask) - 1
    wordings = f"  (+{more} wording{'s' * (more > 1)})" if more else ""
    yield from _folded(
        f"{plain(question.ask[0]) if question.ask else ''}  [{question.id}]{wordings}{_deeper(question.deeper)}",
        columns,
        indent,
    )
    inside = indent + "  "
    yield from _when(question.when, columns, inside)
    facts = "; ".join(_facts(question))
    if facts:
        yield from _folded(facts, columns, inside)
    for must in question.must:
        yield from _folded(f"must: {must.check.text}, else: {plain(must.say)}", columns, inside)
    for probe in question.probes:
        yield from _folded(f"if {probe.when.text}: {plain(probe.ask[0])}", columns, inside)


def _facts(question: Question) -> Iterator[str]:
    if question.kind == "scale":
        yield f"{question.low} to {question.high}"
    elif question.kind in _KINDS:
        options = ", ".join(option.label for option in question.options)
        yield f"{_KINDS[question.kind]} {options}".strip()
    if question.keep:
        yield f"kept as {question.keep}"
    if question.share != "yes":
        yield "private" if question.share == "no" else "sharing decided at the end"
    if not question.skip:
        yield "needs an answer"
    if question.moves_to:
        yield f"a yes moves to {question.moves_to}"
    if question.audience != "both":
        yield f"for the {question.audience}"


def _when(when: Condition | None, columns: int, indent: str) -> Iterator[str]:
    if when is not None:
        yield from _folded(f"only when {when.text}", columns, indent)


def _deeper(deeper: bool) -> str:
    return "  (long session)" if deeper else ""


def _folded(text: str, columns: int, indent: str) -> Iterator[str]:
    """`text` in lines with `indent`, the second and later ones a little further in."""
    line = indent
    for word in text.split():
        room = display_width(line) + 1 + display_width(word) <= columns
        if line.strip() and not room:
            yield line
            line = indent + "  "
        line += word if not line.strip() else f" {word}"
    yield line
