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
    from reflect.application.hearing import LateEar
    from reflect.mentorship.relation import Relation
    from reflect.packs.cache import Cache
    from reflect.packs.catalogue import Catalogue
    from reflect.plugins.consent import Consents
    from reflect.plugins.discovery import Discovery
    from reflect.script import Script
    from reflect.transcripts.store import Store

DEFAULT_PACK = "four-stages"


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
        self._ears: dict[str, LateEar] = {}

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
        from reflect.plugins.discovery import discover

        return discover(self.cache, self.choice, self.consents)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every pack there is: shipped, plug-ins', and those in the user's own folder."""
        from reflect.packs.catalogue import Catalogue
        from reflect.packs.location import YOURS, packs_in
        from reflect.plugins.shipped import shipped_core

        return Catalogue(
            (*self.discovery.packs, *packs_in(self.home.packs, YOURS)),
            core=shipped_core(),
            cache=self.cache,
            vocabulary=lambda: self.discovery.vocabulary,
        )

    def script(self, pack: str = DEFAULT_PACK, language: str | None = None) -> Script:
        """The checked script of `pack`; `PackError` when it cannot be used."""
        return self.catalogue.script(pack, language)

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
        from reflect.mentorship.projection import Folds
        from reflect.transcripts.store import Store

        self.home.create()
        return Store.open(self.home.database, Folds())

    @cached_property
    def reading_store(self) -> Store:
        """The store for commands that only look; opened read-only where the disk cannot be written.

        Raises `StoreError` "no-store" when nothing was kept yet.
        """
        from reflect.mentorship.projection import Folds
        from reflect.transcripts.store import Store

        if "store" in self.__dict__:
            return self.store
        if not self.kept:
            raise StoreError(
                "nothing-kept",
                "there is no reflection here yet",
                "Begin one with: reflect",
            )
        return Store.open(self.home.database, Folds(), read_only=True)

    def close(self) -> None:
        """Close what was opened."""
        for name in ("store", "reading_store"):
            opened = self.__dict__.pop(name, None)
            if opened is not None:
                opened.close()

    # --- the mentorship ---

    def relation(self) -> Relation | None:
        """The mentorship as it stands; None before the first run."""
        from reflect.mentorship.relation import relation

        if not self.kept:
            return None
        store = self.__dict__.get("store") or self.reading_store
        for mentorship in reversed(store.mentorships()):
            found = relation(mentorship, store.events(mentorship))
            if found is not None:
                return found
        return None
