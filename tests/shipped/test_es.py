"""Spanish: core, the four stages and their stories are all there, and answers are heard as they are meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from reflect.application.authoring import Rehearsal, compiled_at
from reflect.application.hearing import make_ear
from reflect.application.wiring import Application
from reflect.dialogue.dates import spoken
from reflect.events import Expectation, Listen, Parts
from reflect.listening.ear import Ear
from reflect.packs.compile import Compiled
from reflect.packs.location import Location
from reflect.packs.places import Places
from reflect.rehearsal.examples import check_examples
from reflect.rehearsal.outcome import Played
from reflect.script import CoreText, Lexicon, Placeholder, Question, Repeat, Script

CORE = Path(__file__).parents[2] / "prompt_packs" / "core"
SATURDAY = datetime.fromisoformat("2026-11-21T18:30:00+01:00")

DAYS = {
    "antes de Navidad": "2026-12-25",
    "hoy": "2026-11-21",
    "hoy mismo": "2026-11-21",
    "esta noche": "2026-11-21",
    "mañana": "2026-11-22",
    "manana por la manana": "2026-11-22",
    "mañana por la tarde": "2026-11-22",
    "pasado mañana": "2026-11-23",
    "el lunes": "2026-11-23",
    "el martes por la tarde": "2026-11-24",
    "para el miércoles": "2026-11-25",
    "antes del jueves": "2026-11-26",
    "hasta el viernes": "2026-11-27",
    "viernes": "2026-11-27",
    "el viernes que viene": "2026-11-27",
    "el próximo viernes": "2026-11-27",
    "a más tardar el viernes": "2026-11-27",
    "el viernes como muy tarde": "2026-11-27",
    "no más tarde del viernes": "2026-11-27",
    "el sabado": "2026-11-28",
    "el lunes de la próxima semana": "2026-11-23",
    "el viernes de la semana que viene": "2026-11-27",
    "esta semana": "2026-11-22",
    "este fin de semana": "2026-11-22",
    "antes de que acabe la semana": "2026-11-22",
    "la semana que viene": "2026-11-29",
    "a lo largo de la próxima semana": "2026-11-29",
    "en una semana": "2026-11-28",
    "dentro de dos semanas": "2026-12-05",
    "en quince días": "2026-12-05",
    "en diez días": "2026-12-01",
    "en los próximos tres días": "2026-11-24",
    "de aquí a un mes": "2026-12-21",
    "dentro de dos meses": "2027-01-21",
    "a finales de mes": "2026-11-30",
    "antes de fin de mes": "2026-11-30",
    "a mediados de mes": "2026-12-15",
    "el mes que viene": "2026-12-31",
    "el 3 de mayo": "2027-05-03",
    "el tres de mayo": "2027-05-03",
    "3 de mayo de 2028": "2028-05-03",
    "el primero de diciembre": "2026-12-01",
    "el viernes 27 de noviembre": "2026-11-27",
    "viernes, 27 de noviembre": "2026-11-27",
    "antes del 3 de diciembre": "2026-12-03",
    "para el 30": "2026-11-30",
    "el día 5": "2026-12-05",
    "24/12": "2026-12-24",
    "para marzo": "2027-03-31",
    "a finales de marzo": "2027-03-31",
    "a principios de marzo": "2027-03-01",
    "a mediados de enero": "2027-01-15",
    "diciembre": "2026-12-31",
    "este trimestre": "2026-12-31",
    "antes de que acabe el año": "2026-12-31",
    "el año que viene": "2027-12-31",
    "en un año": "2027-11-21",
}
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
NO_DAY = (
    "todos los lunes",
    "los viernes",
    "de lunes a viernes",
    "desde el lunes",
    "el lunes pasado",
    "un lunes",
    "por la mañana",
    "a las nueve de la mañana",
    "hoy en día",
    "antes de vernos",
    "en nuestra próxima reunión",
    "a principios de mes",
)
VAGUE = (
    "Estuvo bien",
    "Todo bien, la verdad",
    "Bastante bien en general",
    "Un poco de todo",
    "Lo de siempre",
    "Me ayuda mucho",
    "Mejorar la comunicación",
    "Ser más organizada",
    "Tener más confianza en mí misma",
    "Voy mejorando poco a poco",
    "Siento que he crecido mucho como profesional",
    "Hubo de todo, cosas buenas y malas",
    "Hemos avanzado bastante con el proyecto",
    "Gestionar mejor el tiempo",
    "Hacerlo lo mejor que pueda",
    "Estoy aprendiendo muchísimo con ella",
    "Ha sido una experiencia muy positiva",
)
CONCRETE = (
    "Escribí en una tarjeta los tres pacientes más graves",
    "Le enseñé el borrador con todos los huecos",
    "Me dibujó el corazón en una servilleta",
    "Pedí los planos el día antes",
    "Llamé al proveedor el miércoles",
    "Marta me dijo que hablo demasiado deprisa",
    "Cambié el filtro sin manual",
    "El torno se paró dos veces y lo arreglé",
    "Subí el pull request #45",
    "Dejé el móvil en el cajón",
    "Terminé el informe de 12 páginas",
    "Le conté que suspendí el MIR",
    "Puse las etiquetas en la estantería",
    "Cerré el correo de nueve a once",
    "Canté en el coro del pueblo",
    "Una madre me dio las gracias por la llamada",
)
DANGER = (
    "Me quiero morir",
    "He pensado en suicidarme",
    "me hago daño cuando llego a casa",
    "Estarian mejor sin mi",
    "a veces pienso en quitarme la vida",
    "ya no quiero vivir",
    "Pienso en tirarme al tren",
    "a veces me corto los brazos por la noche",
)
GRAVE = (
    "Mi padre murió en marzo",
    "Ha fallecido mi abuela",
    "Mi compañero me acosa",
    "Tengo cáncer",
    "Me pegó el padre de un alumno",
    "Perdimos al bebé",
)
NEITHER = (
    "Me mato a trabajar para el examen de cableado",
    "Me corto mucho al hablar delante del tribunal",
    "Voy a acabar con todos los partes de avería",
    "Estamos en punto muerto con la obra del colegio",
    "Se me murió el móvil en plena guardia",
    "Toco el violín en la orquesta del barrio",
    "Me acostumbré a acostarme antes de la guardia",
    "Mi madre va a matarme si no apruebo el carné",
    "Desalojamos la planta en el simulacro",
)

Heard = Callable[..., Parts]


@pytest.fixture(scope="module")
def es(app: Application, location: Location) -> Compiled:
    return compiled_at(app, location, "es")


@pytest.fixture(scope="module")
def spanish(es: Compiled) -> Script:
    assert es.script is not None
    return es.script


@pytest.fixture(scope="module")
def oir(app: Application) -> Ear:
    return make_ear(app, "es")


@pytest.fixture(scope="module")
def parts(oir: Ear) -> Heard:
    def heard(text: str, **fields: object) -> Parts:
        return oir.hear(text, Expectation(**fields), SATURDAY).parts  # type: ignore[arg-type]

    return heard


# --- the texts ---------------------------------------------------------------------


def test_nothing_is_missing_or_unknown(app: Application, es: Compiled) -> None:
    core = compiled_at(app, Location("core", str(CORE)), "es")
    assert not es.diagnostics, "\n".join(map(str, es.diagnostics))
    assert not core.diagnostics, "\n".join(map(str, core.diagnostics))


def test_every_list_of_the_english_lexicon_is_there() -> None:
    english, spanish = (_lexicon(language).lists for language in ("en", "es"))
    # Templates are a language's own: it needs no list for what it says in another way.
    assert not [name for name in english.keys() - spanish.keys() if not name.startswith(GRAMMAR)]
    assert not [name for name, words in spanish.items() if not words]


def test_no_english_is_left_over(script: Script, spanish: Script) -> None:
    english = {text for text in _texts(script) if any(letter.isalpha() for letter in text)}
    assert english & set(_texts(spanish)) <= {"no", "{due}", "others", "time", "nerve"}


def test_as_many_wordings_as_in_english(script: Script, spanish: Script) -> None:
    wordings = [
        {question.id: len(question.ask) for question in _questions(one)}
        for one in (script, spanish)
    ]
    assert wordings[0] == wordings[1]
    assert not [
        name for name, text in script.core.items() if len(text.ask) != len(spanish.core[name].ask)
    ]


def test_no_wording_stands_twice(spanish: Script) -> None:
    asked = [
        _plain(template)
        for question in _questions(spanish)
        for wordings in (question.ask, *(probe.ask for probe in question.probes))
        for template in wordings
    ]
    assert len(set(asked)) == len(asked)


def test_the_examples_do_what_they_say(es: Compiled, spanish: Script, oir: Ear) -> None:
    assert es.tree is not None
    found = check_examples(spanish, oir, Places(es.tree))
    assert not found, "\n".join(map(str, found))


def test_the_stories_pass_in_every_stage_and_length(rehearsal: Rehearsal) -> None:
    told: list[Played] = [one for one in rehearsal.played if one.story.language == "es"]
    failures = [f"{one.story.name}\n{one.failure.message}" for one in told if one.failure]
    assert not failures, "\n\n".join(failures)
    stages = {one.story.stage for one in told}
    assert stages == {"rapport", "goals", "feedback", "relationship"}
    assert {(one.story.stage, one.story.length) for one in told} == {
        (stage, length) for stage in stages for length in ("short", "long")
    }


def test_a_day_reads_as_one_says_it(spanish: Script) -> None:
    assert spoken("2026-04-24", spanish.core, "2026-03-02") == "viernes 24 de abril"
    assert spoken("2027-04-24", spanish.core, "2026-03-02") == "sábado 24 de abril de 2027"


# --- what is heard -----------------------------------------------------------------


@pytest.mark.parametrize("text", DAYS)
def test_when(text: str, parts: Heard) -> None:
    assert parts(text, kind="due").due == DAYS[text]


@pytest.mark.parametrize("text", NO_DAY)
def test_what_names_no_day(text: str, parts: Heard) -> None:
    assert parts(text, kind="due").due is None


@pytest.mark.parametrize(
    ("text", "what", "due", "owner"),
    [
        ("Voy a pedirle a Ana el guion el jueves", "pedirle a Ana el guion", "2026-11-26", "me"),
        ("Antes del viernes mando el parte", "mando el parte", "2026-11-27", "me"),
        ("Mandar la foto a más tardar el lunes", "Mandar la foto", "2026-11-23", "none"),
        ("Preguntar a Ana si va a venir", "Preguntar a Ana si va a venir", None, "none"),
        ("Ana me mandará el borrador", "Ana me mandará el borrador", None, "other"),
        (
            "Mi mentora me va a presentar a Julia",
            "Mi mentora me va a presentar a Julia",
            None,
            "mentor",
        ),
        ("Hay que reservar la sala", "reservar la sala", None, "unclear"),
        (
            "Entre los dos preparamos la charla",
            "Entre los dos preparamos la charla",
            None,
            "both",
        ),
    ],
)
def test_what_by_when_and_who(
    text: str, what: str, due: str | None, owner: str, parts: Heard
) -> None:
    found = parts(text, wants="action")
    assert found.what is not None
    assert (text[slice(*found.what)], found.due, found.owner) == (what, due, owner)


def test_the_letters_of_a_goal(parts: Heard) -> None:
    said = {
        "Aprobar el examen de instalaciones antes de junio": "smt",
        "Publicar el artículo en una revista": "sm",
        "Ser mejor líder": "",
    }
    assert {text: parts(text, wants="goal").letters for text in said} == said


@pytest.mark.parametrize("text", VAGUE)
def test_vague(text: str, parts: Heard) -> None:
    assert parts(text).weight == "thin"


@pytest.mark.parametrize("text", CONCRETE)
def test_concrete(text: str, parts: Heard) -> None:
    assert parts(text).weight == ""


@pytest.mark.parametrize("text", DANGER)
def test_danger(text: str, parts: Heard) -> None:
    assert parts(text).weight == "danger"


@pytest.mark.parametrize("text", GRAVE)
def test_grave(text: str, parts: Heard) -> None:
    assert parts(text).weight == "grave"


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_sounds_so(text: str, parts: Heard) -> None:
    assert parts(text).weight not in ("grave", "danger")


def test_no_answer_at_all(parts: Heard) -> None:
    for text in ("nada, la verdad", "ni idea", "no sé qué decir", "No se me ocurre nada", "jaja"):
        assert parts(text).weight == "empty", text


def test_moods(parts: Heard) -> None:
    heavy = ("Estoy agotada", "Me da miedo preguntar", "No me siento valorada", "Lloré en el baño")
    light = ("Estoy muy contenta", "Me encanta el taller", "Qué alivio", "Me hizo mucha ilusión")
    assert {parts(text).mood for text in heavy} == {"low"}
    assert {parts(text).mood for text in light} == {"glad"}
    assert parts("No tengo miedo").mood == ""


def test_blame_is_of_others_and_for_bad_acts(oir: Ear, spanish: Script) -> None:
    blaming = ("Mi jefe nunca me escucha", "Nadie me avisó", "Siempre me interrumpe")
    fair = ("Mi mentora nunca me interrumpe", "Siempre llego tarde", "No es culpa suya")
    assert all(_hears("blaming", text, oir, spanish) for text in blaming)
    assert not any(_hears("blaming", text, oir, spanish) for text in fair)


def test_yes_no_and_numbers(oir: Ear) -> None:
    def value(text: str, kind: str) -> object:
        return oir.hear(text, Expectation(kind=kind), SATURDAY).value  # type: ignore[arg-type]

    said = {"sí": True, "si": True, "claro que sí": True, "creo que no": False, "todavía no": False}
    assert {text: value(text, "yesno") for text in said} == said
    assert value("depende", "yesno") is None
    assert [value(text, "number") for text in ("unas cuatro", "1.000", "3,5")] == [4, 1000, 3.5]


def test_a_quote_keeps_its_not(parts: Heard) -> None:
    said = {
        "La verdad es que no me atreví a preguntar": "no me atreví a preguntar",
        "Pues le enseñé el borrador y se rio": "le enseñé el borrador",
    }
    for text, quote in said.items():
        found = parts(text).quote
        assert found is not None
        assert text[slice(*found)] == quote


# --- ---


def _lexicon(language: str) -> Lexicon:
    raw = yaml.safe_load((CORE / "lexicon" / f"{language}.yaml").read_text("utf-8"))
    return Lexicon(language, {name: tuple(words) for name, words in raw["lists"].items()})


def _hears(cue: str, text: str, ear: Ear, script: Script) -> bool:
    number = next(n for n, s in enumerate(script.signals) if s.kind == "cue" and s.name == cue)
    listen = (Listen(number, script.signals[number]),)
    return ear.hear(text, Expectation(listen=listen), SATURDAY).heard[number] is not None


def _questions(script: Script) -> Iterator[Question]:
    for stage in script.stages:
        yield from stage.questions()


def _texts(script: Script) -> Iterator[str]:
    """Everything a person reads, and the examples of probes."""
    yield from (script.title,)
    for stage in script.stages:
        yield from (stage.title, stage.aim, *stage.signs)
        for block in (block for phase in _PHASES for block in stage.blocks(phase)):
            if isinstance(block, Repeat):
                yield from map(_plain, block.again)
    for question in _questions(script):
        yield from map(_plain, (*question.ask, question.how, question.example, question.note))
        yield from (*question.labels, *(option.label for option in question.options))
        yield from (_plain(must.say) for must in question.must)
        for probe in question.probes:
            yield from (*map(_plain, probe.ask), *probe.fires, *probe.quiet)
    for text in script.core.values():
        yield from _core(text)


def _core(text: CoreText) -> Iterator[str]:
    yield from map(_plain, (*text.ask, text.how, text.example))
    yield from (option.label for option in text.options)


def _plain(template: tuple[str | Placeholder, ...]) -> str:
    return "".join(
        f"{{{piece.name or piece.source}}}" if isinstance(piece, Placeholder) else piece
        for piece in template
    )


_PHASES = ("opening", "worked", "adjust", "next", "closing")
