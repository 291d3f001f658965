"""Which mentorship is meant: of several, the one that was asked for, else the one used last."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.errors import UsageError
    from reflect.mentorship.relation import Relation
    from reflect.script import Role
    from reflect.transcripts.store import Store

USED = "mentorship"
"""The mark of the record that names the mentorship used last."""


def current(app: Application) -> Relation | None:
    """The mentorship of this run; None when nothing has begun. Raises `UsageError` as `named` does."""
    store = _store(app)
    if store is None:
        return named((), app.wanted) if app.wanted else None
    if app.wanted:
        every = _all(store)
        app.several = len(every) > 1
        return named(every, app.wanted)
    ids = store.mentorships()
    app.several = len(ids) > 1
    if app.several and (used := store.mark(USED)) in ids:
        ids.append(used)
    return next((found for one in reversed(ids) if (found := _relation(store, one))), None)


def relations(app: Application) -> tuple[Relation, ...]:
    """Every mentorship, in the order they were begun."""
    store = _store(app)
    return () if store is None else _all(store)


def named(found: tuple[Relation, ...], name: str) -> Relation:
    """That of `found` which is called `name`: its label, the person opposite, its number, or how its id begins.

    Raises `UsageError` "no-such-mentorship" or "ambiguous-mentorship".
    """
    wanted = " ".join(name.split()).casefold()
    if wanted.isdecimal() and 0 < int(wanted) <= len(found) < 1000:
        return found[int(wanted) - 1]
    for names in (_label, _other, _id):
        fitting = [one for one in found if wanted and _fits(names(one), wanted, names is _id)]
        if len(fitting) > 1:
            raise _several(fitting)
        if fitting:
            return fitting[0]
    raise _none_such(wanted, found)


def is_one_of_several(app: Application) -> bool:
    """Whether more than one mentorship is kept."""
    store = _store(app)
    return store is not None and len(store.mentorships()) > 1


def scope(app: Application) -> str | None:
    """The id of the mentorship that listings keep to; None where there is but one."""
    if app.wanted is None and not is_one_of_several(app):
        return None
    found = current(app)
    return found.id if found else None


def use(app: Application, mentorship: str) -> None:
    """Make `mentorship` the one used last; where there is but one, nothing need be remembered."""
    store = app.store
    if len(store.mentorships()) > 1 and store.mark(USED) != mentorship:
        store.put_mark(USED, mentorship)


def usual_pack(role: Role) -> str:
    """The pack that somebody in `role` is asked from by default."""
    from reflect.application.wiring import DEFAULT_PACK, MENTORS_PACK

    return DEFAULT_PACK if role == "mentee" else MENTORS_PACK


def _store(app: Application) -> Store | None:
    if not app.kept:
        return None
    return app.__dict__.get("store") or app.reading_store


def _all(store: Store) -> tuple[Relation, ...]:
    found = (_relation(store, one) for one in store.mentorships())
    return tuple(one for one in found if one)


def _relation(store: Store, mentorship: str) -> Relation | None:
    from reflect.mentorship.relation import relation

    return relation(mentorship, store.events(mentorship))


def _label(one: Relation) -> str:
    return one.label


def _other(one: Relation) -> str:
    return one.other


def _id(one: Relation) -> str:
    return one.id


def _fits(name: str, wanted: str, beginning: bool) -> bool:
    own = name.casefold()
    return own.startswith(wanted) if beginning else own == wanted


def _several(found: list[Relation]) -> UsageError:
    from reflect.errors import UsageError

    ids = ", ".join(one.id for one in found)
    hint = f"name it by its number in `reflect mentorship list`, or its id: {ids}"
    return UsageError("ambiguous-mentorship", "several mentorships are called that", hint)


def _none_such(wanted: str, found: tuple[Relation, ...]) -> UsageError:
    from reflect.errors import UsageError
    from reflect.text import nearest

    names = {one.name.casefold(): one.name for one in found}
    near = nearest(wanted, list(names))
    hint = f"did you mean {names[near]}?" if near else "those there are: reflect mentorship list"
    return UsageError("no-such-mentorship", "there is no mentorship of that name", hint)
