"""A session as a document, field by field, an answer without its place, and what forms an export has."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reflect.dialogue.machine import Dialogue
from reflect.events import Answered, Note, Parts, Span
from reflect.script import Placeholder, Script
from reflect.sharing import document, phrases, sheet
from reflect.sharing.document import (
    Collection,
    ItemRecord,
    Names,
    OpenAction,
    PackMark,
    SessionMark,
    Transcript,
    TurnRecord,
    collection,
    open_actions,
    transcript,
)
from reflect.sharing.files import put_file
from reflect.sharing.forms import BUILT_IN, builtin_exporters
from reflect.sharing.reply_text import is_reply_text, read_reply, write_reply
from reflect.sharing.shared import Bundle, Reply
from reflect.sharing.sheet import Part, Sheet
from reflect.sharing.side_by_side_form import WIDE
from reflect.transcripts.values import SessionRow
from tests.dialogue.scripts import NOW, begun, question, say, script

AT = NOW.isoformat()
ROW = SessionRow(
    "01KB", "M", "row pack", "row stage", "de", "long", AT, "2026-11-21", "completed", 2, AT
)
PARTS = Parts(
    what=Span(0, 9), due="2026-11-27", due_words=Span(10, 16), owner="me", quote=Span(0, 4)
)


def asked() -> Script:
    wording = (("You, ", Placeholder("mentee"), ", said ", Placeholder("answer", "win"), "?"),)
    return script(
        worked=(
            question("win", keep="win", share="yes"),
            question("then", ask=wording, share="no"),
            question("silent", share="at the end"),
        ),
        next=(question("step", keep="action", share="yes"),),
    )


def sitting() -> Dialogue:
    dialogue = begun(asked())
    say(dialogue, "I asked")
    say(dialogue, "so I did")
    dialogue.apply(dialogue.skip(NOW))  # type: ignore[arg-type]
    say(dialogue, "call Ruth friday", parts=PARTS)
    while dialogue.turn is not None and dialogue.turn.key.startswith("step"):
        say(dialogue, "I write")
    return dialogue


def turn(key: str, answer: str, **more: Any) -> TurnRecord:
    usual: dict[str, Any] = {"phase": "worked", "question": f"{key}?", "status": "answered"}
    usual |= {"value": None, "share": "yes", "keep": None, "words": "", "at": AT, "due": None}
    usual |= {"owner": "none", "follow_up_of": None}
    return TurnRecord(key=key, answer=answer, **{**usual, **more})


def test_a_session_is_told_with_every_field() -> None:
    found = transcript(sitting(), ROW)
    assert found.session == SessionMark(
        "01KB", "2026-11-21", "s", "Stage", PackMark("p", "1"), "de", "short", "completed"
    )
    assert found.mentorship == Names("Ada", "Grace") and found.schema_version == 1
    then = "You, Ada, said I asked?"
    step = {"phase": "next", "due": "2026-11-27", "owner": "me", "keep": "action"}
    reply = {"phase": "next", "follow_up_of": "step"}
    assert found.turns == (
        turn("win", "I asked", keep="win"),
        turn("then", "so I did", question=then, share="no"),
        turn("silent", "", status="skipped", share="at the end"),
        turn("step", "call Ruth friday", **step),
        turn("step/if-then", "I write", question="if-then?", **reply),
    )  # fmt: skip
    assert found.items == (
        ItemRecord("01KB:win", "win", "I asked", "2026-11-21", None, "", "none", ""),
        ItemRecord(
            "01KB:step",
            "action",
            "call Ruth",
            "2026-11-21",
            "2026-11-27",
            "friday",
            "me",
            "I write",
        ),
    )
    made = json.loads(builtin_exporters()[1].write(collection([found])))
    jsonschema.validate(made, document.schema())


def test_an_answer_without_its_place_is_private_and_asked_as_the_pack_asks() -> None:
    lost = Answered(
        "then#2", AT, "answered", "words", "x", parts=Parts(due="2026-01-01", owner="me")
    )
    other = Answered("gone", AT, "declined")
    found = transcript(sitting(), ROW, (lost, other))
    assert found.turns[5:] == (
        turn(
            "then#2", "words", phase=None, question="You, …, said …?", value="x", share="no",
            due="2026-01-01", owner="me",
        ),
        turn("gone", "", phase=None, question="gone", status="declined", share="no"),
    )  # fmt: skip


def test_open_actions_are_those_that_are_wanted() -> None:
    dialogue = sitting()
    assert open_actions(dialogue, "01KB", {"01KB:step", "01KB:win"}) == (
        OpenAction(
            "01KB:step", "action", "call Ruth", "2026-11-21", "2026-11-27", "friday", "me",
            "I write", "yes",
        ),
    )  # fmt: skip
    assert open_actions(dialogue, "01KB", set()) == ()


def test_a_collection_has_the_oldest_first_and_what_is_due_next() -> None:
    def one(name: str, due: str | None) -> OpenAction:
        return OpenAction(name, "action", "x", "2026-11-21", due, "", "me", "", "yes")

    first, second = (
        Transcript(
            schema_version=1,
            session=SessionMark(name, "d", "s", "S", PackMark("p", "1"), "en", "short", "open"),
            mentorship=Names("a", "b"),
            turns=(),
            items=(),
        )
        for name in ("01", "02")
    )
    actions = (one("c", None), one("b", "2026-12-02"), one("d", "2026-12-01"), one("a", None))
    assert collection([second, first], actions, "2026-12-09") == Collection(
        schema_version=1,
        transcripts=(first, second),
        open_actions=(actions[2], actions[1], actions[3], actions[0]),
        check_in="2026-12-09",
    )
    assert collection([first]) == Collection(schema_version=1, transcripts=(first,))


def test_the_schema_says_what_it_is_of() -> None:
    form = document.schema()
    assert form["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert form["title"] == "What reflect exports: one transcript, or several"
    assert form["anyOf"] == [{"$ref": "#/$defs/Transcript"}, {"$ref": "#/$defs/Collection"}]
    assert {"TurnRecord", "ItemRecord", "OpenAction"} < form["$defs"].keys()


# --- forms and words -------------------------------------------------------------------


def test_the_forms_that_every_export_can_have() -> None:
    assert [(one.name, one.suffix, one.help) for one in builtin_exporters()] == [
        ("markdown", ".md", "for reading and for a notebook"),
        ("json", ".json", "everything, for programs (see: reflect schema)"),
        ("text", ".txt", "plain text"),
    ]
    assert tuple(one.name for one in builtin_exporters()) == BUILT_IN
    found = collection([transcript(sitting(), ROW)])
    read = [one.write(found).decode() for one in builtin_exporters()]
    assert read[0].startswith("# Stage") and json.loads(read[1]) and "Stage" in read[2]
    assert all("I asked" in one for one in read) and len(set(read)) == 3


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("action", "kept as an action"),
        ("agreement", "kept as an agreement"),
        ("win", "kept as a win"),
        ("feedback", "kept as feedback"),
        (None, ""),
    ],
)
def test_what_is_marked_beside_an_answer(kept: Any, said: str) -> None:
    assert phrases.notes(turn("a", "x", keep=kept)) == said
    marked = phrases.notes(turn("a", "x", keep=kept, share="no"))
    assert marked == " · ".join(filter(None, ("private", said)))
    waits = phrases.notes(turn("a", "x", share="at the end"))
    assert waits == "not decided, so private"
    assert phrases.notes(turn("a", "", keep=kept)) == ""
    assert phrases.notes(turn("a", "x", keep=kept, status="declined")) == ""


@pytest.mark.parametrize(
    ("key", "phase", "said"),
    [
        ("a", "opening", "Opening"),
        ("a", "worked", "What worked"),
        ("a", "closing", "Before you go"),
        ("core.promise@x", None, "From last time"),
        ("core.note@x", None, "From last time"),
        ("core.mood", None, "In between"),
        ("a", None, "Out of its place"),
    ],
)
def test_the_part_that_a_turn_stands_in(key: str, phase: Any, said: str) -> None:
    assert phrases.heading(turn(key, "x", phase=phase)) == said


def test_a_sheet_has_its_lines_within_its_width() -> None:
    long = "one two three four five six"
    made = Sheet("A *title*", "about", (Part("Has", (long,)), Part("None", (), long)))
    assert sheet.as_text(made, 16) == "\n".join(
        (
            "A *title*", "about", "", "Has", "  - one two", "    three four", "    five six",
            "", "None", "  one two three", "  four five six",
        )
    )  # fmt: skip
    assert WIDE == 90


# --- a reply as text ---------------------------------------------------------------------


def test_a_reply_comes_back_from_its_text_with_every_field() -> None:
    names = [letter * 16 for letter in "abcdefgh"]
    notes = (
        Note(names[0], "note", names[7], "2026-11-22", 1, names[5], "in two\nlines"),
        Note(names[1], "action", names[7], "2026-11-22", 3, "", "mine", "2026-12-03", owner="me"),
        Note(names[2], "action", names[7], "2026-11-23", 2, "", "ours", owner="both"),
        Note(names[3], "take on", names[6], "2026-11-23", 12, names[5], "yours", "2026-12-04"),
        Note(names[4], "thanks", names[6], "2026-11-23", 2, withdrawn=True, due="2026-12-05"),
    )
    reply = Reply(mentee="", mentor="Daniel  Weiss", day="2026-11-24", notes=notes)
    bundle = Bundle(schema_version=1, share="s" * 16, mentorship="m" * 16, reply=reply)
    text = write_reply(bundle, names[7])
    found = read_reply(text, "2026-11-24")
    assert is_reply_text(text) and found.mentorship == "m" * 16 and found.schema_version == 1
    assert found.reply is not None and found.reply.notes == notes
    assert (found.reply.mentor, found.reply.mentee, found.reply.day) == (
        "Daniel Weiss", "", "2026-11-24",
    )  # fmt: skip
    assert read_reply(text, "2026-11-24").share == found.share
    assert text.splitlines()[:6] == [
        "reflect reply 1", f"share: {names[7]}", f"mentorship: {'m' * 16}", "from: Daniel Weiss", "",
        f"@ of {names[7]} 2026-11-22",
    ]  # fmt: skip
    assert text.endswith("\n@ end\n")


# --- files ------------------------------------------------------------------------------


def test_a_file_and_its_name_are_on_the_disk_when_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    put_file(tmp_path / "a.html", b"words", 0o644)
    assert synced == [False, True] and (tmp_path / "a.html").read_bytes() == b"words"
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) == 0o644
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]
