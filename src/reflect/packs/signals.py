"""Numbers what has to be listened for, each thing once."""

from __future__ import annotations

from reflect.script import Signal

LAST = "last."


class Signals:
    """The signals of one script, in the order in which conditions first ask for them."""

    def __init__(self) -> None:
        self._numbers: dict[Signal, int] = {}

    def number(self, signal: Signal) -> int:
        """The number of `signal`, a new one when nobody has asked for it yet."""
        return self._numbers.setdefault(signal, len(self._numbers))

    def all(self) -> tuple[Signal, ...]:
        """Every signal, by number."""
        return tuple(self._numbers)

    def heard_in(self, subject: str) -> tuple[int, ...]:
        """The numbers of the signals of `subject`, ascending."""
        return tuple(n for signal, n in self._numbers.items() if signal.subject == subject)

    def of_last(self) -> tuple[int, ...]:
        """The numbers of the signals that are heard in answers of earlier sessions."""
        return tuple(
            n for signal, n in self._numbers.items() if signal.subject.startswith(LAST)
        )

    def others(self) -> dict[int, str]:
        """By number, the answer that a signal compares with, where it does."""
        return {n: signal.other for signal, n in self._numbers.items() if signal.other}
