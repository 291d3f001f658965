"""Rounds of share and reply: both homes hold the same in the end, whatever comes twice, late or never."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path

import apsw
import pytest

from tests.sharing.two_homes_typed import (
    OPEN,
    Home,
    exchange_keys,
    mentees,
    mentors,
    number,
    opening,
    reply,
    share,
    two_homes,
)

TABLES = ("events", "m_items", "m_notes", "m_cases", "m_sessions", "m_checks")


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Home, Home]:
    return two_homes(tmp_path, monkeypatch)


def writes(daniel: Home, *lines: tuple[str, ...]) -> None:
    for line in lines:
        daniel.does("review", *line)


def kept(home: Home) -> list[tuple[object, ...]]:
    """Every row that a file could change."""
    db = apsw.Connection(str(home.root / "reflect.db"))
    known = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    rows = [row for one in TABLES if one in known for row in db.execute(f"SELECT * FROM {one}")]
    db.close()
    return rows


def copied(home: Home, name: str) -> Home:
    """The same home a second time."""
    other = Home(home.root.parent.parent / name, home._patch, home.day)
    shutil.copytree(home.root, other.root)
    return other


def decided(home: Home, field: str) -> dict[str, str]:
    """What became of each proposal, as this home knows it."""
    line = ("notes", "--all") if field == "state" else ("review", "notes")
    return {
        one["id"]: one[field]
        for one in home.says(*line)["notes"]
        if one[field] in ("accepted", "declined") and one["kind"] != "answer"
    }


# --- three rounds ------------------------------------------------------------------


def test_both_hold_the_same_after_three_rounds(homes: tuple[Home, Home]) -> None:
    amina, daniel = homes
    amina.sits(OPEN)
    exchange_keys(amina, daniel)
    share(amina, daniel, "one.reflect")
    writes(
        daniel,
        ("note", number(daniel, "on a card", "answer"), "The card is what made it short."),
        ("answer", number(daniel, "interrupt", "question"), "By asking for ten seconds, by name."),
        ("take", number(daniel, "ask dr Lang", "action")),
        ("agree", number(daniel, "morning round", "goal")),
        ("propose", "action", "send me your slides by friday"),
        ("propose", "action", "ring the pharmacist", "--mine"),
        ("propose", "goal", "run a meeting"),
        ("agenda", "the exam in spring"),
        ("thank", "for telling me about the card before I asked"),
    )
    # In the order of the notes: taken on, agreed, the slides, the pharmacist, the meeting.
    file = reply(daniel, "back-one")
    received = amina.does("receive", str(file), stdin="yes\nyes\nyes\nyes\nno\n")
    assert received.out.count("Yes: ") == 4 and received.out.count("No: ") == 1
    assert "What Daniel wants to talk about\n  - the exam in spring" in amina.does("prepare").out
    assert "Daniel: By asking for ten seconds, by name." in amina.does("questions", "--all").out

    amina.day = daniel.day = "2026-12-06"
    second = {
        "What went well on the ward?": "I rang the ward before the round began",
        "What will you do until": "read the guideline by Friday",
        "What do you want to ask": "when do you give in?",
        "your slides": "1",
    }
    opened = opening(amina.sits(second))
    assert "The card is what made it short." in opened
    assert "By asking for ten seconds, by name." in opened
    share(amina, daniel, "two.reflect")
    became = {one.get("text"): one["became"] for one in daniel.says("review", "notes")["notes"]}
    assert (became["ring the pharmacist"], became["run a meeting"]) == ("accepted", "declined")
    writes(
        daniel,
        ("note", number(daniel, "rang the ward", "answer"), "You came before the noise began."),
        ("close", number(daniel, "pharmacist", "action")),
        ("propose", "term", "we begin on time"),
        ("edit", "1", "The card made it short, and you stopped after it."),
        ("withdraw", "9"),
    )
    amina.does("receive", str(reply(daniel, "back-two")), stdin="yes\nyes\n")
    states = {one["text"]: one["state"] for one in amina.says("actions", "--all")["actions"]}
    assert states["ring the pharmacist"] == "kept"

    amina.day = daniel.day = "2026-12-20"
    opened = opening(amina.sits({"What went well on the ward?": "nobody talked over me"}))
    assert "You came before the noise began." in opened
    assert "The card made it short, and you stopped after it." in opened
    share(amina, daniel, "three.reflect")
    writes(
        daniel,
        ("close", number(daniel, "ask dr Lang", "action"), "I asked him on Monday."),
        ("answer", number(daniel, "give in", "question"), "When the patient is safe either way."),
    )
    amina.does("receive", str(reply(daniel, "back-three")), "--yes")
    share(amina, daniel, "four.reflect", "--again")
    items, notes = mentees(amina)
    assert (items, notes) == mentors(daniel)
    assert (len(items), len(notes)) == (10, 14)
    assert decided(amina, "state") == decided(daniel, "became")
    told = {str(row[0]): row[1] for row in items}
    assert told["ask dr Lang for two minutes before the round"] == "kept"
    assert told["lead the morning round on my own"] == told["we begin on time"] == "agreed"
    assert told["when do you give in?"] == "answered" and "run a meeting" not in told
    assert daniel.says("review", "owed")["owed"] == []
    opened = opening(amina.sits({}))
    assert "When the patient is safe either way." in opened and "I asked him on Monday." in opened
    for home in homes:
        home.does("doctor")


# --- twice, late, never ------------------------------------------------------------


@pytest.fixture
def rounds(homes: tuple[Home, Home]) -> tuple[Home, Home, list[Path], list[Path]]:
    """Three files of the mentee's and three replies, none received; later ones change the first."""
    amina, daniel = homes
    exchange_keys(amina, daniel)
    shared, replies = [], []
    said: tuple[tuple[tuple[str, ...], ...], ...] = (
        (("agenda", "the exam"), ("propose", "action", "send me your slides")),
        (("edit", "1", "the exam in spring"), ("propose", "goal", "run a meeting")),
        (("withdraw", "2"), ("thank", "for the card that you read out to me")),
    )
    for turn, lines in enumerate(said):
        amina.day = daniel.day = f"2026-11-{22 + turn}"
        amina.sits({**OPEN, "What went well on the ward?": f"win number {turn}"})
        if turn == 2:
            amina.does("actions", "done", "1")
        shared.append(share(amina, daniel, f"{turn}.reflect"))
        if turn == 0:
            writes(daniel, ("answer", number(daniel, "interrupt", "question"), "By name."))
            writes(daniel, ("withdraw", "1"))
        writes(daniel, *((verb, *_next(rest, verb)) for verb, *rest in lines))
        replies.append(reply(daniel, f"back-{turn}"))
    return amina, daniel, shared, replies


def _next(rest: list[str], verb: str) -> list[str]:
    """Notes count from 1; the first of each home was withdrawn before it was ever sent."""
    return [str(int(rest[0]) + 1), *rest[1:]] if verb in ("edit", "withdraw") else rest


def test_the_same_file_twice_changes_nothing(
    rounds: tuple[Home, Home, list[Path], list[Path]],
) -> None:
    amina, daniel, shared, replies = rounds
    for file in replies:
        amina.does("receive", str(file))
    before = kept(amina), kept(daniel)
    for file in replies:
        again = amina.does("receive", str(file), "--yes")
        assert again.out == "" and "Nothing new" in again.err
    for file in shared:
        assert "opened before" in daniel.does("review", str(file)).err
    assert (kept(amina), kept(daniel)) == before


def test_replies_in_any_order_and_without_the_first_arrive_at_the_same(
    rounds: tuple[Home, Home, list[Path], list[Path]],
) -> None:
    amina, daniel, _, replies = rounds
    orders = [*permutations(range(3)), (2,), (1, 2), (2, 0)]
    found = []
    for turn, order in enumerate(orders):
        other = copied(amina, f"amina-{turn}")
        for at in order:
            other.does("receive", str(replies[at]))
        found.append(mentees(other))
    assert all(one == found[0] for one in found)
    notes = found[0][1]
    # A note that was withdrawn before it was sent never left; the one sent before has no words.
    assert sorted(str(row[3]) for row in notes) == [
        "",
        "for the card that you read out to me",
        "run a meeting",
        "the exam in spring",
    ]
    assert notes == [
        row for row in mentors(daniel)[1] if row[3] or (row[1] == 2 and row[2] != "answer")
    ]


def test_a_reply_as_text_brings_what_the_file_brings(
    rounds: tuple[Home, Home, list[Path], list[Path]],
) -> None:
    amina, daniel, _, replies = rounds
    text = daniel.does("review", "reply", "--format", "text", "-o", "-").out
    mailed = "On Sunday Daniel wrote:\r\n" + "".join(f"> {one}\r\n" for one in text.splitlines())
    other = copied(amina, "other")
    other.does("receive", "-", stdin=mailed)
    assert "Nothing new" in other.does("receive", str(replies[2])).err
    amina.does("receive", str(replies[2]))
    assert mentees(other) == mentees(amina) and len(mentees(amina)[1]) == 4


def test_a_note_of_an_earlier_file_finds_its_answer_from_a_text_too(
    homes: tuple[Home, Home],
) -> None:
    amina, daniel, _ = with_a_note(homes)
    amina.day = daniel.day = "2026-11-23"
    amina.sits({"What went well on the ward?": "I rang the ward first"})
    share(amina, daniel, "two.reflect")
    amina.does("receive", "-", stdin=daniel.does("review", "reply", "--format", "text").out)
    opened = opening(amina.sits({}))
    assert "three worst patients" in opened and "no longer there" not in opened


def test_shares_in_any_order_arrive_at_the_same(
    homes: tuple[Home, Home], rounds: tuple[Home, Home, list[Path], list[Path]]
) -> None:
    _, daniel, shared, _ = rounds
    fresh = Home(daniel.root.parent.parent / "fresh", daniel._patch, daniel.day)
    fresh.root.mkdir(mode=0o700)
    key = daniel.does("key", "sheet").out
    fresh.does("key", "restore", stdin=key)
    found = []
    for turn, order in enumerate(permutations(range(3))):
        other = copied(fresh, f"daniel-{turn}")
        for at in order:
            other.does("review", str(shared[at]))
        numbered = other.says("review", "show")
        found.append((mentors(other)[0], numbered, other.does("review", "compare").out))
    assert all(one == found[0] for one in found)
    assert found[0][0] == mentors(daniel)[0]
    assert any(row[0] == "win number 0" for row in found[0][0])


# --- what is no longer there -------------------------------------------------------


def with_a_note(homes: tuple[Home, Home]) -> tuple[Home, Home, Path]:
    """A first file, and a reply beside its first answer that has not arrived yet."""
    amina, daniel = homes
    amina.sits(OPEN)
    exchange_keys(amina, daniel)
    share(amina, daniel, "one.reflect")
    at = number(daniel, "on a card", "answer")
    writes(daniel, ("note", at, "The card is what made it short."))
    return amina, daniel, reply(daniel, "back")


@pytest.mark.parametrize("what", [("--answer", "1"), ()], ids=["answer", "session"])
def test_a_note_on_what_was_erased_says_so(homes: tuple[Home, Home], what: tuple[str, ...]) -> None:
    amina, _, file = with_a_note(homes)
    amina.does("delete", "last", *what, "--yes")
    assert_gone(amina, file)


def test_what_is_proposed_about_something_that_was_erased_can_only_be_declined(
    homes: tuple[Home, Home],
) -> None:
    amina, daniel, _ = with_a_note(homes)
    writes(daniel, ("take", number(daniel, "ask dr Lang", "action")))
    amina.does("delete", "last", "--yes")
    received = amina.does("receive", str(reply(daniel, "again")), "--yes")
    (waits,) = amina.says("notes", "--waiting")["notes"]
    assert "Yes: " not in received.out
    assert amina.run("notes", "accept", str(waits["number"])).err.startswith("note-about-nothing")
    amina.does("notes", "decline", str(waits["number"]))
    assert amina.says("actions", "--all")["actions"] == []
    share_of_nothing = amina.run("share", "--again", "--yes")
    assert share_of_nothing.code in (0, 1) and "fault" not in share_of_nothing.err


def test_a_note_on_an_answer_that_is_private_by_now_says_so(homes: tuple[Home, Home]) -> None:
    amina, daniel, file = with_a_note(homes)
    again = amina.does("share", "last", "--replace", "--output", "two", stdin="p 1\n\n")
    assert "is kept with you." in again.err
    daniel.does("review", str(amina.desk / "two"))
    shown = daniel.does("review", "show", "--transcript").out
    assert "worst patients" not in shown
    assert "The card is what made it short." in daniel.does("review", "notes").out
    assert_gone(amina, file)


def assert_gone(amina: Home, file: Path) -> None:
    received = amina.does("receive", str(file))
    assert "About an answer that is no longer there" in received.out
    assert "The card is what made it short." in received.out
    assert "three worst patients" not in received.out
    (note,) = amina.says("notes")["notes"]
    assert (note["about"], note["quote"]) == ("gone", "")
    opened = opening(amina.sits({}))
    assert "The card is what made it short." in opened and "three worst patients" not in opened
    assert "no longer" in opened


def test_what_was_sent_by_mistake_gives_way_in_either_order(homes: tuple[Home, Home]) -> None:
    amina, daniel = homes
    amina.sits(OPEN)
    exchange_keys(amina, daniel)
    for name in ("one", "two"):
        more = () if name == "one" else ("--replace",)
        keep = "yes\n\n" if name == "one" else "p 4\n\n"
        amina.does("share", *more, "--output", name, stdin=keep)
    other = copied(daniel, "other")
    shown = []
    for home, order in ((daniel, ("one", "two")), (other, ("two", "one"))):
        for name in order:
            home.does("review", str(amina.desk / name))
        shown.append(home.does("review", "show", "--transcript").out)
    assert shown[0] == shown[1]
    assert "on a card" in shown[0] and "ask dr Lang" not in shown[0]
    assert daniel.does("review", "search", "Lang").out == ""
