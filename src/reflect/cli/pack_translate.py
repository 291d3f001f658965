"""`reflect pack translate`: a translation to fill in, and what in it is missing or out of date."""

from __future__ import annotations

import re

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.pack_at import location_of


@click.command()
@click.argument("language")
@click.argument("pack", metavar="[FOLDER]", default=".")
@click.option("--done", is_flag=True, help="Everything that had changed was looked at.")
@json_option
@pass_desk
def command(desk: Desk, language: str, pack: str, done: bool, as_json: bool) -> int:
    """Write translations/LANGUAGE.yaml with every text to fill in, or add to it what it lacks.

    What is there is never changed. Texts that the pack has changed since they were translated
    are listed until --done. Ends with 1 while something is left to do.
    """
    from reflect.application.translating import translate
    from reflect.errors import UsageError
    from reflect.packs.location import YOURS
    from reflect.packs.table import PATTERNS
    from reflect.sharing.layout import counted

    if not re.fullmatch(PATTERNS["language"], language):
        raise UsageError(
            "no-such-language", f"{language[:20]} is no language", "Such as de, es or pt-BR."
        )
    location = location_of(desk, pack)
    if location.source != YOURS:
        raise UsageError(
            "not-your-pack",
            f"{pack} is not yours to translate",
            "To have one of your own: reflect pack new --from",
        )
    found = translate(location, language, done=done)
    left = len(found.missing)
    if as_json:
        desk.json(
            {
                "file": str(found.file),
                "missing": found.missing,
                "stale": found.stale,
                "of": found.of,
            }
        )
        return 1 if found.missing or found.stale else 0
    for name in found.missing:
        desk.show(f"missing  {_called(name)}")
    for name in found.stale:
        says = found.says.get(name, "")
        desk.show(f"changed  {_called(name)}{says and ': ' + says}")
    desk.talk(
        f"{found.file}: {found.of - left} of {counted(found.of, 'text')} translated, {len(found.stale)} changed since."
    )
    if found.new:
        desk.talk("Fill in what stands between the quotes, then say this again.")
    elif found.stale:
        desk.talk("Once you have looked at what changed: the same with --done.")
    return 1 if found.missing or found.stale else 0


def _called(name: str) -> str:
    """A name among the marks, for people."""
    return {"pack": "the pack's title, line and signs", "words": "its word lists"}.get(name, name)
