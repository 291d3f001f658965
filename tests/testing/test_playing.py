"""`play` and `check`: a pack's conversation as a value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reflect.errors import PackError
from reflect.testing import PackFailed, check, play

ANSWERS = ("I sat with her until the tea came", "The lift", "Ask Ruth for the rota, by friday", "")


def test_a_conversation_tells_what_was_said_and_what_came_of_it(pack: Path) -> None:
    talk = play(pack, ANSWERS)
    assert [line.text for line in talk.said if line.who == "me"] == list(ANSWERS)
    assert str(talk).startswith("bot: When did you feel calm on the ward this week?\nme: I sat")
    assert talk.bot("slowed YOU down") and not talk.bot("until the tea came and")
    assert talk.asked == ("calm", "snag", "step", "step/if-then")
    assert talk.answers["snag"].answer == "The lift"
    assert talk.share == {"calm": "yes", "snag": "no", "step": "yes"}
    assert [(item.kind, item.text, item.due) for item in talk.items] == [
        ("win", "I sat with her until the tea came", None),
        ("action", "Ask Ruth for the rota", "2026-03-06"),
    ]
    assert talk.finished


def test_it_stops_where_the_answers_do(pack: Path) -> None:
    talk = play(pack, ["At night"])
    assert (talk.finished, talk.asked) == (False, ("calm", "snag"))
    assert talk.said[-1].text == "What slowed you down?"
    assert talk.transcript.session.state == "open"


def test_lines_may_be_commands(pack: Path) -> None:
    talk = play(pack, ["At night", "/back", "In the morning", "skip"])
    assert talk.answers["calm"].answer == "In the morning"
    assert talk.answers["snag"].status == "skipped"
    assert talk.share["calm"] == "yes"
    assert play(pack, ["At night", "/private"]).share["calm"] == "no"


def test_day_language_stage_and_length_are_chosen(pack: Path) -> None:
    talk = play(pack / "pack.yaml", ANSWERS, today=date(2026, 12, 1))
    assert talk.answers["step"].due == "2026-12-04"
    assert play(str(pack), [], language="de").said[0].text.startswith("Wann warst du")
    short = play("four-stages", [], stage="goals")
    assert short.transcript.session.stage == "goals"
    assert play("four-stages", [], length="long").transcript.session.length == "long"


def test_a_pack_with_errors_does_not_play(pack: Path) -> None:
    file = pack / "pack.yaml"
    file.write_text(file.read_text().replace("{mentor}", "{metnor}").replace("title: ", "titel: "))
    with pytest.raises(AssertionError) as caught:
        play(pack, [])
    assert isinstance(caught.value, PackFailed)
    assert {"unknown-key", "missing-key"} <= {found.code for found in caught.value.findings}
    assert all(str(found) in str(caught.value) for found in caught.value.findings)
    assert set(caught.value.findings) <= set(check(pack))


@pytest.mark.parametrize(
    ("answers", "stage", "told"),
    [
        ((*ANSWERS, "too much"), None, "answer 5: expected that something is asked"),
        (("/nonsense",), None, "answer 1: expected one of /back"),
        ((), "rapport", "expected a stage called `rapport`"),
    ],
)
def test_a_line_that_cannot_be_typed_is_told(
    pack: Path, answers: tuple[str, ...], stage: str | None, told: str
) -> None:
    with pytest.raises(PackFailed) as caught:
        play(pack, answers, stage=stage)
    assert str(caught.value).startswith(told)


def test_an_unknown_pack_is_told() -> None:
    with pytest.raises(PackError) as caught:
        play("no-such-pack", [])
    assert caught.value.code == "no-such-pack"
    assert [found.code for found in check("./nowhere")] == ["pack-not-readable"]


def test_check_finds_what_is_wrong_in_every_language(pack: Path) -> None:
    file = pack / "translations" / "de.yaml"
    file.write_text(file.read_text().replace("{mentor}", "{metnor}"))
    found = check(pack)
    assert any(Path(one.place.file).name == "de.yaml" and "metnor" in one.message for one in found)
    assert check("catch-up") == ()


def test_nothing_is_kept(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = sorted(tmp_path.rglob("*"))
    play(pack, ANSWERS)
    check(pack)
    assert sorted(tmp_path.rglob("*")) == before


def test_only_what_is_there_can_be_imported() -> None:
    import reflect.testing

    assert all(getattr(reflect.testing, name) for name in reflect.testing.__all__)
    assert not hasattr(reflect.testing, "no_such_thing")
