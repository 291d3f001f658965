"""What is heard in a text, from the command line."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Run

DAY = ("--today", "2026-11-21")
FIELDS = {
    "schema_version",
    "id",
    "cues",
    "vague",
    "due",
    "due_kind",
    "owner",
    "specific",
    "measurable",
    "time_bound",
    "challenges",
    "mood",
}


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_text_is_heard(run: Run) -> None:
    done = run("hear", "--json", *DAY, "I'll", "ring the pharmacy by Friday")
    (row,) = rows(done.out)
    assert done.code == 0 and row.keys() == FIELDS
    assert (row["due"], row["due_kind"], row["owner"]) == ("2026-11-27", "date", "me")
    dated = [cue for cue in row["cues"] if cue["cue"] == "dated"]  # type: ignore[attr-defined]
    assert dated == [
        {
            "cue": "dated",
            "span": [23, 32],
            "words": "by Friday",
            "rule": "due-weekday",
            "reason": "means 2026-11-27",
        }
    ]


def test_for_authors_the_words_and_their_list_are_shown(run: Run) -> None:
    done = run("hear", *DAY, "I'll ring the pharmacy by Friday")
    assert done.code == 0 and done.err == ""
    assert "by Friday" in done.out and "due-weekday" in done.out and "owner me" in done.out


def test_lines_are_items(run: Run) -> None:
    lines = '{"id": "a", "text": "before our next session"}\n\nin two weeks\n{"text": "morgen", "language": "de"}\n'
    done = run("hear", "-", "--json", *DAY, stdin=lines)
    told = [(row["id"], row["due"], row["due_kind"]) for row in rows(done.out)]
    assert told == [
        ("a", None, "event"),
        ("3", "2026-12-05", "date"),
        ("4", "2026-11-22", "date"),
    ]


def test_an_item_may_have_a_day_of_its_own(run: Run) -> None:
    assert (
        rows(run("hear", "--json", stdin='{"text": "tomorrow", "today": "2013-02-12"}\n').out)[0][
            "due"
        ]
        == "2013-02-13"
    )


def test_the_meeting_gives_an_occasion_its_day(run: Run) -> None:
    done = run("hear", "--json", *DAY, "--meeting", "2026-12-03", "before we next meet")
    assert (rows(done.out)[0]["due"], rows(done.out)[0]["due_kind"]) == ("2026-12-03", "date")


def test_in_a_goal_a_length_is_no_deadline(run: Run) -> None:
    text = "run ten kilometres in an hour"
    heard = [
        rows(run("hear", "--json", *DAY, "--as", way, text).out)[0] for way in ("action", "goal")
    ]
    assert [row["time_bound"] for row in heard] == [True, False]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("hear", "--today", "soon", "x"), 2, "bad-date"),
        (("hear", "--meeting", "soon", "x"), 2, "bad-date"),
    ],
)
def test_what_is_typed_wrong_is_told(
    run: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*arguments)
    assert done.code == code and said in done.err


def test_a_line_that_is_no_item_is_named_and_not_quoted(
    run: Run,
) -> None:
    done = run("hear", "--json", stdin='fine\n{"id": 1, "secret": 2}\n')
    assert done.code == 1 and "line 2" in done.err and "secret" not in done.err


def test_a_language_without_lists_is_silent_and_says_so(run: Run) -> None:
    done = run("hear", "--json", *DAY, "--language", "tlh", "vague 2026-12-01")
    (row,) = rows(done.out)
    assert "no word lists for tlh" in done.err
    assert (row["vague"], row["owner"], row["mood"], row["due"]) == (
        False,
        "none",
        "neutral",
        "2026-12-01",
    )


def test_a_thousand_lines(run: Run) -> None:
    assert len(rows(run("hear", "--json", *DAY, stdin="call Ana by Friday\n" * 1_000).out)) == 1_000


def test_a_goal_with_a_number_and_a_day_has_its_letters_and_a_foggy_one_has_none(run: Run) -> None:
    for goal, letters in (
        ("Hold three talks, each with kind words after it, until the end of this quarter", True),
        ("get better at public speaking", False),
    ):
        (row,) = rows(run("hear", "--json", *DAY, "--as", "goal", goal).out)
        assert [row[name] for name in ("specific", "measurable", "time_bound")] == [letters] * 3
        assert row["due"] == ("2026-12-31" if letters else None)
