"""What every part of the page asks: who wrote, who reads, and how a thing is said to the reader."""

from __future__ import annotations

import re
from typing import NamedTuple

from reflect.packs.phrases import Phrases
from reflect.sharing.shared import Shared, SharedItem


class Reading(NamedTuple):
    """The model that is read, in the words of `phrases`."""

    shared: Shared
    phrases: Phrases

    @property
    def writer(self) -> str:
        """The name of whoever shares."""
        return self.shared.mentee if self.shared.role == "mentee" else self.shared.mentor

    @property
    def reader(self) -> str:
        """The name of whoever it is for."""
        return self.shared.mentor if self.shared.role == "mentee" else self.shared.mentee

    def say(self, phrase: str) -> str:
        """The text called `page-PHRASE`, the two names filled in where it has them."""
        return self.with_(phrase, writer=self.writer, reader=self.reader)

    def with_(self, phrase: str, **names: str) -> str:
        """The text called `page-PHRASE` with `names` filled in."""
        return self.phrases.say(f"page-{phrase}", **names)

    def knows(self, phrase: str) -> bool:
        """Whether there is a text called `page-PHRASE`."""
        return f"page-{phrase}" in self.phrases.texts

    def day(self, iso: str) -> str:
        """An ISO date as it is said; a text that is none as it stands."""
        try:
            return self.phrases.day(iso, self.shared.day)
        except ValueError:
            return iso

    def is_readers(self, item: SharedItem) -> bool:
        """Whether `item` is for the reader alone to do."""
        return item.owner == "mentor" and self.shared.role == "mentee"

    def state(self, kind: str, state: str) -> str:
        """What became of an item of `kind`, in a word or two."""
        name = state.replace(" ", "-")
        if kind == "goal" and f"goal-{name}" in self.phrases.texts:
            return self.phrases.say(f"goal-{name}")
        return self.say(f"is-{name}") if self.knows(f"is-{name}") else state

    def language(self, tag: str) -> str | None:
        """`tag` as a `lang` attribute has it, None where it is the page's own or no language."""
        same = tag.partition("-")[0] == self.phrases.language.partition("-")[0]
        return tag if not same and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else None
