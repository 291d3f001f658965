"""Which answers the mentor may see, of sessions read for nothing else: no words of earlier ones, each script once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from reflect.application.reading import read_session
from reflect.application.stored import stored_script
from reflect.dialogue.keys import SHARE, base_key
from reflect.dialogue.record import openness
from reflect.dialogue.shares import Reads, reads_of
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.events import SessionEvent
    from reflect.script import Script, Share
    from reflect.transcripts.store import Store


class Marking:
    """The sessions of `store`, looked at for who may see what."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._scripts: dict[str, Script] = {}
        self._reads: dict[tuple[str, str], Reads] = {}
        self._shares = cache(self._shares_of)

    def is_private(self, session: str, key: str) -> bool:
        """Whether the answer at `key`, or the one that it belongs to, is not to be seen by the mentor."""
        shares = self._shares(session)
        share = shares.get(key) or shares.get(base_key(key.removeprefix(SHARE)), "no")
        return share != "yes"

    def _shares_of(self, session: str) -> Mapping[str, Share]:
        """Who may see the answers of a session by key; nobody when it cannot be replayed."""
        row = self._store.session(session)
        try:
            reading = read_session(self._store, row, script_of=self._script, words=False)
        except ReflectError:
            return {}
        started = reading.dialogue.started
        stage = (started.digest, started.stage)
        if stage not in self._reads:
            self._reads[stage] = reads_of(reading.dialogue.script, started.stage)
        shares = openness(reading.dialogue, self._reads[stage])
        # What has lost its place is private, to be safe.
        return {**shares, **dict.fromkeys((answer.key for answer in reading.loose), "no")}

    def _script(self, store: Store, started: SessionEvent) -> Script:
        digest = getattr(started, "digest", "")
        if digest not in self._scripts:
            self._scripts[digest] = stored_script(store, started)
        return self._scripts[digest]
