"""What is exported beside the sessions: open actions and the next meeting."""

from __future__ import annotations

import json

import jsonschema
import pytest

from reflect.application.collecting import collected
from reflect.application.reading import read_session
from reflect.events import ItemChanged, MentorshipChanged
from reflect.sharing.document import Collection, schema
from reflect.transcripts.values import Stream
from tests.conftest import Run
from tests.sharing.sessions import ANSWERS, application, keep_session

AT = "2026-11-21T18:30:00+01:00"


def found(*, today: str = "2026-11-22") -> Collection:
    """The document of the newest session."""
    app = application(f"{today}T09:00:00+01:00")
    store = app.reading_store
    document, faults = collected(app, [read_session(store, store.sessions()[0])])
    assert faults == ()
    app.close()
    return document


def happen(*events: object) -> None:
    app = application()
    relation = app.relation()
    assert relation is not None
    stream = Stream("journey", relation.id, relation.id)
    app.store.append(stream, len(app.store.events(relation.id)), list(events))  # type: ignore[arg-type]
    app.close()


def test_an_open_action_is_told_with_its_words_and_who_may_see_it() -> None:
    session = keep_session()
    (action,) = found().open_actions
    assert (action.id, action.text, action.due) == (f"{session}:step", ANSWERS[2], "2026-11-26")
    assert (action.kind, action.owner, action.share) == ("action", "me", "yes")


def test_actions_of_every_session_are_told_whichever_are_exported() -> None:
    first = keep_session(when="2026-11-01T18:00:00+01:00")
    second = keep_session()
    document = found()
    assert [one.session.id for one in document.transcripts] == [second]
    assert {action.id for action in document.open_actions} == {f"{first}:step", f"{second}:step"}


@pytest.mark.parametrize("state", ["kept", "dropped"])
def test_what_is_done_with_is_not_open(state: str) -> None:
    session = keep_session()
    happen(ItemChanged(AT, f"{session}:step", "state", state))
    assert found().open_actions == ()


def test_a_session_that_goes_on_has_promised_nothing_yet() -> None:
    keep_session(end="")
    assert found().open_actions == ()


def test_the_next_meeting_is_told_until_it_is_over() -> None:
    keep_session()
    assert found().check_in is None
    happen(MentorshipChanged(AT, check_in="2026-12-03"))
    assert found(today="2026-12-03").check_in == "2026-12-03"
    assert found(today="2026-12-04").check_in is None


def test_the_command_tells_them_and_they_fit_the_schema(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-22")
    session = keep_session()
    happen(MentorshipChanged(AT, check_in="2026-12-03"))
    several = json.loads(run("export", "--all", "--format", "json").out)
    jsonschema.validate(several, schema())
    assert [action["id"] for action in several["open_actions"]] == [f"{session}:step"]
    assert several["check_in"] == "2026-12-03"
    assert "share" not in several["transcripts"][0]["items"][0]


def test_a_single_session_is_a_transcript_and_nothing_else(run: Run) -> None:
    keep_session()
    alone = json.loads(run("export", "--format", "json").out)
    jsonschema.validate(alone, schema())
    assert set(alone) == {"schema_version", "session", "mentorship", "turns", "items"}


def test_no_repr_shows_a_word() -> None:
    keep_session()
    assert ANSWERS[2] not in repr(found()) + repr(found().open_actions)
