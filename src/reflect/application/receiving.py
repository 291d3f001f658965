"""What a mentor wrote back, taken in: opened, put with its mentorship, and kept all at once or not at all.

A reply carries all notes that were ever written, so files may come twice, in any order, or not at all:
what counts is the union of notes by id and revision. Everything in it is somebody else's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reflect.errors import ReflectError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reflect.application.wiring import Application
    from reflect.events import Event, JourneyEvent, Note
    from reflect.mentorship.notes import KnownNote
    from reflect.mentorship.relation import Relation
    from reflect.sharing.passphrase import Passphrase
    from reflect.sharing.shared import Bundle, Reply

LARGEST = 16 * 1024 * 1024
"""Bytes that are read at most."""
MENTORSHIP = "mentorship"
"""What the name of a mentorship in shared files is made of, besides its id."""

_AGE = (b"age-encryption.org/", b"-----BEGIN AGE")


class Received(NamedTuple):
    """What came of a reply: the notes that were not here before, as they stand now, in the order they arrived."""

    relation: Relation
    by: str
    notes: tuple[KnownNote, ...]

    def __repr__(self) -> str:
        return f"<Received {len(self.notes)}>"


# --- opening -----------------------------------------------------------------------


def needs_passphrase(data: bytes) -> bool:
    """Whether `data` is sealed with a passphrase. Raises `ReflectError` as `sealing.lock_of` does."""
    from reflect.sharing.sealing import lock_of

    return _is_sealed(data) and lock_of(data) == "passphrase"


def opened(app: Application, data: bytes, passphrase: Passphrase | None = None) -> Bundle:
    """The reply in `data`: a bundle, sealed or not, or the text that the page's form makes.

    It may also be what the mentor has shared: a sheet that both of the two fill in.
    It is opened with one's own keys, or with `passphrase`. Raises `ReflectError` as `sealing.open_sealed`,
    `wire.decode` and `reply_text.read_reply` do, or "not-a-reply". Nothing is changed.
    """
    from reflect.sharing.soundness import is_name
    from reflect.sharing.wire import decode

    text = _as_text(data)
    if text is not None:
        from reflect.sharing.reply_text import read_reply

        bundle = read_reply(text, app.now().date().isoformat())
    else:
        bundle = decode(_unsealed(app, data, passphrase))
    if bundle.shared is not None and bundle.shared.role == "mentor":
        return bundle
    if bundle.reply is None:
        raise ReflectError(
            "not-a-reply",
            "This is something that was shared with a mentor, and no reply.",
            "If it was shared with you: reflect review FILE",
        )
    if not all(is_name(note.id) for note in bundle.reply.notes):
        raise _unreadable()
    return bundle


def _is_sealed(data: bytes) -> bool:
    return data.lstrip().startswith(_AGE)


def _unsealed(app: Application, data: bytes, passphrase: Passphrase | None) -> bytes:
    if not _is_sealed(data):
        return data
    from reflect.application.keeping_keys import identities
    from reflect.sharing.sealing import open_sealed
    from reflect.sharing.unopened import wrong_key

    own = identities(app)
    if passphrase is None and not own and not needs_passphrase(data):
        raise wrong_key()
    return open_sealed(data, passphrase or own)


def _as_text(data: bytes) -> str | None:
    """`data` as a reply in text; None when it is none."""
    from reflect.sharing.reply_text import is_reply_text

    if len(data) > LARGEST or _is_sealed(data) or data.lstrip()[:1] == b"{":
        return None
    text = data.decode("utf-8-sig", "replace")
    return text if is_reply_text(text) else None


def _unreadable() -> ReflectError:
    return ReflectError(
        "bundle-unreadable",
        "The file is no bundle of reflect, or it was changed on its way.",
        "Ask for it once more; nothing was changed.",
    )


# --- keeping -----------------------------------------------------------------------


def receive(app: Application, bundle: Bundle) -> Received:
    """Keep what is new in `bundle`, in one event; an answer to a question makes it answered at once.

    Raises `ReflectError` "no-such-mentorship-here" when it is for nobody here, or `StoreError`; then
    nothing has changed.
    """
    from reflect.mentorship.notes import known_notes

    assert bundle.reply is not None
    relation = addressed(app, bundle.mentorship)
    by = _one_line(bundle.reply.mentor) or relation.other
    events = app.store.events(relation.id)
    new = _new(bundle.reply, events)
    if new:
        _keep(app, relation, bundle.reply, new, by)
    ids = {note.id for note in new}
    standing = known_notes(relation.id, app.store.events(relation.id))
    return Received(relation, by, tuple(one for one in standing if one.note.id in ids))


def addressed(app: Application, name: str) -> Relation:
    """The mentorship that is called `name` in shared files, by any of its secrets."""
    from reflect.application.mentorships import relations
    from reflect.mentorship.standing import standing
    from reflect.sharing.log import aliases

    for relation in relations(app):
        makers = aliases(standing(app.store.events(relation.id)))
        if any(maker.of(MENTORSHIP, relation.id) == name for maker in makers):
            return relation
    raise ReflectError(
        "no-such-mentorship-here",
        "This reply is about a mentorship that is not in this record.",
        "Open it where the file was shared from; nothing was changed.",
    )


def _new(reply: Reply, events: Iterable[Event]) -> tuple[Note, ...]:
    """The notes of `reply` that are not among `events`, each revision once."""
    from reflect.events import NotesReceived

    here = {
        (note.id, note.revision)
        for event in events
        if isinstance(event, NotesReceived)
        for note in event.notes
    }
    found = {(note.id, note.revision): note for note in reversed(reply.notes)}
    return tuple(note for mark, note in reversed(found.items()) if mark not in here)


def _keep(
    app: Application, relation: Relation, reply: Reply, new: tuple[Note, ...], by: str
) -> None:
    """Write `new` down with what follows at once: which questions are answered by now."""
    from reflect.application.answering import follows
    from reflect.events import NotesReceived

    def events(at: str, before: Sequence[Event]) -> list[JourneyEvent]:
        received = NotesReceived(at, by, reply.day, new)
        return [received, *follows(app, relation, [*before, received], at)]

    write(app, relation, events)


def write(
    app: Application,
    relation: Relation,
    make: Callable[[str, Sequence[Event]], list[JourneyEvent]],
) -> None:
    """Append what `make` makes of a time and of the journey so far, in one piece; nothing for nothing.

    The time is later than that of every event before it, so that each call is taken back by itself.
    Raises `StoreError`.
    """
    from reflect.transcripts.values import Stream

    store = app.store
    before = store.events(relation.id)
    new = make(_moment(app, before), before)
    if new:
        store.append(Stream("journey", relation.id, relation.id), len(before), new)


def _moment(app: Application, before: Sequence[Event]) -> str:
    from datetime import timedelta

    now = app.now()
    times = {getattr(event, "at", "") for event in before[-50:]}
    while (at := now.isoformat(timespec="milliseconds")) in times:
        now += timedelta(milliseconds=1)
    return at


def _one_line(name: str) -> str:
    return " ".join(name.split())[:200]
