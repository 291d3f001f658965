"""Two mentorships in one home: nothing of one is seen in the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_reading import document
from tests.conftest import Run

DANIEL = "Amina\nDaniel\nfeedback\n1\nI read the handover from a card\n\n\n\n\n\n\n\n\n"
BEA = "Amina\nBea\ngoals\n1\nI asked for the night rota\n\n\n\n\n\n\n\n\n\n"
FOR_MENTORS = """\
reflect: 1
pack: as-mentor
version: 1.0.0
title: As a mentor
language: en
for: mentor

closing:
  - id: passed-on
    ask: What did you pass on to {mentee}?
"""


@pytest.fixture
def two(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
    assert run(stdin=DANIEL).code == 0
    assert run("mentorship", "new", stdin=BEA).code == 0
    return run


def names(run: Run) -> list[tuple[str, bool]]:
    found = document(run("mentorship", "--json"))["mentorships"]
    return [(one["name"], one["current"]) for one in found]


def test_the_second_is_asked_as_the_first_was_and_is_the_one_used_last(two: Run) -> None:
    assert names(two) == [("Daniel", False), ("Bea", True)]
    assert two("mentorship", "use", "daniel").code == 0
    assert names(two) == [("Daniel", True), ("Bea", False)]
    # A conversation makes its mentorship the one used last.
    said = two("--mentorship", "bea", stdin="1\n").out
    assert "about you and Bea" in said
    assert names(two) == [("Daniel", False), ("Bea", True)]
    # Looking does not.
    two("history", "--mentorship", "Daniel")
    assert names(two) == [("Daniel", False), ("Bea", True)]


def test_nothing_is_mixed(two: Run, tmp_path: Path) -> None:
    rows = {
        name: document(two("history", "--json", "--mentorship", name))["sessions"]
        for name in ("Daniel", "Bea")
    }
    assert [len(found) for found in rows.values()] == [1, 1]
    assert rows["Daniel"][0]["number"] == 2 and rows["Bea"][0]["number"] == 1
    assert len(document(two("history", "--json", "--all-mentorships"))["sessions"]) == 2
    assert "Daniel" in two("history", "--all-mentorships").out
    assert two("search", "handover").out == ""
    assert "handover" in two("search", "handover", "--all-mentorships").out
    assert "handover" in two("search", "handover", "--mentorship", "1").out
    assert "handover" not in two("export", "--all").out
    assert "handover" in two("export", "--all-mentorships").out
    assert "night rota" in two("show").out
    assert "handover" in two("show", "--mentorship", "Daniel").out
    assert "handover" in two("--mentorship", "Daniel", "show").out
    two("meeting", "in 3 weeks", "--mentorship", "Daniel")
    assert document(two("meeting", "--json"))["next"] is None
    assert document(two("meeting", "--json", "--mentorship", "Daniel"))["next"] == "2026-12-12"


def test_with_one_there_is_nothing_to_tell_apart(run: Run) -> None:
    run(stdin=DANIEL)
    assert len(document(run("history", "--json"))["sessions"]) == 1
    assert "about you and" not in run(stdin="1\n").out
    assert run("history", "--mentorship", "daniel").code == 0


def test_a_name_nobody_has(two: Run) -> None:
    done = two("history", "--mentorship", "Danielle")
    assert (done.code, done.err.splitlines()[0].split(":")[0]) == (2, "no-such-mentorship")
    assert "did you mean Daniel?" in done.err


def test_names_are_mended_and_old_transcripts_keep_theirs(two: Run) -> None:
    assert two("settings", "mentor", "Beatrix").code == 0
    assert two("settings", "name", "Amina O").code == 0
    assert names(two)[1] == ("Beatrix", True)
    assert "mentored by Bea\n" in two("show").out
    assert "Amina O" in two("--new", stdin="1\n").out
    assert document(two("settings", "--json"))["name"] == "Amina O"
    assert document(two("settings", "--json", "--mentorship", "Daniel"))["name"] == "Amina"


def test_a_mentorship_has_a_name_of_its_own(two: Run) -> None:
    assert two("mentorship", "rename", "thesis").code == 0
    assert names(two)[1] == ("thesis", True)
    assert two("mentorship", "rename", "Daniel").code == 2
    assert two("mentorship", "rename", "thesis", "--mentorship", "Daniel").code == 2
    assert two("show", "--mentorship", "thesis").code == 0
    assert two("mentorship", "rename", "none").code == 0
    assert names(two)[1] == ("Bea", True)


MENTOR = "Amina\nTom\n3\n1\nHe counts the screws twice\n"


def test_who_is_also_a_mentor_is_asked_from_packs_for_mentors(two: Run, tmp_path: Path) -> None:
    assert two("--pack", "mentors-side").err.startswith("not-for-you: ")
    done = two("mentorship", "new", "--as", "mentor", stdin=MENTOR)
    assert done.code == 0, done.err
    assert "And who is your mentee?" in done.out and "your last talk with Tom" in done.out
    (found,) = [
        one for one in document(two("mentorship", "--json"))["mentorships"] if one["current"]
    ]
    assert (found["role"], found["mentee"], found["mentor"]) == ("mentor", "Tom", "Amina")
    assert document(two("settings", "--json"))["name"] == "Amina"
    assert two("settings", "mentee", "Thomas").code == 0
    packs = tmp_path / "reflect" / "packs"
    packs.mkdir(parents=True, exist_ok=True)
    (packs / "as-mentor.yaml").write_text(FOR_MENTORS)
    done = two("--new", "--pack", "as-mentor", stdin="1\n")
    assert "pass on to Thomas?" in done.out and "Amina" in done.out
    assert two("--pack", "four-stages", "--new").err.startswith("not-for-you: ")
    # A pack for both plays here as well.
    assert "tell Thomas" in two("--new", "--pack", "pulse", stdin="1\n").out.replace("\n  ", " ")


def test_the_list_of_packs_says_whom_they_are_for(run: Run) -> None:
    packs = {one["id"]: one["for"] for one in document(run("pack", "list", "--json"))["packs"]}
    assert (packs["mentors-side"], packs["pulse"]) == ("mentor", "both")
    assert packs["four-stages"] == packs["debrief"] == "mentee"
    said = " ".join(run("pack", "list", "--details").out.split())
    assert "· for mentors " in said and "· for mentees and mentors " in said


def test_who_begins_with_a_pack_for_mentors_is_the_mentor(run: Run) -> None:
    done = run("--pack", "mentors-side", stdin=MENTOR)
    assert done.code == 0, done.err
    assert "And who is your mentee?" in done.out
    assert document(run("mentorship", "--json"))["mentorships"][0]["role"] == "mentor"


def test_a_mentor_looks_back_and_concludes_from_their_own_side(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-21")
    assert run("mentorship", "new", "--as", "mentor", stdin=MENTOR).code == 0
    run("abandon")
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-23")
    run("meeting", "held")
    assert "reflect debrief" in run("next").out
    done = run("debrief", stdin="\n" * 20)
    assert done.code == 0, done.err
    assert "The mentor's side" in done.out
    assert "reflect debrief" not in run("next").out
    done = run("conclude")
    assert done.code == 0 and "reflect stage maintain" in done.err


def test_a_second_mentorship_is_asked_in_other_words(two: Run) -> None:
    """What was asked at the end of one is not asked again, word for word, at the end of the other."""
    said = {}
    for name in ("Daniel", "Bea"):
        two("abandon", "--mentorship", name)
        done = two("--mentorship", name, "conclude", stdin="\n" * 20)
        assert done.code == 0, done.err
        turns = document(two("show", "--json", "--mentorship", name))["turns"]
        said[name] = {turn["question"].replace(name, "NAME") for turn in turns}
    assert len(said["Daniel"]) >= 7 and not said["Daniel"] & said["Bea"]


def test_going_on_by_number_takes_the_mentorship_of_that_session(two: Run) -> None:
    two("mentorship", "use", "Daniel")
    two(stdin="1\n")
    two("mentorship", "use", "Bea")
    assert two("resume", "1").out.count("about you and Daniel") == 1
    assert names(two)[0] == ("Daniel", True)
