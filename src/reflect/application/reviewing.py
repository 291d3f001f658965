"""The mentor's side: files that were opened, by the mentorship they are of, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reflect.errors import ReflectError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reflect.application.wiring import Application
    from reflect.events import Event, Note, ReviewEvent
    from reflect.review.case import Case
    from reflect.sharing.identities import Identity
    from reflect.sharing.passphrase import Passphrase
    from reflect.sharing.shared import Bundle
    from reflect.transcripts.store import Store
    from reflect.transcripts.values import Stream

LAST = "review"
"""The mark of the record that names the mentorship reviewed last."""


class Line(NamedTuple):
    """One mentorship in the list: its number and name, and the counts of what waits.

    `day` is the ISO date of the latest file, `due` that of the mentor's next promise; `mentee` is one line.
    """

    number: int
    name: str
    mentee: str
    day: str
    files: int
    unread: int
    asked: int
    owed: int
    due: str | None
    unsent: int

    def __repr__(self) -> str:
        return f"<Line {self.number}>"


class Filed(NamedTuple):
    """A file that was filed: whether it is `new` here, and whether it names another key than before."""

    case: Case
    share: str
    new: bool
    key_changed: bool = False


# --- opening -----------------------------------------------------------------------


def needs_passphrase(data: bytes) -> bool:
    """Whether `data` is sealed with a passphrase. Raises `ReflectError` as `sealing.lock_of` does."""
    from reflect.sharing.sealing import lock_of

    return not _is_plain(data) and lock_of(data) == "passphrase"


def opened(data: bytes, by: Sequence[Identity] | Passphrase) -> Bundle:
    """The bundle in `data`, sealed or not, checked; nothing is changed by it.

    Raises `ReflectError` as `sealing.open_sealed` and `wire.decode` do, or "not-for-review".
    """
    from reflect.sharing.sealing import open_sealed
    from reflect.sharing.wire import decode

    bundle = decode(data if _is_plain(data) else open_sealed(data, by))
    if bundle.shared is None:
        raise ReflectError(
            "not-for-review",
            "This is a reply of a mentor, and nothing that was shared with one.",
            "If it was written to you: reflect receive FILE",
        )
    return bundle


def file_away(app: Application, bundle: Bundle) -> Filed:
    """Keep a bundle that `opened` gave; the same one twice changes nothing.

    Raises `ReflectError` "bundle-differs" when another is kept under its name, or `StoreError`.
    """
    from reflect.events import BundleOpened
    from reflect.sharing.wire import compact

    body = compact(bundle)
    before = case(app, bundle.mentorship) if app.kept else None
    known = _known(app, bundle)
    if known:
        if known != body:
            raise ReflectError(
                "bundle-differs",
                "A file of this name was opened before, and it said something else.",
                "One of the two was changed on its way. Ask for it once more; nothing was changed.",
            )
        assert before is not None
        use(app, bundle.mentorship)
        return Filed(before, bundle.share, new=False)
    write(app, bundle.mentorship, BundleOpened(_at(app), bundle.share, body))
    use(app, bundle.mentorship)
    after = case(app, bundle.mentorship)
    return Filed(after, bundle.share, True, key_changed=_key_changed(before, bundle))


def _is_plain(data: bytes) -> bool:
    return data.lstrip()[:1] == b"{"


def _known(app: Application, bundle: Bundle) -> str:
    """What was kept of the file, as it is kept; "" for nothing."""
    from reflect.events import BundleOpened

    events = _events(app, bundle.mentorship)
    found = (one for one in events if isinstance(one, BundleOpened) and one.share == bundle.share)
    return next((one.bundle for one in found), "")


def _key_changed(before: Case | None, bundle: Bundle) -> bool:
    keys = [filed.shared.key for filed in before.files if filed.shared.key] if before else []
    key = bundle.shared.key if bundle.shared else ""
    return bool(keys and key and keys[-1] != key)


# --- reading -----------------------------------------------------------------------


def listed(app: Application) -> tuple[Line, ...]:
    """Every mentorship that something was opened of, numbered in the order they came."""
    store = _store(app)
    if store is None:
        return ()
    rows = store.rows(
        "SELECT id, mentee, day, files, unread, asked, owed, due, unsent FROM m_cases"
        " ORDER BY opened, id"
    )
    return tuple(Line(number, _name(row[0]), *row[1:]) for number, row in enumerate(rows, start=1))


def case(app: Application, name: str) -> Case:
    """What is known of the mentorship called `name` in shared files, without sheets that are not shown yet."""
    from reflect.application.comparing import covered
    from reflect.review.case import Case

    found = whole(app, name)
    waiting = covered(app, found)
    return Case(name, _events(app, name), waiting) if waiting else found


def whole(app: Application, name: str) -> Case:
    """All that is known of it, the sheets among it that both have to share before they are shown."""
    from reflect.review.case import Case

    return Case(name, _events(app, name))


def named(app: Application, who: str) -> Line:
    """The one that is meant: by number, name, how a name begins, or the name of the mentorship.

    Raises `UsageError` "no-such-mentee" or "ambiguous-mentee".
    """
    lines = listed(app)
    wanted = " ".join(who.split()).casefold()
    if wanted.isdecimal() and 0 < int(wanted[:9]) <= len(lines):
        return lines[int(wanted[:9]) - 1]
    for fits in (_is_called, _is_name, _begins):
        found = [line for line in lines if wanted and fits(line, wanted)]
        if len(found) > 1:
            raise _several(found)
        if found:
            return found[0]
    raise _nobody(wanted, lines)


def is_somebody(app: Application, who: str) -> bool:
    """Whether `who` is the whole name, or the first name, of one of them or of several."""
    wanted = " ".join(who.split()).casefold()
    return any(_is_called(line, wanted) for line in listed(app))


def current(app: Application, who: str | None = None) -> Case:
    """The one called `who`, else the one that was looked at last.

    Raises `UsageError` as `named` does, or `ReflectError` "nothing-to-review".
    """
    if who:
        return case(app, named(app, who).name)
    lines = listed(app)
    if not lines:
        raise ReflectError(
            "nothing-to-review",
            "Nobody has shared anything with you here yet.",
            "Open the file you were sent: reflect review FILE",
        )
    last = app.reading_store.mark(LAST)
    return case(app, next((line.name for line in lines if line.name == last), lines[-1].name))


def reviews_only(app: Application) -> bool:
    """Whether this home is a mentor's alone: something was opened in it and no session begun."""
    store = _store(app)
    return store is not None and not store.mentorships() and bool(store.reviews())


# --- writing -----------------------------------------------------------------------


def write(app: Application, name: str, *events: ReviewEvent) -> None:
    """Write `events` down about the mentorship called `name`. Raises `StoreError`."""
    from reflect.transcripts.store import StaleStream

    store, stream = app.store, _stream(name)
    while True:
        known, lost = store.events(stream.id, damaged="skip")
        try:
            store.append(stream, len(known) + len(lost), list(events))
            return
        except StaleStream:
            # Another window wrote in between; what order they stand in makes no difference.
            continue


def use(app: Application, name: str) -> None:
    """Let `name` be the one looked at last."""
    if app.store.mark(LAST) != name:
        app.store.put_mark(LAST, name)


def mark_read(app: Application, case: Case, share: str = "") -> None:
    """Note that the mentor looked at the file `share`, "" for all of them."""
    from reflect.events import BundleRead

    unread = [one.share for one in case.files if not one.read and share in ("", one.share)]
    if unread:
        write(app, case.name, *(BundleRead(_at(app), one) for one in unread))
    use(app, case.name)


def keep_note(app: Application, case: Case, note: Note) -> None:
    """Write a note, or a revision of one, down."""
    from reflect.events import NoteWritten

    write(app, case.name, NoteWritten(_at(app), note))
    use(app, case.name)


def _at(app: Application) -> str:
    return app.now().isoformat(timespec="milliseconds")


def _stream(name: str) -> Stream:
    from reflect.transcripts.values import REVIEW, Stream

    return Stream("review", REVIEW + name, REVIEW + name)


def _name(stream_id: str) -> str:
    from reflect.transcripts.values import REVIEW

    return stream_id.removeprefix(REVIEW)


def _store(app: Application) -> Store | None:
    if not app.kept:
        return None
    return app.__dict__.get("store") or app.reading_store


def _events(app: Application, name: str) -> tuple[Event, ...]:
    """What was opened and written; what is damaged is left out, as `reflect doctor` tells."""
    store = _store(app)
    if store is None:
        return ()
    found, _ = store.events(_stream(name).id, damaged="skip")
    return found


# --- who is meant --------------------------------------------------------------------


def _is_called(line: Line, wanted: str) -> bool:
    own = line.mentee.casefold()
    return wanted == own or wanted == own.partition(" ")[0]


def _is_name(line: Line, wanted: str) -> bool:
    return len(wanted) > 3 and line.name.startswith(wanted)


def _begins(line: Line, wanted: str) -> bool:
    return line.mentee.casefold().startswith(wanted)


def _several(found: Sequence[Line]) -> UsageError:
    numbers = ", ".join(str(line.number) for line in found)
    hint = f"Name them by their number in `reflect review list`: {numbers}"
    return UsageError("ambiguous-mentee", "several people are called that", hint)


def _nobody(wanted: str, lines: Sequence[Line]) -> UsageError:
    from reflect.text import nearest

    near = nearest(wanted, [str(line.mentee.casefold()) for line in lines]) if lines else ""
    found = next((line for line in lines if line.mentee.casefold() == near), None)
    hint = f"Did you mean {found.mentee}?" if found else "Those there are: reflect review list"
    return UsageError("no-such-mentee", "nobody of that name has shared anything here", hint)
