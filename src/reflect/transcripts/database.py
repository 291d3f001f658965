"""One open file: reading, and transactions that either happened or did not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from reflect.errors import StoreError
from reflect.transcripts import faults
from reflect.transcripts.connection import connect

if TYPE_CHECKING:
    from reflect.transcripts.keys import Key


class Database:
    """A connection, the path it was opened by and the file that stood there; `key` when it is locked.

    Not to be shared between threads. `close` gives the file back.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        patience_ms: int = 5000,
        key: Key | None = None,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.patience_ms = patience_ms
        self.key = key
        self._open()

    def _open(self) -> None:
        before = self._where()
        self._db = connect(
            self.path, read_only=self.read_only, patience_ms=self.patience_ms, key=self.key
        )
        self._place = self._where()
        if before not in (None, self._place):
            # It was locked or unlocked while this waited for its turn: this is the old file.
            self.close()
            raise faults.replaced(self.path)

    def close(self) -> None:
        """Close the file; the last one to do so writes the log back and removes it."""
        with suppress(apsw.Error):
            self._db.close()

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """The connection; what SQLite reports inside comes out as a `StoreError`."""
        try:
            yield self._db
        except apsw.Error as error:
            raise self._fault(error) or error from None
        except UnicodeDecodeError:
            raise faults.damaged(self.path) from None

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """A transaction that holds the writer's place from its beginning, committed at the end.

        A `StoreError` means that nothing was stored, except for store-replaced and
        disk-error, after which the stream must be read again.
        """
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield self._db
            self._db.execute("COMMIT")
        except apsw.Error as error:
            found = self._fault(error)
            self._undo()
            if isinstance(error, apsw.IOError):
                self._reopen()
            raise found or error from None
        except UnicodeDecodeError:
            self._undo()
            raise faults.damaged(self.path) from None
        except BaseException:
            self._undo()
            raise
        if self._where() != self._place:
            raise faults.replaced(self.path)

    def checkpoint(self) -> None:
        """Move the log into the database as far as readers let it; waits for nobody."""
        with self.reading() as db:
            db.pragma("wal_checkpoint", "PASSIVE")

    def empty_log(self, patience_ms: int) -> bool:
        """Move the whole log into the database and cut it to nothing; False when somebody reads it."""
        with self.reading() as db:
            db.pragma("busy_timeout", patience_ms)
            try:
                busy, _, _ = db.pragma("wal_checkpoint", "TRUNCATE")
            except apsw.BusyError:
                busy = 1
            finally:
                db.pragma("busy_timeout", self.patience_ms)
        return not busy

    def _fault(self, error: apsw.Error) -> StoreError | None:
        return faults.fault(error, self.path, self._db.system_errno)

    def _undo(self) -> None:
        with suppress(apsw.Error):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _reopen(self) -> None:
        # After a failed sync the same descriptor may report success for what never reached the disk.
        with suppress(StoreError, apsw.Error):
            self._db.close(True)
            self._open()

    def _where(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
