"""`reflect pack check`: findings as they are shown, and files mended whole or not at all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reflect.settings import Home
from reflect.text import display_width
from tests.conftest import Run

GOOD = """\
reflect: 1
pack: own
version: 1.0.0
title: My own
language: en
worked:
  - id: calm
    ask: When did you feel calm?
    how: One moment is enough.
    example: On the ward.
"""
BAD = GOOD.replace("When did", "Note: when did").replace("How", "how").replace("how:", "How:")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack with a mendable mistake in each of its files; the current folder is the one above."""
    folder = tmp_path / "here" / "own"
    (folder / "translations").mkdir(parents=True)
    (folder / "stories").mkdir()
    (folder / "pack.yaml").write_bytes(BAD.replace("\n", "\r\n").encode())
    (folder / "pack.yaml").chmod(0o644)
    (folder / "translations" / "de.yaml").write_text(
        "reflect: 1\npack: own\nlanguage: de\ntitle: Meins: ja\n"
        "worked:\n  - id: calm\n    ask: Wann?\n    how: So.\n    example: Da.\n"
    )
    (folder / "stories" / "one.yaml").write_text(
        "story: one: two\ntalk:\n  - bot: calm\n  - me: yes\n"
    )
    monkeypatch.chdir(folder.parent)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}


def test_a_finding_is_shown_with_its_line_and_what_to_write(run: Run, own: Path) -> None:
    done = run("pack", "check", "./own")
    assert done.code == 1
    lines = done.out.splitlines()
    at = lines.index("own/pack.yaml:8:14: colon-in-text: A text that holds `: ` needs quotes.")
    assert lines[at + 1] == "        ask: Note: when did you feel calm?".ljust(4)
    assert lines[at + 2].index("^") == lines[at + 1].index(": when")
    assert lines[at + 3] == "    Write: ask: 'Note: when did you feel calm?'"
    assert "4 of them can be mended: reflect pack check --fix ./own" in done.err
    assert "own/stories/one.yaml:1:11: colon-in-text" in done.out
    assert "own/translations/de.yaml:4:13: colon-in-text" in done.out


def test_a_long_line_is_cut_around_the_place(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    wide = "心" * 300
    text = GOOD.replace("When did", f"\t{wide}\x1b: {wide}")
    (own / "pack.yaml").write_text(text.replace("\x1b", "") + f"about: a #{wide}\n")
    out = run("pack", "check", "own/pack.yaml").out
    for marked in re.findall(r"(?:text|spacing): .*\n(.*)\n( *)\^\n", out):
        line, blank = marked
        assert display_width(line) <= 60
        behind = ""
        for character in line:
            if display_width(behind) == len(blank):
                break
            behind += character
        assert line[len(behind)] in ":# "
    assert "…" in out
    assert "\n     " in out


def test_nothing_in_a_line_reaches_the_terminal(run: Run, own: Path) -> None:
    (own / "pack.yaml").write_text(GOOD + "about: \x1b]0;x\x07 \x9b1m\n")
    for form in ("text", "short", "github"):
        out = run("pack", "check", "own/pack.yaml", "--format", form).out
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", out)


def test_colours_stand_on_a_screen_only(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[31m" in run("pack", "check", "./own", screen=True).out
    assert "\x1b" not in run("pack", "check", "./own").out
    assert "\x1b" not in run("--plain", "pack", "check", "./own", screen=True).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("pack", "check", "./own", screen=True).out


def test_short_is_one_line_each(run: Run, own: Path) -> None:
    done = run("pack", "check", "./own", "--format", "short")
    records = json.loads(run("pack", "check", "./own", "--format", "json").out)
    assert done.out.splitlines() == [
        "{file}:{line}:{column}: {code}: {message}".format(**record) for record in records
    ]
    fixes = [record["fix"] for record in records if "fix" in record]
    assert {"line": 8, "start": 10, "end": 39, "text": "'Note: when did you feel calm?'"} in fixes
    assert len(fixes) == 4


def test_github_gets_workflow_commands(run: Run, own: Path) -> None:
    odd = own.parent / "a,b:c%"
    own.rename(odd)
    out = run("pack", "check", "./a,b:c%", "--format", "github").out.splitlines()
    assert (
        "::error file=a%2Cb%3Ac%25/pack.yaml,line=8,col=14,title=colon-in-text::A text that holds `: ` "
        "needs quotes. Write: ask: 'Note: when did you feel calm?'"
    ) in out
    assert all(re.match(r"::(error|warning) file=", line) for line in out)


def test_what_can_be_mended_is_shown_and_not_written(run: Run, own: Path) -> None:
    before = tree(own)
    done = run("pack", "check", "./own", "--diff")
    assert (done.code, tree(own)) == (0, before)
    assert "+    ask: 'Note: when did you feel calm?'" in done.out
    assert "--- own/stories/one.yaml" in done.out
    assert done.err == "4 can be mended; nothing was written.\n"


def test_every_file_is_mended_and_nothing_else_changes(run: Run, own: Path) -> None:
    done = run("pack", "check", "./own", "--fix")
    assert "own/pack.yaml: 2 mended." in done.err
    after = tree(own)
    text = GOOD.replace("When did you feel calm?", "'Note: when did you feel calm?'")
    assert after["pack.yaml"].decode() == text.replace("\n", "\r\n")
    assert b"title: 'Meins: ja'\n" in after["translations/de.yaml"]
    assert after["stories/one.yaml"].startswith(b"story: 'one: two'\n")
    assert (own / "pack.yaml").stat().st_mode & 0o777 == 0o644
    assert "colon-in-text" not in done.out
    assert "Nothing to mend." in run("pack", "check", "./own", "--fix").err
    assert tree(own) == after
    assert sorted(path.name for path in own.iterdir()) == ["pack.yaml", "stories", "translations"]


def test_a_failure_in_the_middle_leaves_old_or_new(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(own)
    replace = Path.replace
    done: list[Path] = []

    def failing(self: Path, target: Path) -> Path:
        if done:
            raise OSError(28, "No space left on device")
        done.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    result = run("pack", "check", "./own", "--fix")
    assert (result.code, "not-written" in result.err) == (1, True)
    monkeypatch.undo()
    after = tree(own)
    assert set(after) == set(before)
    assert sum(after[name] != before[name] for name in before) == 1


def test_a_file_saved_meanwhile_is_left_alone(own: Path) -> None:
    from reflect.application.mending import MendedFile, write_mended
    from reflect.errors import ReflectError

    file = own / "pack.yaml"
    with pytest.raises(ReflectError, match="was changed"):
        write_mended((MendedFile(str(file), b"old", b"new", 1),))
    assert file.read_bytes() != b"new"


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_shipped_packs_are_never_touched(run: Run, option: str) -> None:
    from reflect.plugins.shipped import shipped_folder

    for pack in (
        "four-stages",
        str(shipped_folder() / "four-stages"),
        str(shipped_folder() / "core"),
    ):
        done = run("pack", "check", pack, option)
        assert (done.code, done.out, "not-your-pack" in done.err) == (2, "", True)


def test_several_packs_are_checked_at_once(run: Run, own: Path, home: Home) -> None:
    (own.parent / "two.yaml").write_text(GOOD.replace("ask: When", "ask:When"))
    done = run("pack", "check", "./own", "./two.yaml", "--format", "short")
    assert done.code == 1
    assert "two.yaml:8:9: spacing: " in done.out
    assert "own/pack.yaml:8:14: " in done.out
    assert "5 of them can be mended: reflect pack check --fix ./own ./two.yaml" in done.err
    assert run("pack", "check").code == 2


def test_a_pack_above_the_current_folder_is_mended_in_its_place(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own / "stories")
    assert f"{own}/pack.yaml:8:14: colon" in run("pack", "check", f"{own}").out
    assert "mended." in run("pack", "check", "..", "--fix").err
    assert b"'Note: when" in (own / "pack.yaml").read_bytes()


def test_warnings_alone_pass_unless_they_count(run: Run, own: Path) -> None:
    file = own.parent / "one.yaml"
    file.write_text(GOOD.replace("One moment is enough.", "“One moment is enough.”"))
    done = run("pack", "check", "./one.yaml")
    assert done.code == 0
    assert "smart-quotes" in done.out
    assert run("pack", "check", "./one.yaml", "--strict").code == 1
