"""Files from somebody else: refused or taken whole, also when the program is killed meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reflect.application.wiring import Application
from reflect.settings import NO_PLUGINS
from reflect.sharing.aliases import named
from reflect.sharing.identities import make_identity
from reflect.sharing.sealing import seal
from reflect.text import for_terminal
from tests.faults import opening
from tests.faults.opening import Good, contents
from tests.faults.program import reflect
from tests.faults.record import trouble
from tests.faults.test_modes import too_open
from tests.faults.tracing import FEWER, Point, every, killed_at, needs_strace, points, trials
from tests.sharing.samples import HOSTILE, RAW
from tests.sharing.two_homes_typed import (
    OPEN,
    Home,
    exchange_keys,
    number,
    reply,
    share,
    two_homes,
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    return a_round(tmp_path_factory.mktemp("good"))


def a_round(folder: Path) -> Good:
    """A round is done; the next file and the next reply are made and not opened yet."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        amina, daniel = two_homes(folder, monkeypatch)
        exchange_keys(amina, daniel)
        amina.sits(OPEN)
        share(amina, daniel, "one.reflect")
        at = number(daniel, "on a card", "answer")
        daniel.does("review", "note", at, "the card is what made it short")
        daniel.does("review", "propose", "action", "send me the slides by friday")
        amina.does("receive", str(reply(daniel, "back-one")), stdin="yes\n")
        amina.day = daniel.day = "2026-11-28"
        daniel.does("review", "edit", "1", "the card and the pause behind it")
        daniel.does("review", "answer", number(daniel, "interrupt", "question"), "by name")
        daniel.does("review", "take", number(daniel, "ask dr Lang", "action"))
        daniel.does("review", "agree", number(daniel, "morning round", "goal"))
        for words in (("goal", "run a meeting"), ("term", "we begin on time")):
            daniel.does("review", "propose", *words)
        keys = [amina.key(), daniel.key()]
        daniel.does("review", "reply", "-o", "back", "--unencrypted", "--yes")
        amina.sits({**OPEN, "What went well on the ward?": "I rang the ward before noon"})
        # Who opens it has not sent it: what was sent is in the log of another copy.
        before = folder / "before"
        shutil.copytree(amina.root, before)
        amina.does("share", "--unencrypted", "--yes", "-o", "two")
        return Good(
            before,
            daniel.root,
            (amina.desk / "two").read_bytes(),
            (daniel.desk / "back").read_bytes(),
            keys,
        )


def test_a_hundred_changed_files_are_refused_or_taken_whole(good: Good) -> None:
    came = opening.run(good, 100, seed=int(os.environ.get("REFLECT_SEED", "7")))
    assert not came.fell, came.fell[:3]
    assert came.taken > 5 and sum(came.refused.values()) > 50 and len(came.refused) >= 4


@pytest.mark.slow
def test_twenty_thousand_changed_files(good: Good, capsys: pytest.CaptureFixture[str]) -> None:
    came = opening.run(good, int(os.environ.get("REFLECT_MUTANTS", "20000")), seed=1)
    with capsys.disabled():
        print(f"\n  {came.taken} taken, {came.refused}, slowest {came.slowest:.0f} ms", end=" ")
    assert not came.fell, came.fell[:3]


# --- as it is typed -------------------------------------------------------------------

BAD = {
    b"": "bundle-",
    b"{}": "bundle-unreadable",
    b'{"schema_version": 1, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}": "bundle-unreadable",
    b'{"schema_version": 99}': "bundle-too-new",
    b" " * 9_000_000: "bundle-",
    b'{"schema_version": 1}' + b" " * 9_000_000: "bundle-too-large",
    b"age-encryption.org/v1\n-> X25519 a\n": "bundle-",
    b"\x1f\x8b\x08" + b"\0" * 99: "bundle-",
}


@pytest.mark.parametrize("command", ["receive", "review"])
def test_what_is_refused_is_said_in_a_line_and_changes_no_byte(
    good: Good, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path, monkeypatch, "2026-11-29")
    shutil.copytree(good.amina if command == "receive" else good.daniel, home.root)
    mine, theirs = (good.reply, good.shared) if command == "receive" else (good.shared, good.reply)
    stranger = make_identity("2026-11-01").public
    cases = {
        **BAD,
        seal(mine, good.keys)[:-50]: "bundle-truncated",
        _turned(seal(mine, good.keys)): "bundle-damaged",
        seal(mine, [stranger]): "bundle-wrong-key",
        theirs: "not-a-reply" if command == "receive" else "not-for-review",
        mine.replace(b'"mentorship": "', b'"mentorship": "../'): "bundle-unreadable",
        mine[: len(mine) // 2]: "bundle-unreadable",
    }
    before = contents(home.root)
    for data, code in cases.items():
        (home.desk / "file").write_bytes(data)
        ran = home.run(command, "file")
        assert (ran.code, ran.out) == (1, ""), (code, ran.err)
        assert ran.err.startswith(code) and len(ran.err) < 400 and "Traceback" not in ran.err
        assert contents(home.root) == before, code
    assert [one.name for one in home.desk.iterdir()] == ["file"]


def _turned(data: bytes) -> bytes:
    """One bit of the last block of what is sealed, turned."""
    return data[:-100] + bytes((data[-100] ^ 1,)) + data[-99:]


def test_a_change_that_is_not_refused_would_be_noticed(
    good: Good, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reflect.application import receiving, reviewing

    def marking(kept: Any) -> Any:
        def marks(app: Any, *given: Any) -> Any:
            app.store.put_mark("seen", os.urandom(4).hex())
            return kept(app, *given)

        return marks

    monkeypatch.setattr(receiving, "opened", marking(receiving.opened))
    monkeypatch.setattr(reviewing, "file_away", lambda app, bundle: 1 / 0)
    came = opening.run(good, 24, seed=7)
    assert any("is not as it was" in one for one in came.fell)
    assert any("ZeroDivisionError" in one for one in came.fell)


SHOWING = (
    ("notes", "--all"),
    ("notes", "--waiting", "--json"),
    ("actions",),
    ("goals",),
    ("agreements",),
    ("questions", "--all"),
    ("prepare",),
    ("next",),
    ("journey",),
    ("undo", "--list"),
)


def test_every_hostile_word_of_a_mentor_is_shown_as_a_word(
    good: Good, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path, monkeypatch, "2026-11-29")
    shutil.copytree(good.amina, home.root)
    told = json.loads(good.reply)
    known = told["reply"]["notes"]
    texts = [text for text in (*HOSTILE, *RAW) if "\ud800" not in text]
    told["reply"]["mentor"] = "\x1b]0;D\x07<b>\u202eaniel\x9b2J"
    told["reply"]["notes"] = [
        {**known[at % len(known)], "id": named(str(at)), "text": text, "due_words": text[:99]}
        for at, text in enumerate(texts)
    ]
    (home.desk / "file").write_text(json.dumps(told))
    ran = home.does("receive", "file", "--yes")
    shown = [ran.out, ran.err, *(home.does(*line).out for line in SHOWING)]
    for _ in range(3):
        shown.append(home.sits({}))
    for text in shown:
        assert for_terminal(text) == text
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u200b"} & set(text)
    assert "<script>alert(1)</script>" in shown[0] and "{{7*7}}" in "".join(shown)
    assert "{unknown}" in "".join(shown), "a note is no template"
    for form in ("bundle", "html", "markdown"):
        sent = home.does("share", "--preview", "last", "--format", form).out
        assert "<script>alert" not in sent or form == "bundle"
        assert for_terminal(sent) == sent


# --- killed, and what is left ------------------------------------------------------------


@needs_strace
@pytest.mark.parametrize("command", ["receive", "review"])
def test_killed_while_it_takes_a_file_it_is_taken_whole_or_not_at_all(
    good: Good, command: str, tmp_path: Path
) -> None:
    assert _killed(good, command, tmp_path, nth=20) > 2


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("command", ["receive", "review"])
def test_killed_at_every_call_while_it_takes_a_file(
    good: Good, command: str, tmp_path: Path
) -> None:
    assert _killed(good, command, tmp_path, nth=1) > 10


def _killed(good: Good, command: str, folder: Path, nth: int) -> int:
    """Kill `command` at each `nth` call that writes; gives at how many."""
    own, data = (good.amina, good.reply) if command == "receive" else (good.daniel, good.shared)
    base, first, whole = (folder / name / "reflect" for name in ("base", "first", "whole"))
    for home in (base, first, whole):
        shutil.copytree(own, home)
    file = folder / "file.reflect"
    file.write_bytes(seal(data, good.keys))
    line = (command, str(file))
    # Python itself writes what it compiles when a module is read for the first time, and we what we read.
    assert reflect(first, *line).code == 0
    for home in (base, whole):
        shutil.copytree(first / "cache", home / "cache", dirs_exist_ok=True)
    before, after = _held(base), _held(first)
    known, _ = points(whole, *line)
    survived: list[Point] = []

    def trial(home: Path, point: Point) -> str:
        if killed_at(home, point, *line).code == 0:
            survived.append(point)
        found = _held(home)
        if found not in (before, after):
            return f"half taken: {found}"
        if trouble(home) or _open_to_others(home):
            return "the record is damaged, or open to others"
        left = [one.name for one in home.parent.rglob("*") if one.suffix in (".part", ".tmp")]
        if left or reflect(home, *line).code != 0:
            return f"it does not go on: {left}"
        return "" if _held(home) == after else f"other in the end: {_held(home)}"

    chosen = every(known, nth)
    assert list(trials(base, folder / "trials", chosen, trial)) == []
    assert len(survived) <= FEWER
    return len(chosen)


def _open_to_others(home: Path) -> list[str]:
    """What others may read, but for the pack that the test itself put there."""
    return [one for one in too_open(home) if not one.startswith("packs/")]


Held = tuple[tuple[str, int], ...]


def _held(home: Path) -> Held:
    """How many events of each kind a home holds, besides those of sessions."""
    app = Application({"REFLECT_HOME": str(home)}, plugins=NO_PLUGINS)
    relation = app.relation()
    streams = [*app.store.reviews(), *([relation.id] if relation else [])]
    kinds = Counter(type(one).__name__ for name in streams for one in app.store.events(name))
    app.close()
    return tuple(sorted(kinds.items()))


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_what_is_made_is_for_its_owner_only_and_nothing_else_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mask: int
) -> None:
    temp = tmp_path / "tmp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    monkeypatch.setenv("TMPDIR", str(temp))
    previous = os.umask(mask)
    try:
        amina, daniel = two_homes(tmp_path, monkeypatch)
        for home in (amina, daniel):
            home.desk.chmod(0o700)
        amina.sits(OPEN)
        exchange_keys(amina, daniel)
        for name, form in (("a.reflect", "bundle"), ("a.html", "html"), ("a.md", "markdown")):
            amina.does("share", "last", "--format", form, "--yes", "-o", name)
        amina.does("share", "last", "--unencrypted", "--yes", "-o", "open.reflect")
        daniel.does("review", str(amina.desk / "a.reflect"))
        daniel.does("review", "thank", "for the card that you read out")
        daniel.does("review", "reply")
        daniel.does("review", "reply", "-o", "open", "--unencrypted", "--yes")
        daniel.does("review", "reply", "-o", "text", "--format", "text")
        (file,) = daniel.desk.glob("*.reflect")
        amina.does("receive", str(file), "--yes")
    finally:
        os.umask(previous)
    made = [one for home in (amina, daniel) for one in home.desk.iterdir()]
    assert len(made) == 7 and all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in made)
    assert [_open_to_others(home.root) for home in (amina, daniel)] == [[], []]
    assert list(temp.iterdir()) == []
