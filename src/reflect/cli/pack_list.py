"""`reflect pack list`: every pack there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.script import MOMENTS

SOURCES = (__file__, str(Path(__file__).parents[1] / "rehearsal" / "length.py"))
"""What makes the records that are kept."""

if TYPE_CHECKING:
    from reflect.packs.catalogue import Catalogue, Entry
    from reflect.script import Moment, Question, Script


@click.command()
@click.option(
    "--details",
    is_flag=True,
    help="With who brought each, how much it holds and how long it takes.",
)
@json_option
@pass_desk
def command(desk: Desk, details: bool, as_json: bool) -> None:
    """List packs by the moment they are for."""
    catalogue = desk.app.catalogue
    records = catalogue.once(
        "pack-list",
        list[dict[str, object]],
        lambda: [_record(catalogue, entry) for entry in catalogue.entries()],
        SOURCES,
    )
    desk.report(catalogue.diagnostics())
    if as_json:
        desk.json({"packs": records, "totals": _totals(records)})
        return
    shown = 0
    for moment in MOMENTS:
        here = [record for record in records if record["moment"] == moment]
        if here:
            desk.show(f"\n{_heading(moment)}" if shown else _heading(moment))
            shown += len(here)
        for record in here:
            _show(desk, record, details=details)
    desk.talk(_in_all(_totals(records)))


def _heading(moment: Moment) -> str:
    from reflect.packs.schema import MOMENT_MEANS

    meant = MOMENT_MEANS[moment]
    return f"{meant[0].upper()}{meant[1:]}"


def _totals(records: list[dict[str, object]]) -> dict[str, int]:
    """How many packs can be used, and what they hold in all."""
    usable = [record for record in records if record["usable"] and not record["hidden"]]
    return {
        "packs": len(usable),
        "questions": sum(cast("int", record["questions"]) for record in usable),
        "wordings": sum(cast("int", record["wordings"]) for record in usable),
    }


def _in_all(totals: dict[str, int]) -> str:
    from reflect.sharing.layout import counted

    packs, questions = counted(totals["packs"], "pack"), counted(totals["questions"], "question")
    return f"{packs}, {questions}, {counted(totals['wordings'], 'wording')}"


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
        "moment": entry.moment,
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


def _show(desk: Desk, record: dict[str, object], *, details: bool) -> None:
    from reflect.sharing.layout import wrapped

    facts = _facts(record) if details else " · ".join(_marks(record))
    below = (facts, str(record["about"]), _stages(record) if details else "")
    for line in wrapped(
        f"{record['name']}  {record['title']}", desk.columns, first="  ", rest="    "
    ):
        desk.show(line)
    for text in filter(None, below):
        for line in wrapped(text, desk.columns, first="    ", rest="    "):
            desk.show(line)


_WHOM = {"mentor": "mentors", "both": "mentees and mentors"}


def _facts(record: dict[str, object]) -> str:
    from reflect.sharing.layout import counted

    questions, wordings = record["questions"], record["wordings"]
    assert isinstance(questions, int) and isinstance(wordings, int)
    languages, minutes = record["languages"], record["minutes"]
    assert isinstance(languages, list)
    facts = [str(record["source"]), f"version {record['version']}", ", ".join(languages)]
    if isinstance(minutes, dict):
        facts += [counted(questions, "question"), counted(wordings, "wording")]
        both = dict.fromkeys((minutes["short"], minutes["long"]))
        facts.append(f"up to {' or '.join(map(str, both))} minutes")
    return " · ".join(facts + _marks(record))


def _marks(record: dict[str, object]) -> list[str]:
    """What is not as with most packs: whom it is for, that it is one's own, hidden, or broken."""
    hides = record["hides"]
    assert isinstance(hides, list)
    marks = [f"for {_WHOM[str(record['for'])]}"] if record["for"] != "mentee" else []
    marks += _from(record)
    if not record["usable"]:
        marks.append("cannot be used, see: reflect pack check")
    if record["hidden"]:
        marks.append("hidden: its id belongs to another pack")
    return marks + [f"hides {name}" for name in hides]


def _from(record: dict[str, object]) -> list[str]:
    """Who brought a pack that is not shipped; of the mentee's own, where it lies."""
    from reflect.packs.location import SHIPPED, YOURS

    source = str(record["source"])
    if source == SHIPPED:
        return []
    return [f"{source} ({record['path']})" if source == YOURS else f"from {source}"]


def _stages(record: dict[str, object]) -> str:
    stages = record["stages"]
    assert isinstance(stages, list)
    named = ", ".join(f"{stage['id']} ({stage['title']})" for stage in stages)
    return f"Stages: {named}" if len(stages) > 1 else ""
