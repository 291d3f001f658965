"""Two versions of a pack: wording only, safe, or old answers would be lost."""

from __future__ import annotations

import pytest

from reflect.packs.compare import Version, compare
from tests.packs.helpers import FULL, compiled, pack

OLD = pack(
    """
    worked:
      - id: calm
        ask: When did you feel calm this week?
        how: One moment.
        probe:
          - when: answer is vague
            ask: What exactly?
    adjust:
      - id: trust
        ask: How much do you trust {mentor}?
        scale: 1 to 5
      - id: hindrance
        ask: What is in the way?
        options:
          - time: Not enough time
          - nerve: I did not dare
    next:
      - id: step
        ask: What will you do?
        keep: action
    """
)


def version(text: str) -> Version:
    found = compiled(text)
    assert found.script is not None and found.tree is not None, found.diagnostics
    return Version.of(found.script, found.tree)


def changes(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Weight and id of every difference once each of `pairs` is put in place, a higher version among them."""
    new = OLD.replace("version: 1.10", "version: 1.11")
    for before, after in pairs:
        assert before in new
        new = new.replace(before, after)
    return [(change.weight, change.id) for change in compare(version(OLD), version(new))]


@pytest.mark.parametrize("text", [OLD, FULL])
def test_a_pack_does_not_differ_from_itself(text: str) -> None:
    assert compare(version(text), version(text)) == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("calm this week?", "at ease?", ("wording", "calm")),
        ("how: One moment.", "how: A moment.", ("wording", "calm")),
        ("What exactly?", "What then?", ("wording", "calm")),
        ("Not enough time", "Too little time", ("wording", "hindrance")),
        ("title: A trial", "title: Another", ("wording", "")),
        ("answer is vague", "answer is shorter than 3 words", ("safe", "calm")),
        ("keep: action", "keep: lesson", ("safe", "step")),
        ("keep: action", "keep: action\n    share: no", ("safe", "step")),
        ("I did not dare", "I did not dare\n      - luck: Bad luck", ("safe", "hindrance")),
        ("scale: 1 to 5", "scale: 1 to 7", ("loses", "trust")),
        ("    scale: 1 to 5\n", "", ("loses", "trust")),
        (
            "      - nerve: I did",
            "      - luck: Bad luck\n      - courage: I did",
            ("loses", "hindrance"),
        ),
        ("pack: trial", "pack: other", ("loses", "")),
    ],
)
def test_each_change_has_its_weight(before: str, after: str, expected: tuple[str, str]) -> None:
    assert changes((before, after))[0] == expected


def test_a_question_that_is_gone_needs_to_be_retired() -> None:
    gone = OLD.replace("  - id: step\n    ask: What will you do?\n    keep: action\n", "")
    gone += "  - id: someone\n    ask: Who can tell you more about the ward?\n"
    (first, *_) = compare(version(OLD), version(gone))
    assert (first.weight, first.id) == ("loses", "step") and "`retired`" in first.advice
    retired = gone.replace("worked:", "retired:\n  - step\nworked:")
    assert all(one.weight != "loses" for one in compare(version(OLD), version(retired)))


def test_a_question_with_another_id_needs_renamed() -> None:
    new = OLD.replace("id: calm", "id: at-ease")
    (first, *_) = compare(version(OLD), version(new))
    assert (first.weight, first.id) == ("loses", "calm")
    assert "`calm: at-ease` under `renamed`" in first.advice
    told = new.replace("worked:", "renamed:\n  calm: at-ease\nworked:")
    weights = {one.id: one.weight for one in compare(version(OLD), version(told))}
    assert weights["calm"] == "safe" and "loses" not in weights.values()


def test_a_question_in_another_phase_is_safe() -> None:
    moved = OLD.replace("adjust:\n  - id: trust", "  - id: trust").replace(
        "  - id: hindrance", "adjust:\n  - id: hindrance"
    )
    assert next((one.weight, one.id) for one in compare(version(OLD), version(moved))) == (
        "safe",
        "trust",
    )


def test_a_stage_that_is_gone() -> None:
    other = FULL.replace("  - id: work\n    title: Under way", "  - id: busy\n    title: Under way")
    found = {(one.weight, one.id) for one in compare(version(FULL), version(other))}
    assert {("loses", "work"), ("safe", "busy")} <= found


def test_the_same_version_is_mentioned_last() -> None:
    new = OLD.replace("calm this week?", "at ease?")
    found = compare(version(OLD), version(new))
    assert any("version is still 1.10" in one.what for one in found)
