"""Places, checks, packs, plug-ins, schemas and completion."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from pathlib import Path

import pytest

from reflect.settings import Home
from tests.cli.test_reading import damage, document
from tests.conftest import Run
from tests.sharing.sessions import keep_session

BROKEN = "reflect: 1\npack: mine\nversion: 1.0\ntitle: Mine\nlanguage: en\nworked:\n  - id: a\n"
CLASH = (
    "reflect: 1\npack: four-stages\nversion: 1.0\ntitle: Other\nlanguage: en\n"
    "worked:\n  - id: a\n    ask: One?\n"
)


# --- where and doctor ---


def test_where_names_every_place_and_makes_none(run: Run, home: Home) -> None:
    places = document(run("where", "--json"))
    assert places["database"] == str(home.database)
    out = run("where").out
    assert places["locked"] is False
    named = places.keys() - {"schema_version", "locked"}
    assert all(str(places[name]) in out for name in named)
    assert out.count("(not there yet)") == 8
    assert not home.root.exists()


def test_a_healthy_home(run: Run) -> None:
    keep_session()
    done = run("doctor")
    assert (done.code, done.out, done.err) == (0, "", "Everything is as it should be.\n")
    assert document(run("doctor", "--json")) == {
        "schema_version": 1,
        "ok": True,
        "kept": True,
        "locked": False,
        "diagnostics": [],
    }


def test_an_empty_home_is_healthy(run: Run, home: Home) -> None:
    done = run("doctor")
    assert (done.code, "Begin one with: reflect" in done.err) == (0, True)
    assert not home.database.exists()


def test_an_altered_answer_is_found(run: Run, home: Home) -> None:
    keep_session()
    damage(home, 2)
    done = run("doctor")
    assert (done.code, done.out.startswith("error: ")) == (1, True)
    assert "answer-altered" in done.out


def test_files_that_others_may_read_are_found(run: Run, home: Home) -> None:
    keep_session()
    home.root.chmod(0o755)
    (home.exports / "mine.md").write_text("")
    (home.exports / "mine.md").chmod(0o644)
    done = run("doctor", "--json")
    found = json.loads(done.out)["diagnostics"]
    assert {(one["code"], one["file"]) for one in found} == {
        ("open-to-others", str(home.root)),
        ("open-to-others", str(home.exports / "mine.md")),
    }
    assert done.code == 1
    assert set(found[0]) == {"code", "severity", "file", "line", "column", "message", "hint"}


def test_a_record_that_cannot_be_opened_is_a_finding(run: Run, home: Home) -> None:
    home.create()
    home.database.write_bytes(b"not a database at all" * 100)
    home.database.chmod(0o600)
    done = run("doctor")
    assert (done.code, "store-damaged" in done.out) == (1, True)


def test_a_broken_pack_is_found(run: Run, home: Home) -> None:
    home.create()
    (home.packs / "mine.yaml").write_text(BROKEN)
    done = run("doctor")
    assert (done.code, "mine.yaml" in done.out) == (1, True)


def test_a_language_in_which_nothing_is_heard_is_named_once(run: Run, home: Home) -> None:
    home.create()
    for name in ("mijn", "nog-een"):
        pack = BROKEN.replace("four-stages", name).replace("language: en", "language: nl")
        (home.packs / f"{name}.yaml").write_text(pack.replace("version: 1.0", "version: 1.0.0"))
    found = json.loads(run("doctor", "--json").out)["diagnostics"]
    unheard = [one for one in found if one["code"] == "language-unheard"]
    assert [one["severity"] for one in unheard] == ["warning"]
    assert "“nl”" in unheard[0]["message"]


def test_tables_are_made_anew(run: Run) -> None:
    keep_session()
    assert run("doctor", "--rebuild").code == 0
    assert len(document(run("search", "patients", "--json"))["hits"]) == 1


# --- packs ---


def test_packs_are_listed_with_what_they_hold(run: Run) -> None:
    packs = {pack["id"]: pack for pack in document(run("pack", "list", "--json"))["packs"]}
    shipped = packs["four-stages"]
    assert shipped["source"] == "shipped"
    assert shipped["kind"] == "reflection"
    assert shipped["usable"] and not shipped["hidden"]
    assert shipped["wordings"] > shipped["questions"] > 40
    assert [stage["id"] for stage in shipped["stages"]][:2] == ["rapport", "goals"]
    for shown in (run("pack", "list"), run("pack", "list", "--details")):
        assert max(map(len, shown.out.splitlines())) <= 60
    assert f"{shipped['questions']} questions" in shown.out


def test_packs_stand_under_the_moment_they_are_for_and_are_counted(run: Run) -> None:
    listed = document(run("pack", "list", "--json"))
    done = run("pack", "list")
    lines = done.out.splitlines()
    ending = lines.index("When it ends, and afterwards")
    assert any(line.startswith("  conclude ") for line in lines[ending:])
    assert lines.index("On any day between two meetings") < ending
    assert listed["totals"]["questions"] == sum(one["questions"] for one in listed["packs"])
    assert (
        f"{listed['totals']['packs']} packs, {listed['totals']['questions']} questions" in done.err
    )


def test_a_pack_that_is_hidden_or_broken_is_marked(run: Run, home: Home) -> None:
    home.create()
    (home.packs / "mine.yaml").write_text(BROKEN)
    (home.packs / "clash.yaml").write_text(CLASH)
    done = run("pack", "list", "--json")
    packs = {pack["name"]: pack for pack in document(done)["packs"]}
    assert packs["mine"]["usable"] is False
    assert packs["yours:four-stages"]["hidden"] is True
    assert packs["yours:four-stages"]["questions"] == 1
    assert "pack-id-taken" in done.err
    out = run("pack", "list", "--details").out
    assert "hidden" in out
    assert "cannot be used" in out
    assert "1 question ·" in out


@pytest.mark.parametrize("by", ["mine", "folder", "file"])
def test_a_pack_is_checked_with_every_finding_in_its_place(
    run: Run, home: Home, tmp_path: Path, by: str
) -> None:
    home.create()
    (home.packs / "mine.yaml").write_text(BROKEN)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "pack.yaml").write_text(BROKEN)
    pack = {"folder": f"{tmp_path}/own", "file": f"{tmp_path}/own/pack.yaml"}.get(by, by)
    file = str(home.packs / "mine.yaml" if by == "mine" else tmp_path / "own" / "pack.yaml")
    done = run("pack", "check", pack, "--format", "short")
    assert (done.code, done.err.startswith("1 error, ")) == (1, True)
    place = done.out.splitlines()[0]
    assert place.startswith(f"{file}:7:5: missing-key: ")
    record = json.loads(run("pack", "check", pack, "--format", "json").out)[0]
    assert (record["file"], record["line"], record["column"]) == (file, 7, 5)
    assert (record["code"], record["severity"]) == ("missing-key", "error")
    assert record["message"] in place
    assert record["hint"] in run("pack", "check", pack).out


def test_a_clean_pack_passes_and_warnings_count_when_told_to(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    (folder / "translations").mkdir(parents=True)
    sound = CLASH.replace("four-stages", "own") + "    how: In a word.\n    example: Yes.\n"
    (folder / "pack.yaml").write_text(sound)
    assert run("pack", "check", str(folder), "--strict")[:2] == (0, "")
    (folder / "translations" / "de.yaml").write_text(
        "reflect: 1\npack: own\nlanguage: de\ntitle: Anders\nmarks:\n  pack: aaaaaaaa\n"
    )
    done = run("pack", "check", str(folder))
    assert (done.code, "de.yaml" in done.out) == (0, True), done.out
    assert run("pack", "check", str(folder), "--strict").code == 1
    assert run("pack", "check", "catch-up").code == 0


@pytest.mark.parametrize("pack", ["four-stage", "./nowhere", "nowhere.yaml"])
def test_a_pack_that_is_not_there_is_a_usage_error(run: Run, pack: str) -> None:
    done = run("pack", "check", pack)
    assert (done.code, done.out, done.err.startswith("no-such-")) == (2, "", True)


def test_a_folder_without_a_pack(run: Run, tmp_path: Path) -> None:
    done = run("pack", "check", str(tmp_path))
    assert (done.code, "no-pack-here" in done.err) == (2, True)


# --- for shells ---


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.code == 0
    assert f"_REFLECT_COMPLETE={shell}_complete" in done.out


def test_the_shell_is_told_the_commands() -> None:
    source = Path(__file__).parents[2] / "src"
    asked = {"_REFLECT_COMPLETE": "bash_complete", "COMP_WORDS": "reflect hi", "COMP_CWORD": "1"}
    done = subprocess.run(
        ["python3", "-c", "from reflect.cli.main import main; main()"],
        executable=__import__("sys").executable,
        env={**os.environ, **asked, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split() == ["plain,history"]


# --- nothing that was written shows where it should not ---


def test_an_answer_shows_only_where_it_is_asked_for(
    run: Run, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = f"canary{secrets.token_hex(10)}"
    keep_session(word, f"{word} again")
    keep_session(word, end="")
    shown = [
        run(*arguments)
        for arguments in (
            ("history",),
            ("history", "--json"),
            ("where",),
            ("where", "--json"),
            ("doctor",),
            ("doctor", "--json"),
            ("settings",),
            ("settings", "--json"),
            ("pack", "list"),
            ("plugins",),
            ("backup", str(tmp_path / "copy.db")),
            ("restore", str(tmp_path / "copy.db")),
            ("export", "-o", str(tmp_path / "export.md")),
            ("abandon",),
            ("resume", "2"),
        )
    ]

    def broken(*_: object, **__: object) -> None:
        raise ValueError(word)

    with monkeypatch.context() as patch:
        patch.setattr("reflect.transcripts.store.Store.sessions", broken)
        shown.append(run("history"))
    assert shown[-1].code == 3
    damage(home, 1)
    shown += [run("doctor"), run("show", "nope"), run("delete", "1", "--answer", "1", "--yes")]
    assert word not in "".join(done.out + done.err for done in shown)
    assert word not in "".join(log.read_text() for log in home.logs.iterdir())
    assert word in (tmp_path / "export.md").read_text()
