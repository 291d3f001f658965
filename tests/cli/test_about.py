"""What mentoring is, in a page; and a mentorship in counts that tell nothing of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.settings import Home
from reflect.text import display_width
from tests.cli.test_carrying_on import keep
from tests.cli.test_reading import document
from tests.conftest import Run


def test_the_page_speaks_of_both_and_fits_a_narrow_screen(
    run: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    done = run("about")
    assert done.code == 0
    for heading in ("The mentee", "The mentor", "Both", "What reflect does"):
        assert heading in done.out.splitlines()
    assert max(map(display_width, done.out.splitlines())) <= 40
    assert not home.database.exists()


@pytest.fixture
def kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-28")
    keep("2026-09-24T08:00:00+02:00", win="wrote a card", aim="be braver", step="book it")
    keep("2026-11-24T08:00:00+01:00", win="spoke up", query="may I say no")
    run("actions", "done", "1")
    run("goals", "reached", "1")
    run("feedback", "add", "You let her finish", "--from", "Sister Ruth")
    run("meeting", "held", "2026-11-20")
    return run


COUNTS = {
    "mentorships": 1, "sessions": 2, "meetings": 1, "months": 2,
    "actions": 1, "actions kept": 1, "feedback": 1, "goals": 1, "goals reached": 1,
    "questions": 1, "questions open": 1, "wins": 2,
}  # fmt: skip


def test_counts_hold_no_words_names_or_days(kept: Run) -> None:
    done = kept("export", "--counts", "--format", "json")
    assert document(done)["counts"] == COUNTS
    text = kept("export", "--counts").out
    assert "goals reached" in text and len(text.splitlines()) == len(COUNTS)
    for told in (done.out, text):
        for word in ("card", "braver", "Amina", "Daniel", "Ruth", "2026"):
            assert word not in told


def test_counts_of_all_mentorships_are_added(kept: Run) -> None:
    kept("mentorship", "new", stdin="Amina\nBea\ngoals\n1\n/pause\n")
    assert document(kept("export", "--counts", "--format", "json"))["counts"]["sessions"] == 0
    found = document(kept("export", "--counts", "--format", "json", "--all-mentorships"))["counts"]
    assert (found["mentorships"], found["sessions"]) == (2, 2)


def test_counts_go_into_a_file_of_one_s_own(kept: Run, tmp_path: Path) -> None:
    file = tmp_path / "counts.txt"
    done = kept("export", "--counts", "-o", str(file))
    assert (done.code, done.out) == (0, "") and "numbers and nothing else" in done.err
    assert "goals reached" in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert kept("export", "--counts", "-o", str(file)).code == 1
    assert kept("export", "1", "--counts").code == 2
