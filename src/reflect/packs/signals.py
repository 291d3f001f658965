"""Numbers what has to be listened for, each thing once."""

from __future__ import annotations

from reflect.script import Signal

LAST = "last."


class Signals:
    """The signals of one script, in the order in which conditions first ask for them."""

    def __init__(self) -> None:
        self._numbers: dict[Signal, int] = {}
        self._others: dict[int, str] = {}

    def number(self, signal: Signal) -> int:
        """The number of `signal`, a new one when nobody has asked for it yet."""
        number = self._numbers.setdefault(signal, len(self._numbers))
        if signal.other:
            self._others[number] = signal.other
        return number

    def all(self) -> tuple[Signal, ...]:
        """Every signal, by number."""
        return tuple(self._numbers)

    def of_last(self) -> tuple[int, ...]:
        """The numbers of the signals that are heard in answers of earlier sessions."""
        return tuple(n for signal, n in self._numbers.items() if signal.subject.startswith(LAST))

    def other(self, number: int) -> str:
        """The answer that signal `number` compares with, "" when it compares with none."""
        return self._others.get(number, "")
