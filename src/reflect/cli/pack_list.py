"""`reflect pack list`: every pack there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk

if TYPE_CHECKING:
    from reflect.packs.catalogue import Catalogue, Entry
    from reflect.script import Question, Script


@click.command()
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> None:
    """List packs with their questions, wordings and stages."""
    catalogue = desk.app.catalogue
    records = [_record(catalogue, entry) for entry in catalogue.entries()]
    desk.report(catalogue.diagnostics())
    if as_json:
        desk.json({"packs": records})
        return
    for number, record in enumerate(records):
        _show(desk, record, first=number == 0)


def _record(catalogue: Catalogue, entry: Entry) -> dict[str, object]:
    """One pack as it is listed; `usable` is false, and nothing is counted, when it has errors."""
    script = catalogue.compiled(entry.name).script
    questions = _questions(script) if script else []
    return {
        "id": entry.id,
        "name": entry.name,
        "title": entry.title,
        "version": entry.version,
        "language": entry.language,
        "source": entry.source,
        "about": entry.about,
        "for": entry.audience,
        "questions": len(questions),
        "wordings": sum(len(question.ask) for question in questions),
        "stages": [{"id": stage.id, "title": stage.title} for stage in (script or entry).stages],
        "kind": _kind(script),
        "hidden": entry.hidden,
        "hides": _hidden_by(catalogue, entry),
        "languages": _languages(entry),
        "minutes": _minutes(script),
        "path": entry.location.path,
        "extends": entry.extends,
        "usable": script is not None,
    }


def _hidden_by(catalogue: Catalogue, entry: Entry) -> list[str]:
    """The names of the packs that `entry` keeps its id from."""
    others = (other for other in catalogue.entries() if other.hidden and other.id == entry.id)
    return [] if entry.hidden else [other.name for other in others]


def _languages(entry: Entry) -> list[str]:
    from reflect.packs.location import languages

    return [entry.language, *languages(entry.location)]


def _minutes(script: Script | None) -> dict[str, int] | None:
    """How long the longest session of any stage takes, at both lengths; None when it cannot be used."""
    if script is None:
        return None
    from reflect.rehearsal.length import extent

    return {
        "short": max(extent(script, stage.id, "short").minutes for stage in script.stages),
        "long": max(extent(script, stage.id, "long").minutes for stage in script.stages),
    }


def _questions(script: Script) -> list[Question]:
    return [question for stage in script.stages for question in stage.questions()]


def _kind(script: Script | None) -> str | None:
    if script is None:
        return None
    return "reflection" if script.is_reflection else "exercise"


def _show(desk: Desk, record: dict[str, object], *, first: bool) -> None:
    from reflect.sharing.layout import wrapped

    if not first:
        desk.show("")
    for text, indent in ((f"{record['name']}  {record['title']}", ""), (_facts(record), "  ")):
        for line in wrapped(text, desk.columns, first=indent, rest="    "):
            desk.show(line)
    for text in filter(None, (str(record["about"]), _stages(record))):
        for line in wrapped(text, desk.columns, first="  ", rest="    "):
            desk.show(line)


_WHOM = {"mentor": "mentors", "both": "mentees and mentors"}


def _facts(record: dict[str, object]) -> str:
    from reflect.sharing.layout import counted

    questions, wordings = record["questions"], record["wordings"]
    assert isinstance(questions, int) and isinstance(wordings, int)
    languages, minutes, hides = record["languages"], record["minutes"], record["hides"]
    assert isinstance(languages, list) and isinstance(hides, list)
    facts = [_from(record), f"version {record['version']}", ", ".join(languages)]
    if record["for"] != "mentee":
        facts.insert(1, f"for {_WHOM[str(record['for'])]}")
    if isinstance(minutes, dict):
        facts += [counted(questions, "question"), counted(wordings, "wording")]
        both = dict.fromkeys((minutes["short"], minutes["long"]))
        facts.append(f"up to {' or '.join(map(str, both))} minutes")
    else:
        facts.append("cannot be used, see: reflect pack check")
    if record["hidden"]:
        facts.append("hidden: its id belongs to another pack")
    facts += [f"hides {name}" for name in hides]
    return " · ".join(facts)


def _from(record: dict[str, object]) -> str:
    """Who brought a pack; of the mentee's own, where it lies."""
    from reflect.packs.location import YOURS

    source = str(record["source"])
    return f"{source} ({record['path']})" if source == YOURS else source


def _stages(record: dict[str, object]) -> str:
    stages = record["stages"]
    assert isinstance(stages, list)
    named = ", ".join(f"{stage['id']} ({stage['title']})" for stage in stages)
    return f"Stages: {named}" if len(stages) > 1 else ""
