"""Sharing: the talk before it, what is written, and the log of it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reflect.application.keeping_keys import identities, own_key
from reflect.application.wiring import Application
from reflect.events import BundleShared, Event, ShareChanged, SharingBegan
from reflect.script import Script
from reflect.sharing.identities import make_identity
from reflect.sharing.passphrase import Passphrase
from reflect.sharing.sealing import open_sealed
from reflect.sharing.wire import decode
from tests.cli.test_reading import document
from tests.conftest import Run
from tests.dialogue.scripts import question, script
from tests.sharing import sessions
from tests.sharing.sessions import ANSWERS, keep_session

WIN, SNAG, STEP = ANSWERS
WHERE = ("--format", "bundle", "--unencrypted", "--output")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own to write into, on one day."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-22")
    return folder


@pytest.fixture
def app() -> Any:
    found = Application(dict(os.environ))
    yield found
    found.close()


def journey(app: Application) -> tuple[Event, ...]:
    relation = app.relation()
    assert relation is not None
    return app.reading_store.events(relation.id)


def shared_in(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def flat(text: str) -> str:
    """`text` on one line."""
    return " ".join(text.split())


def deciding(monkeypatch: pytest.MonkeyPatch, *texts: str) -> str:
    """A session with a question that is decided at the end, and one that hangs on it."""

    def asked() -> Script:
        return script(
            worked=(question("win", keep="win", share="yes"),),
            adjust=(question("snag", share="at the end"),),
            next=(question("step", keep="action", share="yes"),),
        )

    monkeypatch.setattr(sessions, "pages", asked)
    return keep_session(*texts)


# --- the talk --------------------------------------------------------------------------


def test_the_first_time_the_two_agree_and_a_no_leaves_nothing(run: Run, app: Application) -> None:
    keep_session()
    before = journey(app)
    ran = run("share", *WHERE, "a.reflect", stdin="no\n")
    assert ran.code == 1 and "stays between Amina and Daniel" in ran.err
    assert "Then nothing is shared" in ran.err
    assert journey(app) == before and list(Path().iterdir()) == []
    ran = run("share", *WHERE, "a.reflect", stdin="yes\nyes\n\n")
    assert ran.code == 0, ran.err
    assert "stays between" in shared_in(Path("a.reflect"))["shared"]["agreed"]
    assert [type(one) for one in journey(app)[len(before) :]] == [SharingBegan, BundleShared]
    keep_session(when="2026-11-21T19:00:00+01:00")
    again = run("share", *WHERE, "b.reflect", "--yes")
    assert again.code == 0 and "stays between" not in again.err
    assert "agreed" not in shared_in(Path("b.reflect"))["shared"]


def test_what_is_private_is_in_no_form_and_the_rest_is(run: Run) -> None:
    keep_session()
    for form in ("bundle", "html", "markdown"):
        ran = run("share", "--preview", "--format", form)
        assert ran.code == 0 and "wrote the three worst" in ran.out
        assert "talks over me" not in ran.out and "snag" not in ran.out
    assert run("shared").out == ""


def test_the_preview_is_the_file(run: Run) -> None:
    keep_session()
    run("share", *WHERE, "a.reflect", "--yes")
    keep_session(when="2026-11-21T19:00:00+01:00")
    for form in ("bundle", "html", "markdown"):
        seen = run("share", "last", "--preview", "--format", form, "--to", form).out
        open_form = ("--unencrypted",) if form == "bundle" else ()
        file = Path(f"{form}.file")
        args = ("--format", form, *open_form, "--output", str(file), "--to", form, "--yes")
        assert run("share", "last", *args).code == 0
        assert file.read_text() == seen


def test_a_preview_keeps_nothing_and_a_file_names_the_key_that_opens_its_answer(
    run: Run, app: Application, place: Path
) -> None:
    keep_session()
    before = journey(app)
    run("share", "--preview", "--format", "bundle")
    assert (journey(app), identities(app)) == (before, ())
    file = place / "own.reflect"
    run("share", "--yes", "--unencrypted", "--format", "bundle", "--output", str(file))
    shared = decode(file.read_bytes()).shared
    assert shared is not None
    assert [shared.key] == [one.public for one in identities(app)]


def test_a_mistyped_yes_is_asked_again(run: Run) -> None:
    keep_session()
    ran = run("share", *WHERE, "a.reflect", stdin="yse\nyes\nhm\nyes\n\n")
    assert ran.code == 0 and Path("a.reflect").exists(), ran.err
    assert "Nothing was shared" not in ran.err


def test_a_number_of_the_last_look_never_means_another_thing(run: Run) -> None:
    keep_session()
    ran = run("share", *WHERE, "a.reflect", stdin="yes\nyes\np 1\np 1\nq\n")
    assert "There is no number 1 here." in ran.err
    look = ran.err.rpartition("This is all that Daniel will get")[2]
    assert re.findall(r"(?m)^ +(\d+)  ", look)[0] == "2"
    assert look.index("Number 1 is kept with you.") > look.index("What carries on")


def test_what_to_mind_stands_above_the_choices(run: Run) -> None:
    keep_session()
    ran = run("share", "--format", "html", stdin="yes\nq\n")
    assert ran.code == 1
    before, _, after = ran.err.partition("What carries on")
    assert "is not encrypted" not in before and "is not encrypted" in after


def test_the_last_look_shows_all_of_it_and_p_keeps_an_answer_back(
    run: Run, app: Application
) -> None:
    keep_session()
    ran = run("share", *WHERE, "a.reflect", stdin="yes\nyes\np 1\np 9\n\n")
    assert ran.code == 0, ran.err
    assert "Number 1 is kept with you." in ran.err and "There is no number 9" in ran.err
    assert "What hangs on it goes too, one more thing." in ran.err
    found = shared_in(Path("a.reflect"))["shared"]
    assert WIN not in json.dumps(found) and STEP in json.dumps(found)
    (decided,) = (one for one in journey(app) if isinstance(one, ShareChanged))
    assert (decided.key, decided.share) == ("win", "no")
    assert WIN not in run("share", "last", "--preview", "--format", "markdown").out


def test_everything_in_the_file_was_shown(run: Run) -> None:
    keep_session()
    run("actions", "later", "1", "2026-12-01")
    ran = run("share", *WHERE, "a.reflect", stdin="yes\nyes\n\n")
    seen = flat(ran.err)
    told = shared_in(Path("a.reflect"))["shared"]
    words = [
        one[name]
        for session in told["sessions"]
        for one in session["answers"]
        for name in ("question", "answer", "note")
        if one.get(name)
    ]
    words += [item["text"] for item in told["items"]] + [told["agreed"], told["mentee"]]
    words += [session["stage"] for session in told["sessions"]] + ["Tuesday 1 December"]
    assert len(words) > 8 and all(flat(one) in seen for one in words)


def test_what_waits_for_a_word_is_decided_one_by_one(
    run: Run, app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    deciding(monkeypatch, WIN, SNAG, STEP)
    left = run("share", *WHERE, "a.reflect", stdin="yes\n\nyes\n\n")
    assert "One answer waits for your word" in left.err
    assert SNAG not in Path("a.reflect").read_text()
    again = ("share", "last", *WHERE)
    said = run(*again, "b.reflect", stdin="what\ns\nyes\n\n")
    assert "Type s, w, or only Enter" in said.err
    assert SNAG in Path("b.reflect").read_text()
    assert run(*again, "c.reflect", stdin="yes\n\n").code == 0, "it is asked once"


def test_a_summary_leaves_in_place_of_the_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    deciding(monkeypatch, WIN, SNAG, STEP)
    run("share", *WHERE, "a.reflect", stdin="yes\nw\nI want \x1b[31mto learn\u202e it\nyes\n\n")
    told = Path("a.reflect").read_text()
    assert SNAG not in told and '"summary": true' in told
    assert re.search(r"I want .*to learn.*it", told) and "\\u001b" not in told
    run("share", "last", *WHERE, "b.reflect", stdin="yes\nw 1\nIt went well\nw 9\n\n")
    assert "It went well" in Path("b.reflect").read_text()


def test_an_item_is_kept_back_and_not_reworded(run: Run) -> None:
    keep_session()
    run("wins", "add", "somebody thanked me")
    first = run("share", *WHERE, "a.reflect", stdin="yes\nyes\nq\n")
    number = next(line.split()[0] for line in first.err.splitlines() if "thanked me" in line)
    script_ = f"yes\nyes\nw {number}\np {number}\n\n"
    ran = run("share", *WHERE, "a.reflect", stdin=script_)
    assert "cannot be said in other words" in ran.err
    assert "thanked me" not in Path("a.reflect").read_text()
    assert "thanked me" not in run("share", "last", "--preview", "--format", "bundle").out


def test_the_line_about_private_answers_has_no_number(run: Run) -> None:
    keep_session()
    run("share", *WHERE, "a.reflect", stdin="yes\nyes\nl\nl\nl\n\n")
    told = shared_in(Path("a.reflect"))["shared"]
    assert told.pop("some_private") is True
    run("share", "last", *WHERE, "b.reflect", stdin="yes\n\n")
    assert "some_private" not in shared_in(Path("b.reflect"))["shared"]
    text = run("share", "last", "--preview", "--format", "markdown", "--some-private").out
    assert "Some answers are kept private." in text


def test_q_and_the_end_of_input_leave_nothing(run: Run, app: Application) -> None:
    keep_session()
    before = journey(app)
    left = run("share", *WHERE, "a.reflect", stdin="yes\nyes\np 1\nq\n")
    assert left.code == 1 and "Nothing was shared" in left.err
    for typed in ("", "yes\n", "yes\nyes\n", "yes\nyes\np 1\n"):
        ended = run("share", *WHERE, "a.reflect", stdin=typed)
        assert ended.code == 1 and "not-shared" in ended.err and "--yes" in ended.err
    assert journey(app) == before and list(Path().iterdir()) == []


def test_words_of_danger_never_leave(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    deciding(monkeypatch, WIN, SNAG, STEP)
    typed = "yes\nw\nI want to kill myself\nyes\n\n"
    ran = run("share", *WHERE, "a.reflect", stdin=typed)
    assert "They stay with you" in ran.err
    assert "kill" not in Path("a.reflect").read_text()
    run("goals", "add", "learn to listen")
    run("goals", "progress", "1", "I want to kill myself")
    assert "kill" not in run("share", "last", "--preview", "--format", "bundle").out


# --- the file --------------------------------------------------------------------------


def test_it_is_sealed_for_them_and_for_oneself(run: Run, app: Application, place: Path) -> None:
    keep_session()
    daniel = make_identity("2026-11-01")
    run("key", "add", "daniel", daniel.public, "--yes")
    ran = run("share", "--yes")
    assert ran.code == 0 and "have not been compared yet" in ran.err
    (file,) = place.iterdir()
    assert file.name == "reflect-daniel-2026-11-22.reflect"
    assert file.stat().st_mode & 0o777 == 0o600
    assert WIN.encode() not in file.read_bytes()
    for identity in (daniel, own_key(app)):
        bundle = decode(open_sealed(file.read_bytes(), [identity]))
        assert bundle.shared is not None and bundle.shared.mentee == "Amina"
    run("share", "last", "--yes")
    assert (place / "reflect-daniel-2026-11-22-2.reflect").exists()


@pytest.mark.parametrize("name", ["Dr Daniel Weiss", "dr daniel"])
def test_a_key_under_a_longer_name_is_theirs_and_this_is_said(
    run: Run, place: Path, name: str
) -> None:
    keep_session()
    daniel = make_identity("2026-11-01")
    run("key", "add", name, daniel.public, "--yes")
    ran = run("share", "--yes")
    assert f"the key that you keep under {name}" in flat(ran.err)
    (file,) = place.iterdir()
    assert file.name == "reflect-daniel-2026-11-22.reflect"
    open_sealed(file.read_bytes(), [daniel])
    named = run("share", "--to", name, "--yes")
    assert "Daniel has had everything so far" in flat(named.err)


def test_of_two_keys_that_might_be_theirs_none_is_taken(run: Run) -> None:
    keep_session()
    for name in ("Daniel Weiss", "Daniel Okafor"):
        run("key", "add", name, make_identity("2026-11-01").public, "--yes")
    assert run("share", "--format", "bundle", "--yes").err.startswith("no-key: ")


def test_it_is_sealed_with_a_passphrase(run: Run) -> None:
    keep_session()
    assert run("share", "--passphrase", "--yes").code == 2
    reading, writing = os.pipe()
    os.write(writing, b"four words of no sense\n")
    os.close(writing)
    args = ("--passphrase-fd", str(reading), "--output", "a.reflect", "--yes")
    ran = run("share", *args)
    os.close(reading)
    assert ran.code == 0 and "some other way" in ran.err
    data = open_sealed(Path("a.reflect").read_bytes(), Passphrase("four words of no sense"))
    assert decode(data).shared is not None


def test_unencrypted_is_asked_about(run: Run) -> None:
    keep_session()
    ran = run("share", *WHERE, "a.reflect", stdin="yes\nno\n")
    assert ran.code == 1 and "Whoever gets hold of it can read it" in flat(ran.err)
    assert not Path("a.reflect").exists()
    nobody = run("share", "--format", "bundle", "--yes")
    assert nobody.code == 2 and "reflect key add" in nobody.err
    assert run("share", "--format", "html", "--unencrypted").code == 2


def test_without_a_key_it_is_a_page_and_says_so(run: Run, place: Path) -> None:
    keep_session()
    ran = run("share", "--yes")
    assert "this is a page" in ran.err and "not encrypted" in ran.err
    assert [file.suffix for file in place.iterdir()] == [".html"]
    written = run("share", "last", "--format", "markdown", "--yes")
    assert written.out.startswith("# Amina, for Daniel")


def test_a_file_that_is_there_is_left(run: Run) -> None:
    keep_session()
    Path("a.html").write_text("mine")
    kept = run("share", "--format", "html", "--output", "a.html", "--yes")
    assert kept.code == 1 and Path("a.html").read_text() == "mine"
    assert run("share", "--format", "html", "--output", "a.html", "--yes", "--force").code == 0


def test_the_schema_describes_it(run: Run) -> None:
    keep_session()
    seen = json.loads(run("share", "--preview", "--format", "bundle").out)
    jsonschema.validate(seen, json.loads(run("schema", "bundle").out))


# --- which sessions, and the log ---------------------------------------------------------


def test_what_was_had_is_not_sent_twice(run: Run) -> None:
    assert run("share").code == 1
    paused = keep_session(end="")
    assert "no completed session" in run("share", "--yes").err
    run("abandon")
    assert run("share", paused, "--yes").code == 1
    one = keep_session(when="2026-11-21T19:00:00+01:00")
    assert run("share", *WHERE, "a.reflect", "--yes").code == 0
    nothing = run("share", "--yes")
    assert nothing.code == 1 and "Daniel has had everything so far" in nothing.err
    keep_session(when="2026-11-21T20:00:00+01:00")
    assert run("share", "--since-last", *WHERE, "b.reflect", "--yes").code == 0
    assert len(shared_in(Path("b.reflect"))["shared"]["sessions"]) == 1
    ruth = run("share", *WHERE, "c.reflect", "--to", "Ruth", "--yes")
    assert ruth.code == 0 and len(shared_in(Path("c.reflect"))["shared"]["sessions"]) == 2
    numbers = [shared_in(Path(f"{name}.reflect")).get("number", 1) for name in "abc"]
    assert numbers == [1, 2, 1]
    assert run("share", one, "--since-last").code == 2


def test_again_sends_only_what_is_new(run: Run) -> None:
    keep_session()
    run("wins", "add", "somebody thanked me")
    run("share", *WHERE, "a.reflect", "--yes")
    assert run("share", "--again", "--yes").code == 1
    run("actions", "done", "1")
    ran = run("share", "--again", *WHERE, "b.reflect", "--yes")
    assert ran.code == 0, ran.err
    told = shared_in(Path("b.reflect"))["shared"]
    assert [item["state"] for item in told["items"]] == ["kept"]
    assert told.get("sessions", []) == [] and told["since"] == "2026-11-22"
    assert run("share", "--again", "--yes").code == 1


def test_the_log_tells_what_went_to_whom(run: Run) -> None:
    assert "Nothing was shared yet" in run("shared").err
    keep_session()
    run("share", *WHERE, "a.reflect", "--yes")
    assert run("shared").out == "   1  2026-11-22  Daniel, bundle: 2 answers, 2 items\n"
    (found,) = document(run("shared", "--json"))["shared"]
    assert (found["to"], found["form"], found["answers"]) == ("Daniel", "bundle", 2)
    assert found["share"] == shared_in(Path("a.reflect"))["share"]
    told = run("shared", "show", "1").out
    assert "session of 2026-11-22" in told and f"win: {WIN}" in told and SNAG not in told
    assert len(document(run("shared", "show", "1", "--json"))["file"]["items"]) == 2
    assert run("shared", "show", "2").code == 1
    run("delete", "last", "--yes")
    assert "(erased since)" in run("shared", "show", "1").out


def test_a_file_sent_by_mistake_is_replaced(run: Run) -> None:
    keep_session()
    assert run("share", "--replace", "--yes").code == 1
    run("share", *WHERE, "a.reflect", "--yes")
    ran = run("share", "--replace", *WHERE, "b.reflect", stdin="yes\np 1\n\n")
    assert ran.code == 0 and "What has left cannot be called back" in flat(ran.err)
    old, new = shared_in(Path("a.reflect")), shared_in(Path("b.reflect"))
    assert new["replaces"] == old["share"] and new["share"] != old["share"]
    assert WIN not in json.dumps(new) and "since" not in new["shared"]
    assert "another took its place" in run("shared").out
    assert run("share", "--replace", "1", "--yes").code == 1, "it is replaced already"
    assert run("share", "--replace", "2", *WHERE, "c.reflect", "--yes").code == 0


def test_the_log_takes_back_a_file_that_could_not_be_written(run: Run, app: Application) -> None:
    keep_session()
    ran = run("share", *WHERE, "nowhere/a.reflect", "--yes")
    assert ran.code == 1 and "not-written" in ran.err
    assert run("shared").out == ""
    assert run("undo", "--redo").code == 1, "nor does undoing bring it back"
    assert run("share", *WHERE, "a.reflect", "--yes").code == 0
    assert run("undo").code == 1, "what has left cannot be taken back"
    assert len(run("shared").out.splitlines()) == 1


def test_whoever_is_the_mentor_shares_with_the_mentee(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = sessions.begin_mentorship
    monkeypatch.setattr(
        sessions, "begin_mentorship", lambda app, *rest: begin(app, *rest, "en", "mentor")
    )
    keep_session()
    ran = run("share", *WHERE, "a.reflect", stdin="yes\nyes\n\n")
    assert ran.code == 0 and "For Amina." in ran.err
    told = shared_in(Path("a.reflect"))["shared"]
    assert (told["role"], told["mentee"], told["mentor"]) == ("mentor", "Amina", "Daniel")
    assert document(run("shared", "--json"))["shared"][0]["to"] == "Amina"


@pytest.mark.parametrize(("language", "yes"), [("de", "ja"), ("es", "sí")])
def test_the_talk_is_in_the_language_of_the_two(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, yes: str
) -> None:
    begin = sessions.begin_mentorship
    monkeypatch.setattr(
        sessions, "begin_mentorship", lambda app, *rest: begin(app, *rest, language)
    )
    keep_session()
    ran = run("share", *WHERE, "a.reflect", stdin=f"{yes}\n{yes}\np 1\nl\n\n")
    assert ran.code == 0, ran.err
    assert WIN not in Path("a.reflect").read_text()
    assert "This is all" not in ran.err
