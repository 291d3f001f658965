"""What hooks return, checked value by value before anybody uses it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from reflect.diagnostics import Diagnostic
from reflect.packs.location import PACK_FILE
from reflect.plugins.findings import fault, notice

MOST_VALUES = 1_000
"""How many values of one hook are read."""
MOST_HELP = 500
"""Characters of a definition or a line of help."""

Check = Callable[[str, Any], Any]
"""Takes where the plug-in is placed and a value; gives what is used of it, or a diagnostic."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")
_SUFFIX = re.compile(r"(\.[A-Za-z0-9]{1,16}){1,3}")
_PATHS = "return a list of absolute paths"
_NOT_A_LIST = object()
_TOO_MANY = object()


def listed(values: object) -> Iterable[object]:
    """What a hook returned, as something to go through; nothing for None, one unusable value for no list."""
    if values is None:
        return ()
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        return (_NOT_A_LIST,)
    found = list(islice(values, MOST_VALUES + 1))
    return found if len(found) <= MOST_VALUES else [*found[:MOST_VALUES], _TOO_MANY]


def pack_folder(name: str, value: object) -> str | Diagnostic:
    """`value` as a folder that holds a pack."""
    folder = _absolute(value)
    if folder and (folder / PACK_FILE).is_file() and folder.suffix != ".yaml":
        return str(folder)
    return _unfit(name, "reflect_packs", f"a folder with a {PACK_FILE}", value, _PATHS)


def lexicon_file(name: str, value: object) -> Path | Diagnostic:
    """`value` as a file that is there."""
    path = _absolute(value)
    if path and path.is_file():
        return path
    return _unfit(name, "reflect_lexicons", "a file", value, _PATHS)


class NamedCheck:
    """Accepts values whose names are not taken yet.

    `what` is what one of them is called ("a cue"), `fits` tells whether a value is one; `label` and
    `line` are the attributes with its name and its line of help. `taken` are names that
    are somebody's already.
    """

    def __init__(
        self,
        hook: str,
        what: str,
        fits: Callable[[Any], bool],
        *,
        label: str = "name",
        line: Callable[[Any], object] = lambda value: value.help,
        taken: Iterable[str] = (),
    ) -> None:
        self._hook = hook
        self._what = what
        self._fits = fits
        self._label = label
        self._line = line
        self._taken = set(taken)

    def __call__(self, name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a plug-in returns
        """`value` itself when it can be used, else a diagnostic."""
        if not (_holds(self._fits, value) and isinstance(self._line(value), str)):
            return _unfit(
                name, self._hook, self._what, value, f"return a list: each is {self._what}"
            )
        label, line = getattr(value, self._label), self._line(value)
        if type(label) is not str or not _NAME.fullmatch(label):
            message = f"{self._what} of it has a name that is not made of small letters, digits and dashes"
            return bad_result(name, message, "rename it")
        if len(str(line)) > MOST_HELP:
            message = f"{label} has a line of help of more than {MOST_HELP} characters"
            return bad_result(name, message, "one line will do")
        if label in self._taken:
            return _taken(name, self._what, label)
        self._taken.add(label)
        return value


def cue_check() -> NamedCheck:
    """Accepts cues."""

    def fits(value: Any) -> bool:  # noqa: ANN401
        return type(value.name) is str and callable(value.hear)

    return NamedCheck("reflect_cues", "a cue", fits, line=lambda cue: cue.definition)


def kind_check() -> NamedCheck:
    """Accepts kinds of answer; those of the format itself are taken."""
    from reflect.listening.kinds import AnswerKind
    from reflect.packs.schema import QUESTION

    def fits(value: Any) -> bool:  # noqa: ANN401
        return isinstance(value, AnswerKind) and callable(value.check)

    answer = QUESTION.key("answer")
    taken = (*answer.choices, "several") if answer else ()
    return NamedCheck("reflect_answer_kinds", "an AnswerKind", fits, taken=taken)


def exporter_check() -> NamedCheck:
    """Accepts exporters."""
    from reflect.sharing.exporter import Exporter

    def fits(value: Any) -> bool:  # noqa: ANN401
        if not (isinstance(value, Exporter) and callable(value.write)):
            return False
        return type(value.suffix) is str and bool(_SUFFIX.fullmatch(value.suffix))

    return NamedCheck("reflect_exporters", 'an Exporter with a suffix such as ".md"', fits)


def rule_check() -> NamedCheck:
    """Accepts house rules; the codes of the checker itself are taken."""
    from reflect.packs.codes import EXPLAINED
    from reflect.packs.rules import LintRule

    def fits(value: Any) -> bool:  # noqa: ANN401
        return isinstance(value, LintRule) and callable(value.check)

    return NamedCheck("reflect_lint_rules", "a LintRule", fits, label="code", taken=EXPLAINED)


def command_check() -> NamedCheck:
    """Accepts commands."""
    import click

    def fits(value: Any) -> bool:  # noqa: ANN401
        return isinstance(value, click.Command)

    return NamedCheck(
        "reflect_commands",
        "a click command",
        fits,
        line=lambda command: command.get_short_help_str(60),
    )


def bad_result(name: str, message: str, hint: str = _PATHS) -> Diagnostic:
    """The plug-in `name` brought something that cannot be used."""
    return fault("plugin-bad-result", name, message, hint)


def _unfit(name: str, hook: str, what: str, value: object, hint: str) -> Diagnostic:
    if value is _TOO_MANY:
        message = f"{hook} returned more than {MOST_VALUES} values; the rest is left out"
        return bad_result(name, message, "bring fewer")
    return bad_result(name, f"{hook} returned something else than {what}", hint)


def _taken(name: str, what: str, label: str) -> Diagnostic:
    message = f"{what} called {label} is there already; this one is left out"
    return notice("plugin-name-taken", name, message, "rename it")


def _holds(fits: Callable[[Any], bool], value: object) -> bool:
    try:
        return fits(value)
    except AttributeError:
        return False


def _absolute(value: object) -> Path | None:
    """`value` as an absolute path; None when it is none."""
    path = Path(value) if isinstance(value, (str, Path)) else None
    return path if path and path.is_absolute() else None
