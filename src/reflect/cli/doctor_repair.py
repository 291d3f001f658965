"""`reflect doctor --repair`: a damaged record's sound answers in a new file, and what is not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reflect.cli.desk import Desk
    from reflect.transcripts.repairing import Recovered


def repair_record(desk: Desk, *, rebuild: bool, as_json: bool) -> int:
    """Recover what can be, and say what cannot; 1 when something is missing."""
    from reflect.application.repairing import is_damaged, recover
    from reflect.cli.findings import as_record

    if rebuild:
        message = "--repair and --rebuild are two different things"
        raise UsageError("options-exclude", message, "Start with: reflect doctor")
    damaged = desk.app.kept and is_damaged(desk.app)
    found = recover(desk.app) if damaged else None
    if as_json:
        findings = [as_record(one) for one in found.findings] if found else []
        file = str(found.file) if found else None
        desk.json({"damaged": damaged, "file": file, "diagnostics": findings})
    elif found is None:
        desk.talk("Your record is not damaged; there is nothing to recover.")
    else:
        for finding in found.findings:
            desk.show(f"{finding.severity.value}: {finding}")
        for line in _outcome(desk, found):
            desk.talk(line)
    return 1 if found and found.findings else 0


def _outcome(desk: Desk, found: Recovered) -> Iterator[str]:
    from reflect.sharing.layout import counted

    record = desk.app.home.database
    kept = f"{counted(found.sessions, 'session')}, {counted(found.events, 'entry', 'entries')}"
    yield f"Recovered: {kept}, into {found.file}."
    yield (
        "What is named above is lost in it; a backup may hold it."
        if found.findings
        else "Nothing that was kept is missing in it."
    )
    yield f"{record} was left as it is. To go on with what was recovered, put it in its place:"
    damaged = record.with_name("damaged")
    yield f"  mkdir '{damaged}'\n  mv '{record}'* '{damaged}'\n  mv '{found.file}' '{record}'"
    if found.findings:
        yield "Then fill what is missing from a backup, if you have one: reflect restore FILE"
