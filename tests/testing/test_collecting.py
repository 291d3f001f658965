"""`pytest` in the folder of a pack, as an author types it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.testing.conftest import write_pack
from tests.testing.pytests import Pytest, install


def passed(lines: list[str]) -> list[str]:
    return [line.split(" PASSED")[0] for line in lines if " PASSED" in line]


def test_a_pack_and_its_stories_are_tests(run_pytest: Pytest, pack: Path) -> None:
    ran = run_pytest.apart("-v", cwd=pack)
    assert (ran.code, passed(ran.lines)) == (
        0,
        [
            "pack.yaml::no errors",
            "stories/shifts.yaml::it goes well",
            "stories/shifts.yaml::es geht gut",
        ],
    )


def test_other_files_are_somebody_elses(run_pytest: Pytest, pack: Path, tmp_path: Path) -> None:
    (pack / "docker-compose.yaml").write_text("services: [")
    (pack / "stories" / "notes.txt").write_text("story: no")
    other = tmp_path / "work" / "other"
    (other / "stories").mkdir(parents=True)
    (other / "pack.yaml").write_text("name: a pack of cards\nreflect: 1\n")
    (other / "stories" / "one.yaml").write_text("story: [")
    (tmp_path / "work" / "stories").mkdir()
    (tmp_path / "work" / "stories" / "two.yaml").write_text("story: [")
    ran = run_pytest("-q", cwd=tmp_path / "work")
    assert (ran.code, ran.lines[-1].split(" in ")[0]) == (0, "3 passed")


def test_packs_below_are_found_from_anywhere(
    run_pytest: Pytest, pack: Path, tmp_path: Path
) -> None:
    write_pack(tmp_path / "work" / "more" / "deep" / "pack")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ran = run_pytest("-q", "--rootdir", elsewhere, tmp_path / "work", cwd=elsewhere)
    assert (ran.code, ran.lines[-1].split(" in ")[0]) == (0, "6 passed")


def test_a_story_that_goes_another_way_says_where(
    run_pytest: Pytest, pack: Path, tmp_path: Path
) -> None:
    stories = pack / "stories" / "shifts.yaml"
    stories.write_text(stories.read_text().replace("calm on the ward", "excited on the ward"))
    report = tmp_path / "report.xml"
    ran = run_pytest("-q", f"--junitxml={report}", cwd=tmp_path / "work")
    assert ran.code == 1
    at = ran.lines.index("ward/stories/shifts.yaml:4:7:")
    assert ran.lines[at + 1 : at + 5] == [
        "    expected: bot: excited on the ward",
        "    said:     When did you feel calm on the ward this week?",
        "",
        "bot: When did you feel calm on the ward this week?",
    ]
    assert "Traceback" not in ran.out and "collecting.py" not in ran.out
    (suite,) = ElementTree.parse(report).getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    failures = {case.get("name"): case.find("failure") for case in suite}
    assert failures["es geht gut"] is None
    told = failures["it goes well"]
    assert told is not None and "expected: bot: excited" in (told.text or "")


def test_a_pack_with_errors_fails_with_all_of_them(run_pytest: Pytest, pack: Path) -> None:
    broken = (pack / "pack.yaml").read_text().replace("ask: What slowed", "aks: What slowed")
    (pack / "pack.yaml").write_text(broken)
    ran = run_pytest("-q", "-k", "errors or well", cwd=pack)
    assert ran.lines[-1].startswith("2 failed, 1 deselected")
    assert "pack.yaml:15:5: unknown-key: " in ran.out
    assert "Traceback" not in ran.out


@pytest.mark.parametrize("above", ["---\n", "\ufeff", "\n\n# one\r\n  # two\n"])
def test_a_pack_is_known_by_its_first_key(run_pytest: Pytest, pack: Path, above: str) -> None:
    file = pack / "pack.yaml"
    file.write_text(above + file.read_text().replace("reflect: 1 ", '"reflect" : 1 '))
    assert "3 tests collected" in run_pytest("--collect-only", "-q", cwd=pack).lines[-1]


def test_a_translation_with_errors_fails_its_stories_only(run_pytest: Pytest, pack: Path) -> None:
    file = pack / "translations" / "de.yaml"
    file.write_text(file.read_text().replace("{mentor}", "{metnor}"))
    ran = run_pytest("-v", cwd=pack)
    assert passed(ran.lines) == ["stories/shifts.yaml::it goes well"]
    assert "translations/de.yaml:13:" in ran.out


def test_what_is_no_story_is_told(run_pytest: Pytest, pack: Path) -> None:
    (pack / "stories" / "shifts.yaml").write_text("- story: x\n  stage: y\n  tlak: []\n")
    ran = run_pytest("-v", "-k", "read", cwd=pack)
    assert ran.code == 1
    assert "stories/shifts.yaml:3:3: unknown-key: There is no key `tlak` here." in ran.lines


def test_stories_can_be_picked(run_pytest: Pytest, pack: Path) -> None:
    assert passed(run_pytest("-v", "-k", "gut", cwd=pack).lines) == [
        "stories/shifts.yaml::es geht gut"
    ]
    named = run_pytest("-v", "stories/shifts.yaml::it goes well", cwd=pack)
    assert passed(named.lines) == ["stories/shifts.yaml::it goes well"]


def test_two_stories_of_one_name_are_two_tests(run_pytest: Pytest, pack: Path) -> None:
    stories = pack / "stories" / "shifts.yaml"
    stories.write_text(stories.read_text().replace("es geht gut", "it goes well"))
    assert passed(run_pytest("-v", "-k", "goes", cwd=pack).lines) == [
        "stories/shifts.yaml::it goes well",
        "stories/shifts.yaml::it goes well (2)",
    ]


def test_stories_are_played_by_several_at_once(run_pytest: Pytest, pack: Path) -> None:
    stories = pack / "stories" / "shifts.yaml"
    (well, *_) = re.split(r"^(?=- story)", stories.read_text(), flags=re.M)[1:]
    stories.write_text(well + well.replace("goes well", "goes as well"))
    ran = run_pytest.apart("-q", "-n", "2", "-k", "goes", cwd=pack)
    assert (ran.code, ran.lines[-1].split(" in ")[0]) == (0, "2 passed")


def test_warnings_are_shown_to_whom_asks(run_pytest: Pytest, pack: Path) -> None:
    assert "few-wordings" not in run_pytest("-q", cwd=pack).out
    assert "pack.yaml:10:5: few-wordings" in run_pytest("-q", "-rA", cwd=pack).out


def test_nothing_is_kept_anywhere(
    run_pytest: Pytest, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = sorted(pack.rglob("*"))
    assert run_pytest("-q", cwd=pack).code == 0
    assert sorted(pack.rglob("*")) == before
    assert not run_pytest.home.exists()
    assert not list(tmp_path.glob("reflect-*"))


def test_a_run_without_packs_loads_nothing_of_reflect(run_pytest: Pytest, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "test_it.py").write_text(
        "import sys\n"
        "def test_it():\n"
        "    mine = sorted(name for name in sys.modules if name.split('.')[0] == 'reflect')\n"
        "    assert mine == ['reflect', 'reflect.testing', 'reflect.testing.pytest_plugin']\n"
        "    assert not {'msgspec', 'apsw', 'yaml', 'click'} & set(sys.modules)\n"
    )
    assert run_pytest.apart("-q", cwd=work).code == 0


def test_the_plug_in_can_be_left_out(run_pytest: Pytest, pack: Path) -> None:
    assert run_pytest.apart("-q", "-p", "no:reflect", cwd=pack).lines[-1].startswith("no tests ran")


THANKS = """\
from reflect.plugins.api import Cue, hookimpl

@hookimpl
def reflect_cues():
    return [Cue("thankful", "says thanks", lambda said: () if "thank" in said.text else None)]
"""


def test_code_of_plug_ins_takes_part_when_it_is_named(run_pytest: Pytest, pack: Path) -> None:
    install(run_pytest.site, "thanks", "[reflect]\nthanks = our_thanks\n")
    (run_pytest.site / "our_thanks.py").write_text(THANKS)
    said = (pack / "pack.yaml").read_text()
    said = said.replace("    share: no\n", "    share: no\n    when: calm is thankful\n")
    (pack / "pack.yaml").write_text(said)
    assert run_pytest("-q", cwd=pack).code == 1
    assert run_pytest("-q", cwd=pack, REFLECT_PLUGINS="thanks").code == 0


def test_the_entry_point_is_the_one_of_the_project() -> None:
    import tomllib

    from tests.testing.pytests import ENTRY_POINTS, ROOT

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ((name, value),) = project["entry-points"]["pytest11"].items()
    assert f"[pytest11]\n{name} = {value}\n" == ENTRY_POINTS
    assert value not in sys.modules or sys.modules[value].pytest_collect_file
