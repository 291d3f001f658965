"""`reflect export`: your sessions as a file of your own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import all_mentorships_option, mentorship_option
from reflect.cli.replacing import check_leave, force_option
from reflect.errors import ReflectError, UsageError

if TYPE_CHECKING:
    from reflect.application.reading import Reading
    from reflect.sharing.exporter import Exporter


class _Form(click.ParamType):  # type: ignore[type-arg]
    """The name of a form; which there are is looked up when they are listed or one is typed."""

    name = "form"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The names, with those that plug-ins bring."""
        return f"[{'|'.join(_names(ctx))}]"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin like this."""
        return [CompletionItem(name) for name in _names(ctx) if name.startswith(incomplete)]


def _names(ctx: click.Context) -> tuple[str, ...]:
    from reflect.sharing.forms import BUILT_IN

    desk = ctx.find_object(Desk)
    try:
        return (*BUILT_IN, *(desk.app.discovery.exporters if desk else ()))
    except (ReflectError, OSError):
        return BUILT_IN


@click.command()
@click.argument("sessions", nargs=-1, metavar="[SESSION]...")
@click.option("--all", "everything", is_flag=True, help="Every session of the mentorship.")
@click.option(
    "--format",
    "form",
    type=_Form(),
    default="markdown",
    show_default=True,
)
@click.option(
    "--counts",
    "only_counts",
    is_flag=True,
    help="Only how much there was of what, for a programme: no words, no names, no days.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, instead of stdout.")
@force_option
@mentorship_option
@all_mentorships_option
@pass_desk
def command(
    desk: Desk,
    sessions: tuple[str, ...],
    everything: bool,
    form: str,
    only_counts: bool,
    output: Path | None,
    force: bool,
) -> None:
    """Write sessions out, for yourself.

    An export holds all your answers; private ones are marked and not left out.
    Read it before you hand it on. SESSION is `last` (the default), a number of
    `reflect history`, or how an id begins.
    """
    from reflect.cli.sessions import all_readings, readings

    if only_counts:
        if sessions:
            hint = "They are of all sessions: leave SESSION out."
            raise UsageError("usage", "--counts and SESSION exclude each other", hint)
        _count(desk, form, output, force=force)
        return
    if (everything or desk.all_mentorships) and sessions:
        raise UsageError(
            "usage", "--all and SESSION exclude each other", "See: reflect export --help"
        )
    exporter = _exporter(desk, form)
    if output is not None and output.is_dir():
        output = output / f"reflect{exporter.suffix}"
    if output is not None:
        check_leave(desk, output, force=force)
    everything = everything or desk.all_mentorships
    found = all_readings(desk) if everything else readings(desk, sessions or ("last",))
    data = _written(desk, found, exporter, several=everything or len(found) > 1)
    if output is None:
        _show(desk, exporter, data)
    else:
        _put(desk, output, data, len(found))


def _count(desk: Desk, form: str, output: Path | None, *, force: bool) -> None:
    """Counts of the mentorship, or of all, as lines or as JSON; asked for by whoever they are about."""
    from reflect.application.counting import counts
    from reflect.application.mentorships import relations
    from reflect.cli.carrying_on import relation
    from reflect.cli.table import columns

    chosen = relations(desk.app) if desk.all_mentorships else (relation(desk),)
    found = counts(desk.app, chosen)
    if output is None and form == "json":
        desk.json({"counts": found})
        return
    lines = columns([(name, str(count)) for name, count in found.items()], desk.columns)
    if output is None:
        for line in lines:
            desk.show(line)
        return
    import msgspec

    from reflect.sharing.files import put_file

    check_leave(desk, output, force=force)
    document = msgspec.json.format(msgspec.json.encode({"schema_version": 1, "counts": found}))
    data = document if form == "json" else "\n".join(lines).encode()
    put_file(output, data + b"\n")
    desk.talk(f"Written to {output}. It holds numbers and nothing else.")


def _exporter(desk: Desk, form: str) -> Exporter:
    """The exporter called `form`; raises `UsageError` "no-such-format"."""
    from reflect.cli.meant import did_you_mean

    exporters = {exporter.name: exporter for exporter in desk.app.exporters}
    if form not in exporters:
        message = f"there is no format {form[:40]}"
        hint = did_you_mean(form, exporters, "reflect export --help")
        raise UsageError("no-such-format", message, hint)
    return exporters[form]


def _written(desk: Desk, found: list[Reading], exporter: Exporter, *, several: bool) -> bytes:
    """The document; only of one session in a form of our own nothing but the session is told."""
    from reflect.sharing.forms import BUILT_IN

    if exporter.name in BUILT_IN and not several:
        return _alone(found[0], exporter)
    return _with_the_rest(desk, found, exporter)


def _alone(reading: Reading, exporter: Exporter) -> bytes:
    from reflect.cli.sessions import transcript_of
    from reflect.sharing import json
    from reflect.sharing.document import collection

    document = transcript_of(reading)
    if exporter.name == "json":
        return json.render(document).encode()
    return exporter.write(collection([document]))


def _with_the_rest(desk: Desk, readings: list[Reading], exporter: Exporter) -> bytes:
    from reflect.application.collecting import collected

    found = collected(desk.app, readings)
    for error in found.faults:
        desk.talk(f"{error.code}: {error.message}")
    return exporter.write(found.document)


def _show(desk: Desk, exporter: Exporter, data: bytes) -> None:
    """The document on stdout; what is no text goes to a file or a pipe only."""
    try:
        desk.data(data.decode().removesuffix("\n"))
    except UnicodeDecodeError:
        if desk.on_screen:
            message = f"{exporter.name} is nothing for a screen"
            hint = f"Name a file: -o reflect{exporter.suffix}"
            raise UsageError("not-for-a-screen", message, hint) from None
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def _put(desk: Desk, output: Path, data: bytes, number: int) -> None:
    from reflect.sharing.files import put_file
    from reflect.sharing.layout import counted

    put_file(output, data)
    desk.talk(
        f"{counted(number, 'session')} written to {output}. It holds every answer,"
        " private ones too; only you can open it."
    )
