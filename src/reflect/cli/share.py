"""`reflect share`: what you choose, for your mentor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option
from reflect.cli.replacing import check_leave, force_option
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.sharing_out import Form, Sharing, Wish
    from reflect.application.sharing_wish import Receiver
    from reflect.cli.share_sealing import Seal
    from reflect.cli.share_talk import Talk
    from reflect.mentorship.relation import Relation

STDOUT = Path("-")


@click.command()
@click.argument("sessions", nargs=-1, metavar="[SESSION]...")
@click.option("--since-last", is_flag=True, help="What this person has not had yet (the default).")
@click.option("--again", is_flag=True, help="Only what is new since the last file.")
@click.option(
    "--replace",
    is_flag=False,
    flag_value="latest",
    metavar="[SHARE]",
    help="In place of an earlier file: the last, or a number of `reflect shared`.",
)
@click.option("--to", metavar="NAME", help="For whom; without it, the person opposite.")
@click.option("--format", "form", type=click.Choice(("bundle", "html", "markdown")))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; - is stdout.")
@click.option("--passphrase", is_flag=True, help="Seal it with a passphrase that you type.")
@click.option(
    "--passphrase-fd", "descriptor", type=click.IntRange(min=0), help="Read it from a descriptor."
)
@click.option("--unencrypted", is_flag=True, help="A bundle that everybody can read.")
@click.option("--some-private", is_flag=True, help="Say in it that some answers are kept private.")
@click.option("--preview", is_flag=True, help="Write what would leave to stdout; nothing is kept.")
@click.option("--yes", is_flag=True, help="Do not ask: what waits for a word stays private.")
@force_option
@mentorship_option
@pass_desk
def command(
    desk: Desk,
    sessions: tuple[str, ...],
    since_last: bool,
    again: bool,
    replace: str | None,
    to: str | None,
    form: str | None,
    output: Path | None,
    passphrase: bool,
    descriptor: int | None,
    unencrypted: bool,
    some_private: bool,
    preview: bool,
    yes: bool,
    force: bool,
) -> int:
    """Share sessions with your mentor.

    Private answers, and what hangs on them, never leave. You see everything that would, and can
    still keep answers back. SESSION is `last`, a number of `reflect history`, or how an id begins.
    """
    from reflect.application.sharing_out import Sharing, Wish
    from reflect.application.sharing_wish import LATEST, receiver
    from reflect.cli.carrying_on import relation
    from reflect.cli.share_talk import Talk

    if sum((bool(sessions), since_last, again)) > 1 or (again and replace):
        hint = "See: reflect share --help"
        raise UsageError("usage", "SESSION, --since-last and --again exclude each other", hint)
    found = relation(desk)
    person = receiver(desk.app, found, to)
    sealed = passphrase or descriptor is not None or unencrypted
    chosen = cast("Form", form or ("bundle" if sealed or person.key else "html"))
    if sealed and chosen != "bundle":
        hint = "Leave --format out, or take the format bundle."
        raise UsageError("usage", "only a bundle is sealed with a passphrase, or not", hint)
    wish = Wish(to=person.name, form=chosen, only_news=again, some_private=some_private)
    wish = _with_sessions(desk, found, wish, sessions, replace or "", LATEST)
    sharing = Sharing(desk.app, found, wish)
    talk = Talk(desk, sharing, yes=yes)
    if not _is_anything(sharing, talk):
        return 1
    if preview:
        return _preview(desk, sharing)
    if form is None and chosen == "html":
        talk.say("share-page-instead", to=person.name)
    seal = _seal(desk, person, chosen, passphrase, descriptor, unencrypted)
    place = _place(desk, wish, output, force=force)
    if not _talked(talk, sharing, person, unencrypted=unencrypted, yes=yes):
        return 1
    _send(desk, sharing, seal, place)
    if passphrase or descriptor is not None:
        talk.say("share-passphrase", to=person.name)
    return 0


def _with_sessions(
    desk: Desk,
    relation: Relation,
    wish: Wish,
    names: tuple[str, ...],
    replace: str,
    latest: str,
) -> Wish:
    """`wish` with the sessions that are meant, and the file that it takes the place of."""
    from msgspec.structs import replace as with_

    from reflect.application.sharing_wish import replaced, sessions_for, sessions_of

    if not replace:
        return with_(wish, sessions=sessions_for(desk.app, relation, wish.to, names))
    file = replaced(desk.app, relation, wish.to, replace)
    ids = sessions_for(desk.app, relation, wish.to, names) if names else ()
    return with_(wish, sessions=ids or sessions_of(desk.app, relation, file), replaces=file.share)


def _is_anything(sharing: Sharing, talk: Talk) -> bool:
    """Whether there is something to share; else it is said kindly what there is not."""
    wish = sharing.wish
    news = bool(wish.sessions or wish.replaces or (wish.only_news and sharing.draft().names))
    if not news:
        had = sharing.has_sent
        talk.say(
            "share-nothing-new" if had else "share-nothing-completed",
            **({"to": wish.to} if had else {}),
        )
    return news


def _preview(desk: Desk, sharing: Sharing) -> int:
    """Exactly the bytes of the file, those inside the encryption for a bundle."""
    if sharing.begins:
        desk.talk("The ids in it are made when you first share, and will be others then.")
    _write_out(sharing.draft().data)
    return 0


def _seal(
    desk: Desk,
    person: Receiver,
    form: Form,
    passphrase: bool,
    descriptor: int | None,
    unencrypted: bool,
) -> Seal:
    from reflect.cli.share_sealing import sealing

    if form != "bundle":
        return bytes
    return sealing(
        desk, person, passphrase=passphrase, descriptor=descriptor, unencrypted=unencrypted
    )


def _talked(
    talk: Talk, sharing: Sharing, person: Receiver, *, unencrypted: bool, yes: bool
) -> bool:
    """Whether, after the talk, the file is to be sent."""
    if not talk.agreed():
        return False
    talk.decide()
    if unencrypted:
        talk.say("share-open-form", to=person.name)
    elif sharing.wish.form != "bundle":
        talk.warn("share-open-form", to=person.name)
    if unencrypted and not yes and not talk.agrees("share-unencrypted-ask"):
        return False
    if person.key is not None and not person.key.compared and sharing.wish.form == "bundle":
        talk.warn("share-not-compared", to=person.name)
    if person.key is not None and person.key.name != person.name and sharing.wish.form == "bundle":
        talk.warn("share-sealed-for", name=person.key.name)
    if sharing.wish.replaces:
        talk.warn("share-cannot-be-called-back")
    return talk.look()


# --- where it goes ---------------------------------------------------------------------


def _place(desk: Desk, wish: Wish, output: Path | None, *, force: bool) -> Path:
    """The file to write; without a name, one in the current folder that is not there yet."""
    from reflect.application.sharing_out import SUFFIX, file_name

    if output is None and wish.form == "markdown":
        return STDOUT
    today = desk.app.now().date().isoformat()
    if output is None or output.is_dir():
        folder = output or Path()
        names = (file_name(wish.to, today, number) for number in range(1, 1000))
        places = (folder / f"{name}{SUFFIX[wish.form]}" for name in names)
        return next(place for place in places if not place.exists())
    if output != STDOUT:
        check_leave(desk, output, force=force)
    return output


def _send(desk: Desk, sharing: Sharing, seal: Seal, place: Path) -> None:
    from reflect.sharing.files import put_file

    sharing.keep_key()
    data = seal(sharing.draft().data)
    to = sharing.wish.to
    if place == STDOUT:
        sharing.send(data, _write_out)
        if sys.stdout.isatty():
            desk.talk("")
            desk.talk(sharing.phrases.say("share-shown", to=to))
        return
    sent = sharing.send(data, lambda data: put_file(place, data))
    desk.talk(sharing.phrases.counted("share-done", sent.answers, to=to, file=str(place)))


def _write_out(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
