"""Questions that a command asks when an option does not answer them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from reflect.cli.desk import Desk
from reflect.errors import UsageError


def answer_to(
    desk: Desk,
    question: str,
    wrong: Callable[[str], str],
    *,
    option: str,
    given: str | None = None,
    default: str | None = None,
) -> str:
    """What the option says (`given`), else what is typed or piped, cleaned; "" or Enter means `default`.

    `wrong` tells what is wrong with an answer. A terminal is asked again; elsewhere, and at the
    end of input without a default, UsageError "refused" or "no-answer" names the `option`.
    """
    asks = sys.stdin.isatty()
    text = None if given is None else _clean(given)
    while True:
        if text is None:
            text = _read(desk, question, default, asks) or default
        if text is None:
            if not asks:
                raise UsageError("no-answer", f"{question} was not answered", f"Use {option}.")
            text = ""
        problem = wrong(text)
        if not problem:
            return text
        if not asks:
            raise UsageError("refused", f"{option}: {problem}", "See: reflect pack new --help")
        desk.talk(problem)
        text = None


def _read(desk: Desk, question: str, default: str | None, asks: bool) -> str:
    """One line of input; a terminal sees the question, and what Enter means."""
    from reflect.text import for_terminal

    if asks:
        enter = f" [{default}]" if default else ""
        sys.stderr.write(for_terminal(f"{question}{enter}: "))
        sys.stderr.flush()
    line = sys.stdin.readline()
    if asks and not line:
        desk.talk("")
        raise KeyboardInterrupt
    return _clean(line)


def _clean(text: str) -> str:
    from reflect.text import clean_input

    return " ".join(clean_input(text).split())
