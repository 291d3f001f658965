"""Keys as they are shown: a line to copy, and words to read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.cli.desk import Desk
    from reflect.sharing.identities import Identity

_IN_A_LINE = 4


def own(identity: Identity) -> dict[str, object]:
    """One's own key as JSON has it: nothing of it is secret."""
    from reflect.sharing.fingerprint import words

    return {
        "key": identity.public,
        "words": list(words(identity.public)),
        "made": identity.made or None,
    }


def show_own(desk: Desk, identity: Identity) -> None:
    """One's own key on stdout, and its words below it."""
    desk.show(identity.public)
    for line in spoken(identity.public):
        desk.show(line)


def spoken(public_key: str) -> list[str]:
    """The words of a key in two short lines."""
    from reflect.sharing.fingerprint import words

    every = words(public_key)
    return ["  " + " ".join(every[at : at + _IN_A_LINE]) for at in range(0, len(every), _IN_A_LINE)]
