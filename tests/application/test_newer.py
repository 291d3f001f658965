"""Going on with a session when its pack has changed since: the mentee's choice, and no answer is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reflect.application.begin import begin_mentorship, begin_session, resume
from reflect.application.newer import newer, take
from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.dialogue.record import entries
from reflect.settings import NO_PLUGINS

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
PACK = """\
reflect: 1
pack: ward
version: 1.0.0
title: After the shift
language: en
worked:
  - one of:
      - id: calm
        ask: When did you feel calm?
      - id: easy
        ask: What was easy?
    id: good
adjust:
  - id: snag
    ask: What slowed you down?
    probe:
      - when: answer is shorter than 3 words
        ask: What about it?
next:
  - id: steps
    repeat: up to 3
    again: Another?
    questions:
      - id: step
        ask: What will you do?
        keep: action
"""
Reopen = Callable[[], Application]


@pytest.fixture
def reopen(tmp_path: Path) -> Reopen:
    """A program start: the same home, seen anew."""
    home = tmp_path / "home"
    (home / "packs" / "ward").mkdir(parents=True)
    (home / "packs" / "ward" / "pack.yaml").write_text(PACK)

    def opened() -> Application:
        return Application({"REFLECT_HOME": str(home)}, clock=lambda: NOW, plugins=NO_PLUGINS)

    return opened


def change(app: Application, *pairs: tuple[str, str]) -> None:
    file = app.home.packs / "ward" / "pack.yaml"
    text = file.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)


def begun(app: Application, *lines: str) -> Session:
    script = app.script("ward")
    relation = begin_mentorship(app, "Ada", "Grace", script.stages[0])
    session = begin_session(app, relation, script, script.stages[0], "short")
    for line in lines:
        assert session.say(line) is None
    return session


def gone_on(app: Application, session: str, *, with_newer: bool = True) -> Session:
    relation = app.relation()
    assert relation is not None
    found = resume(app, session)
    offer = newer(app, relation, found)
    if not with_newer:
        return found
    assert offer is not None
    return take(app, found, offer)


def told(session: Session) -> dict[str, str]:
    return {entry.key: entry.answer for entry in entries(session.dialogue)}


def test_a_running_session_keeps_its_questions_whatever_happens_to_the_pack(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app, "On Tuesday with Sam")
    session.pause()
    app.close()
    app = reopen()
    (app.home.packs / "ward" / "pack.yaml").unlink()
    found = resume(app, session.id)
    assert found.turn is not None and found.turn.text == "What slowed you down?"
    assert newer(app, app.relation(), found) is None  # type: ignore[arg-type]
    app.close()


def test_the_same_pack_is_no_offer(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app, "On Tuesday with Sam")
    assert newer(app, app.relation(), session) is None  # type: ignore[arg-type]
    app.close()


def test_an_offer_tells_what_stays_what_is_new_and_what_is_set_aside(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app, "On Tuesday with Sam", "The printer", "")
    session.pause()
    app.close()
    app = reopen()
    change(
        app,
        ("  - id: snag\n", "  - id: lag\n"),
        ("worked:\n", "opening:\n  - id: day\n    ask: How was {mentor}?\nworked:\n"),
    )
    relation = app.relation()
    assert relation is not None
    offer = newer(app, relation, resume(app, session.id))
    assert offer is not None
    assert offer.kept == ("When did you feel calm?",)
    assert offer.new == ("How was …?",)
    assert offer.aside == ("What slowed you down?",)
    app.close()


def test_taking_it_keeps_the_answers_their_times_and_their_replies(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app, "On Tuesday with Sam", "The printer", "It jams", "Ask Sam by Friday", "")
    before = told(session)
    session.pause()
    app.close()
    app = reopen()
    change(app, ("What slowed you down?", "What was in your way?"))
    found = gone_on(app, session.id)
    assert told(found) == before
    assert [one.question for one in entries(found.dialogue)][1] == "What was in your way?"
    old = {
        event.key: event.at
        for event in session.dialogue.events
        if hasattr(event, "at") and hasattr(event, "key")
    }
    new = {
        event.key: event.at
        for event in found.dialogue.events
        if hasattr(event, "at") and hasattr(event, "key")
    }
    assert new == old
    app.close()


def test_afterwards_the_new_one_is_open_and_the_old_one_can_still_be_read(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app, "On Tuesday with Sam", "The printer")
    session.pause()
    change(app, ("What about it?", "What of it?"))
    app.close()
    app = reopen()
    found = gone_on(app, session.id)
    rows = {row.id: row.state for row in app.store.sessions()}
    assert rows == {session.id: "abandoned", found.id: "open"}
    assert app.store.open_session(found.dialogue.started.mentorship).id == found.id  # type: ignore[union-attr]
    assert resume(app, found.id, over=True).turn.text == "What of it?"  # type: ignore[union-attr]
    app.close()


def test_an_inserted_question_is_asked_first_then_the_place(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app, "On Tuesday with Sam", "The printer in the hall")
    session.pause()
    change(app, ("  - id: snag", "  - id: tired\n    ask: How tired?\n  - id: snag"))
    app.close()
    app = reopen()
    found = gone_on(app, session.id)
    assert found.turn is not None and found.turn.text == "How tired?"
    found.say("Very tired on Monday")
    assert found.turn is not None and found.turn.text == "What will you do?"
    app.close()


def test_a_draft_stays_a_draft(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app, "On Tuesday with Sam", "The printer in the hall")
    session.back()
    session.pause()
    change(app, ("What will you do?", "What will you do now?"))
    app.close()
    app = reopen()
    found = gone_on(app, session.id)
    assert found.turn is not None
    assert (found.turn.key, found.turn.draft) == ("snag", "The printer in the hall")
    app.close()


def test_rounds_and_the_one_taken_back_go_along(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app, "On Tuesday with Sam", "The printer in the hall")
    for line in ("Ask Sam by Friday", "", "", "yes", "Write to Ann by Friday", "", ""):
        if session.turn is not None and session.turn.key.startswith(("step", "steps")):
            session.say(line)
    session.remove()
    before = told(session)
    session.pause()
    change(app, ("What about it?", "What of it?"))
    app.close()
    app = reopen()
    found = gone_on(app, session.id)
    assert told(found) == before
    app.close()


def test_a_pick_is_kept(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app)
    picked = session.turn
    session.pause()
    change(
        app, ("      - id: calm\n", "      - id: proud\n        ask: Proud?\n      - id: calm\n")
    )
    app.close()
    app = reopen()
    found = gone_on(app, session.id)
    assert picked is not None and found.turn is not None
    assert found.turn.text == picked.text
    app.close()


def test_a_pack_with_errors_is_no_offer(reopen: Reopen) -> None:
    app = reopen()
    session = begun(app, "On Tuesday with Sam")
    session.pause()
    change(app, ("ask: What slowed", "aks: What slowed"))
    app.close()
    app = reopen()
    assert newer(app, app.relation(), resume(app, session.id)) is None  # type: ignore[arg-type]
    app.close()
