"""The console entry: `reflect` by itself is the conversation, everything else a command."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO, TextIOWrapper
from typing import NoReturn, TextIO

import click

from reflect import __version__
from reflect.cli.commands import COMMANDS
from reflect.cli.desk import Desk, pass_desk
from reflect.cli.failures import INTERRUPTED, OUR_FAULT, failed
from reflect.cli.options import mentorship_option
from reflect.cli.passphrase import passphrase_option
from reflect.cli.root import RootGroup
from reflect.errors import UsageError

PROGRAM = "reflect"
COMPLETION = "_REFLECT_COMPLETE"
"""The variable by which a shell asks what can follow."""
FOREIGN = "reflect.plugins.foreign"
"""The module that is imported when code of a plug-in is."""
SORRY = b"our-fault: reflect has run into a fault of its own. We are sorry.\n"
"""What is said when nothing else can be."""
SELDOM = 50_000
"""New objects between two looks for garbage."""


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the program with `argv` (by default what was typed) and end the process with its exit code."""
    code = OUR_FAULT
    try:
        os.umask(0o077)
        # What a start makes lasts: looking through it for garbage, now and then and once more at
        # the end, takes a tenth of a command's time.
        gc.set_threshold(SELDOM)
        _prepare_streams()
        code = run(sys.argv[1:] if argv is None else argv)
        gc.freeze()
        if FOREIGN in sys.modules:
            _leave(code)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BaseException:
        # A fault where faults are told: its message may hold an answer, so Python must not show it.
        code = OUR_FAULT
        with suppress(OSError):
            os.write(2, SORRY)
    sys.exit(code)


def _leave(code: int) -> NoReturn:
    """End at once: a plug-in may have left threads or exit functions that would never end."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def run(argv: Sequence[str]) -> int:
    """Run one command; gives its exit code: 0, 1 data, 2 usage, 3 our fault, 130 interrupted."""
    desk = Desk(os.environ)
    try:
        try:
            code = _dispatch(desk, argv)
        finally:
            desk.close()
        sys.stdout.flush()
    except BaseException as error:  # the one place where everything ends
        code = failed(error, desk)
    with suppress(OSError):
        desk.tell_of_plugins()
    return code


def _dispatch(desk: Desk, argv: Sequence[str]) -> int:
    """Parse and run; what stops it comes out as it is, a broken pipe too."""
    if COMPLETION in desk.environ:
        from click.shell_completion import shell_complete

        return shell_complete(root, {}, PROGRAM, COMPLETION, desk.environ[COMPLETION])
    try:
        with root.make_context(PROGRAM, list(argv), obj=desk) as context:
            result = root.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return result if isinstance(result, int) else 0


def _prepare_streams() -> None:
    """Files and pipes are UTF-8; a terminal gets what it can show of each character."""
    sys.stdin, sys.stdout, sys.stderr = map(_open, (sys.stdin, sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _open(stream: TextIO | None) -> TextIO:
    """`stream`, or an empty one in its place: one that was closed before the start is None."""
    return stream or TextIOWrapper(BytesIO(), encoding="utf-8")


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"reflect {__version__}")
        ctx.exit()


def _without_plugins(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    # Known before the help is shown and a command is looked up, which may be a plug-in's.
    ctx.find_object(Desk).no_plugins = wanted  # type: ignore[union-attr]


@click.group(
    cls=RootGroup,
    modules=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 78},
)
@click.option("--pack", metavar="ID", help="The pack to ask from.")
@click.option("--stage", metavar="ID", help="The stage to ask about.")
@click.option("--short", "length", flag_value="short", help="Five minutes.")
@click.option("--long", "length", flag_value="long", help="A quarter of an hour.")
@click.option("--language", metavar="CODE", help="Ask in this language: en, de, es.")
@click.option("--new", is_flag=True, help="Set a paused session aside and begin another.")
@mentorship_option
@click.option(
    "--plain", is_flag=True, help="No colours, nothing drawn: for screen readers and logs."
)
@click.option(
    "--no-plugins",
    is_flag=True,
    is_eager=True,
    callback=_without_plugins,
    expose_value=False,
    help="Leave out every plug-in.",
)
@passphrase_option
@click.option("--debug", is_flag=True, help="Show where an error happened; may show your words.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version.",
)
@pass_desk
@click.pass_context
def root(
    ctx: click.Context,
    desk: Desk,
    pack: str | None,
    stage: str | None,
    length: str | None,
    language: str | None,
    new: bool,
    plain: bool,
    debug: bool,
) -> int:
    """Reflect between two meetings with your mentor.

    Without a command, the conversation begins or goes on.
    """
    desk.debug, desk.plain = debug, plain
    if ctx.invoked_subcommand is None:
        from reflect.terminal.run import converse

        return converse(
            desk.app,
            pack=pack,
            stage=stage,
            length=length,
            plain=plain,
            new=new,
            language=language,
        )
    if pack or stage or length or language or new:
        raise UsageError(
            "option-of-the-conversation",
            "--pack, --stage, --short, --long, --language and --new belong to the conversation",
            f"Type the options of a command behind it: reflect {ctx.invoked_subcommand} --help",
        )
    return 0
