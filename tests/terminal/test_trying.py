"""An author tries a pack: nothing is stored, a saved file is played on with, a conversation becomes a story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reflect.application.authoring import rehearse
from reflect.application.trying import BrokenPack, Trial, Wish
from reflect.application.wiring import Application
from reflect.errors import UsageError
from reflect.packs.location import YOURS, Location
from reflect.terminal.screen import Typed, Watch
from reflect.terminal.trying import Bench, talk
from tests.terminal.screens import Hand

PACK = """\
reflect: 1
pack: ward
version: 1.0.0
title: After the shift
language: en

worked:
  - id: calm
    ask: When did you feel calm?
    probe:
      - when: answer is vague
        ask: What exactly made it calm?
adjust:
  - id: snag
    ask: What slowed you down?
  - id: worst
    ask: How bad was it?
    options:
      - little: A little
      - very: Very
next:
  - id: step
    ask: What will you do before you meet {mentor}?
    keep: action
"""

GOOD = "Sam held the ladder for me on Tuesday"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ward"
    made.mkdir()
    (made / "pack.yaml").write_text(PACK)
    return made


@pytest.fixture
def trial(app: Application, folder: Path, tmp_path: Path) -> Iterator[Trial]:
    root = tmp_path / "trial"
    root.mkdir(mode=0o700)
    found = Trial(app, Location(YOURS, str(folder)), root, Wish())
    yield found
    found.close()


def play(trial: Trial, *lines: object) -> Hand:
    screen = Hand(lines)
    talk(trial, trial.begin(), screen)
    return screen


def saving(folder: Path, change: Callable[[str], str], text: str) -> Callable[[Watch], Typed]:
    """Saves the changed pack while `text` stands half typed in the line."""

    def save(watch: Watch) -> Typed:
        assert watch(text)
        file = folder / "pack.yaml"
        file.write_text(change(file.read_text()))
        return Typed(text, "sent" if watch(text) else "elsewhere")

    return save


def test_it_is_the_conversation_of_a_mentee(trial: Trial) -> None:
    screen = play(trial, "It was fine", "", "The printer", "2", "Ask Sam by Friday")
    assert "What exactly made it calm?" in screen.flat
    assert "before you meet Daniel?" in screen.flat
    assert "Friday 27 November, then." in screen.flat


def test_nothing_of_it_reaches_the_authors_record(trial: Trial, app: Application) -> None:
    play(trial, GOOD, "The printer", "2", "Ask Sam by Friday")
    assert not app.kept


def test_a_saved_file_is_played_on_with_where_it_was(trial: Trial, folder: Path) -> None:
    def change(text: str) -> str:
        return text.replace("What slowed you down?", "What was in your way?")

    screen = play(trial, GOOD, saving(folder, change, "The pri"), "The printer")
    assert "1 kept" in screen.flat
    assert screen.offered[2] == "The pri"
    after = screen.flat.split("The pack was saved", 1)[1]
    assert "What was in your way? " in after and "When did you feel calm?" not in after
    assert "How bad was it?" in after


def test_an_answer_stays_when_an_earlier_question_is_reworded(trial: Trial, folder: Path) -> None:
    def change(text: str) -> str:
        return text.replace("feel calm?", "feel at ease?")

    lines = (GOOD, "The printer", saving(folder, change, ""), "/status")
    screen = play(trial, *lines)
    assert "feel at ease?" in screen.since("/status") and GOOD in screen.since("/status")
    assert "How bad was it?" in screen.since("/status")


def test_a_new_question_before_the_place_is_asked_and_then_the_place(
    trial: Trial, folder: Path
) -> None:
    def change(text: str) -> str:
        return text.replace("adjust:\n", "adjust:\n  - id: tired\n    ask: How tired were you?\n")

    lines = (GOOD, "The printer", saving(folder, change, ""), "Very", "1")
    screen = play(trial, *lines)
    assert "1 new before this one" in screen.flat
    assert "How tired were you?" in screen.flat.split("The pack was saved", 1)[1]
    assert screen.since("Very").startswith("What to adjust - 4 of 5 How bad was it?")


def test_answers_of_a_question_that_is_gone_are_set_aside(trial: Trial, folder: Path) -> None:
    def change(text: str) -> str:
        return text.replace("  - id: snag\n    ask: What slowed you down?\n", "")

    screen = play(trial, GOOD, "The printer", saving(folder, change, ""))
    assert "1 kept, 1 set aside" in screen.flat


def test_a_renamed_question_keeps_its_answer(trial: Trial, folder: Path) -> None:
    def change(text: str) -> str:
        renamed = text.replace("id: snag", "id: hindrance")
        return renamed.replace("language: en\n", "language: en\nrenamed:\n  snag: hindrance\n")

    screen = play(trial, GOOD, "The printer", saving(folder, change, ""), "/status")
    assert "2 kept" in screen.flat and "The printer" in screen.since("/status")


def test_a_choice_is_kept_by_what_it_meant(trial: Trial, folder: Path) -> None:
    def change(text: str) -> str:
        return text.replace("      - little: A little\n", "").replace(
            "      - very: Very\n", "      - very: Very\n      - little: A little\n"
        )

    lines = (GOOD, "The printer", "2", saving(folder, change, ""), "/status")
    assert "Very" in play(trial, *lines).since("/status")


def test_an_error_in_the_saved_file_is_told_and_nothing_is_lost(trial: Trial, folder: Path) -> None:
    def change(text: str) -> str:
        return text.replace("    ask: What slowed", "    aks: What slowed")

    screen = play(trial, GOOD, saving(folder, change, "The pri"), "The printer")
    assert "unknown-key" in screen.flat and "Did you mean `ask`?" in screen.flat
    assert screen.offered[2] == "The pri"
    assert "How bad was it?" in screen.since("The printer")


def test_what_was_sent_meanwhile_still_counts(trial: Trial, folder: Path) -> None:
    def sent(watch: Watch) -> Typed:
        file = folder / "pack.yaml"
        file.write_text(file.read_text().replace("slowed you", "held you"))
        return Typed("The printer")

    screen = play(trial, GOOD, sent)
    assert "held you down?" in screen.flat
    assert "How bad was it?" in screen.flat


def test_new_begins_again(trial: Trial) -> None:
    screen = play(trial, GOOD, "/new")
    assert screen.since("/new").count("When did you feel calm?") == 1


def test_what_was_said_becomes_a_story_that_passes(
    trial: Trial, folder: Path, app: Application
) -> None:
    lines = (
        "It was fine",
        "",
        "A printer: slow",
        "Very",
        "Ask Sam by Friday",
        "",
        "/save story Sam",
    )
    screen = play(trial, *lines)
    assert "sam.yaml" in screen.flat
    came = rehearse(app, Location(YOURS, str(folder)))
    assert not came.findings and len(came.played) == 1
    story = came.played[0]
    assert story.passed, story.failure and story.failure.message
    assert story.story.name == "Sam" and {one.name for one in story.story.expect} == {
        "action",
        "calm",
    }


def test_a_second_story_of_that_name_gets_a_file_of_its_own(trial: Trial, folder: Path) -> None:
    play(trial, GOOD, "/save story One, two", "/save story One, two")
    assert sorted(path.name for path in (folder / "stories").iterdir()) == [
        "one-two-2.yaml",
        "one-two.yaml",
    ]


def test_saving_without_a_name_says_how(trial: Trial, folder: Path) -> None:
    assert "/save story A NAME" in play(trial, "/save").since("/save")
    assert not (folder / "stories").exists()


def test_a_pack_with_errors_cannot_be_begun(trial: Trial, folder: Path) -> None:
    (folder / "pack.yaml").write_text(PACK.replace("ask: What slowed", "aks: What slowed"))
    with pytest.raises(BrokenPack) as caught:
        trial.begin()
    assert {found.code for found in caught.value.findings} >= {"unknown-key", "missing-key"}


def test_a_stage_that_is_not_there(app: Application, folder: Path, tmp_path: Path) -> None:
    trial = Trial(app, Location(YOURS, str(folder)), tmp_path, Wish(stage="later"))
    with pytest.raises(UsageError, match="later"):
        trial.begin()


def test_the_bench_knows_only_its_own_command(trial: Trial) -> None:
    session = trial.begin()
    assert not Bench(trial).command("/help", session)
    assert not Bench(trial).command("I want to /save story now", session)
