"""Every way in which the record refuses, in the words that are kept beside the tests in `refused.txt`.

`python -m tests.transcripts.refusals` writes them anew; what changed then stands in the difference.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
from msgspec.structs import replace

from reflect.errors import Misuse, ReflectError
from reflect.transcripts import connection, faults, keys, locking, migrations
from reflect.transcripts.codec import checksum
from reflect.transcripts.keys import Key, Lock
from reflect.transcripts.repairing import recover
from reflect.transcripts.store import Store, Stream
from tests.transcripts.conftest import (
    AT,
    FINISHED,
    Counting,
    answered,
    journey_of,
    session_of,
    started,
)

KEPT = Path(__file__).with_name("refused.txt")
SECRET = bytes(range(32))
KEY = Key(SECRET, keys.header_of(SECRET, b"0123456789"))
OTHER = Key(SECRET[::-1], keys.header_of(SECRET[::-1], b"9876543210"))
STREAM = Stream("session", "01KB0000000000000000000000", "M")

Ask = Callable[[], object]
Asked = Iterator[tuple[str, Ask]]


class Foreign(Counting):
    """A projector whose tables are not called as they must be."""

    version = "foreign"
    names = ("counts",)
    tables = "CREATE TABLE counts (a)"


class Later(Counting):
    """A projector of a later version."""

    version = "2"


def altered(path: Path, *statements: str, key: Key | None = None) -> None:
    """The file after what only a fault or a foreign hand does to it."""
    db = apsw.Connection(str(path))
    connection.give_key(db, key)
    for statement in statements:
        db.execute(statement)
    db.close()


def filled(path: Path, key: Key | None = None) -> Path:
    """A record of one session, closed."""
    with Store.open(path, Counting(), key=key) as store:
        journey_of(store)
        store.append(STREAM, 0, [started(), answered("q0", "the word"), FINISHED])
    return path


def earlier(path: Path) -> Path:
    """A record as the first form had it."""
    db = apsw.Connection(str(path))
    migrations.bring_up_to_date(db, path, latest=1)
    db.close()
    return path


def opened(path: Path, *, read_only: bool = False, **options: object) -> Ask:
    def ask() -> None:
        Store.open(path, Counting(), read_only=read_only, patience_ms=10, **options).close()  # type: ignore[arg-type]

    return ask


# --- of a store that is open ----------------------------------------------------------


def of_streams(store: Store) -> Asked:
    yield "a length below nothing", lambda: store.append(STREAM, -1, [FINISHED])
    yield "another mentorship", lambda: store.append(STREAM._replace(mentorship="N"), 3, [FINISHED])
    yield "a second beginning", lambda: store.append(STREAM, 3, [started()])
    yield "written meanwhile", lambda: store.append(STREAM, 1, [FINISHED])
    yield (
        "a new stream that should hold some",
        lambda: store.append(Stream("session", "01KC0000000000000000000000", "M"), 2, [FINISHED]),
    )
    yield (
        "an answer that is too long",
        lambda: store.append(STREAM, 3, [answered("q1", "x" * (8 << 20))]),
    )
    yield "no session", lambda: store.session("ZZ")
    yield "no beginning of a session", lambda: store.session("")
    yield "no session to forget", lambda: store.forget_session("nobody", AT)
    yield "a journey to forget", lambda: store.forget_session("M", AT)
    yield "no session of an answer", lambda: store.forget_answer("nobody", "q0", AT)
    yield "no answer to forget", lambda: store.forget_answer(STREAM.id, "q9", AT)
    yield "no item to forget", lambda: store.forget_noted("M:nothing", AT)
    yield "onto itself", lambda: store.backup(store.path)
    yield "into no folder", lambda: store.backup(store.path.parent / "nowhere" / "copy.db")
    yield "onto a folder", lambda: store.backup(store.path.parent)


def of_leases(store: Store) -> Asked:
    lease = store.take_lease(STREAM.id)
    yield "open in another window", lambda: store.take_lease(STREAM.id)
    yield "written without a lease", lambda: store.append(STREAM, 3, [FINISHED])
    store.take_lease(STREAM.id, over=True)
    yield "written with a lost lease", lambda: store.append(STREAM, 3, [FINISHED], lease=lease)
    yield "a lost lease renewed", lambda: store.renew(lease)


def of_what_is_damaged(store: Store) -> Asked:
    other = session_of(store, "another")
    yield "two of one beginning", lambda: store.session("0")
    with store._database.writing() as db:
        db.execute("UPDATE events SET body = '{}' WHERE stream = 2 AND seq = 1")
    yield "an altered answer", lambda: store.events(STREAM.id)
    yield "forgotten of what is altered", lambda: store.forget_answer(STREAM.id, "q0", AT)
    body = '{"type":"dreamt","text":"the word"}'
    mark = checksum(b"0" * 16, STREAM.id, 1, body.encode())
    with store._database.writing() as db:
        db.execute(
            "UPDATE events SET body = ?, salt = ?, checksum = ? WHERE stream = 2 AND seq = 1",
            (body, b"0" * 16, mark),
        )
    yield "an event of another kind", lambda: store.events(STREAM.id)
    with store._database.writing() as db:
        db.execute("UPDATE sessions SET day = CAST(x'ff' AS TEXT)")
    yield "a text that is none", lambda: store.session(STREAM.id)
    with store._database.writing() as db:
        db.execute("REPLACE INTO drafts VALUES (?, 'q', CAST(x'ff' AS TEXT))", (other.id,))
    yield "a text that is none, while writing", lambda: store.forget_session(other.id, AT)


# --- of files -------------------------------------------------------------------------


def of_opening(folder: Path) -> Asked:
    yield "not there", opened(folder / "none.db", read_only=True)
    (folder / "file").touch()
    yield "below a file", opened(folder / "file" / "reflect.db")
    yield "deep below a file", opened(folder / "file" / "home" / "reflect.db")
    (folder / "empty.db").touch()
    yield "an empty file, to be read", opened(folder / "empty.db", read_only=True)
    (folder / "letter.db").write_bytes(b"Dear diary, " * 400)
    yield "a letter", opened(folder / "letter.db")
    yield "a letter, to be read", opened(folder / "letter.db", read_only=True)
    altered(folder / "theirs.db", "CREATE TABLE theirs (a)")
    yield "somebody else's", opened(folder / "theirs.db")
    altered(filled(folder / "newer.db"), "PRAGMA user_version = 99")
    yield "newer", opened(folder / "newer.db")
    yield "older, and to be left so", opened(earlier(folder / "old.db"), current=True)
    altered(
        earlier(folder / "unsound.db"),
        "PRAGMA writable_schema = 1",
        "DELETE FROM sqlite_schema WHERE name = 'journeys'",
    )
    yield "older, and not sound", opened(folder / "unsound.db")
    filled(folder / "tables.db")
    yield (
        "older tables, and to be left so",
        lambda: Store.open(folder / "tables.db", Later(), current=True),
    )
    yield "foreign tables", lambda: Store.open(folder / "foreign.db", Foreign())
    busy = apsw.Connection(str(filled(folder / "busy.db")))
    busy.execute("BEGIN IMMEDIATE")
    with Store.open(folder / "busy.db", Counting(), patience_ms=10) as store:
        yield "written by another", lambda: store.keep_secret("a", "b")
    busy.close()
    with Store.open(folder / "tables.db", Counting(), read_only=True) as store:
        yield "written, but open to be read", lambda: store.keep_secret("a", "b")
    with Store.open(filled(folder / "gone.db"), Counting()) as store:
        (folder / "gone.db").rename(folder / "moved.db")
        yield "moved away", lambda: store.keep_secret("a", "b")


def of_locks(folder: Path) -> Asked:
    path = filled(folder / "locked.db", KEY)
    yield "locked, and nobody to ask", opened(path)
    yield "not the passphrase", opened(path, opener=by_secret)
    yield "another's backup", opened(filled(folder / "others.db", OTHER), opener=by_secret)
    data = path.read_bytes()
    for name, content in (
        ("damaged head", b"\xff" + data[1:]),
        ("damaged sum", data[:15] + bytes((data[15] ^ 1,)) + data[16:]),
        ("damaged page", data[:4000] + b"damaged" + data[4007:]),
        ("cut within a page", data[:5000]),
        ("cut after a page", data[:-4096]),
        ("newer lock", keys.header_of(SECRET, b"0123456789", version=2) + data[16:]),
    ):
        changed = folder / f"{name.replace(' ', '-')}.db"
        changed.write_bytes(content)
        yield name, opened(changed, opener=by_secret)
    plain = filled(folder / "plain.db")
    locking.convert(plain, None, KEY)
    yield "what was is still kept", lambda: locking.convert(plain, KEY, None)
    yield "what was is still kept, asked", lambda: locking.refuse_kept(plain)
    with Store.open(filled(folder / "open.db"), Counting()):
        yield "locked while it is open", lambda: locking.convert(folder / "open.db", None, KEY, 10)
    long = filled(folder / ("s" * 235 + ".db"))
    yield "no room for a name", lambda: locking.convert(long, None, KEY)
    yield "no confirmation", lambda: locking.confirm(folder / "nowhere" / "a.db", locked=True)


def by_secret(lock: Lock) -> Key:
    """Somebody who knows the one key, and says so where it does not fit."""
    if lock.opened_by(SECRET) is None or lock.path.name == "locked.db":
        raise faults.wrong_passphrase(lock.path)
    return Key(SECRET, lock.header)


def of_pragmas(folder: Path) -> Asked:
    path = filled(folder / "unsafe.db")
    before = connection._WRITING, connection._READING
    connection._WRITING, connection._READING = ((*one, ("page_count", 7)) for one in before)
    try:
        yield "an unsafe disk", opened(path)
        yield "an unsafe disk, to be read", opened(path, read_only=True)
    finally:
        connection._WRITING, connection._READING = before


def of_merging(folder: Path, store: Store) -> Asked:
    for name in (
        "letter.db",
        "empty.db",
        "newer.db",
        "theirs.db",
        "none.db",
        "locked.db",
        "unsound.db",
    ):
        yield f"merged: {name}", lambda name=name: store.merge(folder / name)  # type: ignore[misc]
    yield (
        "merged, another's passphrase",
        lambda: store.merge(folder / "locked.db", opener=by_secret),
    )


def of_recovering(folder: Path) -> Asked:
    def recovered(name: str, key: Key | None = None) -> Ask:
        return lambda: recover(folder / name, folder / "recovered.db", Counting(), key)

    yield "nothing to recover", recovered("letter.db")
    yield "nothing there", recovered("none.db")
    yield "a locked one, not opened", recovered("locked.db")
    yield "a locked one, wrongly opened", recovered("locked.db", replace(OTHER))
    shutil.copy(folder / "letter.db", folder / "noise.db")
    yield "noise, as if it were locked", recovered("noise.db", KEY)


# --- all of them ----------------------------------------------------------------------


def everything(folder: Path) -> Iterator[tuple[str, Ask]]:
    yield from of_opening(folder)
    yield from of_locks(folder)
    yield from of_pragmas(folder)
    with Store.open(filled(folder / "record.db"), Counting(), patience_ms=10) as store:
        yield from of_merging(folder, store)
        yield from of_streams(store)
        yield from of_leases(store)
        yield from of_what_is_damaged(store)
    yield from of_recovering(folder)


def told(ask: Ask) -> str:
    """What `ask` is refused with."""
    try:
        ask()
    except ReflectError as error:
        return f"{type(error).__name__} {error.code}\n  {error.message}\n  {error.hint}"
    except Misuse as error:
        return f"Misuse\n  {error}"
    except apsw.Error as error:
        return f"SQLite {type(error).__name__}"
    return "was not refused"


def in_words(folder: Path) -> str:
    """All of them, in `folder`, which is empty and called FOLDER in the words."""
    lines = [f"# {name}\n{told(ask)}\n" for name, ask in everything(folder)]
    return "\n".join(lines).replace(str(folder), "FOLDER")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        KEPT.write_text(in_words(Path(scratch)), "utf-8")
