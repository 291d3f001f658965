"""The reply: all notes on one mentorship in one file, sealed for the mentee."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from reflect.errors import ReflectError

if TYPE_CHECKING:
    from pathlib import Path

    from reflect.application.wiring import Application
    from reflect.review.case import Case
    from reflect.sharing.shared import Bundle

Source = Literal["kept", "named", "file"]


class Receiver(NamedTuple):
    """Whom a reply is sealed for; `differs`: the latest file names another key than the one kept here."""

    key: str
    source: Source
    differs: bool = False


def receiver(app: Application, case: Case, to: str | None = None) -> Receiver:
    """The key to seal for: that of `to` (a name kept here, or a key), the mentee's kept here, or the file's.

    Raises `ReflectError` "no-key-to-seal-for", or as `recipients.named` and `keys.read_key` do.
    """
    from reflect.application.keeping_keys import recipient, recipients
    from reflect.sharing.keys import looks_like_key, read_key
    from reflect.sharing.recipients import kept_for

    if to is not None:
        if looks_like_key(to):
            return Receiver(read_key(to), "named")
        return Receiver(recipient(app, to).key, "named")
    told = key_in(case)
    kept = kept_for(recipients(app), case.mentee)
    if kept is not None:
        return Receiver(kept.key, "kept", differs=bool(told) and told != kept.key)
    if told:
        return Receiver(told, "file")
    raise ReflectError(
        "no-key-to-seal-for",
        "There is no key here to seal the reply with.",
        "Keep theirs (reflect key add NAME KEY), or use --format text, or --unencrypted.",
    )


def key_in(case: Case) -> str:
    """The public key that the latest file with one brought; "" when none holds one."""
    from reflect.sharing.keys import read_key

    keys = [filed.shared.key for filed in case.files if filed.shared.key]
    try:
        return read_key(keys[-1]) if keys else ""
    except ReflectError:
        return ""


def made(app: Application, case: Case) -> Bundle:
    """The reply to all that was shared so far. Raises `ReflectError` "nothing-to-reply"."""
    from reflect.review.replying import reply

    if not case.told:
        raise ReflectError(
            "nothing-to-reply",
            "There is no note to send yet.",
            'Write one: reflect review note "what you want to say"',
        )
    return reply(case, app.now().date().isoformat())


def sealed(bundle: Bundle, key: str | None) -> bytes:
    """`bundle` as a file for the owner of `key`; for everybody when there is none."""
    from reflect.sharing.sealing import seal
    from reflect.sharing.wire import encode

    data = encode(bundle)
    return data if key is None else seal(data, [key])


def file_name(case: Case, day: str) -> str:
    """What a reply of the ISO date `day` is called."""
    import re

    word = re.sub(r"[^a-z0-9]+", "-", case.mentee.casefold()).strip("-")[:40] or "mentee"
    return f"reflect-reply-{word}-{day}.reflect"


def note_made(app: Application, case: Case, bundle: Bundle) -> None:
    """Write down that the reply was made."""
    from reflect.application.reviewing import write
    from reflect.events import ReplyMade
    from reflect.review.replying import marks

    at = app.now().isoformat(timespec="milliseconds")
    write(app, case.name, ReplyMade(at, bundle.share, marks(bundle)))


def put(app: Application, case: Case, bundle: Bundle, path: Path, key: str | None) -> None:
    """Write the reply to `path` for its owner only, then note that it was made.

    In this order: a file that nobody noted is made once more with the same notes, and changes nothing where
    it arrives twice. Raises `ReflectError` "not-written" or `StoreError`.
    """
    from reflect.sharing.files import put_file

    put_file(path, sealed(bundle, key))
    note_made(app, case, bundle)
