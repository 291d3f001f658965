"""What carries on between sessions: rows made of events, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from reflect.dialogue.joint import joint_text
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.events import (
    Answered,
    Event,
    ItemChanged,
    MentorshipBegan,
    MentorshipChanged,
    Parts,
    Refused,
    Reopened,
    SessionStarted,
    Span,
    StageMoved,
)
from reflect.memory import Memory
from reflect.mentorship.items import items
from reflect.mentorship.projection import Folds
from reflect.mentorship.recall import memory
from reflect.mentorship.relation import relation
from reflect.script import Question
from reflect.transcripts.codec import digest
from reflect.transcripts.store import Store, Stream

from ..dialogue.scripts import NOW, question, saying, script

TALK = script(
    worked=(question("win", keep="win"),),
    next=(question("step", keep="action"), question("trust", kind="scale", share="yes")),
    closing=(question("secret", share="no"),),
)
DIGEST = digest(msgspec.msgpack.encode(TALK))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "reflect.db", Folds()) as opened:
        opened.put_script(DIGEST, msgspec.msgpack.encode(TALK))
        yield opened


def recalled(store: Store) -> Memory:
    return memory(store.rows, "m", TALK.pack, ("win", "trust", "secret"))


def talk(store: Store, answers: dict[str, object], how: str = "completed") -> Dialogue:
    """One whole session: `answers` by key, a text or Said; what is not named gets Enter."""
    started = start(
        TALK, recalled(store), NOW, mentorship="m", digest=DIGEST, stage="s",
        length="short", mentee="Ada", mentor="Grace",
    )  # fmt: skip
    dialogue = Dialogue(TALK, [started])
    while dialogue.turn is not None:
        said = answers.get(dialogue.turn.key.split("@")[0], "")
        event = dialogue.hear(saying(said) if isinstance(said, str) else said, NOW)  # type: ignore[arg-type]
        assert not isinstance(event, Refused)
        dialogue.apply(event)
    dialogue.apply(dialogue.finish(NOW, how))  # type: ignore[arg-type]
    store.append(Stream("session", store.new_id(), "m"), 0, dialogue.events)
    return dialogue


def promise(what: Span, due: str | None = None, words: str = "ask Ruth on Thursday") -> object:
    return saying(words, parts=Parts(what=what, due=due))


def test_an_answer_becomes_an_item_that_refers_to_its_words(store: Store) -> None:
    dialogue = talk(store, {"step": promise(Span(0, 8), "2026-11-26")})
    session = store.sessions()[0].id
    (item,) = items(dialogue, session)
    assert (item.id, item.kind, item.due) == (f"{session}:step", "action", "2026-11-26")
    text = joint_text(list(store.events(session)), item.text.seq)  # type: ignore[arg-type]
    assert text[item.text.start : item.text.end] == "ask Ruth"


def test_an_open_action_is_promised_and_a_kept_one_is_not(store: Store) -> None:
    talk(store, {"step": promise(Span(0, 8))})
    (made,) = recalled(store).promises
    talk(store, {"core.promise": saying("2", "partly")})
    assert [one.item for one in recalled(store).promises] == [made.item]
    talk(store, {"core.promise": saying("1", "kept")})
    assert recalled(store).promises == ()


def test_due_promises_come_first(store: Store) -> None:
    for due in (None, "2026-12-09", "2026-12-01"):
        talk(store, {"step": promise(Span(0, 8), due)})
    assert [one.due for one in recalled(store).promises] == ["2026-12-01", "2026-12-09", None]


def test_a_promise_of_the_mentor_is_not_asked_of_the_mentee(store: Store) -> None:
    talk(store, {"step": saying("Grace sends it", parts=Parts(owner="mentor", due="2026-12-01"))})
    assert recalled(store).promises == ()
    assert recalled(store).items == {"action": 1}


def test_wordings_take_turns_over_sessions(store: Store) -> None:
    first = talk(store, {})
    second = talk(store, {})
    third = talk(store, {})
    assert first.started.wordings == {}
    assert second.started.wordings["win"] == 1
    assert "win" not in third.started.wordings


def test_last_times_answers_are_recalled_with_their_values(store: Store) -> None:
    talk(store, {"trust": saying("4", 4), "secret": "quiet"})
    last = recalled(store).last
    assert last["trust"].value == 4
    assert (last["secret"].share, last["trust"].share) == ("no", "yes")
    assert last["win"].status == "skipped"


def test_a_changed_answer_changes_the_item(store: Store) -> None:
    dialogue = talk(store, {"win": "one"})
    events = [*dialogue.events[:-1], Reopened("win")]
    again = Dialogue(TALK, events)
    event = again.hear(saying("two"), NOW)
    assert isinstance(event, Answered)
    again.apply(event)
    (item,) = items(again, "S")
    assert joint_text(again.events, item.text.seq) == "two"


def test_an_abandoned_session_counts_for_its_words_and_items(store: Store) -> None:
    talk(store, {"win": "one"}, how="abandoned")
    assert recalled(store).sessions == 1
    assert recalled(store).items == {"win": 1}
    assert recalled(store).used["win"] == {0: 1}


def test_forgetting_takes_everything_back(store: Store) -> None:
    talk(store, {"step": promise(Span(0, 8))})
    before = recalled(store)
    talk(store, {"core.promise": saying("1", "kept"), "win": "one"})
    store.forget_session(store.sessions()[0].id, NOW.isoformat())
    assert recalled(store) == before
    assert store.check() == []


def test_a_change_by_hand_counts_more_than_a_check(store: Store) -> None:
    talk(store, {"step": promise(Span(0, 8))})
    (made,) = recalled(store).promises
    journey = Stream("journey", "m", "m")
    at = NOW.isoformat()
    store.append(journey, 0, [MentorshipBegan(at, "Ada", "Grace")])
    store.append(journey, 1, [ItemChanged(at, made.item, "state", "dropped")])
    assert recalled(store).promises == ()
    store.append(journey, 2, [ItemChanged(at, made.item, "state", "open")])
    assert [one.item for one in recalled(store).promises] == [made.item]


def test_rebuilding_gives_the_same_rows(store: Store) -> None:
    for words in ("one", "two"):
        talk(
            store,
            {"win": words, "step": promise(Span(0, 8)), "core.promise": saying("2", "partly")},
        )
    followed = {name: store.rows(f"SELECT * FROM {name}") for name in Folds.names}
    assert all(followed[name] for name in ("m_items", "m_checks", "m_used", "m_last"))
    store.rebuild()
    assert {name: store.rows(f"SELECT * FROM {name}") for name in Folds.names} == followed


def test_no_row_holds_a_mentees_words(store: Store) -> None:
    talk(store, {"win": "canary in win", "step": promise(Span(0, 6), words="canary in step")})
    assert b"canary" not in b"".join(
        repr(store.rows(f"SELECT * FROM {name}")).encode() for name in Folds.names
    )


def test_the_mentorship_is_what_its_journey_says() -> None:
    at = "2026-11-21T18:30:00+01:00"
    assert relation("m", []) is None
    found = relation("m", [MentorshipBegan(at, "Ada", "Grace"), StageMoved(at, "goals")])
    assert found is not None
    assert (found.mentee, found.mentor, found.state, found.since) == (
        "Ada", "Grace", "goals", "2026-11-21",
    )  # fmt: skip


def test_the_next_meeting_is_set_moved_and_taken_back() -> None:
    at = "2026-11-21T18:30:00+01:00"
    events: list[Event] = [MentorshipBegan(at, "Ada", "Grace")]

    def check_in() -> str | None:
        found = relation("m", events)
        assert found is not None
        return found.check_in

    assert check_in() is None
    for day, kept in (("2026-12-03", "2026-12-03"), (None, "2026-12-03"), ("", None)):
        events.append(MentorshipChanged(at, mentor="Ruth", check_in=day))
        assert check_in() == kept


def test_a_change_that_was_stored_before_there_were_meetings_is_read() -> None:
    stored = msgspec.json.encode({"type": "mentorship changed", "at": "", "mentor": "Ruth"})
    assert msgspec.json.decode(stored, type=MentorshipChanged) == MentorshipChanged(
        "", None, "Ruth"
    )
    assert b"check_in" not in msgspec.json.encode(MentorshipChanged("", None, "Ruth"))


def test_what_another_mentorship_said_counts_as_said_before_all_of_this_one(store: Store) -> None:
    talk(store, {"win": "one"})
    here = recalled(store)
    there = memory(store.rows, "another", TALK.pack, ("win",))
    assert there.used["win"] == here.used["win"] and there.last == {}
    assert there.sessions == 0
    rows = [("win", 0, "S9", 0), ("win", 1, "S1", 1), ("win", 2, "S2", 1)]
    used = memory(lambda query, _: rows if "m_used" in query else [], "m", TALK.pack, ()).used
    assert used["win"] == {0: 1, 1: 2, 2: 3}


def test_a_renamed_question_keeps_its_history(store: Store) -> None:
    talk(store, {"win": "one", "trust": saying("4", 4)})
    recalled = memory(store.rows, "m", TALK.pack, ("belief",), {"trust": "belief", "win": "gain"})
    assert recalled.last["belief"].value == 4
    assert recalled.asked["gain"] == 1


def test_a_question_of_another_pack_is_not_recalled(store: Store) -> None:
    talk(store, {"win": "one"})
    assert memory(store.rows, "m", "another", ("win",)).last == {}
    assert isinstance(store.events(store.sessions()[0].id)[0], SessionStarted)
    assert isinstance(TALK.stages[0].questions()[0], Question)
