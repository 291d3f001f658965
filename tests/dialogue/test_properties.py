"""Laws of the engine, tried on random scripts and whatever is typed, in any order."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reflect.dialogue.given import Given, holds
from reflect.dialogue.joint import joint
from reflect.dialogue.keys import base_key, text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import entries
from reflect.dialogue.shares import shares
from reflect.dialogue.walk import Walk
from reflect.events import (
    Answered,
    Event,
    Kept,
    LastAnswer,
    Parts,
    Ref,
    Refused,
    Reopened,
    Said,
)
from reflect.script import (
    PHASES,
    SHARES,
    Block,
    Compare,
    Condition,
    Hears,
    Includes,
    IsSettled,
    IsValue,
    OneOf,
    Placeholder,
    Repeat,
    Script,
    Share,
    Single,
    Test,
    questions_of,
)

from .generated import (
    PAST_TEXT,
    answer,
    begin,
    canaries,
    command,
    move,
    moves,
    play,
    sessions,
    settle,
)
from .scripts import NOW, begun, say, script
from .scripts import question as ask

seeds = st.integers(0, 2**40)
sizes = st.integers(0, 9)


def ordinarily(examples: int) -> settings:
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=quiet,
        derandomize=True,
        database=None,
    )


# --- pictures of a dialogue --------------------------------------------------------


def settled(dialogue: Dialogue) -> dict[str, tuple[str, bool, bool]]:
    """The state of every reply, of hidden ones too."""
    replies = dialogue.replies.items()
    return {key: (reply.event.status, reply.draft, reply.stale) for key, reply in replies}


def keys(dialogue: Dialogue) -> list[str]:
    return [slot.key for slot in dialogue.visible]


def now(dialogue: Dialogue) -> str | None:
    return dialogue.slot.key if dialogue.slot else None


def picture(dialogue: Dialogue) -> tuple[Any, ...]:
    """Everything that can be seen of `dialogue`, in bytes where a type has them."""
    return (
        msgspec.json.encode(dialogue.turn),
        msgspec.json.encode(dialogue.why()),
        msgspec.json.encode(entries(dialogue)),
        msgspec.json.encode(dialogue.finished),
        keys(dialogue),
        now(dialogue),
        settled(dialogue),
        shares(dialogue),
        dialogue.farewell(),
    )


def replayed(dialogue: Dialogue, events: list[Any] | None = None) -> Dialogue:
    past = {("S", n): PAST_TEXT for n in range(8)}
    past = {place: text for place, text in past.items() if place in dialogue._putting._past}
    return Dialogue(dialogue.script, dialogue.events if events is None else events, past)


# --- 1: nothing raises, everything ends --------------------------------------------


def never_raises(dialogue: Dialogue, numbers: list[int], abandon: bool) -> None:
    play(dialogue, numbers, commands=0.5)
    picture(dialogue)
    # What is said to a note can be kept private; nothing else of core's is decided about.
    decided = (key.replace("core.share@core.note@", "core.note@") for key in dialogue.replies)
    assert all(key.count("core.") <= 1 for key in decided)
    if abandon or dialogue.turn is None:
        dialogue.apply(dialogue.finish(NOW, "abandoned" if abandon else "completed"))
        assert dialogue.turn is None
        assert isinstance(dialogue.back(), Refused)
        picture(dialogue)


def most_turns(script: Script) -> int:
    """Every slot there could be: a question, its probe, five parts and two share decisions, by round.

    Before them three promises with eight follow-ups and a choice of goals; an offer to move after them.
    """
    rounds = (block.limit if isinstance(block, Repeat) else 1 for block in all_blocks(script))
    return (
        3
        + 8
        + 1
        + 1
        + sum(most * _slots(block) for most, block in zip(rounds, all_blocks(script), strict=True))
    )


def _slots(block: Block) -> int:
    return 1 + 9 * len(questions_of(block))


def always_ends(dialogue: Dialogue, numbers: list[int], seed: int) -> None:
    play(dialogue, numbers)
    rng, turns = Random(seed), 0
    while dialogue.turn is not None:
        settle(dialogue, rng)
        turns += 1
        assert turns <= most_turns(dialogue.script)
    dialogue.apply(dialogue.finish(NOW))
    assert dialogue.turn is None


# --- 2 and 3: replay, and a walk that was never suspended --------------------------


def replays_at_every_moment(dialogue: Dialogue, numbers: list[int]) -> None:
    start, pictures = len(dialogue.events), [picture(dialogue)]
    for number in numbers:
        event = move(dialogue, number)
        if not isinstance(event, Refused):
            dialogue.apply(event)
            pictures.append(picture(dialogue))
    for length, expected in enumerate(pictures, start=start):
        assert picture(replayed(dialogue, dialogue.events[:length])) == expected


def replays_from_bytes(dialogue: Dialogue, numbers: list[int]) -> None:
    play(dialogue, numbers)
    data = msgspec.json.encode(dialogue.events)
    events = msgspec.json.decode(data, type=list[Event])
    script = msgspec.msgpack.decode(msgspec.msgpack.encode(dialogue.script), type=Script)
    assert events == dialogue.events
    assert script == dialogue.script
    again = replayed(dialogue, events)
    again.script = script
    assert picture(again) == picture(dialogue)


def the_suspended_walk_is_a_fresh_walk(dialogue: Dialogue, numbers: list[int]) -> None:
    for number in numbers:
        event = move(dialogue, number)
        if isinstance(event, Refused):
            continue
        dialogue.apply(event)
        walk = Walk(dialogue.script, dialogue.started, dialogue.replies)
        seen = []
        standing = None
        for slot in walk.slots():
            reply = dialogue.replies.get(slot.key)
            if reply is None or reply.draft:
                standing = slot
                break
            seen.append(slot)
        assert seen == dialogue.visible
        assert standing == dialogue.slot
        assert walk.given == dialogue.walk.given
        assert list(walk.readings.items()) == list(dialogue.walk.readings.items())


# --- 4 and 5: nothing is lost by going back ----------------------------------------


def without_acknowledgement(dialogue: Dialogue) -> bytes:
    turn = dialogue.turn
    return msgspec.json.encode(msgspec.structs.replace(turn, acknowledgement=()) if turn else None)


def back_and_forth_changes_nothing(dialogue: Dialogue, numbers: list[int], steps: int) -> None:
    play(dialogue, numbers)
    before = (keys(dialogue), now(dialogue), settled(dialogue), without_acknowledgement(dialogue))
    read = entries(dialogue)
    taken = []
    for _ in range(min(steps, len(dialogue.visible))):
        event = dialogue.back()
        assert isinstance(event, Reopened)
        dialogue.apply(event)
        assert dialogue.turn is not None
        assert (dialogue.turn.key, dialogue.turn.enter) == (event.key, "keep")
        assert dialogue.turn.wording == dialogue.replies[event.key].event.wording
        assert (dialogue.turn.stale, dialogue.turn.acknowledgement) == (False, ())
        taken.append(event.key)
    for key in reversed(taken):
        event = dialogue.hear(Said(), NOW)
        assert event == Kept(key)
        dialogue.apply(event)
    after = (keys(dialogue), now(dialogue), settled(dialogue), without_acknowledgement(dialogue))
    assert after == before
    assert entries(dialogue) == read


def a_change_taken_back_restores_what_it_hid(
    dialogue: Dialogue, numbers: list[int], seed: int
) -> None:
    rng = Random(seed)
    _settle_new(dialogue, rng, len(numbers))
    before = keys(dialogue)
    events = {key: dialogue.replies[key].event for key in before}
    answered = [key for key in before if events[key].status == "answered"]
    if not answered:
        return
    key = rng.choice(answered)
    _change(dialogue, key, None, rng)
    _settle_new(dialogue, rng, rng.randrange(4))
    _change(dialogue, key, events[key], rng)
    while dialogue.turn is not None and dialogue.turn.draft is not None:
        _says_the_same(dialogue)
        dialogue.apply(_said(dialogue.hear(Said(), NOW)))
    assert keys(dialogue)[: len(before)] == before
    del events[key]
    assert {name: dialogue.replies[name].event for name in events} == events


def _says_the_same(dialogue: Dialogue) -> None:
    """The draft typed again is kept, but heard anew where the answer it adds to has changed."""
    assert dialogue.turn is not None
    was = dialogue.replies[dialogue.turn.key].event
    if was.status == "answered" and was.text:
        again = dialogue.hear(Said(was.text, was.value, was.heard, was.parts), NOW)
        assert isinstance(again, Answered if dialogue.turn.stale else Kept)


def _settle_new(dialogue: Dialogue, rng: Random, turns: int) -> None:
    """Answer what is asked for the first time; leave drafts alone."""
    for _ in range(turns):
        if dialogue.turn is not None and dialogue.turn.draft is None:
            settle(dialogue, rng)


def _change(dialogue: Dialogue, key: str, to: Answered | None, rng: Random) -> None:
    """Take the answer at `key` up again; say something else, or what stood there (None: anything)."""
    dialogue.apply(_reopened(dialogue.reopen(key)))
    if to is not None:
        event = dialogue.hear(Said(to.text, to.value, to.heard, to.parts), NOW)
    else:
        event = answer(dialogue, rng)
        event = dialogue.hear(Said(), NOW) if isinstance(event, Refused) else event
    dialogue.apply(_said(event))


def _reopened(event: Reopened | Refused) -> Reopened:
    assert isinstance(event, Reopened)
    return event


def _said(event: Answered | Kept | Refused) -> Answered | Kept:
    assert not isinstance(event, Refused)
    return event


# --- 6 and 7: what is not read, what does not change -------------------------------


def replay_reads_no_text(dialogue: Dialogue, numbers: list[int], seed: int) -> None:
    play(dialogue, numbers, texts=("", "same", "same", "other", "fine", "a\nb"))
    rng = Random(seed)
    alone = rng.random() < 0.5
    chosen = rng.choice(dialogue.events)
    events = [
        msgspec.structs.replace(event, text="x" * len(event.text))
        if isinstance(event, Answered) and (event is chosen or not alone)
        else event
        for event in dialogue.events
    ]
    blinded = replayed(dialogue, events)
    assert keys(blinded) == keys(dialogue)
    assert now(blinded) == now(dialogue)
    assert settled(blinded) == settled(dialogue)
    assert shares(blinded) == shares(dialogue)


def looking_changes_nothing(dialogue: Dialogue, numbers: list[int], seed: int) -> None:
    play(dialogue, numbers)
    rng = Random(seed)
    before, turn, events = picture(dialogue), dialogue.turn, list(dialogue.events)
    for _ in range(4):
        command(dialogue, rng)
        if dialogue.turn is not None:
            answer(dialogue, rng)
            assert dialogue.turn is turn
    dialogue.finish(NOW, "abandoned")
    assert dialogue.events == events
    assert dialogue.turn == turn
    assert picture(dialogue) == before


# --- 8 and 9: what stays private ---------------------------------------------------


def readers(script: Script) -> dict[str, frozenset[str]]:
    """For each question the answers that decide whether it, or its probe, is asked, or are named in it."""
    found = {}
    for block in all_blocks(script):
        group = None if isinstance(block, Single) else block.when
        first = {block.questions[0].id} if isinstance(block, Repeat) else set()
        for question in questions_of(block):
            members = block.members if isinstance(block, OneOf) else ()
            rules = [question.when, group, *(probe.when for probe in question.probes)]
            rules += [member.when for member in members]
            tests = [test for rule in rules if rule for group in rule.groups for test in group]
            names = {name for rule in rules if rule is not None for name in rule.subjects()}
            heard = {script.signals[test.signal].other for test in tests if isinstance(test, Hears)}
            texts = [*question.ask, *(text for probe in question.probes for text in probe.ask)]
            named = {
                f"last.{piece.name}" if piece.source == "last" else piece.name
                for text in texts
                for piece in text
                if isinstance(piece, Placeholder) and piece.source != "engine"
            } - {""}
            found[question.id] = frozenset((names | first | heard | named) - {question.id})
    return found


def what_depends_on_the_private_is_private(dialogue: Dialogue, numbers: list[int]) -> None:
    play(dialogue, numbers)
    allowed = shares(dialogue)
    read_by = readers(dialogue.script)
    for key, (question, _) in dialogue.walk.readings.items():
        suffix = key.removeprefix(question.id)
        for source in _visible_causes(question.id, suffix, read_by, allowed):
            assert SHARES.index(allowed[key]) >= SHARES.index(allowed[source])
    for slot in dialogue.visible:
        base = slot.subject or slot.key
        if slot.role not in ("question", "probe", "part"):
            continue
        for ref in dialogue.replies[slot.key].event.fills.values():
            quoted = None if ref.session else dialogue.events[ref.seq]
            if isinstance(quoted, Answered) and base_key(quoted.key) != base:
                source = allowed.get(base_key(quoted.key), "no")
                assert SHARES.index(allowed[base]) >= SHARES.index(source)


def _visible_causes(
    name: str, suffix: str, read_by: dict[str, frozenset[str]], allowed: dict[str, Share]
) -> set[str]:
    """The visible answers that decided whether `name` is asked, also through ones that are hidden."""
    found: set[str] = set()
    for other in read_by.get(name, ()):
        here = [key for key in (other + suffix, other) if key in allowed][:1]
        found |= set(here) or _visible_causes(other, suffix, read_by, allowed)
    return found


def a_decision_is_what_was_decided(dialogue: Dialogue, numbers: list[int]) -> None:
    play(dialogue, numbers)
    allowed = shares(dialogue)
    for entry in entries(dialogue):
        if entry.role != "question":
            continue
        question = dialogue.walk.readings[entry.key][0]
        decided = _decided(dialogue, entry.key)
        own = decided if decided == "no" or question.share == "at the end" else question.share
        assert SHARES.index(allowed[entry.key]) >= SHARES.index(own)
        if _depends_on_nothing(dialogue, entry.key, question.id):
            assert allowed[entry.key] == own
        if entry.words:
            assert dialogue.replies[f"core.share@{entry.key}"].event.value == "words"
            assert decided == "no"


def _decided(dialogue: Dialogue, key: str) -> Share:
    """What the mentee decided, as a share: their own words leave the answer itself private."""
    reply = dialogue.replies.get(f"core.share@{key}")
    if reply is None or reply.draft or reply.event.status != "answered":
        return "at the end"
    return "yes" if reply.event.value == "share" else "no"


def _depends_on_nothing(dialogue: Dialogue, key: str, name: str) -> bool:
    turns = [slot.key for slot in dialogue.visible if (slot.subject or slot.key) == key]
    quotes = any(dialogue.replies[turn].event.fills for turn in turns)
    return not quotes and not readers(dialogue.script)[name]


def no_repr_tells(seed: int, size: int, numbers: list[int]) -> None:
    dialogue = begin(seed, size, 0)
    texts = canaries(Random(seed))
    refused = []
    for number in numbers:
        event = move(dialogue, number, texts=texts)
        if isinstance(event, Refused):
            refused.append(event)
        else:
            dialogue.apply(event)
    whole = [Said(texts[0]), refused, dialogue, dialogue.turn, dialogue.why(), dialogue.events]
    whole += [dialogue.replies, dialogue.visible, dialogue.walk.given, entries(dialogue)]
    assert "canary" not in repr(whole).lower()


# --- forgetting --------------------------------------------------------------------


def blank(event: Any, key: str) -> Any:
    """`event` as the store leaves it when the answer at `key` is forgotten."""
    if not isinstance(event, Answered) or base_key(event.key) != key:
        return event
    return msgspec.structs.replace(event, text="", value=None, heard={}, parts=Parts())


def what_followed_a_forgotten_answer_stays(
    dialogue: Dialogue, numbers: list[int], seed: int
) -> None:
    _settle_new(dialogue, Random(seed), len(numbers))
    if not dialogue.walk.readings:
        return
    key = Random(seed).choice(list(dialogue.walk.readings))
    forgotten = replayed(dialogue, [blank(event, key) for event in dialogue.events])
    assert keys(forgotten) == keys(dialogue)
    if dialogue.turn is None:
        assert forgotten.turn is None
    picture(forgotten)
    play(forgotten, numbers)
    picture(forgotten)


def a_forgotten_session_can_be_read(dialogue: Dialogue, numbers: list[int], seed: int) -> None:
    """Whatever happened, and with last time's answers gone too."""
    play(dialogue, numbers)
    key = base_key(Random(seed).choice([*keys(dialogue), "nothing"]))
    last = {
        name: LastAnswer(answer.ref, answer.status)
        for name, answer in dialogue.started.last.items()
    }
    started = msgspec.structs.replace(
        dialogue.started, last=last if seed % 2 else dialogue.started.last
    )
    events = [started, *(blank(event, key) for event in dialogue.events[1:])]
    picture(replayed(dialogue, events))


# --- the headings ------------------------------------------------------------------


def steps_are_counted_without_gaps(dialogue: Dialogue, numbers: list[int]) -> None:
    play(dialogue, numbers)
    if any(reply.event.status == "removed" for reply in dialogue.replies.values()):
        return
    slots = [*dialogue.visible, *([dialogue.slot] if dialogue.slot else [])]
    steps = [slot.step for slot in slots if slot.phase is not None]
    assert steps[:1] in ([], [1])
    assert all(later - earlier in (0, 1) for earlier, later in pairwise(steps))
    assert all(slot.step <= slot.steps for slot in slots)


def questions_are_for_this_person(dialogue: Dialogue, numbers: list[int]) -> None:
    play(dialogue, numbers)
    for question, _ in dialogue.walk.readings.values():
        assert question.audience in ("both", dialogue.started.role)
        assert dialogue.started.length == "long" or not question.deeper


# --- the order of slots ------------------------------------------------------------


def rounds_and_nudges_have_limits(dialogue: Dialogue, numbers: list[int]) -> None:
    play(dialogue, numbers)
    follow_ups: dict[str, int] = {}
    for slot in dialogue.visible:
        # A long session rounds a goal off when its letters were asked for.
        if slot.role in ("probe", "part") and not slot.key.endswith(("/anew", "/kind-of")):
            follow_ups[slot.subject] = follow_ups.get(slot.subject, 0) + 1
        if slot.role in ("share", "words"):
            assert dialogue.replies[slot.subject].event.status == "answered"
    for key, number in follow_ups.items():
        question = dialogue.walk.readings[key][0] if key in dialogue.walk.readings else None
        most = {"action": 2, "goal": 3}.get(question.keep or "", 1) if question else 3
        assert number <= most
    for block in all_blocks(dialogue.script):
        if isinstance(block, Repeat):
            members = {question.id for question in block.questions}
            asked = [slot.key for slot in dialogue.visible if slot.role == "question"]
            rounds = [key for key in asked if key.partition("#")[0] in members]
            assert all(int(key.partition("#")[2] or 1) <= block.limit for key in rounds)


def names_in_a_repeat_mean_their_own_round(dialogue: Dialogue, numbers: list[int]) -> None:
    for number in numbers:
        event = move(dialogue, number)
        if isinstance(event, Refused):
            continue
        dialogue.apply(event)
        slot = dialogue.slot
        for block in all_blocks(dialogue.script):
            inside = isinstance(block, Repeat) and questions_of(block)
            for question in inside or ():
                known = dialogue.walk.given.get(question.id)
                if known is not None:
                    assert slot is not None
                    assert slot.group == block.id
                    assert slot.role == "again" or known.key == question.id + _round(slot.round)


def _round(key: str) -> str:
    _, mark, number = key.partition("#")
    return mark + number


def all_blocks(script: Script) -> list[Block]:
    return [block for phase in PHASES for block in script.stages[0].blocks(phase)]


def wordings_take_turns(dialogue: Dialogue, numbers: list[int]) -> None:
    for number in numbers:
        event = move(dialogue, number)
        if not isinstance(event, Refused):
            dialogue.apply(event)
        for slot in [*dialogue.visible, *([dialogue.slot] if dialogue.slot else [])]:
            text = text_id(slot.key)
            before = sum(text_id(key) == text for key in keys(dialogue))
            assert len(slot.wordings) == 1 or dialogue.ordinal(slot.key) == before
        turn = dialogue.turn
        if turn is not None and turn.draft is None:
            first = dialogue.started.wordings.get(text_id(turn.key), 0)
            assert turn.wording == (first + before) % len(slot.wordings)


def what_was_asked_and_said_is_read_back(dialogue: Dialogue, numbers: list[int]) -> None:
    """A text is rendered again from references alone; a reply counts its spans in both texts."""
    for number in numbers:
        turn, slot = dialogue.turn, dialogue.slot
        event = move(dialogue, number)
        if isinstance(event, Refused):
            continue
        dialogue.apply(event)
        if not isinstance(event, Answered) or turn is None or slot is None or event.key != turn.key:
            continue
        # A share decision may come as a command, before its question was put.
        if event.status != "removed" and slot.role != "share":
            assert dialogue.as_put(slot, event) == turn.text
        whole = joint(turn.expectation.before, event.text)
        quote = event.parts.quote
        if quote is not None and event.text and (turn.role != "probe" or turn.expectation.before):
            here = Ref("", len(dialogue.events) - 1, *quote)
            assert dialogue.words_at(here) == whole[quote.start : quote.end]
        if turn.role == "probe" and event.status == "answered":
            assert dialogue.walk.readings[slot.subject][1].heard == event.heard


# --- rare cases, one at a time -----------------------------------------------------


def test_a_draft_keeps_its_wording_when_an_earlier_text_goes() -> None:
    dialogue = begun(script(next=(ask("a", keep="action"), ask("b", keep="action"))))
    for words in ("ask Ruth", "", "", "ask Sam", ""):
        say(dialogue, words)
    dialogue.apply(_reopened(dialogue.reopen("a")))
    say(dialogue, "ask Ruth on friday", parts=Parts(due="2026-11-27"))
    dialogue.apply(_reopened(dialogue.reopen("b/due")))
    assert dialogue.turn is not None
    assert dialogue.turn.text == "due again?"


def test_a_group_is_as_private_as_what_its_condition_reads() -> None:
    rule = Condition("", ((IsSettled("a", "answered"),),))
    group = OneOf("g", (ask("b", share="yes"),), when=rule)
    dialogue = begun(script(worked=(ask("a"), group)))
    say(dialogue, "a secret")
    say(dialogue, "open")
    assert shares(dialogue) == {"a": "no", "b": "no"}


def test_what_is_asked_because_another_is_hidden_is_as_private_as_what_hid_it() -> None:
    hidden = ask("b", share="yes", when=Condition("", ((IsValue("a", (True,)),),)))
    instead = Condition("", ((IsSettled("b", "answered", negated=True),),))
    last = ask("c", share="yes", when=instead)
    dialogue = begun(script(worked=(ask("a", kind="yesno"), hidden, last)))
    say(dialogue, "no", False)
    say(dialogue, "open")
    assert shares(dialogue) == {"a": "no", "c": "no"}


def test_words_of_a_hidden_answer_make_private() -> None:
    shown = ask("b", share="yes", when=Condition("", ((IsValue("a", (True,)),),)))
    quoting = ask("c", share="yes", ask=(("So ", Placeholder("answer", "b", "it"), "?"),))
    dialogue = begun(script(worked=(ask("a", kind="yesno", share="yes"), shown, quoting)))
    for words, value in (("yes", True), ("a canary", None), ("indeed", None)):
        say(dialogue, words, value)
    assert shares(dialogue)["c"] == "yes"
    dialogue.apply(_reopened(dialogue.reopen("a")))
    say(dialogue, "no", False)
    assert shares(dialogue) == {"a": "yes", "c": "no"}


# --- what a condition says ---------------------------------------------------------

ANSWERS = {
    "yes": ("answered", True, {0: None, 1: ()}),
    "one": ("answered", 1, {}),
    "three": ("answered", 3.0, {}),
    "some": ("answered", ("time", "nerve"), {}),
    "skipped": ("skipped", None, {0: ()}),
}


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (IsValue("yes", (True,)), True),
        (IsValue("yes", (1,)), False),
        (IsValue("one", (True,)), False),
        (IsValue("one", (True,), negated=True), True),
        (IsValue("skipped", (1,), negated=True), False),
        (IsValue("absent", (1,), negated=True), False),
        (IsSettled("yes", "answered"), True),
        (IsSettled("skipped", "skipped"), True),
        (IsSettled("skipped", "answered", negated=True), True),
        (IsSettled("absent", "answered", negated=True), True),
        (IsSettled("absent", "skipped"), False),
        (Includes("some", "nerve"), True),
        (Includes("some", "other"), False),
        (Includes("one", "time"), False),
        (Compare("three", "above", 3), False),
        (Compare("three", "at least", 3), True),
        (Compare("three", "at most", 3), True),
        (Compare("three", "below", 3), False),
        (Compare("one", "below", other="three"), True),
        (Compare("one", "below", other="absent"), False),
        (Compare("yes", "at least", 1), False),
        (Hears("yes", 1), True),
        (Hears("yes", 0), False),
        (Hears("yes", 0, negated=True), True),
        (Hears("yes", 7), False),
        (Hears("yes", 7, negated=True), False),
        (Hears("skipped", 0), False),
    ],
)
def test_condition(test: Test, expected: bool) -> None:
    known = {
        name: Given(name, 1, 1, Answered(name, "", status, value=value, heard=heard), value)  # type: ignore[arg-type]
        for name, (status, value, heard) in ANSWERS.items()
    }
    started = begin(0, 0, 0).started
    never = IsValue("absent", (1,))
    assert holds(Condition("", ((test,),)), known, started) is expected
    assert holds(Condition("", ((never, test),)), known, started) is expected
    assert not holds(Condition("", ((test,), (never,))), known, started)


# --- the laws as tests -------------------------------------------------------------

LAWS: tuple[tuple[Any, dict[str, Any], int], ...] = (
    (never_raises, {"dialogue": sessions, "numbers": moves, "abandon": st.booleans()}, 150),
    (always_ends, {"dialogue": sessions, "numbers": moves, "seed": seeds}, 100),
    (replays_at_every_moment, {"dialogue": sessions, "numbers": moves}, 60),
    (replays_from_bytes, {"dialogue": sessions, "numbers": moves}, 100),
    (the_suspended_walk_is_a_fresh_walk, {"dialogue": sessions, "numbers": moves}, 100),
    (
        back_and_forth_changes_nothing,
        {"dialogue": sessions, "numbers": moves, "steps": st.integers(0, 30)},
        120,
    ),
    (
        a_change_taken_back_restores_what_it_hid,
        {"dialogue": sessions, "numbers": moves, "seed": seeds},
        150,
    ),
    (replay_reads_no_text, {"dialogue": sessions, "numbers": moves, "seed": seeds}, 150),
    (
        what_followed_a_forgotten_answer_stays,
        {"dialogue": sessions, "numbers": moves, "seed": seeds},
        150,
    ),
    (
        a_forgotten_session_can_be_read,
        {"dialogue": sessions, "numbers": moves, "seed": seeds},
        100,
    ),
    (looking_changes_nothing, {"dialogue": sessions, "numbers": moves, "seed": seeds}, 80),
    (what_depends_on_the_private_is_private, {"dialogue": sessions, "numbers": moves}, 300),
    (a_decision_is_what_was_decided, {"dialogue": sessions, "numbers": moves}, 120),
    (no_repr_tells, {"seed": seeds, "size": sizes, "numbers": moves}, 60),
    (steps_are_counted_without_gaps, {"dialogue": sessions, "numbers": moves}, 80),
    (rounds_and_nudges_have_limits, {"dialogue": sessions, "numbers": moves}, 100),
    (names_in_a_repeat_mean_their_own_round, {"dialogue": sessions, "numbers": moves}, 100),
    (wordings_take_turns, {"dialogue": sessions, "numbers": moves}, 60),
    (what_was_asked_and_said_is_read_back, {"dialogue": sessions, "numbers": moves}, 100),
    (questions_are_for_this_person, {"dialogue": sessions, "numbers": moves}, 80),
)


def _name(law: Any) -> str:
    return law.__name__ if callable(law) else ""


@pytest.mark.parametrize(("law", "of", "examples"), LAWS, ids=_name)
def test_law(law: Any, of: dict[str, Any], examples: int) -> None:
    ordinarily(examples // 4)(given(**of)(law))()


@pytest.mark.slow
@pytest.mark.parametrize(("law", "of", "examples"), LAWS, ids=_name)
def test_law_for_long(law: Any, of: dict[str, Any], examples: int) -> None:
    ordinarily(10 * examples)(given(**of)(law))()
