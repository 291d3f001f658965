"""`reflect pack new`: what it writes works at once, and what is there stays as it is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reflect.application.authoring import check_pack, compiled_at, rehearse
from reflect.application.wiring import Application
from reflect.diagnostics import Diagnostic
from reflect.packs.location import YOURS, Location, languages
from reflect.script import Script
from tests import conftest
from tests.conftest import Run
from tests.packs.test_json_schema import wrong

LANGUAGES = ("en", "de", "es")
STAGES = ("The first weeks", "Woche 2, Mitte", "Último", "Answer", "!?", "Sam's: time", "A", "A")


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which commands are typed."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def app() -> Iterator[Application]:
    app = Application(os.environ)
    yield app
    app.close()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever types looks at a screen."""
    monkeypatch.setattr(conftest._Stream, "isatty", lambda _: True)


def at(folder: str) -> Location:
    return Location(YOURS, str(Path(folder)))


def found(app: Application, folder: str) -> tuple[Diagnostic, ...]:
    return check_pack(app, at(folder))


def script(app: Application, folder: str) -> Script:
    made = compiled_at(app, at(folder)).script
    assert made is not None
    return made


def assert_passes(app: Application, folder: str) -> None:
    played = rehearse(app, at(folder))
    assert played.findings == ()
    assert played.played
    assert [one.failure for one in played.played if one.failure] == []


def asked(made: Script) -> list[object]:
    """Every question of every stage, wherever it stands in the file."""
    return [
        (stage.id, question.id, question.ask, question.when is None, len(question.probes))
        for stage in made.stages
        for question in stage.questions()
    ]


def texts(folder: str) -> dict[str, str]:
    paths = (path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


# --- a pack of one's own ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "stages"),
    [
        *((language, ()) for language in LANGUAGES),
        *((language, STAGES) for language in LANGUAGES),
        ("fr", STAGES[:1]),
        ("de-AT", STAGES[:2]),
    ],
)
def test_a_new_pack_works_at_once(
    run: Run, app: Application, language: str, stages: tuple[str, ...]
) -> None:
    options = [part for stage in stages for part in ("--stage", stage)]
    done = run("pack", "new", "night-shift", "--language", language, *options)
    assert (done.code, done.out) == (0, "night-shift\n"), done.err
    assert done.err.endswith("reflect pack try ./night-shift\n")
    assert list(map(str, found(app, "night-shift"))) == []
    assert_passes(app, "night-shift")
    made = script(app, "night-shift")
    assert (made.pack, made.title, made.language) == ("night-shift", "Night shift", language)
    assert [stage.title for stage in made.stages] == list(stages or ["Night shift"])
    assert made.is_reflection == (len(stages) < 2)
    files = texts("night-shift")
    assert wrong("pack", files["pack.yaml"]) == []
    assert wrong("story", files["stories/first.yaml"]) == []
    assert files["pack.yaml"].startswith("# yaml-language-server: $schema=.reflect/pack.schema")
    assert files["README.md"].count("`reflect pack ") >= 4


def test_each_language_has_the_same_starters_in_words_of_its_own() -> None:
    starters = Path(conftest.__file__).parents[1] / "src/reflect/packs/starters"
    names = {path.name for path in (starters / "en").iterdir()} - {"foreign.txt"}
    for language in LANGUAGES[1:]:
        assert {path.name for path in (starters / language).iterdir()} == names
        for name in names:
            own = (starters / language / name).read_text("utf-8")
            english = (starters / "en" / name).read_text("utf-8")
            sentences = {line.strip() for line in english.splitlines() if len(line.split()) > 4}
            same = sentences & {line.strip() for line in own.splitlines()}
            assert not {
                line for line in same if "reflect pack" not in line and "when" not in line
            }, name
            assert own.count("ask:") == english.count("ask:")
            if name == "later.txt":
                assert own.count("\n\n") == english.count("\n\n")


def test_another_language_gets_a_line_that_says_so(run: Run) -> None:
    run("pack", "new", "nuit", "--language", "fr")
    assert "in English, and the pack says fr" in texts("nuit")["pack.yaml"]
    run("pack", "new", "nacht", "--language", "de-AT")
    assert "in English" not in texts("nacht")["pack.yaml"]


def test_lines_of_input_answer_in_order(run: Run, app: Application) -> None:
    lines = "tag\nDer Tag: so war er\nAnfang, Ende\nde\nEin Blick zurück\n"
    assert run("pack", "new", stdin=lines).code == 0
    made = script(app, "tag")
    assert (made.title, made.about) == ("Der Tag: so war er", "Ein Blick zurück")
    assert [stage.id for stage in made.stages] == ["anfang", "ende"]
    assert found(app, "tag") == ()


def test_what_an_option_says_is_not_asked(run: Run, app: Application) -> None:
    assert run("pack", "new", "x", "--id", "y", "--title", "Why #1", stdin="\nes\n").code == 0
    assert (script(app, "x").pack, script(app, "x").title) == ("y", "Why #1")
    assert script(app, "x").language == "es"


@pytest.mark.usefixtures("terminal")
def test_a_terminal_is_asked_again(run: Run, app: Application) -> None:
    done = run("pack", "new", stdin="Not good\nfour-stages\nnight\n\n\nEnglish\nen\n\n")
    assert done.code == 0, done.err
    assert done.err.count("Its short name (a-z, 0-9, hyphens): ") == 3
    assert "An id is made of a-z" in done.err
    assert "four-stages belongs to another pack" in done.err
    assert done.err.count("Its language [en]: ") == 2
    assert found(app, "night") == ()


@pytest.mark.usefixtures("terminal")
def test_the_end_of_input_at_a_terminal_is_no_answer(run: Run, inside: Path) -> None:
    assert run("pack", "new", stdin="night\n").code == 130
    assert list(inside.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (("Night",), "No id\n", "--id: An id is made of"),
        (("night", "--id", "four-stages"), "", "belongs to another pack"),
        (("night", "--id", "core"), "", "belongs to another pack"),
        (("night", "--language", "English"), "", "--language: "),
        (("night", *("--stage", "a") * 9), "", "--stage: Begin with 8"),
        (("night", "--stage", " "), "", "--stage: This needs"),
        (("night", "--title", "x" * 300), "", "--title: "),
        ((), "", "Its short name (a-z, 0-9, hyphens) was not answered"),
        (("night", "--extend"), "", "--extend needs a pack"),
        (("night", "--from", "no-such-pack"), "", "there is no pack"),
        (("night", "--from", "four-stages", "--stage", "a"), "", "do not go with --from"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    run: Run, inside: Path, arguments: tuple[str, ...], stdin: str, said: str
) -> None:
    done = run("pack", "new", *arguments, stdin=stdin)
    assert done.code in (1, 2)
    assert said in done.err
    assert list(inside.iterdir()) == []


def test_nothing_is_written_over(run: Run, inside: Path) -> None:
    (inside / "night").mkdir()
    assert run("pack", "new", "night").code == 0
    before = texts("night")
    done = run("pack", "new", "night", "--id", "other")
    assert (done.code, "was left as it is" in done.err) == (1, True)
    (inside / "file").write_text("mine")
    assert run("pack", "new", "file").code == 1
    assert run("pack", "new", "file/below").code == 1
    assert run("pack", "new", stdin="night\n").code == 1
    assert texts("night") == before
    assert (inside / "file").read_text() == "mine"


def test_the_pack_can_be_asked_from_where_packs_lie(run: Run, app: Application) -> None:
    folder = app.home.packs / "night"
    assert run("pack", "new", str(folder)).code == 0
    assert [entry.id for entry in Application(os.environ).catalogue.entries()][-1] == "night"


def test_what_the_readme_names_can_be_typed(run: Run) -> None:
    run("pack", "new", "night")
    lines = re.findall("`reflect (.*?)`", texts("night")["README.md"])
    assert len(lines) == 6
    for line in lines:
        done = run(*line.split(), stdin="yes\n")
        assert done.code == 0, (line, done.err)


# --- from another ------------------------------------------------------------------------


def test_a_copy_is_the_same_under_another_id(run: Run, app: Application) -> None:
    assert run("pack", "new", "ours", "--from", "four-stages", "--title", "Ours: now").code == 0
    base = app.catalogue.entry("four-stages").location
    made, files = script(app, "ours"), texts("ours")
    assert (made.pack, made.title) == ("ours", "Ours: now")
    assert asked(made) == asked(app.script("four-stages"))
    for language in (None, *languages(base)):
        codes = [one.code for one in compiled_at(app, at("ours"), language).diagnostics]
        # Only the title is another one, which its translations have yet to follow.
        stale = ["stale-translation"] if language else []
        assert codes == stale + [one.code for one in compiled_at(app, base, language).diagnostics]
    for path in Path(base.path).rglob("*.yaml"):
        own = files[path.relative_to(base.path).as_posix()]
        original = path.read_text("utf-8")
        assert own.startswith("# yaml-language-server: $schema=")
        notes = [line for line in original.splitlines() if line.lstrip().startswith("#")]
        assert set(notes) <= set(own.splitlines())
        assert "\npack: four-stages\n" not in own
        if path.name != "pack.yaml":
            assert own.partition("\n")[2].replace("pack: ours", "pack: four-stages") == original


def test_a_copy_of_a_pack_without_stages_plays_its_stories(run: Run, app: Application) -> None:
    run("pack", "new", "night", "--title", "Night", "--language", "es")
    assert run("pack", "new", "day", "--from", "./night", stdin="\nDay\n").code == 0
    assert script(app, "day").stages[0].id == "day"
    assert script(app, "day").title == "Day"
    assert found(app, "day") == ()
    assert_passes(app, "day")


def test_a_pack_that_cannot_be_read_is_no_beginning(run: Run, inside: Path) -> None:
    (inside / "odd.yaml").write_bytes(b"reflect: \xff")
    (inside / "odder.yaml").write_text("moon: 1")
    for name in ("odd.yaml", "odder.yaml"):
        done = run("pack", "new", "night", "--from", f"./{name}")
        assert (done.code, "Traceback" in done.err) == (1, False)
    assert not (inside / "night").exists()


def uncommented(text: str, number: int) -> str:
    """An extending pack in which example `number` (from 1) is no note any more."""
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith(f"# {number}. ")) + 2
    last = next((n for n in range(first, len(lines)) if lines[n] == "#"), len(lines))
    lines[first:last] = [line.removeprefix("# ") for line in lines[first:last]]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("staged", [True, False])
def test_a_pack_that_extends_works_and_so_does_each_of_its_examples(
    run: Run, app: Application, staged: bool
) -> None:
    base = "four-stages" if staged else "night"
    if not staged:
        run("pack", "new", str(app.home.packs / base), "--language", "de")
        app = Application(os.environ)
    done = run("pack", "new", "ours", "--from", base, "--extend", "--title", "Ours")
    assert done.code == 0, done.err
    assert_passes(app, "ours")
    whole = app.script(base)
    questions = {question.id for stage in whole.stages for question in stage.questions()}
    file = Path("ours/pack.yaml")
    text = file.read_text("utf-8")
    changes = []
    for number in (0, 1, 2, 3):
        file.write_text(uncommented(text, number) if number else text, encoding="utf-8")
        made = {q.id: q for stage in script(app, "ours").stages for q in stage.questions()}
        old = {q.id: q for stage in whole.stages for q in stage.questions()}
        reworded = sum(made[name].ask != old[name].ask for name in made.keys() & old.keys())
        changes.append((len(made.keys() - questions), len(questions - made.keys()), reworded))
    assert changes == [(0, 0, 0), (0, 0, 1), (1, 0, 0), (0, 1, 0)]


def test_only_installed_packs_can_be_built_on(run: Run) -> None:
    run("pack", "new", "night")
    done = run("pack", "new", "ours", "--from", "./night", "--extend")
    assert (done.code, "Add it to your packs first" in done.err) == (2, True)


# --- the schema ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["pack", "story", "translation", "lexicon"])
def test_the_schema_is_shown_or_written(run: Run, inside: Path, kind: str) -> None:
    shown = json.loads(run("pack", "schema", kind).out)
    assert shown["title"] == f"reflect: a {kind}"
    assert run("pack", "schema", kind, "--output", "made.json").code == 0
    assert json.loads((inside / "made.json").read_text("utf-8")) == shown
    assert run("pack", "schema", "--output", "made.json").code == 1
    assert json.loads((inside / "made.json").read_text("utf-8")) == shown
    assert run("pack", "schema", "--output", "no/such/made.json").code == 1
