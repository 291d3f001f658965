"""`reflect delete`: take a session, or one answer, out of the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option
from reflect.errors import ReflectError, UsageError

if TYPE_CHECKING:
    from reflect.settings import Home
    from reflect.transcripts.values import Report, SessionRow


@click.command()
@click.argument("session", required=False)
@click.option("--answer", metavar="N", help="Only this answer, by its number in `reflect show`.")
@click.option(
    "--item",
    nargs=2,
    metavar="KIND N",
    help="Something noted by hand, such as: action 3",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@mentorship_option
@pass_desk
def command(
    desk: Desk,
    session: str | None,
    answer: str | None,
    item: tuple[str, str] | None,
    yes: bool,
) -> None:
    """Erase a session, one answer, or something noted by hand, for good.

    An answer goes with the follow-ups to it. SESSION is `last`, a number of
    `reflect history`, or how an id begins.
    """
    from reflect.application.reading import find_session
    from reflect.cli.sessions import scope

    if (session is None) == (item is None) or (item is not None and answer is not None):
        raise UsageError("usage", "name a session, or an --item", "See: reflect delete --help")
    if item is not None:
        _erase_item(desk, *item, yes=yes)
        return
    assert session is not None
    row = find_session(desk.app.reading_store, session, scope(desk))
    key = _key(desk, row, answer) if answer is not None else None
    if not yes and not desk.agrees(f"Erase {_what(row, answer)} for good?"):
        raise ReflectError("not-erased", "Nothing was erased.", "Say yes, or use --yes.")
    report = _erase(desk, row, key)
    for line in _outcome(report, row.id, desk.app.home):
        desk.talk(line)


def _erase_item(desk: Desk, kind: str, number: str, *, yes: bool) -> None:
    """Erase an item that was noted by hand; one of a session goes with its answer."""
    from reflect.application.carried import LISTINGS, numbered
    from reflect.cli.carrying_on import numbers_only, relation

    names = {name: name for name in LISTINGS} | {
        LISTINGS[name].split()[1]: name for name in LISTINGS
    }
    if kind not in names:
        hint = f"One of: {', '.join(LISTINGS)}"
        raise UsageError("no-such-kind", "there is no such kind of item", hint)
    wanted = numbers_only([number])
    found = numbered(desk.app.reading_store, relation(desk).id, names[kind], wanted)[0]
    if found.session:
        raise ReflectError(
            "not-noted-by-hand",
            f"That {found.kind} comes from an answer of the session of {found.day}.",
            f"Erase the answer: reflect delete {found.session} --answer N",
        )
    if not yes and not desk.agrees(f"Erase {found.kind} {found.number} for good?"):
        raise ReflectError("not-erased", "Nothing was erased.", "Say yes, or use --yes.")
    at = desk.app.now().isoformat(timespec="seconds")
    report = desk.app.store.forget_noted(found.id, at)
    for line in _outcome(report, relation(desk).id, desk.app.home, "something else noted by hand"):
        desk.talk(line)


def _key(desk: Desk, row: SessionRow, answer: str) -> str:
    """The key of the answer with that number in `reflect show`."""
    from reflect.application.reading import read_session
    from reflect.cli.sessions import transcript_of

    turns = transcript_of(read_session(desk.app.reading_store, row)).turns
    if answer.isdecimal() and 0 < int(answer) <= len(turns):
        return turns[int(answer) - 1].key
    raise ReflectError(
        "no-such-answer",
        "That session has no answer with this number.",
        f"The numbers are those of: reflect show {row.id}",
    )


def _what(row: SessionRow, answer: str | None) -> str:
    from reflect.sharing.layout import counted

    if answer is None:
        return f"the session of {row.day} with {counted(row.answers, 'answer')}"
    return f"answer {answer} of the session of {row.day}"


def _erase(desk: Desk, row: SessionRow, key: str | None) -> Report:
    store = desk.app.store
    lease = store.take_lease(row.id) if row.state == "open" else None
    at = desk.app.now().isoformat(timespec="seconds")
    try:
        return store.forget_answer(row.id, key, at) if key else store.forget_session(row.id, at)
    finally:
        if lease is not None:
            store.release(lease)


def _outcome(
    report: Report, session: str, home: Home, beside: str = "another answer of this session"
) -> Iterator[str]:
    """What was done, what is still to be done, and what cannot be."""
    from reflect.sharing.layout import counted

    if report.pending:
        yield (
            "Erased from the record. Another window still reads the file, so traces of it"
            " go when reflect is started next."
        )
    elif report.encrypted:
        yield (
            "Erased. The record is encrypted: its files cannot be searched for words, and nobody"
            " finds any there without your passphrase."
        )
    elif report.removed:
        files = counted(report.files, "file")
        yield f"Erased. The {files} of the record were searched and hold none of it."
    else:
        yield "Erased from the record, but parts of its text were found in the file. See: reflect doctor"
    others = [name for name in report.elsewhere if name != session]
    if others:
        yield f"The same words stand in {counted(len(others), 'other session')}, untouched."
    if len(others) < len(report.elsewhere):
        yield f"Some of the same words stand in {beside}, untouched."
    if report.dropped:
        yield f"{counted(report.dropped, 'copy', 'copies')} from before a change of the file deleted."
    yield from _out_of_reach(home)


def _out_of_reach(home: Home) -> Iterator[str]:
    from reflect.sharing.layout import counted

    copies = len(list(home.backups.glob("*"))) if home.backups.is_dir() else 0
    if copies:
        yield f"{counted(copies, 'backup')} in {home.backups} may still hold it."
    yield (
        "Not reached: backups elsewhere, files you exported or shared, and free blocks of"
        " a disk that is not encrypted."
    )
