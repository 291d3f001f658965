"""What is private is in nothing that leaves, in nothing left lying about, and nowhere in the other's home."""

from __future__ import annotations

import random
import shutil
import string
import tempfile
import zlib
from base64 import b64encode
from pathlib import Path
from unicodedata import normalize

import pytest

from reflect.application.keeping_keys import own_key
from reflect.application.wiring import Application
from reflect.sharing.sealing import open_sealed
from tests.faults.traces import traces, traces_below
from tests.sharing.two_homes_typed import (
    OPEN,
    Given,
    Home,
    exchange_keys,
    put_pack,
    reply,
    share,
    two_homes,
)

PACK = """\
reflect: 1
pack: canaries
version: 1.0.0
title: Kept to oneself
language: en

worked:
  - id: win
    ask: What went well?
    keep: win
  - id: snag
    ask: What held you up?
    share: no
  - id: echo
    ask: About {quote of snag|that}, what did it cost you?
    when: snag is answered
  - id: before
    ask: Last time you said {last.snag|nothing}. And now?
    when: last.snag is answered
adjust:
  - id: inner
    ask: What do you tell nobody else?
  - id: after
    ask: And what would change if you told it?
    when: inner is answered
  - repeat: up to 2
    id: rows
    again: Is there another one?
    questions:
      - id: row
        ask: Which quarrel is on your mind?
        share: no
      - id: with
        ask: Who was it with?
  - id: undecided
    ask: What are you unsure about?
    share: at the end
  - id: kept
    ask: What do you doubt?
    share: at the end
  - id: brief
    ask: What would you rather say briefly?
    share: at the end
next:
  - id: dark
    ask: How bad is it?
  - id: step
    ask: What will you do?
    keep: action
  - id: quiet
    ask: What will you do for yourself alone?
    keep: action
    share: no
"""
RECORD = {"reflect.db", "reflect.db-wal"}
NAMES = (
    *(
        "snag",
        "echo",
        "before",
        "inner",
        "after",
        "row",
        "with",
        "undecided",
        "kept",
        "brief",
        "dark",
    ),
    *("quiet", "outcome", "goal", "win", "feedback", "contact", "reason", "progress"),
)
"""Whatever is private here; each gets a word of its own."""


def words() -> dict[str, str]:
    """A word for each, of letters by chance with an accent within the end that is looked for."""
    chance = random.SystemRandom()
    letters = string.ascii_lowercase
    return {
        name: "".join(chance.choices(letters, k=20)) + "é" + "".join(chance.choices(letters, k=5))
        for name in NAMES
    }


def said(word: dict[str, str], turn: int) -> Given:
    """A session in which everything private holds its word."""
    return {
        "What went well?": f"I wrote win number {turn} on a card",
        "What held you up?": f"{word['snag']} talks over me",
        "what did it cost you?": f"{word['echo']} and my voice",
        "And now?": f"{word['before']} as ever",
        "What do you tell nobody else?": f"{word['inner']} to nobody\n/private",
        "if you told it?": f"{word['after']} would laugh",
        "Which quarrel": f"{word['row']} and the shifts",
        "Who was it with?": f"{word['with']} from the ward",
        "Is there another one?": "no",
        "What are you unsure about?": f"{word['undecided']} is what I think",
        "What do you doubt?": f"{word['kept']} is what I doubt",
        "What would you rather say briefly?": f"{word['brief']} for an hour",
        "a shorter version in my own words": ("", "2", "3\nI had a long day"),
        "How bad is it?": f"I want to kill myself, says {word['dark']}",
        "What will you do?": "ask dr Lang for two minutes by Thursday",
        "for yourself alone?": f"sleep without {word['quiet']} by Friday",
        "4 no longer": ("1", f"partly, because of {word['outcome']}"),
    }


def by_hand(amina: Home, word: dict[str, str]) -> None:
    """What is noted in private between the sessions, and why something was done."""
    amina.does("goals", "add", f"be without {word['goal']}", "--private")
    amina.does("goals", "add", "lead the round")
    amina.does("goals", "progress", "1", f"{word['progress']} is a beginning")
    amina.does("wins", "add", f"{word['win']} smiled", "--private")
    amina.does("feedback", "add", f"{word['feedback']} said so", "--private")
    amina.does("contacts", "add", f"call {word['contact']}", "--private")
    amina.does("actions", "edit", "2", "ask dr Lang for three minutes", "--reason", word["reason"])


class Played:
    """Two sessions with private words, shared in every form; `left` is what was written to stdout."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.word = words()
        self.amina, self.daniel = two_homes(folder, monkeypatch)
        self.temp = folder / "tmp"
        self.temp.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(self.temp))
        put_pack(self.amina, PACK, "canaries")
        exchange_keys(self.amina, self.daniel)
        self.left: list[bytes] = []
        self.errors = ""
        for turn in (1, 2):
            self.amina.day = self.daniel.day = f"2026-11-2{turn}"
            self.told = self.amina.sits(said(self.word, turn), "canaries")
            if turn == 1:
                by_hand(self.amina, self.word)
            self._shares(turn)
        self.amina.does("receive", str(self._answers()), "--yes")
        self._does("share", "last", "--replace", "--yes", "--output", "replacing.reflect")
        self.amina.does("actions", "done", "4", "3")
        self._does("share", "--again", "--format", "markdown", "--yes")

    def _shares(self, turn: int) -> None:
        self._does("share", "--yes", "--output", f"{turn}.reflect")
        self.daniel.does("review", str(self.amina.desk / f"{turn}.reflect"))
        for form in ("bundle", "html", "markdown"):
            self._does("share", "last", "--preview", "--format", form, "--some-private")
            self._does(
                "share",
                "last",
                "--format",
                form,
                *_open(form),
                "--yes",
                "-o",
                f"{turn}.{form}",
                "--to",
                "ruth",
            )
        self._does("shared", "show", "1", "--json")

    def _answers(self) -> Path:
        self.daniel.does("review", "note", "1", "the card is what made it short")
        for line in (("show", "--transcript"), ("compare",), ("search", "a*"), ("owed",)):
            self.left.append(self.daniel.does("review", *line).out.encode())
        return reply(self.daniel, "back.reflect")

    def _does(self, *line: str) -> None:
        ran = self.amina.does(*line)
        self.errors += ran.err
        self.left.append(ran.out.encode())

    def files(self) -> list[bytes]:
        """Every file that was made, and what is in those that are sealed."""
        found = [file.read_bytes() for file in self.amina.desk.iterdir()]
        app = Application({"REFLECT_HOME": str(self.amina.root)})
        sealed = [data for data in found if data.startswith(b"age-encryption")]
        opened = [open_sealed(data, [own_key(app)]) for data in sealed]
        app.close()
        assert len(sealed) >= 3 and len(found) >= 9
        return [*found, *opened]


def _open(form: str) -> tuple[str, ...]:
    return ("--unencrypted",) if form == "bundle" else ()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    with pytest.MonkeyPatch.context() as monkeypatch:
        return Played(tmp_path_factory.mktemp("canary"), monkeypatch)


def test_every_word_is_in_the_record_so_that_it_could_have_left(played: Played) -> None:
    found = traces_below(played.amina.root, played.word.values())
    assert set().union(*found.values()) == set(played.word.values())


def test_no_private_word_is_in_anything_that_leaves(played: Played) -> None:
    for data in (*played.files(), *played.left):
        assert traces(data, played.word.values()) == set()
    everything = b"".join((*played.files(), *played.left))
    assert b"I had a long day" in everything, "the summary leaves in place of the answer"


def test_no_private_word_lies_about(played: Played) -> None:
    assert traces(played.errors.encode(), played.word.values()) == set()
    found = traces_below(played.amina.root, played.word.values())
    assert {Path(name).name for name in found} <= RECORD
    assert list(played.temp.iterdir()) == []


def test_no_private_word_is_in_the_other_home(played: Played) -> None:
    assert traces_below(played.daniel.root.parent, played.word.values()) == {}
    assert traces_below(played.daniel.root, ["win number 1 on a card"]) != {}


def test_after_an_erasure_no_word_is_in_the_record_or_its_journal(
    played: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A record of its own: the other tests look for what is erased here.
    amina = Home(tmp_path, monkeypatch, played.amina.day)
    shutil.copytree(played.amina.root, amina.root)
    kinds = (("goal", 2), ("win", 2), ("feedback", 1), ("contact", 1))
    for kind, most in kinds:
        for number in range(most, 0, -1):
            amina.run("delete", "--item", kind, str(number), "--yes")
    while amina.says("history")["sessions"]:
        amina.does("delete", "last", "--yes")
    assert traces_below(amina.root, played.word.values()) == {}
    amina.does("doctor")


def test_what_is_said_back_about_an_answer_that_is_private_by_now_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = words()
    amina, daniel = two_homes(tmp_path, monkeypatch)
    exchange_keys(amina, daniel)
    amina.sits({"What went well on the ward?": f"I was silent, {word['win']}"})
    share(amina, daniel, "one.reflect")
    daniel.does("review", "note", "1", "say more about the silence")
    amina.does("receive", str(reply(daniel, "back")))
    amina.day = "2026-11-23"
    amina.sits({"You can say something back": f"it was {word['echo']}", **OPEN})
    sent = amina.does("share", "last", "--preview", "--format", "bundle").out
    assert word["echo"] in sent, "as long as it is open it may leave"
    amina.does("share", "1", "--replace", "--output", "two", stdin="p 1\n\n")
    for form in ("bundle", "html", "markdown"):
        sent = amina.does("share", "last", "--preview", "--format", form).out
        assert traces(sent.encode(), word.values()) == set()
        assert "three worst patients" in sent


def test_the_search_would_find_it_in_every_shape() -> None:
    word = next(iter(words().values()))
    for form in ("NFC", "NFD"):
        text = normalize(form, f'{{"a": "x {word.upper()} y"}}').encode()
        assert traces(text, [word]) == {word}
        text = normalize(form, f"x {word} y").encode()
        assert traces(b"\0" * 99 + zlib.compress(text) + b"tail", [word]) == {word}
        for before in range(3):
            assert traces(b64encode(b"x" * before + text), [word]) == {word}
        assert traces(text.hex().encode(), [word]) == {word}
        assert traces(text, words().values()) == set()
