"""What was shared with whom, by which names, and who somebody is among the keys that are kept."""

from __future__ import annotations

import re

import pytest

from reflect.errors import ReflectError, UsageError
from reflect.events import (
    BundleShared,
    Event,
    Note,
    NoteSettled,
    NotesReceived,
    ShareChanged,
    SharingBegan,
)
from reflect.sharing import age, aliases, log, side_by_side
from reflect.sharing.aliases import Aliases
from reflect.sharing.look import Look
from reflect.sharing.recipients import Recipient, kept_for, named, read_name

AT = "2026-11-21T18:30:00+01:00"


def shared(name: str, to: str = "Daniel", replaces: str = "") -> BundleShared:
    return BundleShared(AT, name, to, "bundle", replaces=replaces)


def note(name: str) -> Note:
    return Note(name, "note", "share", "2026-11-22")


FIRST, SECOND, OTHER, ANEW = (
    shared("a"),
    shared("b", "daniel"),
    shared("c", "Ruth"),
    shared("d", replaces="a"),
)
EVENTS: list[Event] = [
    SharingBegan(AT, "00" * 16),
    FIRST,
    SECOND,
    ShareChanged(AT, "S", "a", "yes"),
    OTHER,
    ANEW,
    SharingBegan(AT, "11" * 16),
    NotesReceived(AT, "Daniel", "2026-11-22", (note("n"), note("m"))),
    NotesReceived(AT, "Ruth", "2026-11-22", (note("m"), note("o"))),
    NoteSettled(AT, "n", 1, "accepted", "item"),
    NoteSettled(AT, "m", 1, "declined"),
    NoteSettled(AT, "n", 2, "declined"),
]


def test_what_is_with_somebody_is_what_nothing_took_the_place_of() -> None:
    assert log.sent(iter(EVENTS)) == (SECOND, OTHER, ANEW)
    assert log.sent(EVENTS, "DANIEL") == (SECOND, ANEW) and log.sent(EVENTS, "Ruth") == (OTHER,)
    assert log.sent(EVENTS, "nobody") == () == log.sent([])
    assert (log.count(EVENTS, "Daniel"), log.count(EVENTS, "RUTH"), log.count(EVENTS, "x")) == (
        3,
        1,
        0,
    )
    assert log.received(EVENTS) == {"n", "m", "o"}
    assert log.settled(EVENTS) == (EVENTS[-1], EVENTS[-2])


def test_names_in_files_are_those_of_their_secret() -> None:
    first, second = log.aliases(EVENTS)
    assert first.of("S", "a") == Aliases("00" * 16).of("S", "a") != second.of("S", "a")
    assert first.of("S", "a") == "lpdfsveg4y5vltmq" and second.of("S") == "ihp336hk4noxoc6o"
    assert aliases.named("S", "a") == "gifjwczcd3pwnruz" != aliases.named("Sa")


def test_names_and_secrets_of_chance_have_their_form_and_differ() -> None:
    names = {aliases.new_name() for _ in range(40)}
    secrets = {aliases.new_secret() for _ in range(40)}
    assert len(names) == len(secrets) == 40
    assert all(re.fullmatch(r"[a-z2-7]{16}", one) for one in names)
    assert all(len(bytes.fromhex(one)) == 16 for one in secrets)


def person(name: str) -> Recipient:
    return Recipient(name, "age1key", "2026-11-22")


WHO = {name: person(name) for name in ("Daniel Weiss", "Ruth", "Ruth Adler", "Grace", "grace")}


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("Daniel Weiss", "Daniel Weiss"),
        ("DANIEL WEISS", "Daniel Weiss"),
        ("Daniel", "Daniel Weiss"),
        ("Dr Daniel Weiss", "Daniel Weiss"),
        ("weiss, daniel", None),
        ("Weiss Daniel", "Daniel Weiss"),
        ("Dan", None),
        ("Ruth", "Ruth"),
        ("ruth adler", "Ruth Adler"),
        ("Ruth Other", "Ruth"),
        ("Dr Ruth Adler", None),
        ("Adler", "Ruth Adler"),
        ("Grace", None),
        ("", None),
        (" ", None),
        ("nobody", None),
    ],
)
def test_who_somebody_is_among_those_whose_key_is_kept(who: str, found: str | None) -> None:
    assert kept_for(iter(WHO.values()), who) == (WHO[found] if found else None)
    assert kept_for([], who) is None


def test_a_name_has_one_to_eighty_characters() -> None:
    assert read_name("x") == "x" and read_name("x" * 80) == "x" * 80
    for name in ("", "x" * 81, "-x", " \u202e "):
        with pytest.raises(UsageError) as caught:
            read_name(name)
        assert (caught.value.code, caught.value.message, caught.value.hint) == (
            "bad-name",
            "a name has 1 to 80 characters",
            "Write who it is: reflect key add NAME KEY",
        )


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("r", ("ambiguous-recipient", "several names begin like that",
               "Write the whole name: Ruth, Ruth Adler")),
        ("Ruht", ("no-such-recipient", "there is no key of that name here", "Did you mean Ruth?")),
        ("xyz", ("no-such-recipient", "there is no key of that name here",
                 "Add the key: reflect key add NAME KEY")),
    ],
)  # fmt: skip
def test_who_is_not_found_is_told_with_a_way_on(wanted: str, told: tuple[str, str, str]) -> None:
    with pytest.raises(ReflectError) as caught:
        named([WHO["Ruth"], WHO["Ruth Adler"], WHO["Daniel Weiss"]], wanted)
    assert (caught.value.code, caught.value.message, caught.value.hint) == told


def test_no_repr_tells_a_name_or_a_secret() -> None:
    both = side_by_side.Names("Amina", "Daniel")
    assert repr([both, Aliases("ab" * 16)]) == "[<Names>, <Aliases>]"
    assert repr(Look(("a line",), {1: "name"}, frozenset())) == "<Look>"
    assert "Ruth" not in repr(WHO["Ruth"])


@pytest.mark.parametrize("key", ["nonsense", "age1", "ssh-ed25519 x"])
def test_a_reason_that_the_library_does_not_tell_is_another(key: str) -> None:
    with pytest.raises(age.Refused) as caught:
        age.check_public(key)
    assert (caught.value.reason, str(caught.value)) == ("other", "other")
    with pytest.raises(age.Refused) as secret:
        age.public_of(key)
    assert secret.value.reason == "other"
