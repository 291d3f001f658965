"""What to talk about today: as usual, what fits the day, or what is on the mentee's mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reflect.application.proposing import Proposal, pass_over, proposal
from reflect.dialogue.dates import spoken
from reflect.script import Length, Option, Script
from reflect.terminal.asking import Asking
from reflect.terminal.words import counted
from reflect.text import clean_input

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation

PROPOSED, OTHER, NONE = "proposed", "other", "none"


class Chosen(NamedTuple):
    """What to ask from; `stage` is its stage's id, "" for the one where the mentorship stands."""

    script: Script
    length: Length
    stage: str = ""


class Choosing:
    """Asks how long somebody has and, in the same breath, what it is to be about."""

    def __init__(self, app: Application, asking: Asking, relation: Relation) -> None:
        self._app = app
        self._asking = asking
        self._relation = relation

    def choose(self, usual: Script) -> Chosen:
        """What is chosen; Enter is the usual pack, briefly. Raises `Left`."""
        words = self._asking.words
        lengths = words.options("ask-length")
        offer = proposal(self._app, self._relation, usual)
        more = [Option(PROPOSED, self._label(offer))] if offer else []
        if words.knows("something-else"):
            more.append(Option(OTHER, words.say("something-else")))
        options = (*lengths, *more)
        labels = tuple(option.label for option in options)
        self._asking.ask("ask-length", labels, compact=offer is None)
        chosen = self._asking.choice(options, empty="short")
        if chosen == PROPOSED and offer is not None:
            return Chosen(offer.script, "short")
        if offer is not None:
            pass_over(self._app, self._relation, offer)
        if chosen == OTHER:
            return self._other(usual)
        return Chosen(usual, "long" if chosen == "long" else "short")

    def _label(self, offer: Proposal) -> str:
        """The title of what is proposed, and why it is."""
        words, today = self._asking.words, self._app.now().date().isoformat()
        day = spoken(offer.day, offer.script.core, today) if offer.day else ""
        n = counted(offer.days, words)
        why = words.say(f"propose-{offer.reason}", day=day, n=n)
        return f"{offer.script.title}: {why}"

    def _other(self, usual: Script) -> Chosen:
        """What is on their mind, in words; the usual pack where nothing fits, or nothing is said."""
        from reflect.application.suggesting import suggestions

        self._asking.ask("ask-mind")
        mind = clean_input(self._asking.line()).strip()
        role, language = self._relation.role, usual.language
        found = suggestions(self._app, mind, role, language, foreign=False) if mind else ()
        if not found:
            self._asking.tell("nothing-fits")
            return Chosen(usual, "short")
        scripts = {one.pack: self._app.script(one.pack, usual.language) for one in found}
        options = [Option(one.pack, self._title(scripts[one.pack], one.stage)) for one in found]
        options.append(Option(NONE, self._asking.words.say("as-usual")))
        self._asking.ask("ask-which", tuple(one.label for one in options), compact=False)
        chosen = self._asking.choice(tuple(options), empty=found[0].pack)
        if chosen == NONE:
            return Chosen(usual, "short")
        stage = next(one.stage for one in found if one.pack == chosen)
        return Chosen(scripts[chosen], "short", stage)

    def _title(self, script: Script, stage: str) -> str:
        return f"{script.title}: {script.stage(stage).title}" if stage else script.title
