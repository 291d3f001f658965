"""How questions are put: what is warned of, where, and what is left in peace."""

from __future__ import annotations

import pytest

from tests.packs.quality.helpers import asking, findings, found

FIRES = [
    ("two-questions", "What went well ^and what would you change?"),
    ("two-questions", "What happened? Who was there^?"),
    ("two-questions", "Which one did you take, ^and why?"),
    ("leading-question", "^Don't you think the round went better?"),
    ("leading-question", "What helped? It ^surely was the card, wasn't it"),
    ("leading-question", "^Wouldn't it be easier to ask {mentor}?"),
    ("blaming-question", "^Why didn’t you ask {mentor}?"),
    ("blaming-question", "^What is wrong with the way you plan?"),
    ("blaming-question", "^Why do you always wait so long?"),
    ("why-you", "^Why did you choose that ward?"),
    ("why-you", "Think of Monday. ^Why were you late?"),
    ("yes-or-no", "Did you meet {mentor}?"),
    ("yes-or-no", "Think of last week. Have you learnt something?"),
    ("scores-a-person", "^How would you rate yourself this month?"),
    ("scores-a-person", "^What score do you deserve?"),
    ("long-wording", "What " + "and more " * 15 + "happened?"),
    ("long-wording", "What happened " + "there " * 29 + "then?"),
    (
        "hard-to-read",
        "Which organisational responsibilities did interdisciplinary communication "
        "methodologies subsequently facilitate considerably for participating individuals?",
    ),
    (
        "hard-to-read",
        "What institutional considerations influenced your professional "
        "development opportunities particularly significantly?",
    ),
    ("shouting", "What did you do ^NOW?"),
    ("shouting", "What worked^!!"),
    ("shouting", "What did { mentor } say of {{it}, {mentee}, ^NOW?"),
    ("shouting", "^WHAT WENT WELL today?"),
    ("unfinished-text", "^TODO ask about the round"),
    ("unfinished-text", "^Lorem ipsum dolor"),
]

QUIET = [
    ("two-questions", "What did you say, and to whom?"),
    ("two-questions", "Who or what helped you, apart from {mentor}?"),
    ("two-questions", "Think of Dr. Lang. What was said?"),
    ("leading-question", "What do you think went better?"),
    ("leading-question", "What don't you understand yet?"),
    ("blaming-question", "What went wrong on the round?"),
    ("blaming-question", "Why is the round so long?"),
    ("why-you", "What made you choose that ward?"),
    ("why-you", "Why was the round late?"),
    ("yes-or-no", "What did you do?"),
    ("yes-or-no", "Did you write it down or tell somebody?"),
    ("yes-or-no", "Did you meet? What came of it?"),
    ("scores-a-person", "What was on the scoreboard?"),
    ("scores-a-person", "How good was the soup?"),
    ("long-wording", "What happened " + "there " * 27 + "then?"),
    ("long-wording", "What happened?"),
    ("hard-to-read", "What organisational responsibilities?"),
    ("hard-to-read", "What did you do on the ward this week that went better than before?"),
    ("shouting", "What did the NHS say about the ECG?"),
    ("shouting", "What is your SMART goal?"),
    ("unfinished-text", "What is on your to-do list?"),
    ("unfinished-text", "What is on your todo list?"),
]


def place_of(wording: str) -> str:
    """Where `^` stands in `wording`, which is the quoted text in line 8; its beginning without one."""
    return f"8:{wording.find('^') + 11}"


@pytest.mark.parametrize(("code", "wording"), FIRES)
def test_a_bad_wording_is_told_at_its_place(code: str, wording: str) -> None:
    assert found(asking(wording.replace("^", "")), code) == [place_of(wording)]


@pytest.mark.parametrize(("code", "wording"), QUIET)
def test_a_good_wording_is_left_in_peace(code: str, wording: str) -> None:
    assert found(asking(wording), code) == []


def test_a_closed_question_may_ask_for_yes_or_no() -> None:
    assert found(asking("Did you meet {mentor}?", "answer: yesno"), "yes-or-no") == []


def test_each_wording_and_each_probe_has_its_own_place() -> None:
    text = asking("What happened?", "probe:", "  - when: answer is vague", "    ask:")
    text += "        - What exactly?\n        - Did you?\n"
    assert found(text, "yes-or-no") == ["13:11"]


def test_a_placeholder_counts_as_one_word() -> None:
    wording = "What happened " + "{mentor} " * 27 + "then?"
    assert found(asking(wording), "long-wording") == []


def test_blame_is_not_told_twice() -> None:
    codes = [one.code for one in findings(asking("Why did you not ask?"))]
    assert "blaming-question" in codes and "why-you" not in codes


@pytest.mark.parametrize(
    ("language", "code", "wording"),
    [
        ("de", "two-questions", "Was lief gut ^und was würdest du ändern?"),
        ("de", "leading-question", "^Findest du nicht auch, dass es besser lief?"),
        ("de", "blaming-question", "^Warum hast du nicht gefragt?"),
        ("de", "why-you", "^Warum hast du das gewählt?"),
        ("de", "yes-or-no", "Hast du etwas gelernt?"),
        ("de", "scores-a-person", "^Wie gut bist du?"),
        ("de", "shouting", "Was hast du ^NICHT gesagt?"),
        ("de", "unfinished-text", "^TODO"),
        ("es", "two-questions", "¿Qué salió bien ^y qué cambiarías?"),
        ("es", "leading-question", "¿^No crees que fue mejor?"),
        ("es", "blaming-question", "¿^Por qué no hiciste nada?"),
        ("es", "why-you", "¿^Por qué elegiste esa planta?"),
        ("es", "yes-or-no", "¿Hiciste algo nuevo?"),
        ("es", "scores-a-person", "¿^Qué nota te pones?"),
        ("es", "shouting", "¿Qué te llevas ^SIEMPRE?"),
        ("es", "unfinished-text", "^PENDIENTE"),
    ],
)
def test_the_rules_are_the_same_in_other_languages(language: str, code: str, wording: str) -> None:
    text = asking(wording.replace("^", "")).replace("language: en", f"language: {language}")
    assert found(text, code, language) == [place_of(wording)]


@pytest.mark.parametrize(
    ("language", "hard", "easy"),
    [
        (
            "de",
            "Welche organisatorischen Verantwortlichkeiten beeinflussten interdisziplinäre "
            "Kommunikationsstrukturen zwischen verschiedenen beteiligten Fachabteilungen?",
            "Was hast du auf der Station getan, das besser lief als beim letzten Mal?",
        ),
        (
            "es",
            "¿Qué responsabilidades organizativas condicionaron significativamente las "
            "comunicaciones interdisciplinares institucionales correspondientes?",
            "¿Qué hiciste en la planta que salió mejor que la vez pasada?",
        ),
    ],
)
def test_reading_is_judged_by_the_formula_of_the_language(
    language: str, hard: str, easy: str
) -> None:
    def pack_of(wording: str) -> str:
        return asking(wording).replace("language: en", f"language: {language}")

    assert found(pack_of(hard), "hard-to-read", language) == ["8:10"]
    assert found(pack_of(easy), "hard-to-read", language) == []


def test_a_language_without_lists_is_not_judged() -> None:
    from reflect.packs.quality.check import quality
    from reflect.script import Lexicon
    from tests.packs.helpers import compiled

    text = asking("Why didn't you, surely? TODO rate yourself").replace(
        "language: en", "language: fi"
    )
    result = compiled(text)
    assert result.script and result.tree
    codes = {one.code for one in quality(result.script, result.tree, Lexicon("fi", {}))}
    assert codes == {"no-how-or-example"}


def test_what_helps_to_answer() -> None:
    long = "One two three " * 21
    assert found(asking("What?", f"example: {long}"), "long-example") == ["9:14"]
    assert found(asking("What?", "example: Short."), "long-example") == []
    assert found(asking("What?", f"how: {long}"), "long-example") == []
    assert found(asking("What?", "how: Who was there?"), "how-is-a-question") == ["9:10"]
    assert found(asking("What?", "how: Which of these?"), "how-is-a-question") == ["9:10"]
    assert found(asking("What?", "how: Who was there."), "how-is-a-question") == []
    assert found(asking("What?", "example: Who is it?"), "how-is-a-question") == []


def test_the_hint_names_long_words() -> None:
    wording = next(wording for code, wording in FIRES if code == "hard-to-read")
    hints = [one.hint for one in findings(asking(wording)) if one.code == "hard-to-read"]
    assert "`interdisciplinary`" in hints[0]


def test_a_wording_may_not_come_twice() -> None:
    def two(first: str, second: str, more: str = "") -> str:
        return asking(first, *([more] if more else [])) + f'  - id: two\n    ask: "{second}"\n'

    code = "repeated-wording"
    assert found(two("What worked?", "what worked"), code) == ["10:10"]
    near = "What did you do on the ward this week, {mentee}?"
    assert found(two(near, near.replace("ward this", "wards this")), code) == ["10:10"]
    assert found(two("What worked?", "What helped?"), code) == []
    assert found(two("Ask {mentor} about it.", "Ask {other} about it."), code) == []


def test_one_person_must_meet_both() -> None:
    text = asking("What worked?", "for: mentee") + '  - id: two\n    ask: "What worked?"\n'
    text = text.replace("language: en", "language: en\nfor: both")
    assert found(text, "repeated-wording") == ["12:10"]
    assert found(text + "    for: mentor\n", "repeated-wording") == []
