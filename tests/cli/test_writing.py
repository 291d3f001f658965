"""Exporting, erasing, ending, copying and changing."""

from __future__ import annotations

import json
from pathlib import Path

import apsw
import jsonschema
import msgspec
import pytest

from reflect.settings import Home
from reflect.transcripts.store import Store
from tests.cli.test_reading import document
from tests.cli.test_start import conversation
from tests.conftest import Run
from tests.sharing.sessions import ANSWERS, application, begin, keep_session

# --- export ---


def test_markdown_of_the_last_session_is_what_is_exported_by_itself(run: Run) -> None:
    keep_session("earlier")
    keep_session()
    done = run("export")
    assert done.out.startswith("# Stage, 2026-11-21\n")
    assert f"> {ANSWERS[1]}\n\n*private*" in done.out
    assert "earlier" not in done.out


def test_text_of_all_sessions_is_oldest_first(run: Run) -> None:
    keep_session("earlier")
    keep_session("later")
    out = run("export", "--all", "--format", "text").out
    assert out.index("earlier") < out.index("later")


def test_json_is_as_the_published_schema_says(run: Run) -> None:
    keep_session()
    keep_session("one", end="abandoned")
    keep_session("two", end="")
    schema = json.loads(run("schema", "transcript").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    one = document(run("export", "3", "--format", "json"))
    some = document(run("export", "1", "2", "2", "--format", "json"))
    every = document(run("export", "--all", "--format", "json"))
    for exported in (one, some, every, document(run("show", "--json"))):
        jsonschema.validate(exported, schema)
    assert [turn["answer"] for turn in one["turns"][:3]] == list(ANSWERS)
    assert [turn["share"] for turn in one["turns"][:3]] == ["yes", "no", "yes"]
    assert [item["kind"] for item in one["items"]] == ["win", "action"]
    assert len(some["transcripts"]) == 2
    assert [found["session"]["state"] for found in every["transcripts"]] == [
        "completed",
        "abandoned",
        "open",
    ]
    del one["turns"][0]["share"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(one, schema)


def test_a_file_is_private_and_replaced_whole(run: Run, tmp_path: Path) -> None:
    keep_session()
    output = tmp_path / "mine.md"
    output.write_text("before")
    output.chmod(0o644)
    done = run("export", "--output", str(output))
    assert (done.code, done.out, done.err.split(":")[0]) == (1, "", "file-exists")
    assert "--force" in done.err
    assert output.read_text() == "before"
    done = run("export", "--force", "--output", str(output))
    assert (done.code, done.out) == (0, "")
    assert str(output) in done.err
    assert output.stat().st_mode & 0o777 == 0o600
    assert output.read_text() == run("export").out
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.md"]


def test_the_help_of_export_names_no_command_that_is_not_there(run: Run) -> None:
    said = " ".join(run("export", "--help").out.split())
    assert "reflect share" not in said
    assert "holds all your answers; private ones are marked" in said


@pytest.mark.parametrize(("says", "code"), [("yes\n", 0), ("no\n", 1), ("", 1)])
def test_a_terminal_is_asked_before_a_file_is_replaced(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, code: int
) -> None:
    from tests import conftest

    monkeypatch.setattr(conftest._Stream, "isatty", lambda _: True)
    keep_session()
    for number, command in enumerate((("backup",), ("export", "-o"))):
        file = tmp_path / f"copy-{number}"
        file.write_text("before")
        done = run(*command, str(file), stdin=says)
        assert (done.code, "Replace it?" in done.err) == (code, True)
        assert (file.read_bytes() == b"before") is bool(code)


def test_a_place_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    keep_session()
    done = run("export", "-o", str(tmp_path / "nowhere" / "mine.md"))
    assert (done.code, done.err.startswith("not-written: ")) == (1, True)


# --- resume and abandon ---


def test_resume_goes_on_with_the_open_session(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = conversation(monkeypatch)
    keep_session()
    paused = keep_session("a", end="")
    assert run("resume").code == 5
    assert run("resume", "1", "--plain").code == 5
    assert run("resume", "--newer").code == 5
    assert run("resume", "--as-begun").code == 5
    assert run("resume", "--newer", "--as-begun").code == 2
    assert calls == [
        {"plain": plain, "resume": paused, "newer": newer}
        for plain, newer in ((False, "ask"), (True, "ask"), (False, "take"), (False, "as begun"))
    ]


@pytest.mark.parametrize("command", ["resume", "abandon"])
def test_what_has_ended_does_not_go_on(run: Run, command: str) -> None:
    keep_session()
    done = run(command)
    assert (done.code, done.err) == (0, "No session is open. Begin one with: reflect\n")
    done = run(command, "1")
    assert (done.code, done.err.startswith("session-ended: ")) == (1, True)


def test_abandon_ends_the_open_session_and_keeps_its_answers(run: Run) -> None:
    keep_session("a", end="")
    assert run("abandon").code == 0
    (row,) = document(run("history", "--json"))["sessions"]
    assert (row["state"], row["answers"]) == ("abandoned", 1)


def test_a_session_in_another_window_is_left_alone(run: Run) -> None:
    app = application()
    begin(app)
    for arguments in (("abandon",), ("delete", "1", "--yes")):
        done = run(*arguments)
        assert (done.code, done.err.startswith("session-open-elsewhere: ")) == (1, True)
    app.close()


# --- delete ---


def test_delete_erases_a_session_when_told_to(run: Run, home: Home) -> None:
    keep_session()
    keep_session("stays")
    done = run("delete", "2", stdin="yes\n")
    assert (done.code, done.out) == (0, "")
    assert "Erase the session of 2026-11-21 with 3 answers for good?" in done.err
    assert "hold none of it" in done.err
    assert "Not reached: backups" in done.err
    assert len(document(run("history", "--json"))["sessions"]) == 1
    assert b"three worst patients" not in home.database.read_bytes()


@pytest.mark.parametrize("said", ["", "\n", "no\n", "yess\n"])
def test_nothing_is_erased_without_a_yes(run: Run, said: str) -> None:
    keep_session()
    done = run("delete", "last", stdin=said)
    assert (done.code, "not-erased: " in done.err) == (1, True)
    assert document(run("show", "--json"))["turns"]


def test_one_answer_is_erased_by_its_number(run: Run, home: Home) -> None:
    keep_session()
    assert run("delete", "1", "--answer", "2", "--yes").code == 0
    answers = [turn["answer"] for turn in document(run("show", "--json"))["turns"]]
    assert answers[:3] == [ANSWERS[0], "", ANSWERS[2]]
    assert "(no longer here)" in run("show").out
    assert b"talks over me" not in home.database.read_bytes()


@pytest.mark.parametrize("number", ["0", "9", "snag", "-1"])
def test_an_answer_that_is_not_there(run: Run, number: str) -> None:
    keep_session()
    done = run("delete", "1", "--answer", number, "--yes")
    assert (done.code, done.err.startswith("no-such-answer: ")) == (1, True)


def test_delete_counts_the_copies_it_does_not_reach(run: Run, home: Home) -> None:
    keep_session()
    run("backup", str(home.backups))
    assert "1 backup in" in run("delete", "1", "--yes").err


def test_delete_says_where_the_same_words_stand(run: Run) -> None:
    keep_session("the very same words of mine")
    keep_session("the very same words of mine")
    assert "The same words stand in 1 other session" in run("delete", "1", "--yes").err


def test_an_edited_answer_that_shares_phrases_with_the_pack_is_reported_as_gone(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.sharing import sessions
    from tests.sharing.sessions import answer

    phrase = "somebody kept interrupting during the round"
    asked = sessions.pages()
    example = msgspec.structs.replace(asked, about=phrase)
    monkeypatch.setattr(sessions, "pages", lambda: example)
    app = application()
    session = begin(app)
    answer(session, [ANSWERS[0], f"{phrase}, twice"])
    session.back()
    session.say(phrase)
    session.pause()
    app.close()
    done = run("delete", "1", "--answer", "2", "--yes")
    assert (done.code, "hold none of it" in done.err, "parts of its text" in done.err) == (
        0,
        True,
        False,
    )


def test_delete_says_that_the_same_words_stand_in_the_same_session(run: Run) -> None:
    keep_session("the very same words of mine", "the very same words of mine")
    said = run("delete", "1", "--answer", "2", "--yes").err
    assert "in another answer of this session" in said
    assert "other session" not in said


def test_delete_says_what_another_window_keeps_from_it(
    run: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_session()
    reader = apsw.Connection(str(home.database))
    reader.execute("BEGIN; SELECT * FROM events").fetchone()
    opened = Store.open.__func__  # type: ignore[attr-defined]

    def impatient(cls: type[Store], *given: object, **more: object) -> Store:
        return opened(cls, *given, **{**more, "patience_ms": 10})  # type: ignore[no-any-return]

    monkeypatch.setattr(Store, "open", classmethod(impatient))
    assert "Another window still reads" in run("delete", "1", "--yes").err
    reader.close()


# --- backup and restore ---


def test_a_backup_comes_back(run: Run, home: Home, tmp_path: Path) -> None:
    keep_session()
    file = tmp_path / "copy.db"
    done = run("backup", str(file))
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("1 session copied")
    assert file.stat().st_mode & 0o777 == 0o600
    before = run("show").out
    home.database.unlink()
    for beside in ("-wal", "-shm"):
        Path(f"{home.database}{beside}").unlink(missing_ok=True)
    assert "1 session came in." in run("restore", str(file)).err
    assert run("show").out == before
    assert "nothing is different" in run("restore", str(file)).err


def test_restore_says_what_it_leaves_out(run: Run, tmp_path: Path) -> None:
    keep_session("the first one")
    keep_session()
    file = str(tmp_path / "copy.db")
    run("backup", file)
    run("delete", "2", "--yes")
    assert run("restore", file).err.splitlines() == [
        "1 thing was left out, having been erased here.",
        "Everything else in it was here already; nothing is different.",
    ]
    run("delete", "1", "--answer", "2", "--yes")
    assert "2 things were left out" in run("restore", file).err


def test_a_folder_gets_a_backup_with_the_day(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLECT_TODAY", "2026-12-01")
    keep_session()
    (tmp_path / "copies").mkdir()
    run("backup", str(tmp_path / "copies"))
    again = run("backup", str(tmp_path / "copies"))
    assert (again.code, again.err.startswith("file-exists: ")) == (1, True)
    assert run("backup", "--force", str(tmp_path / "copies")).code == 0
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["reflect-2026-12-01.db"]


def test_a_backup_is_not_made_over_the_record(run: Run, home: Home) -> None:
    keep_session()
    done = run("backup", str(home.database))
    assert (done.code, done.err.startswith("backup-onto-itself: ")) == (2, True)


def test_what_is_no_backup_is_refused(run: Run, home: Home, tmp_path: Path) -> None:
    done = run("restore", str(tmp_path / "none.db"))
    assert (done.code, done.err.startswith("no-such-file: ")) == (1, True)
    assert not home.database.exists()
    (tmp_path / "odd.db").write_bytes(b"something else entirely" * 100)
    done = run("restore", str(tmp_path / "odd.db"))
    assert (done.code, done.err.startswith("store-damaged: ")) == (1, True)
    assert "is not a backup of reflect" in done.err
    assert "reflect backup" in done.err
    assert "doctor" not in done.err


# --- settings ---


def test_settings_are_shown(run: Run) -> None:
    keep_session()
    assert run("settings").out.splitlines() == [
        "name      Amina",
        "mentor    Daniel",
        "language  en",
        "stage     rapport (since 2026-11-21)",
        "check-in  none",
        "agenda    none",
    ]
    assert run("settings", "mentor").out == "Daniel\n"
    assert document(run("settings", "--json"))["name"] == "Amina"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-12-03", "2026-12-03"),
        ("next friday", "2026-11-27"),
        ("in two weeks", "2026-12-05"),
        ("today", "2026-11-21"),
    ],
)
def test_the_next_meeting_is_a_day(
    run: Run, monkeypatch: pytest.MonkeyPatch, typed: str, kept: str
) -> None:
    keep_session()
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
    assert f"check-in  {kept}" in run("settings", "check-in", typed).out.splitlines()
    assert run("settings", "check-in").out == f"{kept}\n"
    assert document(run("settings", "--json"))["check_in"] == kept
    run("settings", "name", "Ada")
    assert document(run("settings", "check-in", " None ", "--json"))["check_in"] is None
    assert run("settings", "check-in").out == "none\n"


def test_the_next_meeting_is_said_in_the_language_of_the_mentorship(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_session()
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
    run("settings", "language", "de")
    assert document(run("settings", "check-in", "am 3. Dezember", "--json"))["check_in"] == (
        "2026-12-03"
    )


@pytest.mark.parametrize(
    ("setting", "value", "kept"),
    [
        ("name", " Dr  Amina\n", "Dr Amina"),
        ("mentor", "Ruth", "Ruth"),
        ("language", "en", "en"),
        ("stage", "Review", "review"),
        ("stage", "feedback", "work"),
        ("stage", "setting goals", "goals"),
        ("stage", "4", "maintain"),
    ],
)
def test_a_setting_is_changed(run: Run, setting: str, value: str, kept: str) -> None:
    keep_session()
    done = run("settings", setting, value, "--json")
    assert document(done)[setting] == kept
    assert document(run("settings", "--json"))[setting] == kept


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("name", " \x07 ", "bad-name"),
        ("mentor", "x" * 81, "bad-name"),
        ("language", "tlh", "no-such-language"),
        ("stage", "goal", "no-such-stage"),
        ("stage", "9", "no-such-stage"),
        ("check-in", "when she is back", "bad-day"),
        ("check-in", "", "bad-day"),
        ("check-in", "2020-01-01", "bad-day"),
    ],
)
def test_a_setting_that_makes_no_sense_changes_nothing(
    run: Run, setting: str, value: str, code: str
) -> None:
    keep_session()
    before = run("settings").out
    done = run("settings", setting, value)
    assert (done.code, done.out, done.err.split(":")[0]) == (2, "", code)
    assert run("settings").out == before


def test_a_near_stage_is_offered(run: Run) -> None:
    keep_session()
    message, states, _ = run("settings", "stage", "goal").err.splitlines()
    assert message.startswith("no-such-stage: a stage is one of: rapport, goals, feedback")
    assert states.startswith("  or a state: find, start, rapport, goals, work")
    assert "Did you mean: goals" in run("settings", "stage", "goal").err
