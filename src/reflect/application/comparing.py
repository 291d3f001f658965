"""What two people expect of each other, side by side: one's own sheet and the one that arrived.

Neither is shown the other's before both have shared: an answer that knows the other's is another answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.reviewing import whole
from reflect.errors import PackError, ReflectError, UsageError
from reflect.sharing.side_by_side import Comparison, Names, side_by_side

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.events import Ref
    from reflect.mentorship.relation import Relation
    from reflect.packs.phrases import Phrases
    from reflect.review.case import Case
    from reflect.script import Script
    from reflect.sharing.shared import SharedSession

PACK = "expectations"
"""The pack that is compared where several could be."""


class Theirs(NamedTuple):
    """A sheet that arrived: the name of the mentorship in shared files, the file, and what it holds."""

    case: Case
    share: str
    session: SharedSession

    def __repr__(self) -> str:
        return "<Theirs>"


class Compared(NamedTuple):
    """The comparison with all that is needed for what follows from it.

    `sheets` names the two; `newer` says that one's own was answered anew since it was shared.
    """

    relation: Relation
    comparison: Comparison
    phrases: Phrases
    names: Names
    theirs: Theirs
    sheets: str
    newer: bool = False

    def __repr__(self) -> str:
        return "<Compared>"


# --- laying side by side -------------------------------------------------------------


def compared(app: Application, who: str = "", pack: str = "") -> Compared:
    """One's own sheet of a pack for both that was shared last, beside the latest one of the person opposite.

    `who` is that person, else the one of the mentorship used last; `pack` is chosen if it is "".
    Raises `ReflectError` "nothing-kept", "no-own-sheet", "own-sheet-not-shared", "no-other-sheet",
    or `UsageError` when it is not clear who is meant.
    """
    relation, case = _opposite(app, who)
    shared = _shared_packs(app, relation)
    arrived = {one.session.pack: one for one in _arrived(case)} if case else {}
    chosen = _chosen(relation, [one for one in shared if one in arrived], pack)
    if not chosen:
        raise _missing(app, relation, shared, arrived.keys(), pack)
    session, theirs = shared[chosen], arrived[chosen]
    mine = _own(app, relation, session)
    names = Names(relation.me, relation.other)
    from reflect.application.phrasing import phrases

    words = phrases(app, relation.language)
    script = _script(app, relation, session, chosen)
    spoken = _spoken(app, chosen, (mine.language, theirs.session.language))
    return Compared(
        relation,
        side_by_side(mine, theirs.session, script, words, names, spoken),
        words,
        names,
        theirs,
        f"{mine.id} {theirs.session.id}",
        newer=_answered(app, relation, chosen)[-1] != session,
    )


def covered(app: Application, case: Case) -> frozenset[str]:
    """The ids of the sheets in `case` that are not shown yet: one's own of that pack was not shared."""
    sheets = {one.session.id: one.session.pack for one in _arrived(case, every=True)}
    if not sheets:
        return frozenset()
    shared: set[str] = set()
    for relation in _fitting(app, case):
        shared |= _shared_packs(app, relation).keys()
    return frozenset(name for name, pack in sheets.items() if pack not in shared)


def own_side(app: Application, case: Case) -> str:
    """The command with which one gets on with one's own sheet, so that those of `case` are shown."""
    known = {entry.id for entry in app.catalogue.entries()}
    packs = [one.session.pack for one in _arrived(whole(app, case.name), every=True)]
    # What a file says is typed by nobody: only the name of a pack that is here is told.
    pack = next((one for one in reversed(packs) if one in known), "")
    if not pack:
        return "ask for the pack that it was asked from, then reflect pack add FILE"
    relations = _fitting(app, case)
    if not relations:
        role = "mentor" if case.newest.shared.role == "mentee" else "mentee"
        return f"reflect mentorship new --as {role} --pack {pack}"
    if any(_answered(app, relation, pack) for relation in relations):
        return "reflect share"
    return f"reflect --pack {pack}"


def _arrived(case: Case, *, every: bool = False) -> Iterable[Theirs]:
    """The sheets that came with the files of `case`, oldest first; of one session the latest."""
    found: dict[str, Theirs] = {}
    for filed in case.files:
        for session in filed.shared.sessions:
            if session.both and (session.answers or every):
                found.pop(session.id, None)
                found[session.id] = Theirs(case, filed.share, session)
    return sorted(found.values(), key=lambda one: one.session.day)


def _chosen(relation: Relation, both: Sequence[str], pack: str) -> str:
    if pack:
        return pack if pack in both else ""
    return PACK if PACK in both else (both[-1] if both else "")


# --- one's own -------------------------------------------------------------------------


def _answered(app: Application, relation: Relation, pack: str) -> list[str]:
    """Ids of the sessions of `pack` that were ended as they should, oldest first."""
    rows = app.reading_store.sessions(mentorship=relation.id, pack=pack, state="completed")
    return sorted(row.id for row in rows)


def _shared_packs(app: Application, relation: Relation) -> dict[str, str]:
    """The packs for both of which a sheet was shared, each with its latest such session."""
    from reflect.mentorship.standing import standing
    from reflect.sharing.log import aliases, sent

    store = app.reading_store
    journey = standing(store.events(relation.id, damaged="skip")[0])
    if not aliases(journey):
        return {}
    told = sorted({session for file in sent(journey) for session in file.sessions})
    packs = {row.id: row.pack for row in store.sessions(mentorship=relation.id)}
    found: dict[str, str] = {}
    for session in told:
        if session in packs and _says_something(app, relation, session):
            found.pop(packs[session], None)
            found[packs[session]] = session
    return found


def _says_something(app: Application, relation: Relation, session: str) -> bool:
    """Whether it is a sheet of a pack for both, and something of it may leave."""
    try:
        sheet = _own(app, relation, session)
    except ReflectError:
        return False
    return sheet.both and bool(sheet.answers)


def _own(app: Application, relation: Relation, session: str) -> SharedSession:
    """The session as the person opposite was shown it, as things stand today."""
    from reflect.application.openness import Openness
    from reflect.mentorship.standing import standing
    from reflect.sharing.log import aliases
    from reflect.sharing.telling import shared_session

    store = app.reading_store
    journey = standing(store.events(relation.id, damaged="skip")[0])
    sitting = Openness(store, relation.id).sitting(session)
    return shared_session(sitting, aliases(journey)[0], _quotes_nothing)


def _quotes_nothing(ref: Ref) -> bool:
    return False


def _script(app: Application, relation: Relation, session: str, pack: str) -> Script:
    """The pack in the language of the reader; as it was answered, where it cannot be used today."""
    try:
        return app.script(pack, relation.language)
    except PackError:
        from reflect.application.stored import session_events, stored_script

        store = app.reading_store
        return stored_script(store, session_events(store, session)[0])


def _spoken(app: Application, pack: str, wanted: Iterable[str]) -> tuple[Script, ...]:
    """The pack in those of the `wanted` languages that it has: a file may name any."""
    from reflect.packs.location import languages

    try:
        there = (None, *languages(app.catalogue.entry(pack).location))
        found = [app.script(pack, one) for one in there]
    except PackError:
        return ()
    return tuple(script for script in found if script.language in set(wanted))


# --- who is meant ----------------------------------------------------------------------


def _opposite(app: Application, who: str) -> tuple[Relation, Case | None]:
    """The mentorship with the person who is meant, and what arrived from there."""
    relation = _relation(app, who)
    cases = [one for one in _cases(app) if _is_of(one, relation)]
    if len(cases) > 1 and len(who) > 3:
        cases = [one for one in cases if one.name.startswith(who.casefold())] or cases
    if len(cases) > 1:
        ids = ", ".join(one.name for one in cases)
        raise UsageError(
            "ambiguous-person",
            "files of several mentorships have arrived from somebody of that name",
            f"Name it as its files do, which the other sees with reflect shared: {ids}",
        )
    return relation, cases[0] if cases else None


def _relation(app: Application, who: str) -> Relation:
    """The mentorship that is meant: with the person called `who`, or whose files carry that name."""
    from reflect.application.mentorships import named, relations
    from reflect.application.reading import nothing_kept

    if not who:
        current = app.relation()
        if current is None:
            raise _not_begun() if _cases(app) else nothing_kept()
        return current
    every = relations(app)
    for case in _cases(app):
        if _is_called(case, who):
            found = [relation for relation in every if _is_of(case, relation)]
            if len(found) == 1:
                return found[0]
            if not found and case.newest.shared.role == "mentee":
                raise _not_begun()
    return named(every, who)


def _is_called(case: Case, who: str) -> bool:
    wanted = " ".join(who.split()).casefold()
    own = case.mentee.casefold()
    by_name = len(wanted) > 3 and case.name.startswith(wanted)
    return by_name or wanted in (own, own.partition(" ")[0])


def _not_begun() -> ReflectError:
    return ReflectError(
        "no-own-sheet",
        "You have not answered this for yourself yet.",
        f"Begin your own side, with the same names: reflect mentorship new --as mentor --pack {PACK}",
    )


def _cases(app: Application) -> list[Case]:
    from reflect.transcripts.values import REVIEW

    if not app.kept:
        return []
    store = app.reading_store
    found = [whole(app, name.removeprefix(REVIEW)) for name in store.reviews()]
    return [one for one in found if one.files]


def _fitting(app: Application, case: Case) -> list[Relation]:
    from reflect.application.mentorships import relations

    return [one for one in relations(app) if _is_of(case, one)] if app.kept else []


def _is_of(case: Case, relation: Relation) -> bool:
    """Whether what arrived is from the person opposite: the other part, and a name that fits."""
    if case.newest.shared.role == relation.role:
        return False
    theirs, known = case.mentee.casefold(), relation.other.casefold()
    return theirs == known or theirs.partition(" ")[0] == known.partition(" ")[0]


def _missing(
    app: Application,
    relation: Relation,
    shared: Iterable[str],
    arrived: Iterable[str],
    pack: str,
) -> ReflectError:
    """What has to happen before there is something to compare."""
    name = pack or PACK
    if name not in shared and not (not pack and set(shared)):
        if _answered(app, relation, name):
            return ReflectError(
                "own-sheet-not-shared",
                "You have answered, and the other does not have your answers yet.",
                "Share them first: reflect share. Neither sees the other's before both have shared.",
            )
        return ReflectError(
            "no-own-sheet",
            "You have not answered this for yourself yet.",
            f"Answer it alone, then share it: reflect --pack {name}",
        )
    get = "reflect receive FILE" if relation.role == "mentee" else "reflect review FILE"
    return ReflectError(
        "no-other-sheet",
        "Nothing has arrived yet that could be laid beside yours.",
        f"When you are sent a file, open it with: {get}. It has to name the two of you as here.",
    )
