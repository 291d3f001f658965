"""A damaged record: what can be recovered of it goes into a new file beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.events import SessionStarted
    from reflect.transcripts.repairing import MakeScript, Recovered

_NAME = "reflect-recovered{}.db"


def is_damaged(app: Application) -> bool:
    """Whether the record cannot be opened, or holds something that is not as it was stored.

    Raises `ReflectError` where that cannot be told: the record is from a newer version, or in use.
    """
    try:
        found = app.reading_store.check()
    except ReflectError as error:
        if error.code in ("store-damaged", "store-truncated", "disk-error"):
            return True
        raise
    return any(one.code in ("store-damaged", "answer-altered") for one in found)


def recover(app: Application) -> Recovered:
    """Write what can be recovered into a new file in the home; the damaged one is only read.

    A locked record needs its passphrase, and the new file is locked with it. Raises `StoreError`
    "nothing-recovered", "disk-full" and the opener's.
    """
    from reflect.application.projecting import Projections
    from reflect.transcripts import keys
    from reflect.transcripts.repairing import recover

    app.close()
    path = app.home.database
    lock = keys.look(path)
    key = app.unlocking(lock) if lock else None
    return recover(path, _free(app.home.root), Projections(), key, _scripts(app))


def _scripts(app: Application) -> MakeScript:
    """Makes a lost script anew from the pack as it is today."""
    import msgspec

    def made(started: SessionStarted) -> bytes:
        try:
            return msgspec.msgpack.encode(app.script(started.pack, started.language))
        except ReflectError:
            return b""

    return made


def _free(folder: Path) -> Path:
    """A name in `folder` that is not taken."""
    names = (folder / _NAME.format(f"-{number}" if number else "") for number in range(10_000))
    return next(path for path in names if not path.exists())
