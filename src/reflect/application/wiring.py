"""The application: everything a command needs, each made when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from reflect.errors import ReflectError, StoreError
from reflect.settings import Home, PluginChoice, plugin_choice, today

if TYPE_CHECKING:
    from pathlib import Path

    from reflect.application.hearing import LateEar
    from reflect.application.telling import Teller
    from reflect.application.unlocking import Asker, Unlocking
    from reflect.diagnostics import Diagnostic
    from reflect.mentorship.relation import Relation
    from reflect.packs.cache import Cache
    from reflect.packs.catalogue import Catalogue
    from reflect.packs.rules import LintRule
    from reflect.plugins.consent import Consents
    from reflect.plugins.discovery import Discovery
    from reflect.plugins.manager import Plugins
    from reflect.script import Lexicon, Script
    from reflect.sharing.exporter import Exporter
    from reflect.transcripts.keys import Key, Lock
    from reflect.transcripts.store import Store

DEFAULT_PACK = "four-stages"
_UNWRITABLE = ("store-read-only", "store-locked", "disk-full", "disk-error", "copy-not-written")
MENTORS_PACK = "mentors-side"


class Application:
    """One run of the program in one home.

    `environ` is the process environment, `clock` gives aware local time; both are
    handed in so that a test can never touch the user's own data.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        clock: Callable[[], datetime] | None = None,
        plugins: PluginChoice | None = None,
    ) -> None:
        self.environ = environ
        self.home = Home.find(environ)
        self._clock = clock
        self._choice = plugins
        self.wanted: str | None = None
        """The mentorship that was asked for, by name, number or id; None: the one used last."""
        self.several = False
        """Whether more than one mentorship is kept, known once one was asked for."""
        self.asker: Callable[[], Asker] | None = None
        """Makes who is asked for the passphrase of a locked record; None: nobody is."""
        self._ears: dict[str, LateEar] = {}
        self._lexicons: dict[tuple[str, ...], Lexicon] = {}
        self._plugins: Plugins | None = None
        self._tells = True

    def apart(self, root: Path) -> Application:
        """The same packs, plug-ins and clock with a record of its own, in the folder `root`."""
        other = Application(
            {**self.environ, "REFLECT_HOME": str(root)}, clock=self._clock, plugins=self.choice
        )
        shared = {"cache": self.cache, "consents": self.consents, "catalogue": self.catalogue}
        other.__dict__.update(shared)
        other._lexicons = self._lexicons
        other._tells = False
        other.asker = self.asker
        return other

    def now(self) -> datetime:
        """Local time with its offset, on the day that REFLECT_TODAY names if it is set."""
        return today(self.environ, self._clock)

    # --- packs and listening ---

    @cached_property
    def cache(self) -> Cache:
        """What was read and checked before."""
        from reflect.packs.cache import Cache

        return Cache(self.home.cache)

    @cached_property
    def choice(self) -> PluginChoice:
        """Which plug-ins this run wants."""
        return self._choice or plugin_choice(self.environ)

    @cached_property
    def consents(self) -> Consents:
        """Which plug-ins with code were allowed."""
        from reflect.plugins.consent import read_consents

        return read_consents(self.home.consents)

    @cached_property
    def discovery(self) -> Discovery:
        """What the built-ins and the plug-ins bring."""
        return self._discover(afresh=False)

    def look_again(self) -> Discovery:
        """What they bring, looked for afresh whatever was kept, with every plug-in loaded."""
        self.__dict__.pop("consents", None)
        found = self.__dict__["discovery"] = self._discover(afresh=True)
        return found

    def _discover(self, *, afresh: bool) -> Discovery:
        from reflect.plugins.discovery import discover

        return discover(self.cache, self.choice, self.consents, afresh=afresh, make=self._load_all)

    def _load_all(self) -> Plugins:
        from reflect.plugins.discovery import make_plugins

        self._plugins = make_plugins(self.choice, self.consents)
        return self._plugins

    @property
    def plugins(self) -> Plugins:
        """The plug-ins of this run that have something to do in it, loaded when first asked for.

        Ask `discovery` first whether any brings what is wanted.
        """
        from reflect.plugins.discovery import make_plugins

        at_work = self.discovery.at_work
        if self._plugins is None:
            self._plugins = make_plugins(at_work, self.consents)
        return self._plugins

    @property
    def lint_rules(self) -> tuple[LintRule, ...]:
        """The house rules that plug-ins bring for packs; `reflect.packs.rules` applies them."""
        return self.plugins.lint_rules() if self.discovery.rules else ()

    @property
    def exporters(self) -> tuple[Exporter, ...]:
        """Every form to export in, the built-in ones first."""
        from reflect.sharing.forms import builtin_exporters

        return self.plugins.exporters() if self.discovery.exporters else builtin_exporters()

    def teller(self, session: str) -> Teller | None:
        """Who tells plug-ins what is stored of `session`; None when none wants to know."""
        if not (self._tells and self.discovery.recorders):
            return None
        from reflect.application.telling import Teller

        return Teller(lambda: self.plugins, session, self.now)

    @property
    def plugin_faults(self) -> tuple[Diagnostic, ...]:
        """What went wrong with plug-ins in this run, as far as they were looked at."""
        found = self.__dict__.get("discovery")
        if found is None and self._plugins is None:
            return ()
        from reflect.diagnostics import Severity

        known = (
            *(found.diagnostics if found else ()),
            *(self._plugins.diagnostics if self._plugins else ()),
        )
        errors = (one for one in known if one.severity is Severity.ERROR)
        return tuple(dict.fromkeys(errors))

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every pack there is: shipped, plug-ins', and those in the user's own folder."""
        from reflect.packs.catalogue import Catalogue
        from reflect.packs.location import YOURS, finish_updates, packs_in
        from reflect.plugins.shipped import shipped_core

        finish_updates(self.home.packs)
        return Catalogue(
            (*self.discovery.packs, *packs_in(self.home.packs, YOURS)),
            core=shipped_core(),
            cache=self.cache,
            vocabulary=lambda: self.discovery.vocabulary,
        )

    def script(self, pack: str = DEFAULT_PACK, language: str | None = None) -> Script:
        """The checked script of `pack`; `PackError` when it cannot be used."""
        return self.catalogue.script(pack, language)

    def lexicon(self, language: str) -> Lexicon:
        """The word lists of one language, the plug-ins' among them; read once in a run."""
        from reflect.packs.lexicon import read_lexicons

        files = self.discovery.lexicons
        if (language, *files) not in self._lexicons:
            read = read_lexicons(files, self.cache, language)
            self._lexicons[language, *files] = read.language(language)
        return self._lexicons[language, *files]

    def ear(self, language: str) -> LateEar:
        """The Ear for one language, with the cues of every plug-in in use."""
        from reflect.application.hearing import LateEar, make_ear

        if language not in self._ears:
            self._ears[language] = LateEar(lambda: make_ear(self, language))
        return self._ears[language]

    # --- the store ---

    @property
    def kept(self) -> bool:
        """Whether there is a record. Raises `ReflectError` "home-not-usable" when nobody may look."""
        try:
            return self.home.database.exists()
        except OSError as error:
            raise ReflectError(
                "home-not-usable",
                f"cannot look into {self.home.root}: {os.strerror(error.errno or 0)}",
                "set REFLECT_HOME to a folder that you may read and write",
            ) from None

    @cached_property
    def store(self) -> Store:
        """The store, made on first use. Raises `StoreError`."""
        from reflect.application.hardening import no_core_file
        from reflect.application.projecting import Projections
        from reflect.transcripts.store import Store

        no_core_file()
        self.home.create()
        if "cache" in self.__dict__:
            self.cache.settle()
        store = Store.open(self.home.database, Projections(), opener=self._opener)
        self._settle(store)
        return store

    @cached_property
    def reading_store(self) -> Store:
        """The store for commands that only look: opened read-only, once it is as this version has it.

        Raises `StoreError` "no-store" when nothing was kept yet.
        """
        if "store" in self.__dict__:
            return self.store
        if not self.kept:
            raise StoreError(
                "nothing-kept",
                "there is no reflection here yet",
                "Begin one with: reflect",
            )
        try:
            return self._looked_at(current=True)
        except StoreError as error:
            if error.code != "store-outdated":
                raise
        try:
            return self.store
        except StoreError as error:
            if error.code not in _UNWRITABLE:
                raise
        return self._looked_at(current=False)

    def _looked_at(self, *, current: bool) -> Store:
        from reflect.application.projecting import Projections
        from reflect.transcripts.store import Store

        store = Store.open(
            self.home.database,
            Projections(),
            read_only=True,
            current=current,
            opener=self._opener,
        )
        self._settle(store)
        return store

    @cached_property
    def unlocking(self) -> Unlocking:
        """What finds the key of a locked record, and asks for its passphrase once."""
        from reflect.application.unlocking import Unlocking

        return Unlocking(self.asker() if self.asker else None)

    def ask_first(self) -> None:
        """Ask for the passphrase of a locked record now, before anything is typed or shown."""
        from reflect.transcripts.keys import look

        lock = look(self.home.database) if self.kept else None
        if lock is None:
            return
        self._opener(lock)
        if self.unlocking.typed:
            # Opened here, so that whatever it makes necessary to ask comes before the conversation.
            _ = self.reading_store

    def _opener(self, lock: Lock) -> Key:
        return self.unlocking(lock)

    def _settle(self, store: Store) -> None:
        """Ask whoever knew the passphrase whether what was kept from before locking can go."""
        if store.key is not None and self.unlocking.typed:
            self.unlocking.settle(store.path)

    def close(self) -> None:
        """Close what was opened; last what may write the log back, which only the last to close does."""
        for name in ("reading_store", "store"):
            opened = self.__dict__.pop(name, None)
            if opened is not None:
                opened.close()

    # --- the mentorship ---

    def relation(self) -> Relation | None:
        """The mentorship as it stands: the one that was asked for, else the one used last.

        None before the first run. Raises `UsageError` "no-such-mentorship" or "ambiguous-mentorship".
        """
        from reflect.application.mentorships import current

        return current(self)
