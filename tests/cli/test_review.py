"""The mentor's side as it is typed: opened, read, answered, sent back."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from reflect.application.keeping_keys import own_key, remember
from reflect.application.reviewing import case, listed
from reflect.application.wiring import Application
from reflect.review.case import Case
from reflect.sharing.aliases import named
from reflect.sharing.identities import make_identity
from reflect.sharing.recipients import Recipient
from reflect.sharing.reply_text import read_reply
from reflect.sharing.sealing import open_sealed
from reflect.sharing.shared import Bundle
from reflect.sharing.wire import decode, encode
from tests.cli.test_reading import document
from tests.conftest import Run
from tests.review.made import EARLIER, SHIP, bundle, put
from tests.sharing.locked import locked
from tests.sharing.samples import BELIEVABLE

NOOR = make_identity("2026-11-01")


@pytest.fixture(autouse=True)
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-22")
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")


@pytest.fixture
def app(tmp_path: Path) -> Any:
    found = Application({"REFLECT_HOME": str(tmp_path / "reflect")})
    yield found
    found.close()


@pytest.fixture
def noor(run: Run, tmp_path: Path) -> str:
    """What Noor shared is kept here; her file names her key."""
    shared = replace(BELIEVABLE, key=NOOR.public)
    assert run("review", put(tmp_path, bundle(2, shared))).code == 0
    return "noor"


def known(app: Application, ship: str = SHIP) -> Case:
    return case(app, ship)


def written(app: Application) -> list[tuple[str, str]]:
    return [(note.kind, note.text) for note in known(app).notes]


def number(run: Run, words: str) -> str:
    """The number of what holds `words`."""
    found = document(run("review", "show", "--json"))["numbered"]
    return next(
        str(one["number"])
        for one in found
        if words in one.get("text", "") or words in one.get("answer", "")
    )


# --- opening -----------------------------------------------------------------------


def test_a_sealed_file_opens_with_the_key_of_this_home(
    run: Run, app: Application, tmp_path: Path
) -> None:
    path = put(tmp_path, bundle(2), own_key(app).public)
    done = run("review", path)
    assert done.code == 0 and "Questions for you" in done.out
    assert "Kept under Noor as number 2" in done.err and "review answer 1" in done.err
    events = app.store.events(f"review:{SHIP}")
    again = run("review", "-", stdin="")
    assert again.code == 1
    assert "opened before" in run("review", path).err
    assert app.store.events(f"review:{SHIP}") == events


def test_other_keys_and_passphrases(run: Run, app: Application, tmp_path: Path) -> None:
    secret = make_identity("2026-11-01")
    (tmp_path / "key.txt").write_text(f"# made by age\n{secret.secret}\n")
    path = put(tmp_path, bundle(2), secret.public)
    assert run("review", path).err.startswith("bundle-wrong-key: ")
    assert run("review", path, "--identity", str(tmp_path / "nothing")).code == 1
    assert run("review", "--identity", str(tmp_path / "key.txt"), path).code == 0
    file = tmp_path / "locked.reflect"
    file.write_bytes(locked(encode(bundle(3)), "violin harbour nine moss"))
    for words, code in (("wrong", 1), ("violin harbour nine moss", 0)):
        read, write = os.pipe()
        os.write(write, f"{words}\n".encode())
        os.close(write)
        assert run("review", str(file), "--passphrase-fd", str(read)).code == code
        os.close(read)
    assert len(known(app).files) == 2


def test_files_in_any_order_and_one_that_replaces_another(
    run: Run, app: Application, tmp_path: Path
) -> None:
    assert run("review", put(tmp_path, bundle(2))).code == 0
    late = run("review", put(tmp_path, bundle(1, EARLIER)))
    assert "as number 1; the latest is number 2" in late.err
    run("review", "note", number(run, "wait for a gap"), "say the name of the nurse first")
    newer = bundle(3, replaces=bundle(2).share)
    assert run("review", put(tmp_path, newer)).code == 0
    assert [file.number for file in known(app).files] == [1, 3]
    assert "say the name of the nurse first" in run("review", "show", "--transcript").out
    assert "takes the place of this one" in run("review", put(tmp_path, bundle(2))).err
    assert "Thursday 22 October" in run("review", "show", "--file", "1").out
    assert run("review", "show", "--file", "2").code == 2


def test_another_key_in_a_file_is_told(run: Run, noor: str, tmp_path: Path) -> None:
    other = replace(BELIEVABLE, key=make_identity("2026-11-01").public)
    assert "another key" in run("review", put(tmp_path, bundle(3, other))).err


def test_what_is_no_file_and_no_command(run: Run) -> None:
    assert run("review", "no/such/file").err.startswith("no-such-file: ")
    assert "Did you mean" in run("review", "lst").err
    assert run("review").code == 0
    assert run("review", "show").err.startswith("nothing-to-review: ")
    assert "Nobody has shared" in run("review", "list").err


# --- reading -----------------------------------------------------------------------


def test_the_list_and_what_reading_does(run: Run, noor: str, tmp_path: Path) -> None:
    amina = replace(BELIEVABLE, mentee="Amina Diallo", day="2026-11-10", items=())
    run("review", put(tmp_path, bundle(1, amina, mentorship=named("amina"))))
    shown = run("review", "list").out
    assert shown.index("Noor") < shown.index("Amina")
    assert "1 new · 2 questions for you · 2 promises of yours" in shown
    run("review", "show", "1")
    assert "1 new" not in run("review", "list").out.split("Noor")[1]
    found = document(run("review", "list", "--json"))["mentees"]
    assert [(one["mentee"], one["unread"], one["owed"]) for one in found] == [
        ("Noor", 0, 2),
        ("Amina Diallo", 1, 0),
    ]


def test_who_is_meant(run: Run, noor: str, app: Application, tmp_path: Path) -> None:
    for ship, name in (("a", "Amina Diallo"), ("b", "Amina Roth")):
        shared = replace(BELIEVABLE, mentee=name)
        run("review", put(tmp_path, bundle(1, shared, mentorship=named(ship))))
    assert run("review", "show", "Amina").err.startswith("ambiguous-mentee: ")
    assert run("review", "show", "amina d").code == 0
    assert "Did you mean Noor?" in run("review", "show", "Nor").err
    run("review", "note", "a word to whoever was shown last")
    run("review", "note", "Amina Roth", "a word to her")
    run("review", "note", "--for", "noor", "amina came up twice")
    texts = [[note.text for note in known(app, ship).notes] for ship in _ships()]
    assert texts == [
        ["amina came up twice"],
        ["a word to whoever was shown last"],
        ["a word to her"],
    ]


def _ships() -> tuple[str, str, str]:
    return SHIP, named("a"), named("b")


def test_compare_owed_and_search(run: Run, noor: str, tmp_path: Path) -> None:
    assert "one file so far" in run("review", "compare").out
    run("review", put(tmp_path, bundle(1, EARLIER)))
    told = run("review", "compare").out
    assert "was: a first version, now: agreed" in " ".join(told.split())
    assert document(run("review", "compare", "--json"))["stage"] == "work"
    assert "introduce Noor" in run("review", "owed").out
    assert "VANCOMYCIN" not in told
    found = run("review", "search", "VANCOMYCIN", "kidneys")
    assert "vancomycin" in found.out
    assert document(run("review", "search", "vanco", "--json", "--for", "noor"))["hits"]
    assert "Nothing holds" in run("review", "search", "zebra").err


# --- writing -----------------------------------------------------------------------


def test_every_kind_of_note(run: Run, noor: str, app: Application) -> None:
    gap, foot, intro = (
        number(run, words) for words in ("wait for a gap", "stand at the foot", "introduce Noor")
    )
    exam = number(run, "Decide by spring")
    for line in (
        ("note", gap, "Say the name of the nurse first, then the dose."),
        ("answer", "1", "I count to two."),
        ("close", intro),
        ("take", foot),
        ("agree", exam, "in February"),
        ("propose", "action", "send me the slides by friday"),
        ("propose", "action", "ring the pharmacist", "--mine", "--due", "next tuesday"),
        ("propose", "goal", "sit in on one exam"),
        ("propose", "term", "We begin on time"),
        ("agenda", "the exam"),
        ("thank", "thank you for the part about the registrars"),
    ):
        assert run("review", *line).code == 0, line
    assert [kind for kind, _ in written(app)] == [
        *("note", "answer", "close", "take on", "agree", "action", "action"),
        *("goal", "term", "agenda", "thanks"),
    ]
    notes = known(app).notes
    assert [note.due for note in notes if note.kind == "action"] == ["2026-11-27", "2026-11-24"]
    assert [note.owner for note in notes if note.kind == "action"] == ["mentee", "me"]
    assert notes[1].about in known(app).items and notes[0].about in known(app).answers
    (line,) = listed(app)
    assert (line.asked, line.unsent) == (1, 11)
    owed = run("review", "owed").out
    assert "introduce Noor" not in owed and "ring the pharmacist" in owed


def test_an_answer_kept_as_a_question_is_that_question(
    run: Run, noor: str, app: Application
) -> None:
    found = document(run("review", "show", "--json"))["numbered"]
    (said,) = (one for one in found if one["what"] == "answer" and "surgeon" in one["answer"])
    assert run("review", "answer", str(said["number"]), "By name.").code == 0
    assert known(app).notes[0].about in known(app).items


def test_a_goal_is_proposed_in_other_words_by_its_number(
    run: Run, noor: str, app: Application
) -> None:
    exam = number(run, "Decide by spring")
    foot = number(run, "stand at the foot")
    run("review", "propose", "goal", exam, "decide by May")
    run("review", "propose", "goal", foot, "days at the foot of the bed")
    anew, fresh = known(app).notes
    assert (anew.kind, anew.text) == ("goal", "decide by May") and anew.about in known(app).items
    assert (fresh.text, fresh.about) == (f"{foot} days at the foot of the bed", "")


def test_what_does_not_fit_is_said(run: Run, noor: str, app: Application) -> None:
    gap, ruth = number(run, "wait for a gap"), number(run, "ask Sister Ruth how")
    for line, code in (
        (("answer", gap, "x"), "not-beside-that"),
        (("answer", "x"), "no-number"),
        (("answer", "999", "x"), "no-such-number"),
        (("close", ruth), "not-yours"),
        (("agree", "1"), "not-beside-that"),
        (("propose", "goal", "x", "--mine"), "only-for-actions"),
        (("propose", "action", "x", "--due", "yesterday"), "bad-day"),
        (("note", ""), "bad-text"),
        (("note", "x" * 20_001), "bad-text"),
        (("edit", "1", "x"), "no-such-note"),
        (("withdraw", "1"), "no-such-note"),
        (("reply",), "nothing-to-reply"),
    ):
        ran = run("review", *line)
        assert ran.err.startswith(f"{code}: "), (line, ran.err)
        assert "gap" not in ran.err and "Ruth" not in ran.err
    assert written(app) == []


@pytest.mark.parametrize(("language", "praise"), [("en", "good job"), ("de", "gut gemacht")])
def test_praise_without_a_reason_is_kept_with_a_hint(
    run: Run, app: Application, tmp_path: Path, language: str, praise: str
) -> None:
    run("review", put(tmp_path, bundle(2, replace(BELIEVABLE, language=language))))
    assert "what exactly" in run("review", "note", praise).err
    assert "what exactly" not in run("review", "note", "You read the card out first").err
    assert written(app)[0] == ("note", praise)


def test_words_need_not_stand_on_the_command_line(run: Run, noor: str, app: Application) -> None:
    assert run("review", "answer", "1", stdin="I count to two.\nThen I speak.\n").code == 0
    assert written(app) == [("answer", "I count to two.\nThen I speak.")]
    assert run("review", "note", stdin="").err.startswith("bad-text: ")


def test_notes_are_edited_and_withdrawn(run: Run, noor: str, app: Application) -> None:
    run("review", "note", "first words about the card")
    run("review", "note", "second words about the card")
    assert run("review", "edit", "1", "other words about the card").code == 0
    assert run("review", "withdraw", "2").code == 0
    assert run("review", "withdraw", "2").err.startswith("already-withdrawn: ")
    shown = run("review", "notes").out
    assert "other words" in shown and "second" not in shown and "not sent" in shown
    assert [(note.revision, note.withdrawn) for note in known(app).notes] == [(2, False), (2, True)]
    assert len(document(run("review", "notes", "--json"))["notes"]) == 2


# --- the reply ---------------------------------------------------------------------


def sent(path: Path) -> Bundle:
    return decode(open_sealed(path.read_bytes(), [NOOR]))


def test_the_reply_is_sealed_for_the_key_that_came(run: Run, noor: str, app: Application) -> None:
    run("review", "note", "Say the name of the nurse first.")
    done = run("review", "reply")
    assert done.code == 0 and "1 note, all of them new" in done.err
    (path,) = Path().glob("*.reflect")
    assert path.name == "reflect-reply-noor-2026-11-22.reflect"
    assert path.stat().st_mode & 0o777 == 0o600
    reply = sent(path).reply
    assert reply is not None and reply.notes == known(app).notes
    assert (reply.mentee, reply.mentor, sent(path).mentorship) == ("Noor", "Daniel", SHIP)
    assert "sent" in run("review", "notes").out and known(app).unsent == ()
    assert run("review", "reply").err.startswith("file-exists: ")
    run("review", "agenda", "the exam")
    again = run("review", "reply", "noor", "-o", "two.reflect")
    assert "2 notes, 1 of them new" in again.err
    assert sent(Path("two.reflect")).number == 2


def test_a_kept_key_comes_before_the_one_in_the_file(run: Run, noor: str, app: Application) -> None:
    other = make_identity("2026-11-01")
    remember(app, Recipient("noor", other.public, "2026-11-01"))
    run("review", "note", "Say the name of the nurse first.")
    assert "names another" in run("review", "reply").err
    (path,) = Path().glob("*.reflect")
    assert decode(open_sealed(path.read_bytes(), [other])).reply is not None
    assert run("review", "reply", "--to", NOOR.public, "-o", "direct").code == 0
    assert sent(Path("direct")).reply is not None
    assert run("review", "reply", "--to", "Ruth", "-o", "x").err.startswith("no-such-recipient")


def test_the_reply_can_be_piped_on(run: Run, noor: str) -> None:
    run("review", "note", "Say the name of the nurse first.")
    told = run("review", "reply", "-o", "-", "--unencrypted", "--yes").out
    assert decode(told.encode()).reply is not None
    assert run("review", "reply", "-o", "-", "--format", "text").out.startswith("reflect reply 1")
    assert list(Path().iterdir()) == []


def test_without_a_key_it_says_what_can_be_done(run: Run, app: Application, tmp_path: Path) -> None:
    run("review", put(tmp_path, bundle(2, replace(BELIEVABLE, key="ssh-rsa broken"))))
    run("review", "note", "Say the name of the nurse first.")
    assert run("review", "reply").err.startswith("no-key-to-seal-for: ")
    refused = run("review", "reply", "--unencrypted")
    assert refused.code == 1 and "can read it" in refused.err and not list(Path().iterdir())
    assert known(app).unsent
    assert run("review", "reply", "--unencrypted", "--yes", "-o", "plain").code == 0
    assert decode(Path("plain").read_bytes()).reply is not None


def test_a_reply_that_cannot_be_written_is_not_noted(run: Run, noor: str, app: Application) -> None:
    run("review", "note", "Say the name of the nurse first.")
    assert run("review", "reply", "-o", "no/such/folder/x").err.startswith("not-written: ")
    assert known(app).unsent and known(app).replies == 0


def test_the_reply_as_text_is_read_as_the_same_notes(run: Run, noor: str, app: Application) -> None:
    intro = number(run, "introduce Noor")
    run("review", "note", "one line\n@ end\n> another")
    run("review", "close", intro)
    run("review", "propose", "action", "ring the pharmacist by friday", "--mine")
    run("review", "reply", "-o", "first")
    run("review", "withdraw", "3")
    done = run("review", "reply", "--format", "text")
    assert done.code == 0 and "receive -" in done.err
    mangled = "\r\n".join(f"> {line}" for line in done.out.splitlines())
    for text in (done.out, mangled):
        reply = read_reply(f"Hi,\n{text}\nD.", "2026-11-22").reply
        assert reply is not None
        assert [(one.id, one.revision, one.kind, one.about) for one in reply.notes] == [
            (one.id, one.revision, one.kind, one.about) for one in known(app).notes
        ]
        assert reply.notes[0].text.startswith("one line\n") and reply.notes[2].withdrawn


# --- the rest of the program -------------------------------------------------------


def test_a_home_that_only_reviews_is_not_asked_to_reflect(run: Run, noor: str) -> None:
    for line in (("history",), ("show",), ("actions",), ("next",), ("journey",), ("wins",)):
        ran = run(*line)
        assert "reflect review list" in ran.err and "Begin one" not in ran.err, line
        assert "Noor" not in ran.out
    assert json.loads(run("history", "--json").out)["sessions"] == []
    assert run("search", "vancomycin").out == ""
    assert json.loads(run("mentorship", "list", "--json").out)["mentorships"] == []
    assert run("doctor").code == 0


def test_the_log_keeps_no_words(run: Run, noor: str, tmp_path: Path) -> None:
    assert b"vancomycin" not in b"".join(
        file.read_bytes()
        for file in (tmp_path / "reflect").rglob("*")
        if file.is_file() and not file.name.startswith("reflect.db")
    )


def test_a_story_of_one_s_own_is_kept_and_shown_as_one(
    run: Run, noor: str, app: Application
) -> None:
    gap = number(run, "wait for a gap")
    told = "Good job, I thought, until the pharmacist found my mistake."
    done = run("review", "note", gap, told, "--kind", "story")
    assert done.code == 0 and "story" in done.out
    (note,) = known(app).notes
    assert (note.kind, note.text) == ("story", told)
    assert note.about in known(app).answers
    done = run("review", "note", "--kind", "story", stdin="We missed the first train.\n")
    assert done.code == 0, done.err
    assert "story" in run("review", "notes").out
    assert run("review", "note", gap, "x", "--kind", "fable").code == 2
