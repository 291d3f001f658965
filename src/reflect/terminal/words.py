"""Core's sentences, with or without a session: every word shown to the mentee comes from here."""

from __future__ import annotations

from collections.abc import Mapping

from reflect.script import CoreText, Option, Placeholder, Script, Template


class Words:
    """The sentences of one script for one pair; `turn` chooses among several wordings."""

    def __init__(self, script: Script, mentee: str = "", mentor: str = "", turn: int = 0) -> None:
        self._core: Mapping[str, CoreText] = script.core
        self._names = {"mentee": mentee, "mentor": mentor, "other": mentor}
        self._turn = turn

    def say(self, name: str, **engine: str) -> str:
        """The sentence of core called `name`, with the engine's names filled in."""
        wordings = self._core[name].ask
        return self._filled(wordings[self._turn % len(wordings)], engine)

    def knows(self, name: str) -> bool:
        """Whether core has that sentence: a script begun with an older core may not."""
        return name in self._core

    def perhaps(self, name: str, **engine: str) -> str:
        """As `say`; empty where the script, begun with an older core, has no such sentence."""
        return self.say(name, **engine) if self.knows(name) else ""

    def every(self, name: str) -> tuple[str, ...]:
        """All sentences of a list of core."""
        return tuple(self._filled(template, {}) for template in self._core[name].ask)

    def options(self, name: str) -> tuple[Option, ...]:
        """The options of a question of core."""
        return self._core[name].options

    def _filled(self, template: Template, engine: Mapping[str, str]) -> str:
        said = ""
        for piece in template:
            if isinstance(piece, Placeholder):
                said += self._value(piece, engine)
            else:
                # A name that ends with a full stop, or was cut, ends the sentence by itself.
                said += piece[1:] if piece.startswith(".") and said.endswith((".", "…")) else piece
        # A sentence that opens with what is filled in still begins as a sentence does.
        first = template[0] if template else ""
        opens = isinstance(first, Placeholder) and first.source == "engine"
        return said[:1].upper() + said[1:] if opens else said

    def _value(self, placeholder: Placeholder, engine: Mapping[str, str]) -> str:
        """A name of the pair, or what the caller gives under the placeholder's name."""
        name = placeholder.name or placeholder.source
        return self._names.get(name) or engine.get(name) or placeholder.fallback


def counted(number: int, words: Words) -> str:
    """A number as it is said: small ones in words."""
    names = words.every("numbers")
    return names[number - 1] if 0 < number <= len(names) else str(number)
