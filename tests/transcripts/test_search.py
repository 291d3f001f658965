"""Finding answers by their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reflect.events import Answered, Reopened, Status
from reflect.transcripts import search
from reflect.transcripts.store import Hit, Store, Stream

from .conftest import AT, Counting, answered, session_of, started


def texts(hits: list[Hit]) -> list[str]:
    """The texts of `hits`."""
    return [hit.text for hit in hits]


def test_newest_first_whole_words_accents_and_case_alike(store: Store) -> None:
    session_of(store, "The handover went fine", "a hand")
    session_of(store, "Übergabe: my HANDOVER, again")
    assert texts(store.search("handover")) == [
        "Übergabe: my HANDOVER, again",
        "The handover went fine",
    ]
    assert texts(store.search("handover", limit=1)) == ["Übergabe: my HANDOVER, again"]
    assert texts(store.search("hand")) == ["a hand"]
    assert len(store.search("hand*")) == 3
    assert texts(store.search("ubergab")) == ["Übergabe: my HANDOVER, again"]
    assert texts(store.search("went handover")) == ["The handover went fine"]
    assert store.search("nothing here") == store.search("") == store.search(" * ") == []


def test_spans_are_the_words_in_characters(store: Store) -> None:
    session_of(store, "Ärger 🙂 über Dr. Lang, lang und länger")
    (hit,) = store.search("lang uber")
    assert [hit.text[start:end] for start, end in hit.spans] == ["über", "Lang", "lang"]
    (endings,) = store.search("lang*")
    assert [endings.text[start:end] for start, end in endings.spans] == ["Lang", "lang", "länger"]
    assert hit.key == "q0" and hit.seq == 1 and hit.day == "2026-03-02" and "Lang" not in repr(hit)


def test_only_the_star_is_no_letter_of_a_word(store: Store) -> None:
    session_of(store, "ma said: ask Max")
    for words in ("MAX", "MAX*"):
        (hit,) = store.search(words)
        assert [hit.text[start:end] for start, end in hit.spans] == ["Max"]


def test_filters(store: Store) -> None:
    session_of(store, "word one")
    other = Stream("session", store.new_id(), "N")
    begun = started("N", pack="other", stage="find", at="2026-05-01T08:00:00Z")
    store.append(other, 0, [begun, answered("q0", "word two")])
    assert texts(store.search("word", stage="find")) == ["word two"]
    assert texts(store.search("word", pack="p", order="relevance")) == ["word one"]
    assert texts(store.search("word", mentorship="N")) == ["word two"]
    assert texts(store.search("word", since="2026-04-01")) == ["word two"]
    assert texts(store.search("word", until="2026-04-01")) == ["word one"]


def test_by_relevance_among_the_newest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    session_of(
        store, "plan plan plan", "a plan among many other words that say little", "plan plan"
    )
    assert texts(store.search("plan", order="relevance"))[0] == "plan plan plan"
    monkeypatch.setattr(search, "_RANKED", 2)
    assert texts(store.search("plan", order="relevance"))[0] == "plan plan"


def reopened(store: Store, *answers: Answered) -> Stream:
    """A session in which q0 was "the word first" and then each of `answers`."""
    stream = Stream("session", store.new_id(), "M")
    store.append(stream, 0, [started(), answered("q0", "the word first"), answered("q1", "word b")])
    for place, answer in enumerate(answers):
        store.append(stream, 3 + 2 * place, [Reopened(key="q0"), answer])
    return stream


def test_only_the_latest_version_of_an_answer_is_found(store: Store, path: Path) -> None:
    stream = reopened(store, later := Answered("q0", AT, text="the word second"))
    expected = ["the word second", "word b"]

    def as_expected(home: Store) -> bool:
        return texts(home.search("word")) == expected and home.check() == []

    assert as_expected(store) and len(store.events(stream.id)) == 5
    store.rebuild()
    assert as_expected(store)
    with Store.open(path.parent / "other" / "reflect.db", Counting()) as other:
        session_of(other, "unrelated")
        other.merge(path)
        assert as_expected(other)
    again = Answered("q0", AT, text=later.text)
    store.append(stream, 5, [Reopened(key="q0"), again, Reopened(key="q0"), again])
    assert as_expected(store)
    store.forget_answer(stream.id, "q0", AT)
    expected = ["word b"]
    assert as_expected(store)
    store.forget_session(stream.id, AT)
    expected = []
    assert as_expected(store)


@pytest.mark.parametrize("status", ["skipped", "declined", "removed"])
def test_what_was_taken_back_is_not_found(store: Store, status: Status) -> None:
    stream = reopened(store, Answered("q0", AT, status=status, text="word taken back"))
    assert texts(store.search("word")) == ["word b"] and store.check() == []
    store.append(stream, 5, [Reopened(key="q0"), answered("q0", "word again")])
    assert texts(store.search("word")) == ["word again", "word b"] and store.check() == []


def test_a_damaged_earlier_version_leaves_the_index_too(store: Store) -> None:
    stream = reopened(store)
    with store._database.writing() as db:
        db.execute("UPDATE events SET body = replace(body, 'first', 'worst') WHERE seq = 1")
    store.append(stream, 3, [answered("q0", "the word second")])
    assert texts(store.search("word")) == ["the word second", "word b"]
    assert [found.code for found in store.check()] == ["answer-altered"]


ODD = ('a" OR b', "NEAR(a b)", "text:a", "(", "-a", "^a", "o'neill", "\ud800", "\0", '"', "*")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(alphabet=st.characters(), max_size=12) | st.sampled_from(ODD))
def test_no_words_are_an_operator_or_an_error(store: Store, words: str) -> None:
    assert store.search(words, order="newest") == []
    assert store.search(words, order="relevance") == []
