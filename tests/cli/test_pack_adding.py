"""Packs of others: looked into, let in, brought up to date and taken out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from reflect.settings import Home
from tests.cli.test_reading import document
from tests.conftest import Run

WARD = """\
reflect: 1
pack: ward
version: 1.0.0
title: After the shift
language: en
about: Three questions after a shift.
source: A ward in Leeds
for: mentee
share: at the end
core:
  goodbye: See you on the ward.
worked:
  - id: calm
    ask:
      - When did you feel calm?
      - Which hour was calm? Last time it was "{last.calm|another}".
    keep: win
    probe:
      - when: answer is vague
        ask: What exactly?
adjust:
  - id: snag
    ask: What slowed you down?
    when: journey has at least 2 open actions
next:
  - id: step
    ask: What will you do before you meet {mentor}?
    keep: action
    share: no
closing:
  - id: on
    ask: Shall we turn to goals?
    answer: yesno
    moves to: goals
"""


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    folder = tmp_path / "made" / "ward"
    (folder / "stories").mkdir(parents=True)
    (folder / "pack.yaml").write_text(WARD)
    (folder / "stories" / "one.yaml").write_text("story: one\nstage: ward\ntalk:\n  - bot: …\n")
    return folder


def zipped(folder: Path) -> Path:
    path = folder.parent / "ward.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*.yaml"):
            archive.write(file, file.relative_to(folder.parent))
    return path


def test_inspect_tells_everything_a_careful_person_asks(run: Run, ward: Path) -> None:
    found = document(run("pack", "inspect", str(ward), "--json"))["pack"]
    assert isinstance(found, dict)
    wanted = {
        "id": "ward",
        "made_from": "A ward in Leeds",
        "questions": 4,
        "wordings": 5,
        "probes": 1,
        "kept": {"win": 1, "action": 1},
        "shares": {"at the end": 3, "no": 1},
        "reads_last": ["calm"],
        "journey": ["action"],
        "moves": ["goals"],
        "replaces": ["goodbye"],
        "kind": "reflection",
    }
    assert {name: found[name] for name in wanted} == wanted
    out = run("pack", "inspect", str(ward)).out
    assert "runs nothing" in out and "always ends" in out.replace("\n          ", " ")
    assert all(len(line) <= 60 for line in out.splitlines() if str(ward) not in line)


def test_a_zip_is_looked_into_without_a_trace(run: Run, ward: Path, home: Home) -> None:
    done = run("pack", "inspect", str(zipped(ward)))
    assert done.code == 0 and "After the shift" in done.out
    assert not home.packs.exists() or not list(home.packs.iterdir())


def test_a_shipped_pack_can_be_inspected_by_its_id(run: Run) -> None:
    assert run("pack", "inspect", "four-stages").out.startswith("from      shipped")


@pytest.mark.parametrize("form", ["folder", "file", "zip"])
def test_a_pack_is_let_in_and_can_be_used(run: Run, ward: Path, home: Home, form: str) -> None:
    path = {"folder": ward, "file": ward / "pack.yaml", "zip": zipped(ward)}[form]
    done = run("pack", "add", str(path), stdin="yes\n")
    assert done.code == 0, done.err
    assert "runs nothing" in done.out and str(home.packs / "ward") in done.err
    assert (home.packs / "ward" / "stories" / "one.yaml").exists()
    assert "ward After the shift" in run("pack", "list").out
    talk = run("--pack", "ward", stdin="Ada\nGrace\n1\n1\nOn the late shift with Sam\n")
    assert "What will you do before you meet Grace?" in talk.out
    assert [path.name for path in home.packs.iterdir()] == ["ward"]


def test_without_a_yes_nothing_is_added(run: Run, ward: Path, home: Home) -> None:
    done = run("pack", "add", str(ward), stdin="no\n")
    assert done.code == 1 and "Nothing was added" in done.err
    assert not home.packs.exists() or not list(home.packs.iterdir())


def test_a_pack_with_errors_is_not_let_in(run: Run, ward: Path, home: Home) -> None:
    (ward / "pack.yaml").write_text(WARD.replace("    ask: What slowed", "    aks: What slowed"))
    done = run("pack", "add", str(ward), "--yes")
    assert done.code == 1
    assert "pack.yaml:23:5: unknown-key" in done.err and "Did you mean `ask`?" in done.err
    assert not home.packs.exists() or not list(home.packs.iterdir())


def test_an_id_that_is_taken(run: Run, ward: Path) -> None:
    assert run("pack", "add", str(ward), "--yes").code == 0
    again = run("pack", "add", str(ward), "--yes")
    assert again.code == 2 and "reflect pack update ward" in again.err
    (ward / "pack.yaml").write_text(WARD.replace("pack: ward", "pack: four-stages"))
    taken = run("pack", "add", str(ward), "--yes")
    assert taken.code == 1 and "pack-id-taken" in taken.err


def test_what_is_not_there(run: Run, tmp_path: Path) -> None:
    for command in (("add",), ("update", "ward")):
        assert run("pack", *command, str(tmp_path / "gone"), "--yes").code in (1, 2)


def test_an_update_shows_the_difference_and_what_is_under_way(
    run: Run, ward: Path, home: Home
) -> None:
    run("pack", "add", str(ward), "--yes")
    run("--pack", "ward", stdin="Ada\nGrace\n1\n1\nOn the late shift with Sam\n")
    new = (
        WARD.replace("1.0.0", "1.1.0")
        .replace("feel calm?", "feel at ease?")
        .replace("id: step", "id: plan")
    )
    (ward / "pack.yaml").write_text(new)
    refused = run("pack", "update", "ward", str(ward), stdin="no\n")
    assert refused.code == 1 and "1.0.0" in (home.packs / "ward" / "pack.yaml").read_text()
    done = run("pack", "update", "ward", str(ward), stdin="yes\n")
    assert done.code == 0, done.err
    assert "calm: worded anew" in done.out and "`step: plan`" in " ".join(done.out.split())
    assert "1 session of this pack is under way" in " ".join(done.err.split())
    assert (home.packs / "ward" / "pack.yaml").read_text() == new
    assert [path.name for path in home.packs.iterdir()] == ["ward"]
    goes_on = run("resume", "--as-begun", stdin="")
    assert "before you meet Grace?" in goes_on.out
    newer = run("resume", "--newer", stdin="")
    assert "When did you feel at ease?" in newer.out and "keeps" not in newer.err


@pytest.mark.parametrize("name", ["ward", "of-mine"])
def test_an_update_that_was_cut_off_leaves_the_old_version_or_the_new(
    run: Run, home: Home, ward: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert run("pack", "add", str(ward), "--yes").code == 0
    (home.packs / "ward").rename(home.packs / name)
    (ward / "pack.yaml").write_text(WARD.replace("1.0.0", "1.1.0"))
    rename, renames = Path.rename, 0

    def cut_off(self: Path, target: Path) -> Path:
        nonlocal renames
        renames += 1
        if renames > 1:
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", cut_off)
        assert run("pack", "update", "ward", str(ward), "--yes").code == 130
    assert "1.0.0" in run("pack", "inspect", "ward").out
    assert run("pack", "update", "ward", str(ward), "--yes").code == 0
    assert "1.1.0" in run("pack", "inspect", "ward").out
    assert [path.name for path in home.packs.iterdir()] == [name]


def test_an_update_is_of_the_same_pack(run: Run, ward: Path) -> None:
    run("pack", "add", str(ward), "--yes")
    (ward / "pack.yaml").write_text(WARD.replace("pack: ward", "pack: other"))
    done = run("pack", "update", "ward", str(ward), "--yes")
    assert done.code == 2 and "other-pack" in done.err
    assert run("pack", "update", "four-stages", str(ward), "--yes").code == 2


def test_remove_takes_only_what_was_added(run: Run, ward: Path, home: Home) -> None:
    run("pack", "add", str(ward), "--yes")
    assert run("pack", "remove", "ward", stdin="\n").code == 1
    assert (home.packs / "ward").exists()
    done = run("pack", "remove", "ward", stdin="yes\n")
    assert done.code == 0 and not list(home.packs.iterdir())
    assert run("pack", "remove", "four-stages", "--yes").code == 2
    assert run("pack", "remove", "ward", "--yes").code == 1


def test_what_was_answered_stays_readable_without_its_pack(run: Run, ward: Path) -> None:
    run("pack", "add", str(ward), "--yes")
    run("--pack", "ward", stdin="Ada\nGrace\n1\n1\nOn the late shift with Sam\n")
    run("pack", "remove", "ward", "--yes")
    assert "On the late shift with Sam" in run("show", "last").out
    assert "before you meet Grace?" in run("resume", stdin="").out


def test_the_list_tells_where_a_pack_is_from_and_what_hides_what(run: Run, home: Home) -> None:
    folder = home.create().packs / "mine"
    folder.mkdir()
    (folder / "pack.yaml").write_text(WARD.replace("pack: ward", "pack: four-stages"))
    packs = {pack["name"]: pack for pack in document(run("pack", "list", "--json"))["packs"]}  # type: ignore[index]
    shipped, mine = packs["four-stages"], packs["yours:four-stages"]
    assert (shipped["hides"], mine["hidden"]) == (["yours:four-stages"], True)
    assert set(shipped["minutes"]) == {"short", "long"} and "en" in shipped["languages"]
    assert str(folder) in " ".join(run("pack", "list").out.split())


def test_show_graph_and_diff(run: Run, ward: Path, tmp_path: Path) -> None:
    assert "only when journey has at least 2 open actions" in " ".join(
        run("pack", "show", str(ward)).out.split()
    )
    assert (
        "ask: What slowed you down?  # ward/pack.yaml:23"
        in run("pack", "show", str(ward), "--resolved").out
    )
    assert run("pack", "graph", str(ward)).out.startswith("flowchart TD")
    picture = tmp_path / "ward.svg"
    assert run("pack", "graph", str(ward), "--format", "svg", "-o", str(picture)).code == 0
    assert picture.read_text().startswith("<svg ")
    other = tmp_path / "other.yaml"
    other.write_text(WARD.replace("id: snag", "id: lag"))
    assert run("pack", "diff", str(ward), str(ward)).code == 0
    done = run("pack", "diff", str(ward), str(other))
    assert done.code == 1 and "Old answers would be lost:" in done.out


def test_a_folder_right_here_needs_no_slash(
    run: Run, ward: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ward.parent)
    assert run("pack", "show", "ward").code == 0
    (ward.parent / "four-stages").mkdir()
    (ward.parent / "four-stages" / "pack.yaml").write_text(WARD)
    assert "The four stages" in run("pack", "show", "four-stages").out
