"""One mentorship in one file, and that file opened for reading."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation


def archive(app: Application, relation: Relation, target: Path) -> int:
    """Everything of `relation` in one checked file at `target`, for its owner only; gives its sessions' number.

    It is a backup of that mentorship alone and can be restored as one; that of a locked record opens
    with the same passphrase. Raises `StoreError`.
    """
    from reflect.mentorship.projection import Folds
    from reflect.transcripts.store import Store

    source = app.reading_store
    with (
        TemporaryDirectory(dir=app.home.root, prefix=".archive-") as place,
        Store.open(Path(place) / "one.db", Folds(), key=source.key) as store,
    ):
        store.merge(source.path, only=relation.id)
        store.backup(target)
        return len(store.sessions())


def open_archive(app: Application, file: Path) -> Application:
    """An application that reads the archive or backup `file` and can write nothing.

    Raises `ReflectError` "no-such-file", and `StoreError` for what is none of ours.
    """
    from reflect.mentorship.projection import Folds
    from reflect.transcripts.store import Store

    if not os.access(file, os.R_OK) or not file.is_file():
        raise ReflectError("no-such-file", f"{file} is not a file.", "Name one of: reflect archive")
    other = app.apart(app.home.root / ".archive")
    other.__dict__["reading_store"] = Store.open(
        file, Folds(), read_only=True, opener=app.unlocking
    )
    return other
