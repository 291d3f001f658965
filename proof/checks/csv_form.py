"""CSV, as the documentation shows how to write it: the program brings none of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from tests.plugins.test_docs import hook

from proof.check import Check, Figure, Form
from proof.payloads import documents, payloads
from proof.trials import rounds
from reflect.sharing.document import Collection, Transcript, collection
from reflect.sharing.exporter import Exporter

LEAST = 900
_RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula at the beginning of a cell, blanks before it or not."""


def run(form: Form) -> Figure:
    """Write each payload in each field by the example; a strict reader must find texts, in their cells."""
    (exporter,) = hook("reflect_exporters")()
    assert isinstance(exporter, Exporter)
    trials = 0
    failures: list[str] = []
    for seed, _ in rounds(form):
        for text in payloads(seed, form.long):
            for field, one in documents(text):
                trials += 1
                found = wrong(one, exporter.write)
                failures += [f"{field} {text[:40]!a}: {found}"] if found else []
    says = f"{trials:,} documents, {len(failures)} with a formula or a broken row"
    return Figure(trials, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """An exporter that writes cells as they come."""

    def write(sessions: Collection) -> bytes:
        rows = [
            f"{one.session.day},{turn.question},{turn.answer}"
            for one in sessions.transcripts
            for turn in one.turns
        ]
        return "\r\n".join(("day,question,answer", *rows)).encode("utf-8", "replace")

    found = [wrong(one, write) for text in payloads(1, False) for _, one in documents(text)]
    bad = tuple(filter(None, found))
    return Figure(len(found), bad, f"{len(bad)} found out")


def wrong(document: Transcript, write: Callable[[Collection], bytes]) -> str:
    """What is wrong with the file of one document."""
    data = write(collection([document])).decode("utf-8")
    try:
        rows = list(csv.reader(io.StringIO(data, newline=""), strict=True))
    except csv.Error as error:
        return str(error)
    if [len(row) for row in rows] != [3] * (1 + len(document.turns)):
        return f"rows of {[len(row) for row in rows]} cells"
    live = [cell for row in rows for cell in row if cell.lstrip().startswith(_RUN)]
    return f"a formula: {live[0][:40]!a}" if live else ""


CHECK = Check(
    "T-CSV",
    ("G14",),
    "CSV as our page shows it holds no formula",
    run,
    control,
    seconds=1,
)
