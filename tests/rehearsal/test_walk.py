"""Everything that can be reached is reached, what cannot be is told, and no conversation breaks."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.put import Putting
from reflect.dialogue.walk import Walk
from reflect.packs.places import Places
from reflect.rehearsal.outcome import Point
from reflect.rehearsal.walk import Walked, walk, wander
from reflect.rehearsal.watch import reached
from reflect.script import Script
from tests.properties.profile import ordinarily

from .conftest import PACK, Placing
from .packs import packs

HEAD = "reflect: 1\npack: trial\nversion: 1.0.0\ntitle: T\nlanguage: en\n"
RARE = (
    "journey has at least 5 sessions and journey has at least 3 open actions"
    " and it is more than 40 days since last session"
)
FEW = ordinarily(6, share=0.05)


def walked(placing: Placing, text: str, head: str = HEAD) -> Walked:
    return walk(*placing(head + text))


def missing(placing: Placing, text: str, head: str = HEAD) -> list[str]:
    found = walked(placing, text, head)
    assert not found.broken, found.broken[0].message
    return [str(one) for one in found.missing]


def test_a_small_pack_is_walked_whole(script: Script, placing: Placing) -> None:
    found = walk(script, placing(PACK)[1])
    assert (found.missing, found.broken) == ((), ())
    assert {one.point for one in found.points} <= found.hits.keys()
    assert all(found.hits.values())
    assert found.shortest < found.longest <= 8


def test_what_can_never_be_asked_is_told_with_its_place_and_sentence(placing: Placing) -> None:
    text = """\
worked:
  - id: count
    ask: How many?
    answer: number
  - id: never
    ask: [Why, How]
    answer: yesno
    when: count is above 5 and count is below 3
  - id: then
    ask: And then?
    when: never is yes
"""
    assert missing(placing, text) == [
        "pack.yaml:10:5: `never` is never asked",
        "pack.yaml:13:11: `when` of `never` is never true (count is above 5 and count is below 3)",
        "pack.yaml:14:5: `then` is never asked",
        "pack.yaml:16:11: `when` of `then` is never true (never is yes)",
    ]
    assert not walked(placing, text).unsure


@pytest.mark.parametrize(
    "rule",
    [
        "a is shorter than 3 words and a is longer than 7 words",
        "journey has no sessions and last.a is answered",
        "it is more than 9 days since last session and journey has no sessions",
        "a is skipped and a mentions calm",
        "a mentions calm and a does not mention quiet",
    ],
)
def test_what_excludes_each_other_is_never_both(placing: Placing, rule: str) -> None:
    words = "words:\n  calm:\n    - calm\n  quiet:\n    - calm\n    - still\n"
    text = f"{words}worked:\n  - id: a\n    ask: A?\n  - id: b\n    ask: B?\n    when: {rule}\n"
    found = missing(placing, text)
    assert [line.partition(": ")[2].partition(" (")[0] for line in found] == [
        "`b` is never asked",
        "`when` of `b` is never true",
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "a is longer than 3 words and a is shorter than 5 words",
        "last.a is skipped and journey has at least 12 sessions",
        "it is more than 90 days since last session and journey has no goals",
        "a mentions calm and a is vague and a is low and a is hedged and a is longer than 9 words",
        "c is 4 and last.c is above c",
        "d is above c",
        "e includes one and e includes two",
        "f is yes and last.f is no and journey has 7 wins",
    ],
)
def test_both_sides_of_what_can_be(placing: Placing, rule: str) -> None:
    text = f"""\
words:
  calm:
    - calm
worked:
  - id: a
    ask: A?
  - id: c
    ask: C?
    scale: 1 to 5
  - id: d
    ask: D?
    answer: number
    must:
      - check: answer is at most 9
        say: No.
  - id: e
    ask: E?
    choose: several
    options:
      - one: One
      - two: Two
      - three: Three
  - id: f
    ask: F?
    answer: yesno
  - id: z
    ask: Z?
    when: {rule}
"""
    assert missing(placing, text) == []


def test_a_long_chain_is_found(placing: Placing) -> None:
    text = "worked:\n  - id: q0\n    ask: Is it?\n    answer: yesno\n"
    for n in range(1, 25):
        text += f"  - id: q{n}\n    ask: Is it {n}?\n    answer: yesno\n    when: q{n - 1} is no\n"
    found = walked(placing, text)
    assert not found.missing
    assert found.longest == 25


def test_many_answers_at_once(placing: Placing) -> None:
    """2^10 ways to answer, and one of them asks."""
    text = "worked:\n"
    for n in range(10):
        text += f"  - id: q{n}\n    ask: Is it {n}?\n    answer: yesno\n"
    rules = "\n".join(f"      - q{n} is {'yes' if n % 2 else 'no'}" for n in range(10))
    found = walked(placing, f"{text}  - id: end\n    ask: Then?\n    when:\n{rules}\n")
    assert not found.missing
    assert found.conversations < 50


def test_a_search_that_was_cut_short_says_so(
    placing: Placing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reflect.rehearsal.walk.TRIES", 100)
    text = "worked:\n"
    for n in range(12):
        text += f"  - id: q{n}\n    ask: Is it {n}?\n    answer: yesno\n"
    sides = [f"q10 is {a} or q11 is {b}" for a in ("yes", "no") for b in ("yes", "no")]
    rules = [" or ".join(f"q{n} is yes" for n in range(12)), *sides]
    when = "".join(f"      - {rule}\n" for rule in rules)
    found = walked(placing, f"{text}  - id: end\n    ask: Then?\n    when:\n{when}")
    assert [one.point.name for one in found.missing] == ["end", "end"]
    assert found.unsure == {one.point for one in found.missing}


def test_each_answers_their_own_questions_at_both_lengths(placing: Placing) -> None:
    text = """\
for: both
worked:
  - id: mine
    ask: Mine?
    for: mentee
  - id: yours
    ask: Yours?
    for: mentor
    depth: deeper
  - id: after
    ask: After?
    when: yours is answered
"""
    assert missing(placing, text) == []


def test_only_mentees_are_asked_in_a_pack_for_them(placing: Placing) -> None:
    text = "worked:\n  - id: a\n    ask: A?\n  - id: b\n    ask: B?\n    for: mentor\n"
    assert missing(placing, text) == ["pack.yaml:9:5: `b` is never asked"]


def test_an_option_that_is_always_refused(placing: Placing) -> None:
    text = """\
worked:
  - id: a
    ask: A?
    options:
      - one: One
      - two: Two
    must:
      - check: answer is not two
        say: Not that.
"""
    assert [line.partition(": ")[2] for line in missing(placing, text)] == [
        "option `two` of `a` is never taken"
    ]


def test_a_second_wording_of_a_first_session(placing: Placing) -> None:
    text = "worked:\n  - id: a\n    ask:\n      - One?\n      - Two?\n    when: journey has no sessions\n"
    assert [line.partition(": ")[2] for line in missing(placing, text)] == [
        "wording 2 of `a` is never used"
    ]


def test_the_condition_of_a_member_is_weighed_also_where_its_group_is_not_asked(
    placing: Placing,
) -> None:
    text = f"""\
worked:
  - one of:
      - id: a
        ask: A?
        when: {RARE}
      - id: b
        ask: B?
    id: g
    when: journey has no sessions
  - id: c
    ask: C?
"""
    assert [line.partition(": ")[2] for line in missing(placing, text)] == ["`a` is never asked"]


def test_a_member_is_not_asked_because_another_can_be(placing: Placing) -> None:
    text = f"""\
worked:
  - one of:
      - id: a
        ask: A?
        answer: yesno
        skip: no
      - id: b
        ask: B?
        when: {RARE}
    id: g
  - id: c
    ask: C?
    answer: yesno
  - id: d
    ask: D?
    when: a is not answered and c is yes
"""
    assert missing(placing, text) == []


@pytest.mark.parametrize("others", range(3, 7))
def test_a_member_of_a_first_session_comes_where_those_before_it_cannot(
    placing: Placing, others: int
) -> None:
    text = """\
worked:
  - one of:
      - id: a
        ask: A?
        when: journey has no sessions
        depth: deeper
      - id: b
        ask: B?
        when: journey has no sessions
    id: g
"""
    for n in range(others):
        text += f"  - id: c{n}\n    ask: C?\n    when: journey has at least {5 * n + 5} sessions\n"
    assert missing(placing, text) == []


@pytest.mark.parametrize(
    "rules",
    [("y is yes", "x mentions busy"), ("y is yes", "w is yes", "x mentions busy or w is no")],
)
def test_what_a_check_refuses_can_be_heard_in_the_reply_to_a_probe(
    placing: Placing, rules: tuple[str, ...]
) -> None:
    text = """\
words:
  busy:
    - rush
worked:
  - id: x
    ask: X?
    must:
      - check: answer does not mention busy
        say: No.
    probe:
      - when: answer is vague
        ask: What?
  - id: y
    ask: Y?
    answer: yesno
    when: x is answered
  - id: w
    ask: W?
    answer: yesno
  - id: z
    ask: Z?
    when:
"""
    text += "".join(f"      - {rule}\n" for rule in rules)
    found = walked(placing, text)
    assert Point("question", "z") in found.hits


# --- what must hold ----------------------------------------------------------------


def test_a_question_that_takes_no_answer_is_a_trap(placing: Placing) -> None:
    text = """\
worked:
  - id: first
    ask: First?
  - id: a
    ask: A?
    answer: number
    skip: no
    must:
      - check: answer is above 5
        say: More, please.
      - check: answer is below 3
        say: Less, please.
"""
    found = walked(placing, text)
    (broken,) = found.broken
    assert broken.message == "`a` takes no answer: whoever comes here cannot go on"
    said = [(line.who, line.text) for line in broken.transcript]
    assert ("bot", "First?") in said
    assert ("bot", "More, please.") in said and ("bot", "Less, please.") in said


def test_an_engine_that_asks_again_is_found(
    script: Script, placing: Placing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Dialogue, "_advance", lambda self: None if self.slot.key == "count" else self._rewalk()
    )
    broken = walk(script, placing(PACK)[1]).broken
    assert "`count` is asked again although it was answered" in {one.message for one in broken}


def test_an_engine_that_does_not_go_back_is_found(
    script: Script, placing: Placing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Dialogue, "back", lambda self: self.reopen(self.visible[0].key))
    broken = walk(script, placing(PACK)[1]).broken
    assert any(one.message.startswith("going back does not come to") for one in broken)


def test_a_text_with_a_gap_is_found(
    script: Script, placing: Placing, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = Putting._render
    monkeypatch.setattr(
        Putting, "_render", lambda *given: render(*given).replace("How many", "How many …")
    )
    broken = walk(script, placing(PACK)[1]).broken
    assert any(one.message.startswith("a text is said with a gap in it") for one in broken)


def test_a_session_that_goes_on_for_ever_is_found(
    script: Script, placing: Placing, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots = Walk.slots

    def endless(self: Walk):
        for slot in slots(self):
            yield slot
        number = 0
        while True:
            number += 1
            yield msgspec.structs.replace(slot, key=f"more/{number}", role="again", group="good")

    monkeypatch.setattr(Walk, "slots", endless)
    broken = walk(script, placing(PACK)[1]).broken
    assert any("this session does not end" in one.message for one in broken)


# --- random ------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_conversations(script: Script, placing: Placing) -> None:
    places = placing(PACK)[1]
    one, two, three = (wander(script, places, 30, seed) for seed in (7, 7, 8))
    assert one.hits == two.hits != three.hits
    assert one.conversations == 30


def test_a_walk_is_always_the_same(script: Script, placing: Placing) -> None:
    places = placing(PACK)[1]
    assert walk(script, places).hits == walk(script, places).hits


def test_progress_is_told(script: Script, placing: Placing) -> None:
    told: list[tuple[int, int]] = []
    found = walk(script, placing(PACK)[1], lambda done, of: told.append((done, of)))
    assert told[-1] == (len(found.points), len(found.points))
    assert told == sorted(told)


@FEW
@given(text=packs(), seed=st.integers(0, 2**32))
def test_any_pack_is_walked_and_what_is_reached_can_be_shown(
    placing: Placing, text: str, seed: int
) -> None:
    script, places = placing(text)
    found = walk(script, places)
    assert not found.broken, found.broken[0].message
    for point, dialogue in found.first.items():
        if point.what not in ("must", "option"):
            assert point in shown(dialogue), point
    by_lot = wander(script, places, 40, seed)
    assert not by_lot.broken, by_lot.broken[0].message
    missed = {point for point in by_lot.hits.keys() - found.hits.keys() if sure(point, found)}
    assert not missed, missed


def sure(point: Point, found: Walked) -> bool:
    """Whether what is told of `point`, and of the question it is a part of, was searched for to the end."""
    return not {point, Point("question", point.name)} & found.unsure


def shown(dialogue: Dialogue) -> set[Point]:
    """What the record of a conversation comes by when it is read again."""
    again = Dialogue(dialogue.script, dialogue.events)
    assert again.turn is None
    return set(reached(again, ()))


@FEW
@given(text=packs())
def test_every_place_is_in_the_pack(placing: Placing, text: str) -> None:
    script, places = placing(text)
    lines = text.splitlines()
    for one in walk(script, Places(places._tree)).points:
        assert 0 < one.place.line <= len(lines)


def test_a_member_may_hang_on_what_a_search_leaves_to_chance(placing: Placing) -> None:
    text = """\
reflect: 1
pack: trial
version: 1.0.0
title: T
language: en
worked:
  - one of:
      - id: q2
        ask: First q2?
        answer: yesno
        when: journey has no sessions or journey has at least 4 sessions or journey has open actions
      - id: q3
        ask: First q3?
        answer: yesno
        skip: no
    id: g1
  - repeat: up to 2
    id: g4
    again: More?
    questions:
      - id: q5
        ask: First q5?
        answer: number
      - id: q6
        ask: First q6?
        answer: yesno
        when: it is more than 40 days since last session and q3 is skipped
"""
    found = walk(*placing(text))
    assert not found.broken
