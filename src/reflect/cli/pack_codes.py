"""`reflect pack codes`: every diagnostic that a check can give, each with a failing and a mended pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reflect.packs.explain import Explained

_LONGEST = 28


@click.command()
@click.argument("code", required=False)
@json_option
@pass_desk
def command(desk: Desk, code: str | None, as_json: bool) -> None:
    """List what a check can find, or explain one CODE with examples."""
    if code is None:
        _list(desk, as_json)
    else:
        _one(desk, code, as_json)


def _list(desk: Desk, as_json: bool) -> None:
    from reflect.application.explaining import by_group

    groups = list(by_group())
    if as_json:
        desk.json({"codes": [_record(one) for _, found in groups for one in found]})
        return
    for group, found in groups:
        _show_group(desk, group, found)
    desk.talk("More about one of them: reflect pack codes CODE")


def _show_group(desk: Desk, group: str, found: Sequence[Explained]) -> None:
    from reflect.sharing.layout import wrapped

    desk.show(f"{group[0].upper()}{group[1:]}")
    for one in found:
        mark = "" if one.severity == "error" else "(warning) "
        gap = " " * (_LONGEST - len(one.code))
        first = f"  {one.code}{gap}  "
        if desk.columns < 72:
            desk.show(f"  {one.code}")
            first = " " * 6
        for line in wrapped(mark + one.line, desk.columns, first=first, rest=" " * len(first)):
            desk.show(line)
    desk.show("")


def _one(desk: Desk, code: str, as_json: bool) -> None:
    from reflect.application.explaining import all_codes, explained

    known = all_codes()
    if code not in known:
        raise _unknown(code, known)
    one = explained(code)
    if as_json:
        desk.json(_record(one) | _examples(one))
    else:
        _show(desk, one)


def _unknown(code: str, known: dict[str, str]) -> UsageError:
    from reflect.cli.meant import did_you_mean

    hint = did_you_mean(code, known, "reflect pack codes")
    return UsageError("no-such-code", f"there is no diagnostic {code[:40]}", hint)


def _show(desk: Desk, one: Explained) -> None:
    from reflect.packs.annotate import failing, mended
    from reflect.sharing.layout import wrapped

    desk.show(f"{one.code}  ({one.severity}, {one.group})\n")
    for line in wrapped(f"{one.line}\n\n{one.explained}", desk.columns):
        desk.show(line)
    if one.told_by != "check":
        desk.show(f"\nTold by: reflect pack {one.told_by}")
    for title, lines in (("Failing", failing(one)), ("Mended", mended(one))):
        desk.show(f"\n{title}:\n")
        for line in lines:
            desk.show(line)


def _record(one: Explained) -> dict[str, object]:
    return {
        "code": one.code,
        "severity": one.severity,
        "group": one.group,
        "line": one.line,
        "explained": one.explained,
    }


def _examples(one: Explained) -> dict[str, object]:
    """The packs of `one`, file by file; lines and columns are those of the files themselves."""
    return {
        "told_by": f"reflect pack {one.told_by}",
        "failing": one.failing,
        "finds": [
            {
                "file": find.file,
                "line": find.line,
                "last_line": find.last,
                "column": find.column,
                "code": find.code,
            }
            for find in one.finds
        ],
        "mended": one.mended,
    }
