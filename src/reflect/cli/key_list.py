"""`reflect key list`: whose keys are kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk

if TYPE_CHECKING:
    from reflect.sharing.recipients import Recipient


@click.command()
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> None:
    """List the people whose keys you have, with the words of each."""
    from reflect.application.keeping_keys import identities, recipients
    from reflect.cli.key_words import own

    found = recipients(desk.app)
    if as_json:
        mine = identities(desk.app)
        earlier = [own(one) for one in mine[1:]]
        records = [_record(one) for one in found]
        desk.json(
            {"own": own(mine[0]) if mine else None, "earlier": earlier, "recipients": records}
        )
        return
    for one in found:
        _show(desk, one)
    if not found:
        desk.talk("Nobody's key is kept here yet. Add one with: reflect key add NAME KEY")


def _record(one: Recipient) -> dict[str, object]:
    from reflect.sharing.fingerprint import words
    from reflect.sharing.keys import kind_of

    return {
        "name": one.name,
        "key": one.key,
        "kind": kind_of(one.key),
        "words": list(words(one.key)),
        "added": one.added,
        "compared": one.compared,
    }


def _show(desk: Desk, one: Recipient) -> None:
    from reflect.cli.key_words import spoken

    state = "words compared" if one.compared else "words not compared yet"
    desk.show(f"{one.name}  (since {one.added}, {state})")
    for line in spoken(one.key):
        desk.show(line)
