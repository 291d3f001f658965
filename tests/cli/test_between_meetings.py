"""Meetings, what comes next, preparing, looking back, concluding and archiving."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.settings import Home
from reflect.transcripts.store import Store
from tests.cli.test_reading import document
from tests.conftest import Run

HANDOVER = "I read the handover from a card and nobody interrupted"
SNAG = "Dr Lang talks over me every ward round"
ASK = "how did he learn to interrupt back politely"


def day(monkeypatch: pytest.MonkeyPatch, today: str) -> None:
    monkeypatch.setenv("REFLECT_TODAY", today)


@pytest.fixture
def met(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A mentorship with a session, and a meeting in six days."""
    day(monkeypatch, "2026-11-21")
    assert run(stdin="Amina\nDaniel\nfeedback\n1\n/pause\n").code == 0
    assert run("meeting", "friday 3pm").code == 0
    lines = [HANDOVER, SNAG, "bring the card to Dr Lang before our next session", "", ASK, "", ""]
    assert run(stdin="\n".join(lines)).code == 0
    return run


def coming(run: Run) -> str:
    return str(document(run("next", "--json"))["next"]["kind"])


def test_a_meeting_is_heard_shown_and_taken_back(met: Run) -> None:
    assert met("meeting").out == "You meet Daniel on Friday 27 November, 15:00 (in 6 days).\n"
    assert document(met("meeting", "2026-12-03", "--json"))["next"] == "2026-12-03"
    assert document(met("meeting", "2026-12-03T09:30", "--json"))["next"] == "2026-12-03T09:30"
    assert document(met("settings", "--json"))["check_in"] == "2026-12-03T09:30"
    assert "No meeting is set" in met("meeting", "none").out
    for words in ("2026-11-01", "some time", "held tomorrow", "held perhaps"):
        done = met("meeting", *words.split())
        assert (done.code, done.err.split(":")[0]) == (2, "bad-day"), words


def test_a_meeting_that_was_held_is_over(met: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    day(monkeypatch, "2026-11-28")
    found = document(met("meeting", "held", "--json"))
    assert (found["next"], found["held"]) == (None, "2026-11-27")
    assert document(met("meeting", "held", "yesterday", "--json"))["held"] == "2026-11-27"
    assert "last met on Friday 27 November" in met("meeting").out


def test_before_our_next_session_means_the_day_of_the_meeting(met: Run) -> None:
    (turn,) = [one for one in document(met("show", "--json"))["turns"] if one["keep"] == "action"]
    assert turn["due"] == "2026-11-27"
    assert turn["answer"].endswith("before our next session")


def test_without_a_meeting_the_words_stay_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    day(monkeypatch, "2026-11-21")
    lines = [
        "Amina",
        "Daniel",
        "feedback",
        "1",
        HANDOVER,
        SNAG,
        "ask Ruth before we meet",
        "",
        "",
        "",
    ]
    run(stdin="\n".join(lines))
    (item,) = [one for one in document(run("show", "--json"))["items"] if one["kind"] == "action"]
    assert (item["due"], item["due_words"]) == (None, "before we meet")


def test_next_goes_with_the_days(met: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert coming(met) == "meeting"
    day(monkeypatch, "2026-11-25")
    assert coming(met) == "prepare"
    assert met("next").out.startswith("You meet Daniel on Friday 27 November. ")
    day(monkeypatch, "2026-11-28")
    assert coming(met) == "debrief"
    day(monkeypatch, "2026-12-08")
    assert coming(met) == "promise"
    assert "bring the card to Dr Lang" in met("next").out


def test_a_silence_is_noticed_once_and_then_the_pulse_is_offered(
    met: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    met("meeting", "none")
    day(monkeypatch, "2026-12-24")
    assert coming(met) == "silence"
    assert coming(met) != "silence"
    day(monkeypatch, "2027-02-24")
    assert coming(met) != "silence"


def test_prepare_makes_an_agenda_without_what_is_private(met: Run, tmp_path: Path) -> None:
    done = met("prepare")
    assert done.out.startswith("For Friday 27 November, 15:00\nAmina, for Daniel\n")
    for line in (HANDOVER, SNAG, ASK, "bring the card to Dr Lang (by Friday 27 November)"):
        assert line in " ".join(done.out.split()), line
    assert "No goal yet. What do I want" in done.out
    sheet = document(met("prepare", "--json"))
    assert [part["lines"] for part in sheet["parts"]][4] == [HANDOVER]
    output = tmp_path / "agenda.md"
    assert met("prepare", "--format", "markdown", "-o", str(output)).out == ""
    assert output.read_text().startswith("# For Friday 27 November, 15:00\n")
    assert output.stat().st_mode & 0o777 == 0o600
    assert met("prepare", "-o", str(output)).code == 1


def test_private_answers_come_in_only_when_the_mentee_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    day(monkeypatch, "2026-11-21")
    lines = [
        "Amina",
        "Daniel",
        "feedback",
        "1",
        HANDOVER,
        "/private",
        SNAG,
        "/private",
        "",
        "",
        "",
        "",
    ]
    run(stdin="\n".join(lines))
    done = run("prepare")
    assert HANDOVER not in done.out and SNAG not in done.out
    assert "2 private answers left out" in done.err
    done = run("prepare", "--with-private")
    assert HANDOVER in " ".join(done.out.split()) and SNAG in done.out and done.err == ""


def test_a_debrief_notes_the_meeting_and_asks(met: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    day(monkeypatch, "2026-11-28")
    done = met("debrief", stdin="1\n\n\n\nShe drew my week on a napkin\n\n\n\n\n\n\n\n")
    assert "After a meeting" in done.out
    assert document(met("meeting", "--json"))["held"] == "2026-11-27"
    assert document(met("history", "--json"))["sessions"][0]["pack"] == "debrief"
    assert coming(met) != "debrief"


def test_concluding_shows_what_was_done_asks_and_moves_on(
    met: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    day(monkeypatch, "2026-11-28")
    met(stdin="1\n1\n\n\n\n\n\n\n\n\n\n\n\n")
    summary = " ".join(met("conclude", "--summary").out.split())
    assert f"“{HANDOVER}” (Saturday 21 November)" in summary
    assert "“bring the card to Dr Lang” (kept Saturday 28 November)" in summary
    sheet = document(met("conclude", "--json"))
    assert [part["heading"] for part in sheet["parts"]][:2] == ["Wins", "Promises kept"]
    lines = ["1", "Three talks, and the last one without notes", "Ask before you solve things"]
    done = met(
        "conclude", stdin="\n".join([*lines, "", "Jonas", "For the ride", "yes", "", "", ""])
    )
    assert HANDOVER in " ".join(done.out.split())
    assert "From now on I ask about: Keeping the relationship." in " ".join(done.out.split())
    assert document(met("settings", "--json"))["stage"] == "maintain"
    assert met("undo").code == 0
    assert document(met("settings", "--json"))["stage"] == "work"


def test_an_archive_holds_one_mentorship_and_opens_for_reading(
    met: Run, tmp_path: Path, home: Home
) -> None:
    met(
        "mentorship",
        "new",
        stdin="Amina\nBea\ngoals\n1\nI asked for the night rota\n\n\n\n\n\n\n\n",
    )
    file = tmp_path / "daniel.db"
    done = met("archive", str(file), "--mentorship", "Daniel")
    assert done.code == 0 and "1 session with Daniel" in done.err, done.err
    assert file.stat().st_mode & 0o777 == 0o600
    data = file.read_bytes()
    assert b"ward round" in data and b"night rota" not in data and b"Bea" not in data
    (row,) = document(met("archive", "open", str(file), "--json"))["sessions"]
    assert row["state"] == "completed"
    assert SNAG in " ".join(met("archive", "open", str(file), "last").out.split())
    assert document(met("archive", "open", str(file), "1", "--json"))["turns"]
    assert file.read_bytes() == data
    assert met("archive", str(file)).code == 1
    assert [found.name for found in home.root.iterdir() if "archive" in found.name] == []
    # It is a backup of that mentorship as well.
    with Store.open(tmp_path / "elsewhere.db", None) as store:
        store.merge(file)
        assert len(store.mentorships()) == len(store.sessions()) == 1


def test_what_is_no_archive_says_so(met: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("nothing of ours")
    for name in ("note.txt", "missing"):
        assert met("archive", "open", str(tmp_path / name)).code == 1
    assert met("archive", "open").code == 2
    assert met("archive", "a", "b").code == 2
