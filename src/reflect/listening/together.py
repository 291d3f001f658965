"""The meeting of the two by the other's name: "before I meet Daniel" is "before our next session".

Only that person counts: "before I meet Daniel's wife" and "before I meet Daniel Craig" name
somebody else's day.
"""

from __future__ import annotations

from collections.abc import Iterator

from reflect.events import Span
from reflect.listening.language import Language
from reflect.listening.templates import expand
from reflect.listening.words import Token, Words, first_from, plain, tokenise

Phrase = tuple[str, ...]
_NAME = "{name}"
_JOINED = ("'", "’", "-", "‑")


class Together:
    """Finds when the two meet, in the words of one language.

    Its list `meetings-with` holds templates with {name}; `other-called` says what the
    other is called besides the name ("my mentor"), `with-whom` what stands before a person
    after a meeting.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        entries = language.entries("meetings-with")
        self._templates: dict[str, list[tuple[Phrase, Phrase]]] = {}
        for before, after in (_divided(pieces) for entry in entries for pieces in expand(entry)):
            last = before[-1] if before else ""
            self._templates.setdefault(last, []).append((before, after))
        self._called = tuple(_phrase(entry) for entry in language.entries("other-called"))

    def find(self, words: Words, tokens: tuple[Token, ...], other: str) -> Span | None:
        """Where `tokens` of `words` first name the meeting with the person called `other`."""
        said = set(words.plain)
        found = [
            (start, end)
            for name in self._names(other)
            if name[0] in said
            for at in _places(name, tokens)
            if not self._is_part_of_another(words.text, tokens, at + len(name))
            for start, end in self._around(tokens, at, at + len(name))
        ]
        if not found:
            return None
        start, end = min(found, key=lambda one: (one[0], -one[1]))
        return Span(tokens[start].start, tokens[end - 1].end)

    def is_with_another(
        self, words: Words, tokens: tuple[Token, ...], end: int, other: str
    ) -> bool:
        """Whether the meeting that ends at character `end` is "with" somebody who is not `other`."""
        at = first_from(tokens, end)
        if at + 1 >= len(tokens) or tokens[at].word not in self._language.words("with-whom"):
            return False
        names = (name for name in self._names(other) if at + 1 in _places(name, tokens))
        return all(
            self._is_part_of_another(words.text, tokens, at + 1 + len(name)) for name in names
        )

    def _names(self, other: str) -> Iterator[Phrase]:
        """How the other may be called: by the whole name, or by its first word unless that is a title."""
        yield from self._called
        name = _phrase(other)
        if name:
            yield name
        if len(name) > 1 and name[0] not in self._language.words("abbreviations"):
            yield name[:1]

    def _is_part_of_another(self, text: str, tokens: tuple[Token, ...], end: int) -> bool:
        """Whether what follows token `end` - 1 makes it another's name: "Thomas' wife", "Daniel Craig"."""
        last = tokens[end - 1].end
        if text[last : last + 1] in _JOINED:
            return True
        if end == len(tokens) or text[last : tokens[end].start] != " ":
            return False
        follows = tokens[end]
        common = self._language.words("function-words")
        return text[follows.start].isupper() and follows.word not in common

    def _around(self, tokens: tuple[Token, ...], start: int, end: int) -> Iterator[tuple[int, int]]:
        """The templates that fit around the name from token `start` up to `end`."""
        beside = plain(tokens[start - 1].word) if start else ""
        near = (*self._templates.get(beside, ()), *(self._templates.get("", ()) if beside else ()))
        for before, after in near:
            first, last = start - len(before), end + len(after)
            if first >= 0 and last <= len(tokens):
                fits = _are(tokens[first:start], before) and _are(tokens[end:last], after)
                if fits:
                    yield first, last


def _phrase(text: str) -> Phrase:
    return tuple(plain(token.word) for token in tokenise(text))


def _divided(pieces: Phrase) -> tuple[Phrase, Phrase]:
    at = pieces.index(_NAME) if _NAME in pieces else len(pieces)
    return pieces[:at], pieces[at + 1 :]


def _are(tokens: tuple[Token, ...], phrase: Phrase) -> bool:
    return all(plain(token.word) == word for token, word in zip(tokens, phrase, strict=True))


def _places(name: Phrase, tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """The numbers of the tokens at which `name` begins."""
    size = len(name)
    return tuple(
        at
        for at in range(len(tokens) - size + 1)
        if plain(tokens[at].word) == name[0] and _are(tokens[at : at + size], name)
    )
