"""Who a clause begins with: "I'll", "my mentor", "Tom:", "it's up to Ana"."""

from __future__ import annotations

from reflect.events import Span
from reflect.listening.acts import by_verb, by_whom, is_passive
from reflect.listening.clauses import Clause
from reflect.listening.deeds import by_deed, by_ending, is_named_so
from reflect.listening.further import speaker
from reflect.listening.language import Language
from reflect.listening.persons import LONGEST_SUBJECT, NOBODY, Owner, is_mentor
from reflect.listening.quote import without_leading
from reflect.listening.words import Token

_SUBJECTS = ("both", "me", "mentor", "we", "somebody")
_NO_LABELS = ("owner-labels", "owner-nobody", "function-words", "owner-deeds", "due-recurring")
_LABEL_MARKS = (":", "-", "–", "—", ">", "→")
_AND = ("&", "+")
_REPORTS = 4
"""How deep reports may stand in each other: "I thought she said she will"."""


def of_clause(
    text: str,
    clause: Clause,
    language: Language,
    other: str,
    *,
    first: bool,
    reports: int = _REPORTS,
) -> Owner:
    """Who acts in `clause` of `text`; where it is not the `first`, a bare "will" is nobody's.

    `other` is the name of the person opposite; `reports` says how many "she said that" are looked into.
    """
    clause = without_leading(clause, language, "owner-leading")
    if not clause or language.words("due-recurring").length_at(clause, 0):
        return NOBODY
    if text[: clause[0].start].endswith("@"):
        return "other", Span(clause[0].start, clause[0].end)
    if is_named_so(text, clause, language):
        return "other", Span(clause[0].start, clause[1].end)
    if not first and clause[0].word in language.words("owner-dropped"):
        return NOBODY
    if clause[0].word in language.words("owner-opening") and speaker(clause, language):
        return NOBODY
    reported = language.words("owner-reporting").length_at(clause, 0)
    if reports and reported and len(clause) > reported:
        rest = clause[reported:]
        found = of_clause(text, rest, language, other, first=False, reports=reports - 1)
        if found[0] != "none":
            return found
    found = (
        _dropped_passive(text, clause, language)
        or _asked(text, clause, language)
        or _listed(clause, language)
        or _pointed_at(text, clause, language)
        or _joined(text, clause, language)
        or NOBODY
    )
    for by in (by_verb, by_deed, by_ending):
        if found[0] == "none":
            found = by(text, clause, language, other)
    return found


def _dropped_passive(text: str, clause: Clause, language: Language) -> Owner | None:
    """A passive without a subject: "must be done by Friday"."""
    if clause[0].word not in language.words("owner-dropped") or not is_passive(
        clause[:5], language
    ):
        return None
    return by_whom(text, clause, language) or ("passive", Span(clause[0].start, clause[0].end))


def _asked(text: str, clause: Clause, language: Language) -> Owner | None:
    """Who is asked: "could Aisha send", "can my mentor send"."""
    if len(clause) < 3 or clause[0].word not in language.words("owner-asking"):
        return None
    mentor = language.words("owner-mentor").length_at(clause, 1)
    span = Span(clause[0].start, clause[max(mentor, 1)].end)
    if mentor:
        return "mentor", span
    asked = clause[1]
    capital = text[asked.start].isupper() and not text[: clause[2].end].isupper()
    common = asked.word in language.words("function-words") or asked.word in language.words(
        "owner-i"
    )
    return ("other", span) if capital and not common else None


def _listed(clause: Clause, language: Language) -> Owner | None:
    """The longest of the beginnings that are listed: "will you" is the mentor, "will" the speaker."""
    found = [(language.words(f"owner-{name}").length_at(clause, 0), name) for name in _SUBJECTS]
    length, name = max(found, key=lambda one: one[0])
    return (name, Span(clause[0].start, clause[length - 1].end)) if length else None


def of_label(text: str, parts: list[Clause], language: Language) -> Owner:
    """Whose name stands before a colon: "Me: call Ana", "Mentor: send the form", "Tom: order it".

    Or after it all: "order the lamps (me)"; or before a comma: "Tom, please order it".
    """
    if len(parts) < 2 or len(parts[0]) > LONGEST_SUBJECT:
        return NOBODY
    label, after = parts[0], parts[1][0].word
    mark = text[label[-1].end : parts[1][0].start].strip()[:1]
    if mark == "," and after in language.words("owner-please"):
        mark = ":"
    if mark not in _LABEL_MARKS:
        return NOBODY
    tagged = _tag(label, language) or _tag(parts[-1], language)
    if tagged:
        return tagged
    capital = text[label[0].start].isupper() and len(label) < 3
    unlike = any(token.word in language.words(name) for token in label for name in _NO_LABELS)
    asked = after in language.words("owner-deeds") or after in language.words("owner-please")
    if capital and not unlike and asked:
        return "other", Span(label[0].start, label[-1].end)
    return NOBODY


def of_tag(parts: list[Clause], language: Language) -> Owner:
    """Whose name stands behind it all by itself: "order the lamps (me)"."""
    if len(parts) < 2 or len(parts[-1]) > 2:
        return NOBODY
    return _tag(parts[-1], language) or NOBODY


def _tag(clause: Clause, language: Language) -> Owner | None:
    span = Span(clause[0].start, clause[-1].end)
    for who, name in (("me", "owner-tag-me"), ("both", "owner-tag-both")):
        if language.words(name).length_at(clause, 0) == len(clause):
            return who, span
    alone = len(clause) == 1 or (
        len(clause) == 2 and clause[0].word in language.words("owner-articles")
    )
    return ("mentor", span) if alone and is_mentor(clause[-1:], language) else None


def _pointed_at(text: str, clause: Clause, language: Language) -> Owner | None:
    """Who it is up to: "it's with Ana", "it's me who orders", "Jana's turn", "the ball is in her court"."""
    length = language.words("owner-pointing").length_at(clause, 0)
    is_it = 0 if length else language.words("owner-it-is").length_at(clause, 0)
    who, marks = clause[length or is_it :][: LONGEST_SUBJECT + 1], language.words("owner-marks")
    if not who:
        return None
    marked = next((at for at, token in enumerate(who) if at and token.word in marks), 0)
    meant = who[:marked] if marked else who
    span = Span(clause[0].start, meant[-1].end)
    if (length or is_it) and meant[0].word in language.words("owner-tag-me"):
        return "me", span
    if not (length or (is_it and marked) or _is_turn(meant, who, marked, language)):
        return None
    aim = len(meant) == 1 or meant[-1].word in language.words("owner-aims")
    if aim and meant[0].word in language.words("owner-mine"):
        return "me", span
    if is_mentor(meant[:4], language):
        return "mentor", span
    common = any(token.word in language.words("owner-no-turns") for token in meant)
    if not marked or common or meant[0].word in language.words("owner-nobody"):
        return None
    wanted = who[marked].word in language.words("owner-to-do")
    return ("other", span) if not wanted or text[meant[0].start].isupper() else None


def _is_turn(meant: Clause, who: Clause, marked: int, language: Language) -> bool:
    """Whether it is somebody's turn: "Jana's turn", "my mentor's job", not "today's task"."""
    if not marked or who[marked].word not in language.words("owner-turns"):
        return False
    whose = meant[-1].word
    return whose.endswith("'s") and whose[:-2] not in language.words("owner-no-turns")


def _joined(text: str, clause: Clause, language: Language) -> Owner | None:
    """Somebody "and I": both where the mentor is named, else the speaker with another."""
    joint = language.find("owner-and-i", clause[: LONGEST_SUBJECT + 3])
    start = joint[0].start if joint else _ampersand(text, clause, language)
    if start <= clause[0].start:
        return None
    end = joint[0].end if joint else next(t.end for t in clause if t.start >= start)
    subject: list[Token] = [token for token in clause if token.start < start]
    if len(subject) > LONGEST_SUBJECT or subject[0].word in language.words("owner-nobody"):
        return None
    both = is_mentor(tuple(subject), language)
    return ("both" if both else "we"), Span(clause[0].start, end)


def _ampersand(text: str, clause: Clause, language: Language) -> int:
    """Where "& I" begins; -1 without it."""
    speaker = language.words("owner-i")
    for at in range(1, min(len(clause), LONGEST_SUBJECT + 1)):
        gap = text[clause[at - 1].end : clause[at].start].strip()
        if gap in _AND and clause[at].word in speaker:
            return clause[at].start
    return -1
