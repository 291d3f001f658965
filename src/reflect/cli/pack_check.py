"""`reflect pack check`: everything that is wrong with packs, with its place, and what can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.pack_at import location_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reflect.application.mending import MendedFile
    from reflect.diagnostics import Diagnostic
    from reflect.packs.location import Location

    Findings = tuple[Diagnostic, ...]

Form = Literal["text", "short", "json", "github"]


@click.command()
@click.argument("packs", metavar="PACK|FILE|FOLDER...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "short", "json", "github"]),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option("--fix", is_flag=True, help="Mend what needs no decision; write the files.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@pass_desk
def command(
    desk: Desk, packs: Sequence[str], form: Form, fix: bool, diff: bool, strict: bool
) -> int:
    """Check packs, their translations and their stories.

    PACK is an id of `reflect pack list`; FILE and FOLDER need not be installed.
    Ends with 1 when a pack has errors.
    """
    from reflect.diagnostics import has_errors

    locations = [location_of(desk, pack) for pack in packs]
    if fix or diff:
        mended = _mended(desk, locations)
        if diff:
            return _differ(desk, mended)
        _write(desk, mended)
    found = _checked(desk, locations)
    _SHOW[form](desk, found)
    _count(desk, found, _mendable(desk, locations, found), packs)
    return 1 if has_errors(found) or (strict and found) else 0


# --- checking and mending --------------------------------------------------------------------


def _checked(desk: Desk, locations: Iterable[Location]) -> Findings:
    """Every finding once, by pack and by place."""
    from reflect.application.authoring import check_pack

    every = (found for location in locations for found in check_pack(desk.app, location))
    return tuple(dict.fromkeys(every))


def _mended(desk: Desk, locations: Iterable[Location]) -> tuple[MendedFile, ...]:
    from reflect.application.mending import mended_files

    files = (file for location in locations for file in mended_files(desk.app, location))
    return tuple({one.file: one for one in files}.values())


def _write(desk: Desk, mended: tuple[MendedFile, ...]) -> None:
    from reflect.application.mending import write_mended
    from reflect.cli.finding_text import shown_file

    write_mended(mended)
    for one in mended:
        desk.talk(f"{shown_file(one.file)}: {one.mendings} mended.")
    if not mended:
        desk.talk("Nothing to mend.")


def _differ(desk: Desk, mended: tuple[MendedFile, ...]) -> int:
    """Show what mending would change."""
    from difflib import unified_diff

    from reflect.cli.finding_text import shown_file

    for one in mended:
        name = shown_file(one.file)
        before, after = (data.decode("utf-8-sig").split("\n") for data in (one.before, one.after))
        lines = unified_diff(before, after, name, f"{name} (mended)", lineterm="")
        desk.data("\n".join(lines))
    total = sum(one.mendings for one in mended)
    desk.talk(f"{total} can be mended; nothing was written." if total else "Nothing to mend.")
    return 0


def _mendable(desk: Desk, locations: Sequence[Location], found: Findings) -> int:
    """How many of `found` can be mended in the files of packs of one's own."""
    from reflect.application.mending import can_be_mended

    if not any(one.fix for one in found):
        return 0
    own = [location for location in locations if can_be_mended(desk.app, location)]
    folders = tuple(f"{location.path}/" for location in own)
    files = {location.file for location in own}
    return sum(
        one.fix is not None and (one.place.file in files or one.place.file.startswith(folders))
        for one in found
    )


# --- showing ---------------------------------------------------------------------------------


def _show_text(desk: Desk, found: Findings) -> None:
    from reflect.cli.finding_text import Lines, at_length, shown
    from reflect.diagnostics import has_errors

    lines = Lines()
    errors = tuple(one for one in found if has_errors((one,)))
    warnings = tuple(one for one in found if one not in errors)
    for number, one in enumerate((*errors, *warnings)):
        if errors and warnings and number == len(errors):
            desk.show("\nIt would run without these, but could be better:\n")
        line = lines.at(one.place)
        desk.styled("\n".join(at_length(shown(one), line, desk.columns, desk.coloured)))


def _show_short(desk: Desk, found: Findings) -> None:
    from reflect.cli.finding_text import in_short, shown

    for one in found:
        desk.show(in_short(shown(one)))


def _show_github(desk: Desk, found: Findings) -> None:
    from reflect.cli.finding_github import as_command
    from reflect.cli.finding_text import shown

    for one in found:
        desk.show(as_command(shown(one)))


def _show_json(desk: Desk, found: Findings) -> None:
    import msgspec

    from reflect.cli.finding_text import shown
    from reflect.cli.findings import as_record

    document = msgspec.json.encode([as_record(shown(one)) for one in found])
    desk.data(msgspec.json.format(document, indent=2).decode())


_SHOW = {"text": _show_text, "short": _show_short, "json": _show_json, "github": _show_github}


def _count(desk: Desk, found: Findings, mendable: int, packs: Sequence[str]) -> None:
    from reflect.diagnostics import Severity
    from reflect.sharing.layout import counted

    errors = sum(one.severity is Severity.ERROR for one in found)
    line = f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}."
    if mendable:
        line += f" {mendable} of them can be mended: reflect pack check --fix {' '.join(packs)}"
    desk.talk(line)
