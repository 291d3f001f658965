"""Whatever was answered, the outline is the one we wrote, and the words are the mentee's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import orgparse
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import reflect_org
from reflect.plugins.api import Collection, OpenAction, Transcript
from reflect.testing import play
from reflect_org.outline import outline
from reflect_org.plain import GUARD

HOSTILE = (
    "* a heading",
    "fine\n* a heading\n** TODO another",
    ":PROPERTIES:\n:ID: stolen\n:END:",
    ":LOGBOOK:",
    '#+BEGIN_SRC emacs-lisp :results silent\n(shell-command "rm x")\n#+END_SRC',
    '#+TODO: FOO | BAR\n#+INCLUDE: "/etc/passwd"',
    "DEADLINE: <2026-01-01 Thu>",
    "SCHEDULED: <2026-01-01 Thu> CLOSED: [2026-01-01 Thu]",
    "<2026-01-01 Thu>--<2026-01-02 Fri>",
    "[2026-01-01 Thu 10:00]",
    "<%%(diary-float t 4 2)>",
    '[[elisp:(shell-command "rm x")][click me]]',
    "shell:ls https://x.example <https://x.example> file:/etc/passwd",
    "TODO do it :tag:other:",
    "DONE",
    "COMMENT hidden",
    "[#A] first [1/2] [50%]",
    "| a | b |\n|---+---|",
    "src_python{print(1)} call_x() {{{author}}} @@html:<b>@@ [fn:1] <<target>> \\input{x} $x$",
    "*bold* /it/ _un_ =ve= ~co~ +st+",
    "# comment\n#+ x\n-----\n- list\n1. one\n: fixed",
    "a\u2028* b\x0b* c\x85* d\r* e",
    "x\x00y\x1b[31m",
    "clocked\nCLOCK: [2026-01-01 Thu 10:00]--[2026-01-01 Thu 11:00] =>  1:00",
)


def with_words(words: str) -> Transcript:
    """A session that was really played, with `words` in the place of everything that was typed."""
    played = play(
        "four-stages",
        ["She asked first", "", "Nothing", "Ask Ruth for the rota, by 2026-03-06"],
    ).transcript
    assert len(played.items) > 0
    return replace(
        played,
        turns=tuple(replace(turn, answer=words, question=words) for turn in played.turns),
        items=tuple(replace(item, text=words, instead=words) for item in played.items),
    )


def collection(
    sessions: Sequence[Transcript],
    actions: Sequence[OpenAction] = (),
    check_in: str | None = None,
) -> Collection:
    return Collection(
        schema_version=1,
        transcripts=tuple(sessions),
        open_actions=tuple(actions),
        check_in=check_in,
    )


def actions(session: Transcript) -> list[OpenAction]:
    return [
        OpenAction(
            item.id, item.kind, item.text, item.day, item.due, "", item.owner, "", share="yes"
        )
        for item in session.items
        if item.kind == "action"
    ]


def read(sessions: Collection) -> list[orgparse.OrgNode]:
    """The headings as orgparse reads them."""
    return list(orgparse.loads(outline(sessions)))[1:]


def shown(text: str) -> str:
    """The letters that a reader sees."""
    return "".join(letter for letter in text if letter.isprintable() and letter not in f" {GUARD}")


SESSION = with_words("plain words")


def test_a_session_is_a_heading_with_its_stage_as_a_tag() -> None:
    heading, *_ = read(collection([SESSION]))
    assert heading.heading.replace(GUARD, "").startswith("2026-03-02 ")
    assert heading.tags == {"rapport"}
    assert heading.properties["ID"] == SESSION.session.id
    assert heading.level == 1


def test_an_open_action_is_to_be_done_by_its_day() -> None:
    nodes = read(collection([SESSION], actions(SESSION)))
    (node,) = [node for node in nodes if node.todo]
    assert (node.todo, node.deadline.start) == ("TODO", date(2026, 3, 6))
    assert node.properties == {"ID": SESSION.items[-1].id, "OWNER": SESSION.items[-1].owner}


@pytest.mark.parametrize(("value", "keyword"), [("kept", "DONE"), ("dropped", "CANCELLED")])
def test_an_action_that_is_over_says_how(value: str, keyword: str) -> None:
    ended = replace(SESSION, session=replace(SESSION.session, state="completed"))
    item = next(item for item in ended.items if item.kind == "action")
    check = replace(ended.turns[0], key=f"core.promise@{item.id}", value=value)
    later = replace(ended, session=replace(ended.session, id="02LATER"), turns=(check,), items=())
    assert [node.todo for node in read(collection([ended, later])) if node.todo] == [keyword]


def test_what_is_private_is_tagged() -> None:
    closed = replace(SESSION, turns=(replace(SESSION.turns[0], share="no"),), items=())
    assert [node.tags for node in read(collection([closed]))][1] >= {"private"}


def test_the_next_check_in_is_in_the_agenda() -> None:
    node, *_ = read(collection([SESSION], check_in="2026-12-03"))
    assert [stamp.start for stamp in node.datelist] == [date(2026, 12, 3)]


def test_nothing_is_an_empty_outline() -> None:
    assert read(collection([])) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(words: str) -> None:
    assert_only_words(words)


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(list("*#:+-[]<>|\\{}$@ \n\tTODA1")), max_size=30).map("".join)
)
def test_any_words_stay_words(words: str) -> None:
    assert_only_words(words)


def assert_only_words(words: str) -> None:
    session = replace(
        SESSION,
        turns=tuple(replace(turn, answer=words, question=words) for turn in SESSION.turns),
        items=tuple(replace(item, text=words, instead=words) for item in SESSION.items),
    )
    ours, theirs = read(collection([SESSION])), read(collection([session]))
    if not shown(words):
        return
    assert [node.level for node in theirs] == [node.level for node in ours]
    assert [node.todo for node in theirs] == [node.todo for node in ours]
    assert [node.tags for node in theirs] == [node.tags for node in ours]
    assert [dict(node.properties) for node in theirs] == [dict(node.properties) for node in ours]
    assert [node.deadline.start for node in theirs] == [node.deadline.start for node in ours]
    for node in theirs:
        assert node.priority is None
        assert not node.datelist and not node.rangelist and not node.clock
        assert not node.scheduled and not node.closed
        assert "[[" not in node.get_body(format="raw")
    for node in theirs[1:]:
        assert shown(node.get_heading(format="raw")) == shown(words)
        if body := node.get_body(format="raw"):
            assert shown(body) == shown(words)
        for line in body.split("\n") if body else ():
            assert line.startswith(GUARD)


def test_reflect_is_given_the_format() -> None:
    (exporter,) = reflect_org.reflect_exporters()
    assert (exporter.name, exporter.suffix) == ("org", ".org")
    assert exporter.write(collection([])).startswith(b"#+TITLE")
