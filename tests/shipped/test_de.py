"""German as it ships: everything is translated, and what Germans write is heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from reflect.application.authoring import compiled_at
from reflect.application.wiring import Application
from reflect.dialogue.dates import spoken
from reflect.events import Expectation, Said, Span
from reflect.listening.cues import builtin_cues
from reflect.listening.dates import Dates
from reflect.listening.ear import Ear
from reflect.listening.language import Language
from reflect.listening.vague import is_vague
from reflect.listening.words import Words
from reflect.packs.compile import Compiled
from reflect.packs.lexicon import read_lexicons
from reflect.packs.location import Location
from reflect.packs.places import Places
from reflect.rehearsal.examples import check_examples
from reflect.rehearsal.outcome import Played
from reflect.script import Lexicon, Script, Template

from .journeys import plain

SATURDAY = datetime.fromisoformat("2026-11-21T18:30:00+01:00")
LEXICONS = Path(__file__).parents[2] / "prompt_packs" / "core" / "lexicon"

Hear = Callable[..., Said]


@cache
def dates(language: Language) -> Dates:
    """What reads the dates of `language`."""
    return Dates(language)


@pytest.fixture(scope="module")
def german(app: Application, location: Location) -> Compiled:
    return compiled_at(app, location, "de")


@pytest.fixture(scope="module")
def de(german: Compiled) -> Script:
    assert german.script is not None
    return german.script


@pytest.fixture(scope="module")
def ohr(app: Application) -> Ear:
    return app.ear("de")


@pytest.fixture(scope="module")
def lexicons(app: Application) -> dict[str, Lexicon]:
    files = [str(LEXICONS / f"{name}.yaml") for name in ("en", "de")]
    read = read_lexicons(files, app.cache)
    assert not read.diagnostics
    return read.by_language


@pytest.fixture(scope="module")
def language(lexicons: dict[str, Lexicon]) -> Language:
    return Language(lexicons["de"])


@pytest.fixture(scope="module")
def hear(ohr: Ear) -> Hear:
    """Hears a text on Saturday 21 November 2026 for an expectation given by its fields."""

    def heard(text: str, **fields: object) -> Said:
        return ohr.hear(text, Expectation(**fields), SATURDAY)  # type: ignore[arg-type]

    return heard


# --- the texts ---------------------------------------------------------------------


def test_the_pack_is_translated_whole(german: Compiled, de: Script) -> None:
    assert de.language == "de"
    assert not german.diagnostics, "\n".join(map(str, german.diagnostics))


def test_core_is_translated_whole(app: Application) -> None:
    from reflect.packs.compile import compile_pack
    from reflect.script import Vocabulary

    core = app.catalogue.core
    nobody = Vocabulary({cue.name: cue.definition for cue in builtin_cues()})
    found = compile_pack(
        core, language="de", core=core, library=lambda pack: None, vocabulary=nobody
    )
    assert not found.diagnostics, "\n".join(map(str, found.diagnostics))


def _texts(script: Script) -> Iterator[tuple[str, str]]:
    """Every text that is shown, under a name that is the same in both languages."""
    for stage in script.stages:
        yield f"{stage.id}.title", stage.title
        yield f"{stage.id}.aim", stage.aim
        for question in stage.questions():
            yield from _numbered(f"{question.id}.ask", question.ask)
            for name in ("how", "example"):
                yield f"{question.id}.{name}", plain(getattr(question, name))
            yield from ((f"{question.id}.{o.id}", o.label) for o in question.options)
            for number, probe in enumerate(question.probes):
                yield from _numbered(f"{question.id}.probe {number}", probe.ask)
    for name, text in script.core.items():
        yield from _numbered(f"core.{name}", text.ask)
        yield from ((f"core.{name}.{o.id}", o.label) for o in text.options)


def _numbered(name: str, templates: tuple[Template, ...]) -> Iterator[tuple[str, str]]:
    return ((f"{name} {number}", plain(text)) for number, text in enumerate(templates))


SAME = {"core.summary-by-words 0", "core.months 3", "core.months 7", "core.months 8"}
SAME |= {"core.months 10", "comfort.example", "habit.example", "how-many.example"}
"""Names of months, figures and what is only filled in are the same in both languages."""


def test_no_english_is_left_over(de: Script, script: Script) -> None:
    english = dict(_texts(script))
    left = {name for name, text in _texts(de) if text and english.get(name) == text}
    assert left == SAME


def test_no_question_stands_twice(de: Script) -> None:
    asked = [text for name, text in _texts(de) if ".ask " in name or ".probe " in name]
    assert not [text for text, count in Counter(asked).items() if count > 1]


def test_the_examples_do_what_they_say(german: Compiled, de: Script, ohr: Ear) -> None:
    assert german.tree is not None
    found = check_examples(de, ohr, Places(german.tree))
    assert not found, "\n".join(map(str, found))


def test_a_date_reads_as_it_is_said(de: Script) -> None:
    assert spoken("2026-04-24", de.core, "2026-01-01") == "Freitag, 24. April"
    assert spoken("2027-03-01", de.core, "2026-01-01") == "Montag, 1. März 2027"


def test_the_stories_go_through_all_four_stages(played: tuple[Played, ...]) -> None:
    told = [one for one in played if one.story.language == "de"]
    failures = [f"{one.story.name}\n{one.failure.message}" for one in told if one.failure]
    assert len(told) >= 8 and not failures, "\n\n".join(failures)
    assert {one.story.stage for one in told} == {"rapport", "goals", "feedback", "relationship"}
    assert {one.story.length for one in told} == {"short", "long"}


# --- what is heard -----------------------------------------------------------------


def test_the_lexicon_has_every_list(lexicons: dict[str, Lexicon]) -> None:
    # Templates are a language's own: it needs no list for what it says in another way.
    missing = lexicons["en"].lists.keys() - lexicons["de"].lists.keys()
    assert not [name for name in missing if not name.startswith(GRAMMAR)]
    assert not [name for name, words in lexicons["de"].lists.items() if not words]


GRAMMAR = (
    "due-",
    "quote-relatives",
    "quote-subjects",
    "period-",
    "span-",
    "amount-",
    "unit-",
    "owner-",
    "past-",
    "halves",
    "meeting-",
    "event-",
)

DAYS = {
    "heute": "2026-11-21",
    "bis heute Abend": "2026-11-21",
    "morgen": "2026-11-22",
    "morgen früh": "2026-11-22",
    "übermorgen": "2026-11-23",
    "bis Freitag": "2026-11-27",
    "spätestens Mittwoch": "2026-11-25",
    "am Montagabend": "2026-11-23",
    "gleich am Montag früh": "2026-11-23",
    "bis Do": "2026-11-26",
    "kommenden Donnerstag": "2026-11-26",
    "nächsten Donnerstag": "2026-11-26",
    "übernächsten Donnerstag": "2026-12-03",
    "nächste Woche Dienstag": "2026-11-24",
    "Dienstag nächster Woche": "2026-11-24",
    "Freitag in einer Woche": "2026-12-04",
    "noch diese Woche": "2026-11-22",
    "bis zum Wochenende": "2026-11-22",
    "nächste Woche": "2026-11-29",
    "übernächste Woche": "2026-12-06",
    "in 14 Tagen": "2026-12-05",
    "in zwei Wochen": "2026-12-05",
    "heute in einer Woche": "2026-11-28",
    "innerhalb von zehn Tagen": "2026-12-01",
    "in einem Monat": "2026-12-21",
    "in einem halben Jahr": "2027-05-21",
    "in einem Jahr": "2027-11-21",
    "Ende des Monats": "2026-11-30",
    "bis Monatsende": "2026-11-30",
    "im Laufe des nächsten Monats": "2026-12-31",
    "Ende des Quartals": "2026-12-31",
    "bis Jahresende": "2026-12-31",
    "nächstes Jahr": "2027-12-31",
    "am 3. Mai": "2027-05-03",
    "bis zum 3. Mai 2028": "2028-05-03",
    "am ersten Dezember": "2026-12-01",
    "Freitag, den 27. November": "2026-11-27",
    "26. November": "2026-11-26",
    "bis zum 15.": "2026-12-15",
    "am 15. rufe ich an": "2026-12-15",
    "bis 3.5.": "2027-05-03",
    "bis 3.5": "2027-05-03",
    "am 24.12. gebe ich ab": "2026-12-24",
    "am 3.5.27": "2027-05-03",
    "bis 3.5.2027": "2027-05-03",
    "Anfang Mai": "2027-05-01",
    "Mitte Mai": "2027-05-15",
    "Ende Mai": "2027-05-31",
    "bis Ende Januar 2027": "2027-01-31",
    "im März": "2027-03-31",
    "bis Silvester": "2026-12-31",
    "Anfang nächster Woche": "2026-11-23",
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day_is_understood(language: Language, text: str, day: str) -> None:
    due = dates(language).read(Words(text), SATURDAY.date())
    assert due is not None and due.day == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "am Morgen",
        "jeden Morgen",
        "seit Freitag",
        "jeden Freitag",
        "ab Montag",
        "letzte Woche",
        "am 3. Versuch lag es",
        "zum dritten Mal",
        "Kapitel 2.1. lesen",
        "um 3.5 Prozent",
        "vom 3. Mai",
    ],
)
def test_what_only_sounds_like_a_day_is_none(language: Language, text: str) -> None:
    assert dates(language).read(Words(text), SATURDAY.date()) is None


@pytest.mark.parametrize(
    "text",
    ["vor unserem nächsten Treffen", "bis zur nächsten Schicht", "bevor wir uns wiedersehen"],
)
def test_an_occasion_is_understood(language: Language, text: str) -> None:
    due = dates(language).occasion(Words(text))
    assert due is not None and due.span == Span(0, len(text))


VAGUE = """
Es lief gut
die Übergabe lief gut
Alles bestens
Besser als letztes Mal
Mehr Selbstvertrauen
Bessere Kommunikation
Ich möchte mich weiterentwickeln
Ich habe viel gelernt
Die Zusammenarbeit im Team ist besser geworden
Ich bin motivierter und selbstbewusster
Das Übliche halt
Die Arbeit macht mir Spaß
Mein Zeitmanagement verbessern
Mehr Struktur im Alltag
Ein gutes Gespräch mit meiner Mentorin
Ich konnte besser mit schwierigen Situationen umgehen
Es gab Höhen und Tiefen
Selbstständiger arbeiten
""".strip().splitlines()

CONCRETE = """
Ich habe die drei schwersten Patienten auf eine Karte geschrieben
Habe der Klasse den Plan vorgelesen
Mit Frau Lang über die Visite geredet
Den Lieferanten in Hamburg angerufen
Um halb sechs die Backbleche vorgeheizt
Zwei Eltern haben sich bedankt
Ich habe Nein gesagt, als Karin den Dienst tauschen wollte
Die Schweißnaht war von vorn bis hinten gleichmäßig
Kapitel drei an meinen Doktorvater geschickt
Sie hat gesagt: "schreib es auf"
Die Insulinpumpe allein eingestellt
Er hat mir gezeigt, wie man die Fräse nullt
Ich rechne unterm Tisch mit den Fingern
Am Montag 12 Bewerbungen sortiert
Den Azubi selbst bohren lassen
Bis drei zählen, bevor ich antworte
""".strip().splitlines()


@pytest.mark.parametrize("text", VAGUE)
def test_a_vague_answer_is_heard_as_vague(language: Language, text: str) -> None:
    assert is_vague(Words(text), language)


@pytest.mark.parametrize("text", CONCRETE)
def test_a_concrete_answer_is_not(language: Language, text: str) -> None:
    assert not is_vague(Words(text), language)


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Ich will nicht mehr leben", "danger"),
        ("manchmal will ich mir was antun", "danger"),
        ("Ich ritze mich wieder", "danger"),
        ("Am liebsten würde ich nicht mehr aufwachen", "danger"),
        ("Ohne mich wären alle besser dran", "danger"),
        ("ich denke, es wäre besser, ich wäre tot", "danger"),
        ("Ich habe Suizidgedanken", "danger"),
        ("Mein Opa ist gestorben", "grave"),
        ("Ich werde im Team gemobbt", "grave"),
        ("Meine Mutter hat Krebs", "grave"),
        ("Der Akku ist gestorben und der Beamer auch", ""),
        ("Auf der Krebsstation die Pumpen gewechselt", ""),
        ("Einen Vortrag zur Suizidprävention gehört", ""),
        ("keine Ahnung", "empty"),
        ("Mir fällt nichts ein", "empty"),
        ("k.A.", "empty"),
    ],
)
def test_the_weight_of_an_answer(hear: Hear, text: str, weight: str) -> None:
    assert hear(text).parts.weight == weight


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Ich bin total erschöpft", "low"),
        ("Mir geht es nicht gut", "low"),
        ("Ich war nicht traurig", ""),
        ("Ich bin stolz auf die Übergabe", "glad"),
        ("Ich bin damit nicht zufrieden", "low"),
    ],
)
def test_the_mood_of_an_answer(hear: Hear, text: str, mood: str) -> None:
    assert hear(text).parts.mood == mood


BLAMING = {
    "Mein Chef sagt immer ab": True,
    "Die Kollegin unterbricht mich ständig": True,
    "Mein Vorgesetzter liest nie, was ich ihm schicke": True,
    "Keiner sagt mir was": True,
    "Das ist seine Schuld": True,
    "Das ist nicht seine Schuld": False,
    "Ich habe sie nie gefragt": False,
    "Ich sage immer ab": False,
    "Sie lässt mich nie hängen": False,
    "Er hat mich nie unterbrochen": False,
}


@pytest.mark.parametrize(("text", "blames"), BLAMING.items())
def test_blame_is_told_from_a_plain_report(language: Language, text: str, blames: bool) -> None:
    from reflect.listening.cues import Utterance, blaming

    words = Words(text)
    said = Utterance(text, words, language, dates(language), "text", SATURDAY.date())
    assert (blaming(said) is not None) is blames


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ja", True),
        ("na klar", True),
        ("Ja, haben wir", True),
        ("nö", False),
        ("noch nicht", False),
        ("nicht wirklich", False),
        ("weiß nicht", None),
        ("jein", None),
        ("ja und nein", None),
    ],
)
def test_yes_and_no(hear: Hear, text: str, value: bool | None) -> None:
    assert hear(text, kind="yesno").value is value


@pytest.mark.parametrize(
    ("text", "value"), [("so vier", 4), ("ungefähr zwölf", 12), ("1.000", 1000), ("3,5", 3.5)]
)
def test_a_number(hear: Hear, text: str, value: float) -> None:
    assert hear(text, kind="number").value == value


ACTIONS = [
    ("Ich möchte gern am Montag mit Sabine reden", "mit Sabine reden", "2026-11-23", "me"),
    ("Den Antrag bis 3. Mai abgeben", "Den Antrag bis 3. Mai abgeben", "2027-05-03", "none"),
    ("Am 3.12. gebe ich das Kapitel ab", "gebe ich das Kapitel ab", "2026-12-03", "me"),
    ("Sabine schickt mir die Liste", "Sabine schickt mir die Liste", None, "other"),
    ("Mein Mentor soll es mir zeigen", "Mein Mentor soll es mir zeigen", None, "mentor"),
    ("Wir reden mit dem Team", "Wir reden mit dem Team", None, "unclear"),
    ("Das muss besprochen werden", "Das muss besprochen werden", None, "unclear"),
    ("Man müsste mal anrufen", "Man müsste mal anrufen", None, "unclear"),
]


@pytest.mark.parametrize(("text", "what", "due", "owner"), ACTIONS)
def test_an_action_is_taken_apart(
    hear: Hear, text: str, what: str, due: str | None, owner: str
) -> None:
    parts = hear(text, wants="action").parts
    assert parts.what is not None
    assert (text[slice(*parts.what)], parts.due, parts.owner) == (what, due, owner)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (
            "Ich habe die drei Schwersten auf eine Karte geschrieben und vorgelesen.",
            "die drei Schwersten auf eine Karte geschrieben",
        ),
        ("Es war schwierig, weil keiner zugehört hat", "weil keiner zugehört hat"),
        ("Wir haben am 3. Mai damit angefangen", "am 3. Mai damit angefangen"),
        ("Ich glaube, dass sie mir z.B. die Kurve zeigt", "dass sie mir z.B. die Kurve zeigt"),
    ],
)
def test_a_phrase_is_said_back_whole(hear: Hear, text: str, phrase: str) -> None:
    quote = hear(text).parts.quote
    assert quote is not None and text[slice(*quote)] == phrase
