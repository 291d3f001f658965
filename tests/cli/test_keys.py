"""One's own key, and those of others: shown, made, kept, printed and typed back."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reflect.application.keeping_keys import identities, own_key, recipient, recipients
from reflect.application.wiring import Application
from reflect.sharing.identities import make_identity
from reflect.sharing.sealing import open_sealed, seal
from tests.cli.test_reading import document
from tests.conftest import Run

DANIEL = make_identity("2026-11-01").public
RUTH = make_identity("2026-11-01").public


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFLECT_TODAY", "2026-11-22")


@pytest.fixture
def app(tmp_path: Path) -> Any:
    found = Application({"REFLECT_HOME": str(tmp_path / "reflect")})
    yield found
    found.close()


def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv("REFLECT_HOME", str(tmp_path / name))


def holding(folder: Path, secret: str) -> set[str]:
    """The files below `folder` that hold a secret key, or the most of it in any case."""
    parts = {secret.encode(), secret.lower().encode(), secret[16:].encode(), secret[24:44].encode()}
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.name for file in files if any(part in file.read_bytes() for part in parts)}


def test_the_key_is_made_once_and_shown(run: Run) -> None:
    shown = run("key")
    lines = shown.out.splitlines()
    assert shown.code == 0 and lines[0].startswith("age1") and len(lines) == 3
    assert "mentor" in shown.err
    found = document(run("key", "--json"))
    assert found["key"] == lines[0] and found["made"] == "2026-11-22"
    assert " ".join(found["words"]).split() == " ".join(lines[1:]).split()
    assert run("key", "show").out == shown.out


def test_a_new_key_is_asked_about_and_the_old_one_still_opens(run: Run, app: Application) -> None:
    old = own_key(app)
    sealed = seal(b"for the old one", [old.public])
    refused = run("key", "new", stdin="no\n")
    assert (refused.code, refused.err.split("not-made")[0].count("(yes/no)")) == (1, 1)
    assert identities(app) == (old,)
    done = run("key", "new", stdin="yes\n")
    assert done.code == 0 and "everybody who has the old one" in done.err
    new, earlier = identities(app)
    assert earlier == old and new.public in done.out
    assert open_sealed(sealed, identities(app)) == b"for the old one"
    listed = document(run("key", "list", "--json"))
    assert listed["own"]["key"] == new.public
    assert [one["key"] for one in listed["earlier"]] == [old.public]


def test_keys_of_others_are_kept_by_name(run: Run, app: Application, tmp_path: Path) -> None:
    assert "Nobody's key" in run("key", "list").err
    file = tmp_path / "ruth's key.txt"
    file.write_text(f"{RUTH}\n  words words\n")
    assert run("key", "add", "Daniel Okoro", DANIEL).code == 0
    assert run("key", "add", "Ruth", str(file)).code == 0
    added = run("key", "add", "Self", "-", stdin=run("key").out)
    assert added.code == 0 and added.out.split() == run("key").out.split()[1:]
    names = [(one.name, one.compared) for one in recipients(app)]
    assert names == [("Daniel Okoro", False), ("Ruth", False), ("Self", False)]
    assert recipient(app, "daniel").key == DANIEL
    shown = run("key", "list").out
    assert "Daniel Okoro" in shown and "not compared" in shown
    assert document(run("key", "list", "--json"))["recipients"][1]["key"] == RUTH
    assert run("key", "remove", "Rut h").err.startswith("no-such-recipient: ")
    assert "Did you mean Ruth?" in run("key", "remove", "Rhut").err
    assert run("key", "remove", "ruth").code == 0
    assert run("key", "remove", "ruth").code == 1


def test_another_key_under_the_same_name_is_no_small_thing(run: Run, app: Application) -> None:
    run("key", "add", "Daniel", DANIEL)
    assert run("key", "add", "daniel", DANIEL.upper()).code == 0
    changed = run("key", "add", "DANIEL", RUTH)
    assert (changed.code, recipient(app, "Daniel").key) == (1, DANIEL)
    assert "not the key" in changed.err and "key-changed" in changed.err
    assert run("key", "add", "DANIEL", RUTH, "--yes").code == 0
    assert [one.key for one in recipients(app)] == [RUTH]


def test_what_is_no_key_is_refused(run: Run, app: Application, tmp_path: Path) -> None:
    secret = make_identity("").secret
    for given in ((secret,), (secret.lower(),), ("-",)):
        done = run("key", "add", "Daniel", *given, stdin=secret)
        assert done.code == 1 and done.err.startswith("secret-key-given: ")
        assert secret.lower() not in (done.out + done.err).lower()
    for given in (("no-such-file",), (str(tmp_path),), (DANIEL[:-1],), ("ssh-ed25519", "AAAA")):
        assert run("key", "add", "Daniel", *given).err.startswith("not-a-key: ")
    assert run("key", "add", " ", DANIEL).code == 2
    assert recipients(app) == ()


def test_a_sheet_brings_the_key_to_another_home(
    run: Run, app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = own_key(app)
    sealed = seal(b"mine", [mine.public])
    file = tmp_path / "sheet.txt"
    done = run("key", "sheet", "-o", str(file))
    assert done.code == 0 and "nobody can open" in done.err and done.out == ""
    assert file.stat().st_mode & 0o777 == 0o600
    assert run("key", "sheet", "-o", str(file)).err.splitlines()[1].startswith("file-exists")
    assert run("key", "sheet").out == file.read_text()
    assert run("key", "restore", stdin=file.read_text()).err.count("nothing was changed") == 1
    elsewhere(monkeypatch, tmp_path, "other")
    hasty = document(run("key", "--json"))["key"]
    back = run("key", "restore", stdin=file.read_text())
    assert back.code == 0 and back.out.splitlines()[0] == mine.public
    other = Application({"REFLECT_HOME": str(tmp_path / "other")})
    assert [one.public for one in identities(other)] == [mine.public, hasty]
    assert open_sealed(sealed, identities(other)) == b"mine"
    other.close()


def test_what_is_no_sheet_changes_nothing(run: Run, app: Application) -> None:
    mine = own_key(app)
    for typed in ("", "hello\n", "1 QQQQ\n2 QQQQ\n3 QQQQ\n", "AGE-SECRET-KEY-1" + "Q" * 58):
        done = run("key", "restore", stdin=typed)
        assert done.code == 1 and "QQQQ" not in done.err, done.err
    assert identities(app) == (mine,)


def test_the_screen_is_asked_before_a_secret_is_shown(run: Run, app: Application) -> None:
    mine = own_key(app)
    done = run("key", "sheet", stdin="no\n", screen=True)
    assert done.code == 1 and "not-shown" in done.err and mine.secret[16:20] not in done.out
    assert mine.secret[16:20] in run("key", "sheet", stdin="yes\n", screen=True).out


def test_a_backup_carries_keys_and_a_merge_keeps_ones_own(
    run: Run, app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = own_key(app)
    run("key", "add", "Daniel", DANIEL)
    run("key", "add", "Ruth", RUTH)
    copy = str(tmp_path / "copy.db")
    assert run("backup", copy).code == 0
    elsewhere(monkeypatch, tmp_path, "fresh")
    assert run("restore", copy).code == 0
    assert document(run("key", "--json"))["key"] == mine.public
    elsewhere(monkeypatch, tmp_path, "settled")
    own = document(run("key", "--json"))["key"]
    run("key", "add", "Daniel", RUTH)
    run("key", "add", "Ruth", RUTH)
    run("key", "remove", "Ruth")
    for _ in range(2):
        assert run("restore", copy).code == 0
        found = document(run("key", "list", "--json"))
        assert found["own"]["key"] == own
        assert [one["key"] for one in found["earlier"]] == [mine.public]
        assert [(one["name"], one["key"]) for one in found["recipients"]] == [("Daniel", RUTH)]


def test_an_archive_of_one_mentorship_carries_no_key(
    run: Run, app: Application, tmp_path: Path
) -> None:
    run(stdin="Amina\nDaniel\nfeedback\n1\nI read it from a card\n\n\n\n\n\n\n\n\n")
    secret = own_key(app).secret
    assert run("archive", str(tmp_path / "one.db")).code == 0
    assert holding(tmp_path, secret) <= {"reflect.db", "reflect.db-wal"}


def test_the_secret_stands_in_the_record_alone(run: Run, app: Application, tmp_path: Path) -> None:
    mine = own_key(app)
    own = [("key",), ("key", "--json"), ("key", "list", "--json"), ("where",), ("doctor", "--json")]
    said = [run(*line) for line in (*own, ("settings",), ("key", "new", "--yes"), ("key", "zz"))]
    assert all(mine.secret[16:40] not in one.out + one.err for one in said)
    app.close()
    assert set() < holding(tmp_path, mine.secret) <= {"reflect.db", "reflect.db-wal"}


def test_a_fault_of_ours_says_nothing_of_it(
    run: Run, app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = own_key(app)
    app.close()

    def fails(*given: object) -> str:
        raise ValueError(mine.secret, given)

    monkeypatch.setattr("reflect.sharing.recovery.sheet", fails)
    done = run("key", "sheet")
    assert done.code == 3 and mine.secret not in done.err
    assert (tmp_path / "reflect" / "logs").exists()
    assert set() < holding(tmp_path, mine.secret) <= {"reflect.db", "reflect.db-wal"}


# --- at a terminal -------------------------------------------------------------------


def window(home: Path, *arguments: str) -> Any:
    import pexpect

    environ: Mapping[str, str] = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home.parent),
        "REFLECT_HOME": str(home),
        "REFLECT_TODAY": "2026-11-22",
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
        "LANG": "C.UTF-8",
    }
    program = ["-m", "reflect", "key", *arguments]
    return pexpect.spawn(
        sys.executable, program, env=environ, encoding="utf-8", timeout=20, dimensions=(40, 80)
    )


def ended(process: Any) -> int:
    import pexpect

    process.expect(pexpect.EOF)
    process.close()
    return int(process.exitstatus)


@pytest.mark.terminal
def test_words_are_compared_at_a_terminal(app: Application, tmp_path: Path) -> None:
    asked = window(tmp_path / "reflect", "add", "Daniel", DANIEL)
    asked.expect("read the same words to you")
    asked.sendline("no")
    asked.expect("not-added")
    assert ended(asked) == 1 and recipients(app) == ()
    asked = window(tmp_path / "reflect", "add", "Daniel", DANIEL)
    asked.expect("read the same words to you")
    asked.sendline("yes")
    assert ended(asked) == 0 and recipient(app, "Daniel").compared


@pytest.mark.terminal
def test_a_wrong_line_of_a_sheet_is_asked_for_again(
    run: Run, app: Application, tmp_path: Path
) -> None:
    lines = [
        line[6:] for line in run("key", "sheet").out.splitlines() if line[:3].strip().isdecimal()
    ]
    typing = window(tmp_path / "other", "restore")
    typing.expect("1   ")
    typing.sendline(lines[0])
    typing.expect("2   ")
    typing.sendline(lines[1][:8])
    typing.expect("Line 2 has 7 characters")
    typing.expect("2   ")
    typing.sendline(lines[1].lower())
    typing.expect("3   ")
    typing.sendline(lines[2])
    typing.expect(own_key(app).public)
    assert ended(typing) == 0
