"""Who decides in a made-up conversation: by turns, by lot, or in search of something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from random import Random
from typing import NamedTuple, Protocol, TypeVar

T = TypeVar("T", bound=Hashable)


class Chooser(Protocol):
    """Decides; `name` says what about, and is the same for the same thing in every conversation."""

    def pick(self, name: str, options: Sequence[T]) -> T:
        """One of `options`, of which there is at least one."""
        ...

    @property
    def stopped(self) -> bool:
        """Whether this conversation leads nowhere new, so that it need not go on."""
        ...


class ByLot:
    """Decides at random, the same for the same `seed`."""

    stopped = False

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def pick(self, name: str, options: Sequence[T]) -> T:
        """One of `options`, each as likely."""
        return self._random.choice(options)


class ByTurns:
    """Takes what was taken least often so far; of several such one by lot, so that turns do not keep step."""

    stopped = False

    def __init__(self) -> None:
        self._taken: Counter[tuple[str, Hashable]] = Counter()
        self._random = Random(1)

    def pick(self, name: str, options: Sequence[T]) -> T:
        """The one of `options` that was taken least often under `name`."""
        if len(options) == 1:
            return options[0]
        least = min(self._taken[name, option] for option in options)
        rare = [option for option in options if self._taken[name, option] == least]
        found = self._random.choice(rare)
        self._taken[name, found] += 1
        return found


class _Decision(NamedTuple):
    """A decision on the way: which of `many` options is `taken` for `name`."""

    name: str
    taken: int
    many: int

    def fits(self, name: str, many: int) -> bool:
        """Whether this is the decision that is come to."""
        return (self.name, self.many) == (name, many)


class Searching:
    """Goes through all that can be decided about `read`, one conversation after the other; the rest by turns.

    `read` gives by name the position up to which the decision can make a difference, `order` the
    position of a name; what is in `forced` is decided already. Depth first; a decision that is come
    to a second time, with the same decisions before it that can still make a difference, is not
    followed again.
    """

    def __init__(
        self,
        rest: ByTurns,
        read: Mapping[str, int],
        order: Mapping[str, int],
        forced: Mapping[str, Hashable],
    ) -> None:
        self._rest = rest
        self._read = read
        self._order = order
        self._forced = forced
        self._path: list[_Decision] = []
        self._known: set[Hashable] = set()
        self._begin()

    def _begin(self) -> None:
        self._depth = 0
        self._made: dict[str, Hashable] = {}
        self.stopped = False

    def next(self) -> bool:
        """Go on to the next conversation; False when all were had."""
        self._begin()
        while self._path:
            latest = self._path[-1]
            self._path[-1] = latest._replace(taken=latest.taken + 1)
            if latest.taken + 1 < latest.many:
                return True
            self._path.pop()
        return False

    def pick(self, name: str, options: Sequence[T]) -> T:
        """The next of `options` in this search; where `name` makes no difference, by turns."""
        if self.stopped:
            return options[0]
        if name in self._forced:
            return next((one for one in options if one == self._forced[name]), options[0])
        if name not in self._read:
            return self._rest.pick(name, options)
        if self._depth < len(self._path) and not self._path[self._depth].fits(name, len(options)):
            # What is decided by turns has led elsewhere: what was planned from here on is void.
            del self._path[self._depth :]
        if self._depth == len(self._path) and not self._open(name, len(options)):
            return options[0]
        found = options[self._path[self._depth].taken]
        self._depth += 1
        self._made[name] = found
        return found

    def _open(self, name: str, many: int) -> bool:
        """Begin to go through a decision; False when the same lies behind already."""
        here = self._order.get(name, -1)
        live = frozenset(one for one in self._made.items() if self._read[one[0]] >= here)
        if (name, live) in self._known:
            self.stopped = True
            return False
        self._known.add((name, live))
        self._path.append(_Decision(name, 0, many))
        return True
