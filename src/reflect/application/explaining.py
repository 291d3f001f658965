"""Every diagnostic that a check of a pack can give, and what is to be said about each."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.packs.explain import GROUPS, Explained


def all_codes() -> dict[str, str]:
    """Every code of the format, of a pack's quality and of its rehearsal, with one line that explains it."""
    from reflect.packs import codes as packs
    from reflect.rehearsal import codes as rehearsal

    return packs.EXPLAINED | rehearsal.EXPLAINED


def explained(code: str) -> Explained:
    """What there is to say about `code`, one of `all_codes`."""
    from reflect.packs.explain import read

    return read(code, all_codes()[code])


def by_group() -> Iterator[tuple[str, tuple[Explained, ...]]]:
    """Every diagnostic under what it is about; in the order of the groups, then of the tables of codes."""
    found = [explained(code) for code in all_codes()]
    for group in GROUPS:
        yield group, tuple(one for one in found if one.group == group)
