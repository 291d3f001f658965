"""Every text of a script that a mentee reads, with its place, ready to be looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from reflect.diagnostics import Place
from reflect.listening.words import Words
from reflect.packs.places import Places
from reflect.packs.tree import Text
from reflect.script import (
    PHASES,
    Audience,
    Kind,
    Question,
    Repeat,
    Script,
    Template,
    questions_of,
)

Part = Literal["ask", "probe", "again", "how", "example", "say"]
ASKED: tuple[Part, ...] = ("ask", "probe", "again")
"""The parts of a question that ask something."""

STAND_IN = "Sam"
"""What stands for a placeholder: one short word, like most of what fills it."""


_MOST_READ = 10_000
"""Characters of one text that are looked at: what is so long is told to be too long."""

_FILLED = re.compile(r"\{\{|\{[^{}]*\}")


class Said:
    """One text of the question `id`: what `part` it is, and the `kind` of answer it is given.

    `template` was made of `source`.
    """

    def __init__(
        self, question: Question, part: Part, template: Template, source: Text, kind: Kind
    ) -> None:
        self.id = question.id
        self.audience: Audience = question.audience
        self.part = part
        self.template = template
        self.source = source
        self.kind = kind

    @cached_property
    def text(self) -> str:
        """The text with `STAND_IN` for every placeholder; of one without end its beginning."""
        text = "".join(piece if isinstance(piece, str) else STAND_IN for piece in self.template)
        return text[:_MOST_READ]

    @property
    def place(self) -> Place:
        """Where the text begins."""
        return self.source.place

    def at(self, offset: int) -> Place:
        """Where the character number `offset` of `text` is written; the place of the text in doubt."""
        shown, before = 0, 0  # how long the text is up to here, and its source
        for found in _FILLED.finditer(self.source.value):
            literal = found.start() - before
            if offset < shown + literal:
                break
            size = 1 if found.group() == "{{" else len(STAND_IN)
            if offset < shown + literal + size:
                return self.source.at(found.start())
            shown, before = shown + literal + size, found.end()
        return self.source.at(before + offset - shown)

    @cached_property
    def words(self) -> Words:
        """The words of the text."""
        return Words(self.text)

    @property
    def asks(self) -> bool:
        """Whether this is put as a question."""
        return self.part in ASKED

    @property
    def written(self) -> str:
        """The text as an author sees it, with the names of its placeholders."""
        return "".join(
            piece if isinstance(piece, str) else f"{{{piece.key}}}" for piece in self.template
        )


def texts_of(script: Script, places: Places, own: str) -> Iterator[Said]:
    """The texts of `script`; in a translation of a pack written in the language `own`, those translated."""
    for said in _texts(script, places):
        home = places.question(said.id).file
        if script.language == own or said.place.file != home:
            yield said


def _texts(script: Script, places: Places) -> Iterator[Said]:
    for stage in script.stages:
        for phase in PHASES:
            for block in stage.blocks(phase):
                for question in questions_of(block):
                    yield from _of_question(question, places)
                if isinstance(block, Repeat):
                    first = block.questions[0]
                    for number, again in enumerate(block.again):
                        source = places.text(block.id, "again", number)
                        yield Said(first, "again", again, source, "yesno")


def _of_question(question: Question, places: Places) -> Iterator[Said]:
    name, kind = question.id, question.kind
    for number, wording in enumerate(question.ask):
        yield Said(question, "ask", wording, places.text(name, "ask", number), kind)
    for part, template in (("how", question.how), ("example", question.example)):
        if template:
            shown: Part = "how" if part == "how" else "example"
            yield Said(question, shown, template, places.text(name, part), kind)
    for number, must in enumerate(question.must):
        source = places.text(name, "say", within=("must", number))
        yield Said(question, "say", must.say, source, kind)
    for number, probe in enumerate(question.probes):
        for item, wording in enumerate(probe.ask):
            source = places.text(name, "ask", item, ("probe", number))
            yield Said(question, "probe", wording, source, "text")
