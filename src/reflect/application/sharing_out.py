"""One shared file in the making: what was chosen, what was decided meanwhile, and what comes of it.

Nothing is stored before the file is sent: the agreement, the decisions and the entry in
the log go into the record together, and the file is written after that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import structs

from reflect.application.gathering import Gathered, gathered
from reflect.application.keeping_keys import identities, use_key
from reflect.application.leaving import speaks_of_danger
from reflect.application.noting import note
from reflect.application.openness import Openness
from reflect.application.phrasing import phrases
from reflect.dialogue.record import Entry
from reflect.events import (
    BundleShared,
    Event,
    JourneyEvent,
    Private,
    ShareChanged,
    SharingBegan,
    Undone,
)
from reflect.mentorship.standing import standing
from reflect.script import Share
from reflect.sharing import wire
from reflect.sharing.aliases import Aliases, new_secret
from reflect.sharing.closure import Decision, Place
from reflect.sharing.identities import Identity, make_identity
from reflect.sharing.log import aliases, count, sent
from reflect.sharing.shared import SCHEMA_VERSION, Bundle

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation
    from reflect.packs.phrases import Phrases

Form = Literal["bundle", "html", "markdown"]
SUFFIX: dict[Form, str] = {"bundle": ".reflect", "html": ".html", "markdown": ".md"}


class Wish(Private, frozen=True, kw_only=True):
    """What somebody wants to share: sessions by their ids, with whom, in which form.

    `replaces` is the id of the file that this one takes the place of; `only_news` leaves out open items
    that nothing became of since the last file.
    """

    to: str
    form: Form
    sessions: tuple[str, ...] = ()
    replaces: str = ""
    only_news: bool = False
    some_private: bool = False


class Waiting(NamedTuple):
    """An answer that waits for the mentee's word."""

    place: Place
    entry: Entry

    def __repr__(self) -> str:
        return "<Waiting>"


class Draft(NamedTuple):
    """A file as it would be sent now; `data` are its bytes, for a bundle those inside the encryption."""

    gathered: Gathered
    bundle: Bundle
    data: bytes

    def __repr__(self) -> str:
        return "<Draft>"

    @property
    def answers(self) -> int:
        """How many answers are in it."""
        shared = self.bundle.shared
        return sum(len(one.answers) for one in shared.sessions) if shared else 0

    @property
    def names(self) -> frozenset[str]:
        """The names of the answers and items in it."""
        shared = self.bundle.shared
        if shared is None:
            return frozenset()
        answers = (one.id for session in shared.sessions for one in session.answers)
        return frozenset((*answers, *(one.id for one in shared.items)))


class Sharing:
    """One file in the making, for one person."""

    def __init__(self, app: Application, relation: Relation, wish: Wish) -> None:
        self._app = app
        self._relation = relation
        self.wish = wish
        self.some_private = wish.some_private
        self._journey: tuple[Event, ...] = standing(app.reading_store.events(relation.id))
        known = aliases(self._journey)
        self._secret = "" if known else new_secret()
        self._names = known[0] if known else Aliases(self._secret)
        self._decided: dict[Place, Decision] = {}
        self._openness: Openness | None = None
        self._draft: Draft | None = None

    def __repr__(self) -> str:
        return "<Sharing>"

    @property
    def phrases(self) -> Phrases:
        """What is said about it, in the language of the mentorship."""
        return phrases(self._app, self._relation.language)

    @property
    def begins(self) -> bool:
        """Whether nothing was shared in this mentorship before, so that the two have to agree first."""
        return bool(self._secret)

    @property
    def has_sent(self) -> bool:
        """Whether the person has had a file before."""
        return bool(sent(self._journey, self.wish.to))

    @property
    def agreement(self) -> str:
        """What the two hold to about what is shared."""
        names = {"mentee": self._relation.mentee, "mentor": self._relation.mentor}
        return self.phrases.say("share-agreement", **names)

    # --- deciding ----------------------------------------------------------------------

    def undecided(self) -> tuple[Waiting, ...]:
        """The answers that could leave, once the mentee says so, in the order they were given."""
        openness = self._open()
        return tuple(
            Waiting((session, entry.key), entry)
            for session in sorted(set(self.wish.sessions))
            for entry in openness.sitting(session).undecided()
        )

    def decide(self, place: Place, share: Share, words: str = "") -> None:
        """From now on the answer at `place` is open, or not; `words` leave in its place."""
        self._decided[place] = Decision(share, words)
        self._changed()

    def keep_back(self, name: str) -> int:
        """Keep the answer or item called `name` in the file private; gives how many others went with it."""
        before = self.draft().names
        self.decide(self.draft().gathered.places[name], "no")
        return len(before - self.draft().names - {name})

    def put_in_words(self, name: str, words: str) -> int:
        """Let only `words` leave of the answer called `name`; gives how many others went."""
        before = self.draft().names
        self.decide(self.draft().gathered.places[name], "no", words)
        return len(before - self.draft().names - {name})

    def can_be_put_in_words(self, name: str) -> bool:
        """Whether what is called `name` in the file is an answer to a question of the pack."""
        session, key = self.draft().gathered.places[name]
        shared = self.draft().bundle.shared
        answers = (
            (one.id for session_ in shared.sessions for one in session_.answers) if shared else ()
        )
        return name in answers and any(
            entry.key == key and entry.role == "question"
            for entry in self._open().sitting(session).entries
        )

    def is_about_danger(self, words: str) -> bool:
        """Whether `words` speak of the writer's own life, and so must not leave."""
        return speaks_of_danger(self._app, self._relation.language, words)

    def tell_of_private(self, *, some_private: bool) -> None:
        """Say in the file, or do not, that some answers are kept private."""
        self.some_private = some_private
        self._draft = None

    # --- the file ----------------------------------------------------------------------

    def draft(self) -> Draft:
        """The file as things stand. Raises `StoreError`, `PackError`."""
        if self._draft is None:
            self._draft = self._drafted()
        return self._draft

    def _drafted(self) -> Draft:
        wish = self.wish
        found = gathered(
            self._app,
            self._relation,
            wish.sessions,
            to=wish.to,
            openness=self._open(),
            names=self._names,
            some_private=self.some_private,
            agreed="" if count(self._journey, wish.to) else self.agreement,
            replaces=wish.replaces,
            only_news=wish.only_news,
        )
        if wish.form == "bundle":
            # So that the answer can be sealed without asking for a key first.
            shared = structs.replace(found.shared, key=self._own_key.public)
            found = found._replace(shared=shared)
        # What is shown and sent is what whoever opens it will read.
        bundle = wire.decode(wire.encode(self._bundle(found)))
        return Draft(found, bundle, content(bundle, wish.form, self.phrases))

    def _bundle(self, found: Gathered) -> Bundle:
        wish = self.wish
        number = count(self._journey, wish.to) + 1
        bundle = Bundle(
            schema_version=SCHEMA_VERSION,
            share="",
            mentorship=self._names.of("mentorship", self._relation.id),
            number=number,
            replaces=wish.replaces,
            shared=found.shared,
        )
        # Made of the content, so that a preview is the file, byte for byte.
        inside = wire.encode(bundle).decode()
        name = self._names.of("share", wish.to.casefold(), wish.form, inside)
        return Bundle(
            schema_version=bundle.schema_version,
            share=name,
            mentorship=bundle.mentorship,
            number=number,
            replaces=wish.replaces,
            shared=found.shared,
        )

    @cached_property
    def _own_key(self) -> Identity:
        """One's own key; where there is none yet, one that is kept only by `keep_key`."""
        known = identities(self._app)
        return known[0] if known else make_identity(self._app.now().date().isoformat())

    def keep_key(self) -> None:
        """Keep the key that a bundle names, before it is sealed with it."""
        if self.wish.form == "bundle" and not identities(self._app):
            use_key(self._app, self._own_key)

    def send(self, data: bytes, write: Callable[[bytes], object]) -> BundleShared:
        """Store what was decided and that the file leaves, then `write` its bytes `data`.

        Where they cannot be written, the entry in the log is taken back. Raises `StoreError`
        and what `write` raises.
        """
        draft = self.draft()
        at = self._app.now().isoformat(timespec="milliseconds")
        entry = BundleShared(
            at=at,
            share=draft.bundle.share,
            to=self.wish.to,
            form=self.wish.form,
            sessions=draft.gathered.sessions,
            items=draft.gathered.items,
            replaces=self.wish.replaces,
            answers=draft.answers,
        )
        note(self._app, self._relation.id, *self._news(at), entry)
        try:
            write(data)
        except BaseException:
            self._take_back(entry, at)
            raise
        return entry

    def _news(self, at: str) -> Sequence[JourneyEvent]:
        begun = [SharingBegan(at, self._secret)] if self._secret else []
        decided = [
            ShareChanged(at, session, key, one.share, one.words)
            for (session, key), one in self._decided.items()
        ]
        return (*begun, *decided)

    def _take_back(self, entry: BundleShared, at: str) -> None:
        events = self._app.store.events(self._relation.id)
        places = [seq for seq, event in enumerate(events) if event == entry]
        note(self._app, self._relation.id, Undone(at, places[-1]))

    # --- ---

    def _open(self) -> Openness:
        if self._openness is None:
            self._openness = Openness(self._app.reading_store, self._relation.id, self._decided)
        return self._openness

    def _changed(self) -> None:
        self._openness = None
        self._draft = None


def content(bundle: Bundle, form: Form, phrases: Phrases) -> bytes:
    """The bytes of `bundle`, which holds something shared, in one form; a bundle's are those inside."""
    assert bundle.shared is not None
    if form == "bundle":
        return wire.encode(bundle)
    if form == "markdown":
        from reflect.sharing.letter import letter

        return letter(bundle.shared, phrases).encode()
    from reflect.sharing.page import page

    return page(bundle.shared, phrases, share=bundle.share, mentorship=bundle.mentorship)


def file_name(to: str, day: str, number: int = 1) -> str:
    """A name, without its ending, for file `number` made for `to` on an ISO date."""
    from unicodedata import normalize

    plain = normalize("NFKD", to.lower()).encode("ascii", "ignore").decode()
    words = "-".join("".join(c if c.isalnum() else " " for c in plain).split())[:40]
    parts = ("reflect", words, day, str(number) if number > 1 else "")
    return "-".join(part for part in parts if part)


def new_sessions(app: Application, relation: Relation, to: str) -> tuple[str, ...]:
    """The completed sessions that `to` has had no file with, oldest first."""
    had = {
        session
        for file in sent(standing(app.reading_store.events(relation.id)), to)
        for session in file.sessions
    }
    return tuple(one for one in completed(app, relation) if one not in had)


def completed(app: Application, relation: Relation) -> tuple[str, ...]:
    """The completed sessions of a mentorship, oldest first."""
    query = "SELECT session FROM m_sessions WHERE mentorship = ? AND how = 'completed' ORDER BY 1"
    return tuple(str(one) for (one,) in app.reading_store.rows(query, (relation.id,)))
