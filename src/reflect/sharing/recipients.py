"""People whom files can be sealed for, by the names they were given here."""

from __future__ import annotations

from collections.abc import Iterable

from reflect.errors import ReflectError, UsageError
from reflect.events import Private
from reflect.text import clean_input, nearest

LONGEST_NAME = 80


class Recipient(Private, frozen=True):
    """Somebody's public key, normalised; `added` is a local day (ISO 8601).

    `compared` says that its words were read to each other.
    """

    name: str
    key: str
    added: str
    compared: bool = False


def read_name(text: str) -> str:
    """A name as it is kept; `UsageError` "bad-name"."""
    name = " ".join(clean_input(text).split())
    if not 0 < len(name) <= LONGEST_NAME or name.startswith("-"):
        hint = "Write who it is: reflect key add NAME KEY"
        raise UsageError("bad-name", f"a name has 1 to {LONGEST_NAME} characters", hint)
    return name


def named(recipients: Iterable[Recipient], name: str) -> Recipient:
    """The recipient called `name`: capitals do not count, and the beginning of one name is enough.

    Raises `UsageError` "no-such-recipient" or "ambiguous-recipient".
    """
    wanted = " ".join(clean_input(name).split()).casefold()
    known = {one.name.casefold(): one for one in recipients}
    if wanted in known:
        return known[wanted]
    begin = [one for own, one in known.items() if wanted and own.startswith(wanted)]
    if len(begin) > 1:
        hint = f"Write the whole name: {', '.join(one.name for one in begin)}"
        raise UsageError("ambiguous-recipient", "several names begin like that", hint)
    return begin[0] if begin else _missing(wanted, known)


def kept_for(recipients: Iterable[Recipient], person: str) -> Recipient | None:
    """The recipient who is `person`; None when nobody is, or when several might be.

    The same name, or else the only one that has all words of the other: "Daniel" is "Dr Daniel Weiss".
    """
    known = list(recipients)
    same = [one for one in known if one.name.casefold() == person.casefold()]
    like = [one for one in known if _is_shorter(one.name, person) or _is_shorter(person, one.name)]
    found = same or like
    return found[0] if len(found) == 1 else None


def _is_shorter(name: str, whole: str) -> bool:
    words = set(name.casefold().split())
    return bool(words) and words <= set(whole.casefold().split())


def _missing(wanted: str, known: dict[str, Recipient]) -> Recipient:
    near = nearest(wanted, known)
    hint = f"Did you mean {known[near].name}?" if near else "Add the key: reflect key add NAME KEY"
    raise ReflectError("no-such-recipient", "there is no key of that name here", hint)
