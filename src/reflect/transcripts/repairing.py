"""Recovering what can be recovered of a damaged record, into a new file beside it.

Rows are read from the pages themselves and count only when their checksum holds, so an altered answer never
comes back as a good one. What is lost keeps its place, which a backup can fill. The damaged file is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import apsw
import msgspec

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.errors import StoreError
from reflect.events import SessionStarted
from reflect.transcripts import codec, faults, meta, ulid
from reflect.transcripts.connection import beside
from reflect.transcripts.database import Database
from reflect.transcripts.keys import raw_file
from reflect.transcripts.pages import Pages, Row, Value
from reflect.transcripts.query import fetch_all
from reflect.transcripts.streams import is_whole
from reflect.transcripts.values import REVIEW, Projector, Stream

if TYPE_CHECKING:
    from reflect.transcripts.keys import Key

_RESTORE = "A backup may hold it: reflect restore FILE, once this one is in place."
_LOST = (b"\0" * 16, b"\0" * 16, "{}")
"""What stands where an event was that is gone: it fits no checksum."""
_MOST_EVENTS = 1_000_000

MakeScript = Callable[[SessionStarted], bytes]
"""Makes a session's script as it is today; nothing where it cannot be made."""


class Recovered(msgspec.Struct, frozen=True):
    """The new file, how many `sessions` and sound `events` it holds, and what could not be brought back."""

    file: Path
    sessions: int
    events: int
    findings: tuple[Diagnostic, ...]


class _Event(msgspec.Struct, frozen=True):
    seq: int
    key: str | None
    salt: bytes
    mark: bytes
    body: str


class _Found(msgspec.Struct):
    """What the pages hold, by the numbers of streams; `names` are what indexes call them."""

    streams: dict[int, tuple[Stream, int]] = {}
    names: dict[int, str] = {}
    events: dict[int, dict[int, _Event]] = {}
    scripts: dict[str, bytes] = {}
    secrets: dict[str, str] = {}
    drafts: list[tuple[str, str, str]] = []


def recover(
    path: Path,
    target: Path,
    projector: Projector,
    key: Key | None = None,
    script: MakeScript = lambda _: b"",
) -> Recovered:
    """Write all that is sound in the record at `path` (opened by `key` when it is locked) to `target`.

    `script` makes the bytes of a session's script anew, where they are lost; they count when its digest fits.
    `target` must not be there yet; it is for its owner only and locked like `path`. Raises `StoreError`
    "nothing-recovered", "store-damaged" for a locked file that cannot be opened, and those of `Store`.
    """
    found = _found(_pages(path, key))
    known = dict(_named(found))
    sound = {number: _sound(stream.id, found, number) for number, (stream, _) in known.items()}
    if not any(sound.values()):
        raise StoreError(
            "nothing-recovered",
            f"Nothing in {path} can be read any more; it was left as it is.",
            "Move it away and bring in a backup: reflect restore FILE",
        )
    without = _without_script(found, known, sound, script)
    missing = (*_unnamed(found, known, target), *_unreadable(without, target))
    with TemporaryDirectory(prefix=".recovering-", dir=path.parent) as folder:
        part = Path(folder) / target.name
        _write(part, found, known, sound, key)
        return _finished(part, target, projector, key, missing)


def _finished(
    part: Path,
    target: Path,
    projector: Projector,
    key: Key | None,
    missing: tuple[Diagnostic, ...],
) -> Recovered:
    from reflect.transcripts.store import Store

    with Store.open(part, projector, key=key) as store:
        store.rebuild()
        lost = [msgspec.structs.replace(one, place=Place(str(target))) for one in store.check()]
        with store._database.reading() as db:
            counted = fetch_all(db, "SELECT count(*) FROM events WHERE checksum <> ?", _LOST[:1])
        store.backup(target)
        return Recovered(target, len(store.sessions()), counted[0][0], (*lost, *missing))


# --- reading ------------------------------------------------------------------------


def _pages(path: Path, key: Key | None) -> Pages:
    if key is None:
        return Pages(_bytes(path), _bytes(beside(path, "-wal")))
    try:
        database = Database(path, read_only=True, key=key)
    except StoreError:
        raise faults.head_damaged(path) from None
    try:
        with database.reading() as db:
            # A page that cannot be opened comes as zeros.
            return Pages(db.serialize("main") or b"")
    finally:
        database.close()


def _bytes(path: Path) -> bytes:
    if not path.exists() or not path.stat().st_size:
        return b""
    try:
        file = raw_file(path)
    except apsw.Error as error:
        raise faults.fault(error, path) or error from None
    try:
        return b"".join(_read(file, path.stat().st_size))
    finally:
        file.xClose()


def _read(file: apsw.VFSFile, size: int, step: int = 1 << 16) -> Iterator[bytes]:
    for at in range(0, size, step):
        try:
            yield file.xRead(min(step, size - at), at)
        except apsw.Error:
            # A sector of the disk that gives nothing.
            yield b"\0" * min(step, size - at)


def _found(pages: Pages) -> _Found:
    found = _Found()
    for row in pages.rows():
        if row.number is None:
            _from_index(found, row.values)
        else:
            _from_table(found, row)
    return found


def _from_table(found: _Found, row: Row) -> None:
    match row.values:
        case (None, str(name), str(kind), str(mentorship), int(length)) if (
            kind in ("session", "journey", "review") and 0 <= length < _MOST_EVENTS
        ):
            stream = Stream(kind, name, mentorship)  # type: ignore[arg-type]
            found.streams[row.number or 0] = stream, length
        case (None, int(number), int(seq), (None | str()) as key, bytes(salt), bytes(mark), body):
            if isinstance(body, str) and 0 <= seq < _MOST_EVENTS:
                event = _Event(seq, key, salt, mark, body)
                found.events.setdefault(number, {})[seq] = event
        case (str(digest), bytes(data)) if codec.digest(data) == digest:
            found.scripts[digest] = data


def _from_index(found: _Found, values: tuple[Value, ...]) -> None:
    match values:
        case (str(name), int(number)) if _is_id(name):
            found.names[number] = name
        case (str(name), str(value)) if name.startswith("secret:"):
            found.secrets[name.removeprefix("secret:")] = value
        case (str(stream), str(key), str(text)) if _is_id(stream):
            found.drafts.append((stream, key, text))


def _is_id(text: str) -> bool:
    return ulid.decode(text) is not None or text.startswith(REVIEW)


# --- putting together ---------------------------------------------------------------


def _named(found: _Found) -> Iterator[tuple[int, tuple[Stream, int]]]:
    """Each stream by its number, with its length: as its own row says, else as its events do."""
    for number in sorted(found.events.keys() | found.streams.keys()):
        least = max(found.events.get(number, {}), default=-1) + 1
        if number in found.streams:
            stream, length = found.streams[number]
            yield number, (stream, max(length, least))
        elif number in found.names:
            stream = _guessed(found.names[number], found, number)
            if _sound(stream.id, found, number):
                yield number, (stream, least)


def _guessed(name: str, found: _Found, number: int) -> Stream:
    """A stream whose row is gone, by its name in an index and by how it begins."""
    if name.startswith(REVIEW):
        return Stream("review", name, name)
    first = _sound(name, found, number).get(0)
    event = codec.decode(first.body.encode(), name, 0) if first else None
    if isinstance(event, SessionStarted):
        return Stream("session", name, event.mentorship)
    return Stream("journey", name, name)


def _sound(name: str, found: _Found, number: int) -> dict[int, _Event]:
    return {
        seq: event
        for seq, event in found.events.get(number, {}).items()
        if is_whole(name, seq, event.salt, event.mark, event.body.encode())
    }


def _unnamed(
    found: _Found, known: dict[int, tuple[Stream, int]], target: Path
) -> tuple[Diagnostic, ...]:
    """Events of which nobody knows any more where they belong, so that they cannot be checked."""
    number = sum(len(events) for at, events in found.events.items() if at not in known)
    if not number:
        return ()
    message = f"{number} events belong to something whose name is gone; they were left out."
    return (Diagnostic("events-left-out", Severity.ERROR, Place(str(target)), message, _RESTORE),)


def _without_script(
    found: _Found,
    known: dict[int, tuple[Stream, int]],
    sound: dict[int, dict[int, _Event]],
    script: MakeScript,
) -> list[str]:
    """Sessions whose script is gone and cannot be made anew; adds those that can."""
    without: list[str] = []
    for number, (stream, _) in known.items():
        first = sound[number].get(0) if stream.kind == "session" else None
        started = codec.decode(first.body.encode(), stream.id, 0) if first else None
        if isinstance(started, SessionStarted) and started.digest not in found.scripts:
            data = script(started)
            if codec.digest(data) == started.digest:
                found.scripts[started.digest] = data
            else:
                without.append(stream.id)
    return without


def _unreadable(sessions: list[str], target: Path) -> Iterator[Diagnostic]:
    for name in sessions:
        message = f"The questions of session {name} are lost, so its answers cannot be shown."
        yield Diagnostic("script-missing", Severity.ERROR, Place(str(target)), message, _RESTORE)


# --- writing ------------------------------------------------------------------------


def _write(
    part: Path,
    found: _Found,
    known: dict[int, tuple[Stream, int]],
    sound: dict[int, dict[int, _Event]],
    key: Key | None,
) -> None:
    from reflect.transcripts.migrations import bring_up_to_date

    database = Database(part, key=key)
    try:
        with database.reading() as db:
            bring_up_to_date(db, part, key=key)
        with database.writing() as db:
            for number, (stream, length) in known.items():
                _put_stream(db, number, stream, length)
                db.executemany(_EVENT, _rows(number, length, sound[number]))
            _put_rest(db, found, {stream.id for stream, _ in known.values()})
    finally:
        database.close()


_EVENT = "INSERT INTO events (stream, seq, key, salt, checksum, body) VALUES (?, ?, ?, ?, ?, ?)"


def _put_stream(db: apsw.Connection, number: int, stream: Stream, length: int) -> None:
    db.execute(
        "INSERT INTO streams (number, id, kind, mentorship, length) VALUES (?, ?, ?, ?, ?)",
        (number, stream.id, stream.kind, stream.mentorship, length),
    )


def _rows(number: int, length: int, sound: dict[int, _Event]) -> Iterable[tuple[object, ...]]:
    for seq in range(length):
        event = sound.get(seq)
        if event is None:
            yield number, seq, None, *_LOST
        else:
            yield number, seq, event.key, event.salt, event.mark, event.body


def _put_rest(db: apsw.Connection, found: _Found, names: set[str]) -> None:
    db.executemany("INSERT INTO scripts (digest, data) VALUES (?, ?)", found.scripts.items())
    for name, value in found.secrets.items():
        meta.keep_secret(db, name, value)
    kept = [draft for draft in found.drafts if draft[0] in names]
    db.executemany("REPLACE INTO drafts (stream, key, text) VALUES (?, ?, ?)", kept)
