"""`reflect delete`: take a session, or one answer, out of the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.settings import Home
    from reflect.transcripts.values import Report, SessionRow


@click.command()
@click.argument("session")
@click.option("--answer", metavar="N", help="Only this answer, by its number in `reflect show`.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@mentorship_option
@pass_desk
def command(desk: Desk, session: str, answer: str | None, yes: bool) -> None:
    """Erase a session, or one answer, for good.

    An answer goes with the follow-ups to it. SESSION is `last`, a number of
    `reflect history`, or how an id begins.
    """
    from reflect.application.reading import find_session
    from reflect.cli.sessions import scope

    row = find_session(desk.app.reading_store, session, scope(desk))
    key = _key(desk, row, answer) if answer is not None else None
    if not yes and not desk.agrees(f"Erase {_what(row, answer)} for good?"):
        raise ReflectError("not-erased", "Nothing was erased.", "Say yes, or use --yes.")
    report = _erase(desk, row, key)
    for line in _outcome(report, row.id, desk.app.home):
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


def _outcome(report: Report, session: str, home: Home) -> Iterator[str]:
    """What was done, what is still to be done, and what cannot be."""
    from reflect.sharing.layout import counted

    if report.pending:
        yield (
            "Erased from the record. Another window still reads the file, so traces of it"
            " go when reflect is started next."
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
        yield "Some of the same words stand in another answer of this session, untouched."
    if report.dropped:
        yield f"{counted(report.dropped, 'copy', 'copies')} from before an update deleted."
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
