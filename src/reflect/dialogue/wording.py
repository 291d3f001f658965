"""From a template to the sentence that is read: placeholders are references, never copies.

A mentee's words in a shown text are stored as a `Ref` and looked up when the text is
rendered; when the source is gone, the author's fallback stands. What is
put in is never read again as a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from reflect.dialogue.given import Given
from reflect.events import Answered, LastAnswer, Ref, SessionStarted, Span
from reflect.script import Option, Placeholder, Question, Script, Template

Fills = Mapping[str, Ref]
Past = Mapping[tuple[str, int], str]
"""Texts of earlier sessions by (session, seq); a reply to a probe stands joined to its answer."""

ELLIPSIS = "…"
OTHER = "other"
"""The id of the option that takes free text."""
_BETWEEN = re.compile(r"[,;/&+\n]")
_NAMES = ("mentee", "mentor", "other")
_OPENING = ' "«“„¿¡'
"""Marks that may stand before the first word of a sentence."""
SHORT = 60
"""Characters of an answer that may be said back whole: about a line on a screen."""


def label(question: Question, event: Answered | LastAnswer) -> str:
    """The answer as it is shown when it is not free text: the option's label, the number."""
    value = event.value
    if isinstance(value, bool):
        return ""
    if isinstance(value, tuple) and OTHER in value and isinstance(event, Answered):
        own = _own_words(question.options, event.text, alone=len(value) == 1)
        value = tuple(one for one in value if one != OTHER or not own)
        labels = [_label_of(question.options, one) for one in value]
        return ", ".join([*labels, *own])
    chosen = value if isinstance(value, tuple) else (value,)
    return ", ".join(_label_of(question.options, one) for one in chosen if one is not None)


def _own_words(options: tuple[Option, ...], text: str, *, alone: bool) -> list[str]:
    """The pieces of an answer with several choices that name none of `options` by id, label or number.

    Where nothing else was chosen (`alone`) the answer is one piece.
    """
    known = {name.casefold() for option in options for name in (option.id, option.label)}
    called = [name for option in options if option.id == OTHER for name in (OTHER, option.label)]
    pieces = (_behind(called, piece) for piece in ([text] if alone else _BETWEEN.split(text)))
    return [one for one in pieces if one and not one.isdecimal() and one.casefold() not in known]


def _behind(names: Sequence[str], piece: str) -> str:
    """What stands in `piece` behind one of `names` and a colon ("other: the rota"), else all of it."""
    head, colon, rest = piece.partition(":")
    named = colon and head.strip().casefold() in [name.casefold() for name in names]
    return " ".join((rest if named else piece).split())


def _label_of(options: tuple[Option, ...], value: float | str) -> str:
    for option in options:
        if option.id == value:
            return option.label
    return str(value)


class Context(msgspec.Struct, frozen=True):
    """What placeholders are filled from at one turn."""

    script: Script
    started: SessionStarted
    given: Mapping[str, Given]
    follows: Given | None = None
    match: Span | None = None
    engine: Mapping[str, str | Ref] = {}


Lookup = Callable[[Ref], str]
"""Gives the text a reference points at, empty when it is gone."""


def fills_of(template: Template, context: Context) -> dict[str, Ref]:
    """What the placeholders of `template` refer to now, by their keys; what is missing is left out."""
    found: dict[str, Ref] = {}
    for piece in template:
        if isinstance(piece, Placeholder):
            ref = _reference(piece, context)
            if ref is not None:
                found[piece.key] = ref
    return found


def _reference(placeholder: Placeholder, context: Context) -> Ref | None:
    if placeholder.source == "answer":
        return _whole(context.given.get(placeholder.name))
    if placeholder.source == "last":
        return _last(context.started.last.get(placeholder.name))
    if placeholder.source == "engine":
        value = context.engine.get(placeholder.name)
        return value if isinstance(value, Ref) else None
    if placeholder.source not in ("quote", "match"):
        return None
    source = context.given.get(placeholder.name) if placeholder.name else context.follows
    if source is None:
        return None
    span = context.match if placeholder.source == "match" and context.match else source.quote
    return Ref("", source.seq, *span) if span else _short(source)


def _short(source: Given) -> Ref | None:
    """The whole answer, where no phrase stands out and it is no longer than a phrase."""
    text = source.event.text.strip()
    if source.event.parts.weight == "empty":
        # "yes" and "nothing" are no words to ask about.
        return None
    if not text or len(text) > SHORT or "\n" in text or source.value is not None:
        return None
    return Ref("", source.seq)


def _whole(given: Given | None) -> Ref | None:
    return Ref("", given.base) if given is not None and given.status == "answered" else None


def _last(answer: LastAnswer | None) -> Ref | None:
    return answer.ref if answer is not None and answer.status == "answered" else None


def render(template: Template, fills: Fills, context: Context, lookup: Lookup) -> str:
    """The sentence that `template` says, with the words that `fills` refers to."""
    pieces: list[str] = []
    for piece in template:
        if isinstance(piece, str):
            pieces.append(piece)
        else:
            words = _words(piece, fills, context, lookup)
            opens = "".join(pieces).strip(_OPENING) == ""
            # A name stays as its owner writes it.
            pieces.append(words if piece.source in _NAMES or not opens else _capital(words))
    return "".join(pieces)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _words(placeholder: Placeholder, fills: Fills, context: Context, lookup: Lookup) -> str:
    ref = fills.get(placeholder.key)
    if ref is None:
        fixed = _fixed(placeholder, context)
        if fixed is not None:
            return fixed
    text = " ".join(lookup(ref).split()) if ref is not None else ""
    return text or placeholder.fallback or ELLIPSIS


def _fixed(placeholder: Placeholder, context: Context) -> str | None:
    """Names that no answer stands behind; None when a reference fills this placeholder."""
    started = context.started
    if placeholder.source == "mentee":
        return started.mentee
    if placeholder.source == "mentor":
        return started.mentor
    if placeholder.source == "other":
        return started.mentor if started.role == "mentee" else started.mentee
    if placeholder.source == "stage":
        return context.script.stage(started.stage).title
    if placeholder.source == "engine":
        value = context.engine.get(placeholder.name, placeholder.fallback)
        return value if isinstance(value, str) else None
    return None


def mentions_answer(template: Template) -> bool:
    """Whether `template` says back something of the answer it follows."""
    return any(
        isinstance(piece, Placeholder) and piece.source in ("quote", "match") for piece in template
    )


def says_back(template: Template, question: str) -> bool:
    """Whether `template` says back the answer to `question` of this session by its name."""
    return any(
        isinstance(piece, Placeholder)
        and piece.source in ("quote", "answer")
        and piece.name == question
        for piece in template
    )
