"""A story is played line by line, and where it and the session part is told."""

from __future__ import annotations

import pytest

from reflect.listening.ear import Ear
from reflect.rehearsal.play import play
from reflect.script import Script

from .conftest import Playing, stories

FINE = """
talk:
  - bot: feel calm
  - me: It was fine
  - bot: What exactly
  - me: ""
  - bot: …
"""


def failure(playing: Playing, text: str, head: str = "") -> tuple[int, str]:
    played = playing(text, head)
    assert played.failure is not None
    return played.failure.place.line, played.failure.expected


def test_a_whole_conversation(playing: Playing) -> None:
    played = playing(
        """
        talk:
          - bot: WHEN did you   feel calm
          - me: She waited until I had finished
          - bot: '"She waited until I had finished"'
          - bot: How many things
          - me: "2"
          - bot: worst of them?
          - me: Not enough time
          - bot: before you meet Daniel?
          - me: Ask her for ten minutes
          - bot: By when?
          - me: on Friday
          - bot: Friday 6 March, then.
          - me: then I write to her
          - bot: Kept as the next step
          - bot: another step
          - me: "no"
          - bot: keep to yourself
          - me: That I nearly left
          - bot: yours to decide
          - me: share
        expect:
          win: 1
          action: 1
          private: 1
          calm: answered
          glad: not asked
          step#2: not asked
          step/due: answered
          moves to: nowhere
        """
    )
    assert played.passed, played.failure.message
    assert [line.text for line in played.transcript[:2]] == [
        "When did you feel calm?",
        "She waited until I had finished",
    ]


def test_enter_declines_a_probe_and_the_rest_is_left_out(playing: Playing) -> None:
    assert playing(FINE + "expect:\n  calm: declined\n  count: skipped\n  win: 0\n").passed


def test_cores_lines_may_be_left_out_and_the_packs_may_not(playing: Playing) -> None:
    start = "talk:\n  - bot: calm\n  - me: She waited until I had finished\n"
    count = "  - bot: How many\n  - me: 0\n"
    assert playing(
        start + count + "  - bot: before you meet\n  - me: Ask her\n  - me: Friday\n  - bot: …\n"
    ).passed
    line, expected = failure(playing, start + "  - me: 0\n  - bot: …\n")
    assert (line, expected) == (6, "a line of the bot first")


def test_what_is_not_said_fails_with_what_is_said_instead(playing: Playing) -> None:
    played = playing("talk:\n  - bot: calm\n  - me: It was fine\n  - bot: How many\n")
    assert played.failure is not None
    assert played.failure.expected == "bot: How many"
    assert played.failure.said == ("What exactly did Daniel do?",)
    assert str(played.failure.place) == "story.yaml:6:5"
    assert [one.who for one in played.failure.transcript] == ["bot", "me", "bot"]
    assert "What exactly did Daniel do?" in played.failure.message


def test_a_question_of_core_that_waits_cannot_be_passed_over(playing: Playing) -> None:
    text = """
        talk:
          - bot: calm
          - me: skip
          - bot: How many
          - me: 0
          - bot: before you meet
          - me: Ask her for ten minutes
          - bot: keep to yourself
        """
    assert failure(playing, text)[1] == "bot: keep to yourself"


def test_a_refusal_must_be_told(playing: Playing) -> None:
    text = "talk:\n  - bot: calm\n  - me: skip\n  - bot: How many\n  - me: {0}\n"
    assert playing(text.format("12") + "  - bot: Nine at most\n  - me: 3\n  - bot: …\n").passed
    assert playing(text.format("few") + "  - bot: A number, please\n  - bot: …\n").passed
    assert failure(playing, text.format("12") + "  - me: 3\n")[1] == "a line of the bot first"
    passed_over = text.format("12") + "  - bot: How many\n  - me: 3\n  - bot: …\n"
    assert failure(playing, passed_over)[1] == "bot: How many"


def test_a_talk_that_stops_early_says_so(playing: Playing) -> None:
    line, expected = failure(playing, FINE.replace("  - bot: …\n", ""))
    assert (line, expected) == (8, "the end (else write `bot: …`)")


def test_nothing_is_typed_after_the_end(playing: Playing) -> None:
    text = "talk:\n" + "".join(
        f"  - bot: {bot}\n  - me: skip\n" for bot in ("calm", "How many", "before you", "keep to")
    )
    assert playing(text).passed
    assert failure(playing, text + "  - me: more\n")[1] == "that something is asked"


@pytest.mark.parametrize(
    ("commands", "expect"),
    [
        (["/back", "It was fine", ""], "calm: declined"),
        (["/back", ""], "calm: answered"),
        (["/edit 1", "skip"], "calm: skipped"),
        (["/private"], "private: 1"),
    ],
)
def test_commands(playing: Playing, commands: list[str], expect: str) -> None:
    talk = "talk:\n  - bot: calm\n  - me: She waited until I had finished\n"
    for command in commands:
        talk += f'  - me: "{command}"\n' + ("  - bot: What exactly\n" if "fine" in command else "")
    assert playing(f"{talk}  - bot: …\nexpect:\n  {expect}\n").passed


def test_a_round_is_taken_back(playing: Playing) -> None:
    text = """
        talk:
          - bot: calm
          - me: skip
          - bot: How many
          - me: 0
          - bot: before you meet
          - me: Ask her on Friday
          - me: ""
          - bot: another step
          - me: "yes"
          - bot: before you meet
          - me: Ask him on Monday
          - me: /remove
          - bot: keep to yourself
          - me: /skip
        expect:
          action: 1
          secret: skipped
        """
    played = playing(text)
    assert played.passed, played.failure.message


def test_an_unknown_command_and_an_unknown_answer(playing: Playing) -> None:
    assert failure(playing, "talk:\n  - me: /dance\n")[1].startswith("one of /back")
    assert playing(
        "talk:\n  - me: /edit 4\n  - bot: no answer with that number\n  - bot: …\n"
    ).passed


def test_a_doubled_slash_is_an_answer(playing: Playing) -> None:
    played = playing("talk:\n  - bot: calm\n  - me: //etc was clean again\n  - bot: …\n")
    assert played.passed
    assert played.dialogue.events[1].text == "/etc was clean again"


# --- what went before --------------------------------------------------------------


def test_promises_come_first(playing: Playing) -> None:
    head = """
        given:
          today: 2026-03-02
          open:
            - ask Sam for the rota, by 2026-02-27
            - write to Ruth
        """
    text = """
        talk:
          - bot: ask Sam for the rota, by Friday 27 February
          - me: not yet
          - bot: write to Ruth
          - me: done
          - bot: calm
          - me: skip
          - bot: …
        expect:
          kept: 1
          not-yet: 1
        """
    assert playing(text, head).passed


def test_last_time_steers_what_is_asked(playing: Playing) -> None:
    other = 'talk:\n  - bot: made you glad? Last time it was "nothing"\n  - me: skip\n  - bot: …\n'
    assert playing(other, "given:\n  last:\n    calm: At noon\n").passed
    again = 'talk:\n  - bot: glad? Last time it was "A quiet shift"\n  - me: skip\n  - bot: …\n'
    assert playing(again, "given:\n  last:\n    glad: A quiet shift\n  asked: [calm]\n").passed
    second = "talk:\n  - bot: a calm one\n  - me: skip\n  - bot: …\n"
    assert playing(second, "given:\n  asked: [calm, glad]\n").passed


def test_an_option_of_last_time_is_heard(script: Script, playing: Playing) -> None:
    played = playing("talk:\n  - bot: calm\n  - bot: …\n", "given:\n  last:\n    snag: 2\n")
    assert played.dialogue.started.last["snag"].value == "nerve"
    skipped = playing("talk:\n  - bot: calm\n  - bot: …\n", "given:\n  last:\n    snag: skip\n")
    assert skipped.dialogue.started.last["snag"].status == "skipped"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("last:\n    calmm: x", "a question called `calmm`"),
        ("asked: [glade]", "a question called `glade`"),
        ("last:\n    snag: purple", "an answer to `snag`"),
    ],
)
def test_what_is_given_must_fit_the_pack(playing: Playing, given: str, expected: str) -> None:
    assert failure(playing, FINE, f"given:\n  {given}\n")[1] == expected


def test_an_unknown_stage(script: Script, ear: Ear) -> None:
    (story,) = stories("story: a\nstage: nowhere\ntalk:\n  - bot: …\n")
    played = play(script, story, ear)
    assert played.failure is not None
    assert played.failure.expected == "a stage called `nowhere`"


# --- what is expected --------------------------------------------------------------


@pytest.mark.parametrize(
    ("expect", "came"),
    [
        ("win: 2", "win: 0"),
        ("calm: skipped", "calm: answered"),
        ("glad: asked", "glad: not asked"),
        (
            "calm: loved",
            "one of answered, skipped, declined, asked, not asked can be expected of `calm`",
        ),
        ("calmer: asked", "no question `calmer`; did you mean `calm`?"),
        ("private: 4", "private: 0"),
        ("moves to: goals", "moves to: nowhere"),
    ],
)
def test_an_expectation_that_is_not_met(playing: Playing, expect: str, came: str) -> None:
    played = playing(f"{FINE}expect:\n  {expect}\n")
    assert played.failure is not None
    assert (played.failure.expected, played.failure.said) == (expect, (came,))
    assert played.failure.place.line == 11


def test_a_yes_moves_the_mentorship(playing: Playing) -> None:
    text = "talk:\n" + "".join(
        f"  - bot: {bot}\n  - me: skip\n" for bot in ("calm", "How many", "before you", "keep to")
    )
    text += '  - bot: turn to goals\n  - me: "yes"\nexpect:\n  moves to: goals\n'
    assert playing(text, "length: long\n").passed


def test_no_repr_shows_what_was_said(playing: Playing) -> None:
    played = playing(FINE)
    assert "fine" not in repr(played) + repr(played.transcript)
