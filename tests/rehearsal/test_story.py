"""Stories are read whole, and all that is wrong with a file is reported with its place."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from reflect.rehearsal.given import Open
from reflect.rehearsal.story import read_stories

from .conftest import stories

WHOLE = """
    story: a thin answer gets one probe
    stage: rapport
    language: en
    as: mentor
    length: long
    given:
      today: 2026-03-02
      sessions: 3
      last session: 2026-02-20
      mentor: Ruth
      open:
        - ask Sam for the rota, by 2026-02-27
        - sort things out, by and by
      last:
        at-ease: The review was slow
      asked: [let-in, listened]
      open wins: 2
    talk:
      - bot: felt easy
      - me: It was fine
      - bot: …
    expect:
      win: 1
      at-ease: declined
    """


def found(text: str) -> list[tuple[str, int]]:
    _, diagnostics = read_stories("story.yaml", dedent(text).encode())
    return [(one.code, one.place.line) for one in diagnostics]


def test_a_whole_story() -> None:
    (story,) = stories(WHOLE)
    assert (story.name, story.stage, story.place.line) == (
        "a thin answer gets one probe",
        "rapport",
        2,
    )
    assert (story.language, story.role, story.length) == ("en", "mentor", "long")
    given = story.given
    assert (given.today, given.sessions) == (date(2026, 3, 2), 3)
    assert given.last_session == date(2026, 2, 20)
    assert (given.mentee, given.mentor) == ("Amina", "Ruth")
    assert given.open == (
        Open("ask Sam for the rota", date(2026, 2, 27)),
        Open("sort things out, by and by"),
    )
    assert given.last["at-ease"].value == "The review was slow"
    assert [text.value for text in given.asked] == ["let-in", "listened"]
    assert given.items == {"win": 2}
    assert [(line.who, line.text) for line in story.talk] == [
        ("bot", "felt easy"),
        ("me", "It was fine"),
        ("bot", "…"),
    ]
    assert [(one.name, one.value, one.place.line) for one in story.expect] == [
        ("win", "1", 24),
        ("at-ease", "declined", 25),
    ]


def test_a_file_may_hold_a_list() -> None:
    one = "- story: {0}\n  stage: s\n  talk:\n    - bot: …\n"
    assert [s.name for s in stories(one.format("first") + one.format("second"))] == [
        "first",
        "second",
    ]


def test_answers_of_last_time_mean_a_session_before() -> None:
    (story,) = stories(
        "story: a\nstage: s\ngiven:\n  today: 2026-03-02\n  last:\n    x: y\ntalk:\n  - bot: …\n"
    )
    assert (story.given.sessions, story.given.last_session) == (1, date(2026, 2, 16))


def test_everything_wrong_is_found_at_once() -> None:
    text = """\
    - story: one
      stage: s
      length: endless
      talk:
        - bot: hello
        - you: hello
      expect: nothing
    - stage: s
      talks: none
    - just a text
    - story: four
      stage: s
      given:
        today: tomorrow
        sessions: some
        open: one
        dogs: 2
      talk: hello
    - story: five
      stage: s
      given: nothing
      talk:
        - bot: …
    """
    assert found(text) == [
        ("unknown-word", 3),
        ("wrong-shape", 6),
        ("wrong-shape", 7),
        ("missing-key", 8),
        ("missing-key", 8),
        ("unknown-key", 9),
        ("wrong-shape", 10),
        ("unknown-key", 17),
        ("wrong-shape", 18),
        ("wrong-shape", 21),
    ]


def test_days_and_counts() -> None:
    head = "story: a\nstage: s\ngiven:\n  {0}\ntalk:\n  - bot: …\n"
    assert found(head.format("today: tomorrow")) == [("not-a-day", 4)]
    assert found(head.format("sessions: some")) == [("not-a-number", 4)]
    assert found(head.format("open: one")) == [("wrong-shape", 4)]
    assert found(head.format("wins: few")) == [("not-a-number", 4)]


def test_a_story_with_an_error_is_left_out_and_the_others_stay() -> None:
    text = "- story: a\n  stage: s\n  talk:\n    - bot: …\n- story: b\n"
    read, diagnostics = read_stories("story.yaml", text.encode())
    assert [story.name for story in read] == ["a"]
    assert diagnostics


def test_what_yaml_would_mangle_is_reported() -> None:
    assert found("story: a: b\nstage: s\ntalk:\n  - bot: …\n") == [("colon-in-text", 1)]
    assert found("") == [("empty-file", 0)]
