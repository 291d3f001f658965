"""A bundle as bytes and back: what comes in is whole, cleaned and within its limits, or refused."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest
from msgspec.structs import replace

from reflect.errors import ReflectError
from reflect.events import Note
from reflect.sharing import wire
from reflect.sharing.aliases import named
from reflect.sharing.shared import Bundle, Reply, SharedReply
from tests.sharing.samples import BELIEVABLE, EMPTY, MENTORSHIP, NOVEMBER, SHARE

WHOLE = Bundle(schema_version=1, share=SHARE, mentorship=MENTORSHIP, number=3, shared=BELIEVABLE)
NOTE = Note("n" * 16, "note", SHARE, "2026-11-22", about=named("win"), text="well done")
ANSWER = replace(
    WHOLE, shared=None, reply=Reply(mentee="Noor", mentor="Daniel", day="2026-11-22", notes=(NOTE,))
)
TOO_LARGE = (
    "bundle-too-large",
    "The file is larger than anything reflect writes, so it was not read.",
    "Ask for it once more; nothing was changed.",
)
UNREADABLE = (
    "bundle-unreadable",
    "The file is no bundle of reflect, or it was changed on its way.",
    "Ask for it once more; nothing was changed.",
)
TOO_NEW = (
    "bundle-too-new",
    "The file was made by a newer version of reflect than this one.",
    "Update reflect, then open it again; nothing was changed.",
)


def refused(data: bytes) -> tuple[str, str, str]:
    with pytest.raises(ReflectError) as caught:
        wire.decode(data)
    assert caught.value.__cause__ is None
    return caught.value.code, caught.value.message, caught.value.hint


def changed(**fields: Any) -> bytes:
    return json.dumps({**json.loads(wire.encode(WHOLE)), **fields}).encode()


@pytest.mark.parametrize("bundle", [WHOLE, ANSWER, replace(WHOLE, shared=EMPTY, replaces="a" * 16)])
def test_what_was_written_is_read_back(bundle: Bundle) -> None:
    data = wire.encode(bundle)
    assert wire.decode(data) == bundle and wire.encode(bundle) == data
    assert data.startswith(b'{\n  "schema_version": 1,\n  "share": "') and data.endswith(b"\n}\n")
    assert wire.recorded(wire.compact(bundle)) == bundle
    assert "\n" not in wire.compact(bundle) and json.loads(data) == json.loads(wire.compact(bundle))
    jsonschema.validate(json.loads(data), wire.schema())


def test_the_schema_names_itself_and_refuses_what_is_none() -> None:
    form = wire.schema()
    assert form["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert form["title"] == "What a mentee and a mentor send each other"
    assert form["$ref"] == "#/$defs/Bundle" and {"Shared", "Reply"} < form["$defs"].keys()
    jsonschema.Draft202012Validator.check_schema(form)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema_version": 1}, form)


@pytest.mark.parametrize("text", ["", "{}", "[1]", "[" * 5000, '{"share": 1}'])
def test_what_is_no_record_of_a_bundle_is_none(text: str) -> None:
    assert wire.recorded(text) is None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", UNREADABLE),
        (b"\xff\xfe", UNREADABLE),
        (b"[]", UNREADABLE),
        (b"[" * 5000, UNREADABLE),
        (b'{"schema_version": "1"}', UNREADABLE),
        (b'{"schema_version": 1}', UNREADABLE),
        (b'{"schema_version": 2}', TOO_NEW),
        (changed(schema_version=99, shared=7), TOO_NEW),
        (changed(shared=None), UNREADABLE),
        (changed(reply=json.loads(wire.encode(ANSWER))["reply"]), UNREADABLE),
        (changed(format="other"), UNREADABLE),
        (changed(share="no name"), UNREADABLE),
        (changed(number="3"), UNREADABLE),
        (changed(replaces="\ud800"), UNREADABLE),
    ],
)
def test_what_is_no_bundle_is_refused(data: bytes, told: tuple[str, str, str]) -> None:
    assert refused(data) == told


def test_a_file_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = wire.encode(WHOLE)
    monkeypatch.setattr(wire, "LARGEST", len(data))
    assert wire.decode(data) == WHOLE
    assert refused(data + b" ") == TOO_LARGE


def test_a_text_and_a_list_have_their_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (wire.LARGEST, wire.LONGEST, wire.MOST) == (8 << 20, 1 << 20, 20_000)
    longest = max(len(one.answer) for one in NOVEMBER.answers)
    session = replace(NOVEMBER, answers=NOVEMBER.answers[:1])
    many = replace(session, answers=(replace(session.answers[0], answer="x" * 900, replies=()),))
    bundle = replace(WHOLE, shared=replace(EMPTY, sessions=(many, many, many)))
    data = wire.encode(bundle)
    monkeypatch.setattr(wire, "LONGEST", 900)
    monkeypatch.setattr(wire, "MOST", 3)
    assert longest < 900 and wire.decode(data) == bundle
    monkeypatch.setattr(wire, "LONGEST", 899)
    assert refused(data) == TOO_LARGE
    monkeypatch.setattr(wire, "LONGEST", 900)
    monkeypatch.setattr(wire, "MOST", 2)
    assert refused(data) == TOO_LARGE


def test_every_text_is_cleaned_however_deep_it_lies() -> None:
    hidden = "a\u202e word\x1b"
    answer = replace(
        NOVEMBER.answers[0], answer=hidden, note=hidden, replies=(SharedReply("q", hidden),)
    )
    session = replace(NOVEMBER, title=hidden, answers=(answer, *NOVEMBER.answers[1:]))
    shared = replace(BELIEVABLE, mentee=hidden, agreed=hidden, sessions=(session,))
    found = wire.decode(wire.encode(replace(WHOLE, shared=shared)))
    assert found.shared is not None
    assert (found.shared.mentee, found.shared.agreed) == ("a word", "a word")
    read = found.shared.sessions[0]
    assert read.title == read.answers[0].answer == read.answers[0].note == "a word"
    assert read.answers[0].replies == (SharedReply("q", "a word"),)
    assert read.answers[1:] == NOVEMBER.answers[1:] and found.number == 3
    assert ANSWER.reply is not None
    reply = replace(ANSWER.reply, notes=(replace(NOTE, text=hidden),))
    read_back = wire.decode(wire.encode(replace(ANSWER, reply=reply))).reply
    assert read_back is not None and read_back.notes == (replace(NOTE, text="a word"),)


def test_no_message_and_no_repr_holds_anything_of_it() -> None:
    secret = changed(share="canary", mentorship=7)
    assert "canary" not in "".join(refused(secret))
    assert "Noor" not in repr(ANSWER) and isinstance(msgspec.to_builtins(ANSWER), dict)
