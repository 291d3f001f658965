"""`reflect review reply`: the file that goes back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.replacing import check_leave, force_option
from reflect.cli.reviewing import phrases
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.application.replying import Receiver
    from reflect.review.case import Case
    from reflect.sharing.shared import Bundle

STDOUT = Path("-")


@click.command()
@click.argument("who", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; - is stdout.")
@click.option(
    "--format", "form", type=click.Choice(["bundle", "text"]), default="bundle", show_default=True
)
@click.option("--to", metavar="NAME|KEY", help="Seal it for this key.")
@click.option("--unencrypted", is_flag=True, help="Do not seal it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@force_option
@pass_desk
def command(
    desk: Desk,
    who: str | None,
    output: Path | None,
    form: str,
    to: str | None,
    unencrypted: bool,
    yes: bool,
    force: bool,
) -> None:
    """Make the reply: one file with everything you wrote to WHO.

    It is sealed for the key they sent along, or the one you keep under their name. Each reply
    carries all notes so far, so a lost one does no harm. `--format text` makes lines for a mail,
    which they paste into `reflect receive -`.
    """
    from reflect.application.replying import made, receiver
    from reflect.application.reviewing import current

    case = current(desk.app, who)
    if form == "text":
        _text(desk, case, output, force=force)
        return
    bundle = made(desk.app, case)
    whom = None if unencrypted else receiver(desk.app, case, to)
    if unencrypted:
        _agreed(desk, yes=yes)
    give(desk, case, bundle, output, whom, force=force)


def give(
    desk: Desk,
    case: Case,
    bundle: Bundle,
    output: Path | None,
    whom: Receiver | None,
    *,
    force: bool,
) -> None:
    """Write the reply and say where it is."""
    from reflect.application.replying import file_name, put

    if output == STDOUT:
        _write_out(desk, case, bundle, whom)
        return
    path = output or Path(file_name(case, desk.app.now().date().isoformat()))
    check_leave(desk, path, force=force)
    put(desk.app, case, bundle, path, whom.key if whom else None)
    if whom is not None:
        _sealed(desk, case, whom)
    _said(desk, case)
    desk.talk(
        f"Written to {path}. Send it to {case.mentee}, who opens it with: reflect receive FILE"
    )


def _write_out(desk: Desk, case: Case, bundle: Bundle, whom: Receiver | None) -> None:
    """The bytes of the reply on stdout."""
    from reflect.application.replying import note_made, sealed

    sys.stdout.flush()
    sys.stdout.buffer.write(sealed(bundle, whom.key if whom else None))
    sys.stdout.buffer.flush()
    note_made(desk.app, case, bundle)
    if whom is not None:
        _sealed(desk, case, whom)
    _said(desk, case)


def _text(desk: Desk, case: Case, output: Path | None, *, force: bool) -> None:
    from reflect.application.replying import made, note_made
    from reflect.sharing.files import put_file
    from reflect.sharing.reply_text import write_reply

    bundle = made(desk.app, case)
    text = write_reply(bundle, case.newest.share)
    if output in (None, STDOUT):
        desk.data(text.rstrip("\n"))
    elif output is not None:
        check_leave(desk, output, force=force)
        put_file(output, text.encode())
    note_made(desk.app, case, bundle)
    _said(desk, case)
    desk.talk(
        f"Anybody who sees it can read it. {case.mentee} pastes all of it, from the first line to"
        " `@ end`, into: reflect receive -"
    )


def _said(desk: Desk, case: Case) -> None:
    from reflect.sharing.layout import counted

    new, every = len(case.unsent), len(case.told)
    number = "all" if new == every else str(new or "none")
    desk.talk(f"{counted(every, 'note')}, {number} of them new.")


def _sealed(desk: Desk, case: Case, whom: Receiver) -> None:
    """Say what the reply was sealed with, where that is worth a look."""
    from reflect.cli.key_words import spoken

    if whom.differs:
        desk.talk(
            f"Sealed for the key you keep for {case.mentee}. Their last file names another; if they"
            " made a new one, compare its words and add it: reflect key add"
        )
    elif whom.source == "file":
        desk.talk(f"Sealed for the key that came with {case.mentee}'s file. Its words are:")
        for line in spoken(whom.key):
            desk.talk(line)


def _agreed(desk: Desk, *, yes: bool) -> None:
    """Come back when a reply that everybody can read is meant. Raises `ReflectError` "not-made"."""
    desk.talk("Whoever gets hold of the file, on its way or later, can read it.")
    if yes or (sys.stdin.isatty() and desk.agrees("Make it without sealing it?")):
        return
    raise ReflectError(
        "not-made",
        "The reply was not made.",
        "Leave out --unencrypted to seal it, or agree with --yes.",
    )


def offered(desk: Desk, case: Case) -> None:
    """Ask whether to make the reply now, and make it; what stands in the way is said."""
    from reflect.application.replying import made, receiver
    from reflect.application.reviewing_notes import says_yes
    from reflect.cli.reviewing import ask

    question = phrases(desk, case).say("guide-reply", mentee=case.mentee)
    if not case.unsent:
        return
    if not says_yes(desk.app, case, ask(desk, question)):
        desk.talk(phrases(desk, case).say("guide-later"))
        return
    try:
        bundle = made(desk.app, case)
        give(desk, case, bundle, None, receiver(desk.app, case), force=False)
    except ReflectError as error:
        desk.talk(f"{error.code}: {error.message}\n  {error.hint}")
