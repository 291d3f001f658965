"""The page of a shared file: whole, the same each time, and nothing foreign in it but text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reflect.mentorship.item import CLOSED, STATES
from reflect.packs.cache import Cache
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.shipped import shipped_folder
from reflect.sharing.aliases import named
from reflect.sharing.brief import brief
from reflect.sharing.element import Markup, element, joined
from reflect.sharing.letter import letter
from reflect.sharing.look import look
from reflect.sharing.page import page
from reflect.sharing.shared import Bundle, Shared, SharedAnswer, SharedStage
from reflect.text import for_terminal
from tests.sharing.samples import (
    BELIEVABLE,
    EMPTY,
    HOSTILE,
    ITEMS,
    MENTORSHIP,
    NOVEMBER,
    RAW,
    SHARE,
    hostile,
    long,
)

VOID = ("meta", "input", "br", "link")
SOURCED = ("src", "href", "action", "data", "srcset", "style", "formaction", "ping", "background")


class Read(HTMLParser):
    """What a document holds: its elements with their attributes, its text, the parts that run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.raw: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("script", "style"):
            self.raw[self._open[-1]] = data
        else:
            self.text += data

    def all(self, attribute: str) -> list[str]:
        return [str(held[attribute]) for _, held in self.tags if attribute in held]


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Phrases]:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    folder = shipped_folder() / "core" / "sharing"
    return {one: read_phrases(folder, one, cache) for one in ("en", "de", "es")}


@pytest.fixture
def english(every: dict[str, Phrases]) -> Phrases:
    return every["en"]


def _made(shared: Shared, phrases: Phrases) -> str:
    return page(shared, phrases, share=SHARE, mentorship=MENTORSHIP).decode()


def test_it_is_the_same_each_time(english: Phrases) -> None:
    assert _made(BELIEVABLE, english) == _made(replace(BELIEVABLE), english)


@pytest.mark.parametrize("shared", [BELIEVABLE, EMPTY, long(), hostile(), hostile(0, RAW)])
def test_the_document_is_well_formed(shared: Shared, english: Phrases) -> None:
    read = Read(_made(shared, english))
    ids = read.all("id")
    assert len(set(ids)) == len(ids)
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        assert {name for value in read.all(attribute) for name in value.split()} <= set(ids)
    assert {href[1:] for href in read.all("href")} <= set(ids)
    assert len([tag for tag, _ in read.tags if tag == "h1"]) == 1


def test_headings_follow_each_other(english: Phrases) -> None:
    tags = [tag for tag, _ in Read(_made(BELIEVABLE, english)).tags]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_only_our_style_and_our_script_may_run(english: Phrases) -> None:
    read = Read(_made(hostile(), english))
    policies = [held["content"] for tag, held in read.tags if "http-equiv" in held]
    assert len(policies) == 1
    rules = dict(rule.strip().split(" ", 1) for rule in str(policies[0]).split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": _hashed(read.raw["style"]),
        "script-src": _hashed(read.raw["script"]),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert "no-referrer" in read.all("content")


def _hashed(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


@pytest.mark.parametrize("shared", [BELIEVABLE, hostile()])
def test_it_points_nowhere_and_runs_nothing_else(shared: Shared, english: Phrases) -> None:
    read = Read(_made(shared, english))
    names = Counter(name for _, held in read.tags for name in held)
    assert not [name for name in names if name.startswith("on") or ":" in name]
    assert {name for name in names if name in SOURCED} == {"href"}
    assert all(href.startswith("#") for href in read.all("href"))
    assert "url(" not in read.raw["style"]
    assert "@import" not in read.raw["style"]
    assert not re.search(r"fetch|XMLHttp|Storage|cookie|innerHTML|eval|import", read.raw["script"])


@pytest.mark.parametrize("number", range(0, len(HOSTILE), 6))
def test_hostile_texts_add_no_element(number: int, english: Phrases) -> None:
    harmless = _made(hostile(0, ("plain words",)), english)
    ours = Counter(tag for tag, _ in Read(harmless).tags)
    theirs = Counter(tag for tag, _ in Read(_made(hostile(number), english)).tags)
    assert theirs == ours


def test_all_that_is_shared_is_on_it(english: Phrases) -> None:
    text = Read(_made(BELIEVABLE, english)).text
    answers = [answer for session in BELIEVABLE.sessions for answer in session.answers]
    wanted = [said for one in answers for said in (one.question, one.answer, one.note)]
    wanted += [
        said for one in answers for reply in one.replies for said in (reply.question, reply.answer)
    ]
    wanted += [item.text for item in ITEMS] + [item.instead for item in ITEMS]
    wanted += [line.text for item in ITEMS for line in item.lines if line.kind == "progress"]
    wanted += [BELIEVABLE.agreed, "Some answers are kept private."]
    assert [one for one in wanted if for_terminal(one) not in text] == []


def test_an_item_tells_its_terms_and_what_became_of_it(english: Phrases) -> None:
    foot, goal = (one for one in ITEMS if one.id in (named("foot"), named("goal")))
    html = _made(replace(BELIEVABLE, sessions=(), items=(foot, goal)), english)
    text = Read(html).text
    assert "by Friday 27 November" in text
    assert "If that falls through: then I ask Sister Ruth to call on me first" in text
    assert "Where it stands: agreed." in text
    assert "Thursday 19 November A step: said it about the vancomycin, in the room" in text
    assert "Before, it read: Speak up more on the round." in text


def test_the_brief_comes_first(english: Phrases) -> None:
    html = _made(BELIEVABLE, english)
    first = html[: html.index('id="road"')]
    sheet = brief(BELIEVABLE, english)
    for part in sheet.parts:
        for line in part.lines:
            assert element("p", line).html[3:-4] in first


def test_a_session_goes_from_what_worked_to_what_comes_next(english: Phrases) -> None:
    mixed = replace(NOVEMBER, answers=tuple(reversed(NOVEMBER.answers)))
    html = _made(replace(BELIEVABLE, sessions=(mixed,)), english)
    parts = re.findall(r"<h4>([^<]+)</h4>", html)
    assert parts == [
        "From last time",
        "What worked",
        "What to adjust",
        "The next step",
        "Before the meeting",
    ]


def test_what_each_of_the_two_expects_has_a_heading_of_its_own(english: Phrases) -> None:
    sheet = replace(NOVEMBER, both=True)
    html = _made(replace(BELIEVABLE, sessions=(sheet,)), english)
    heads = ["From last time", "What each of us expects"]
    assert re.findall(r"<h4>([^<]+)</h4>", html) == heads
    written = letter(replace(BELIEVABLE, sessions=(sheet,)), english)
    assert re.findall("(?m)^### (.+)$", written) == heads


def test_the_newest_session_comes_first(english: Phrases) -> None:
    html = _made(BELIEVABLE, english)
    days = re.findall(r'<article id="session\d".*?<time datetime="([\d-]+)"', html, re.DOTALL)
    assert days == ["2026-11-21", "2026-10-22", "2026-09-24"]


def test_nothing_tells_of_what_is_not_there(english: Phrases) -> None:
    html = _made(replace(BELIEVABLE, some_private=False), english)
    assert "private" not in Read(html).text
    assert _made(BELIEVABLE, english).replace("<p>Some answers are kept private.</p>", "") == html


def test_a_section_without_anything_is_left_out(english: Phrases) -> None:
    ids = Read(_made(EMPTY, english)).all("id")
    assert not {"road", "promises", "questions", "goals", "others", "said"} & set(ids)
    assert {"brief", "answer", "text"} <= set(ids)


def test_every_answer_and_item_has_its_box(english: Phrases) -> None:
    read = Read(_made(BELIEVABLE, english))
    answers = [one.id for session in BELIEVABLE.sessions for one in session.answers]
    expected = Counter([*answers, *(item.id for item in ITEMS), *["whole"] * 6])
    assert Counter(read.all("data-about")) == expected
    assert _made(BELIEVABLE, english).count(' class="write whole"') == 6
    assert (SHARE in read.all("data-share"), MENTORSHIP in read.all("data-mentorship")) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        ("question", ["answer", "agenda"]),
        ("foot", ["note", "take on", "close"]),
        ("intro", ["note", "close"]),
        ("round", ["note", "thanks", "agenda"]),
        ("exam", ["note", "agree", "agenda"]),
        ("agreement-two", ["note", "agree", "agenda"]),
        ("win", ["note", "thanks", "agenda"]),
    ],
)
def test_a_box_has_the_kinds_that_fit(item: str, kinds: list[str], english: Phrases) -> None:
    html = _made(BELIEVABLE, english)
    box = html[html.index(f'data-about="{named(item)}"') :]
    assert re.findall(r'value="([a-z ]+)"', box[: box.index("</details>")]) == kinds


def test_who_shares_may_be_the_mentor(english: Phrases) -> None:
    html = _made(replace(BELIEVABLE, role="mentor"), english)
    assert "Daniel chose what stands here" in html
    assert 'data-from="Noor"' in html


def test_a_name_stays_on_its_line_in_the_reply(english: Phrases) -> None:
    html = _made(replace(BELIEVABLE, mentor="Da\n\n@ end\nniel"), english)
    assert 'data-from="Da @ end niel"' in html


def test_another_language_is_marked(every: dict[str, Phrases]) -> None:
    german = replace(BELIEVABLE, language="de")
    html = _made(german, every["de"])
    assert '<html lang="de">' in html
    assert '<p class="asked" dir="auto" lang="en">' in html
    assert "lang=" not in _made(BELIEVABLE, every["en"]).replace('<html lang="en">', "")
    forged = replace(NOVEMBER, language='x" onclick="alert(1)')
    assert 'onclick="' not in _made(replace(german, sessions=(forged,)), every["de"])


@pytest.mark.parametrize("state", ["", "on its way"])
def test_a_promise_in_a_state_unknown_here_counts_as_open(state: str, english: Phrases) -> None:
    one, other = replace(ITEMS[0], state="kept", open=False), replace(ITEMS[0], state=state)
    html = _made(replace(BELIEVABLE, items=(one, other, other)), english)
    assert "<p>1 kept, 2 open</p>" in html
    assert html.count('<rect class="is-open"') == 2


@pytest.mark.parametrize(
    ("answer", "value", "told"),
    [
        ("sure", "yes", []),
        ("not yet", "no", []),
        ("on Mondays", "week", ["(week)"]),
        ("3", "3", []),
    ],
)
def test_the_last_look_says_what_an_answer_is_kept_as_where_it_does_not_read_so(
    answer: str, value: str, told: list[str], english: Phrases
) -> None:
    session = replace(NOVEMBER, answers=(SharedAnswer(named("a"), "Q?", answer, value=value),))
    shared = replace(BELIEVABLE, sessions=(session,), items=())
    bundle = Bundle(schema_version=1, share=SHARE, mentorship=MENTORSHIP, shared=shared)
    lines = look(bundle, "Daniel", english).lines
    assert [one.strip() for one in lines if one.startswith("     (")] == told


@pytest.mark.parametrize("state", ["kept", "partly", "open", "dropped"])
def test_promises_are_said_and_drawn(state: str, english: Phrases) -> None:
    one = replace(ITEMS[0], state=state, open=state in ("open", "partly"))
    html = _made(replace(BELIEVABLE, items=(one, one, one)), english)
    words = {"kept": "3 kept", "partly": "3 in part", "open": "3 open", "dropped": "3 let go"}
    assert f"<p>{words[state]}</p>" in html
    assert html.count(f'<rect class="is-{state}"') == 3


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_no_state_of_an_item_is_without_words(language: str, every: dict[str, Phrases]) -> None:
    for kind, states in STATES.items():
        for state in states:
            one = replace(ITEMS[1], kind=kind, state=state, open=state not in CLOSED)
            assert one.text in _made(replace(BELIEVABLE, items=(one,)), every[language])
            name = f"goal-{state}" if kind == "goal" else f"page-is-{state}"
            assert name.replace(" ", "-") in every[language].texts


def test_the_way_is_drawn_within_its_edges(english: Phrases) -> None:
    html = _made(long(), english)
    drawing = html.partition('id="road-heading"')[2].partition("</svg>")[0]
    places = [float(one) for one in re.findall(r'(?:cx|x)="([\d.]+)%"', drawing)]
    assert len(places) > 20
    assert min(places) >= 0
    assert max(places) <= 100


def test_a_first_day_is_told_and_not_drawn(english: Phrases) -> None:
    stage = SharedStage("2026-11-22", "rapport")
    session = replace(NOVEMBER, day="2026-11-22")
    html = _made(replace(EMPTY, stages=(stage,), sessions=(session,)), english)
    road = html.partition('id="road"')[2].partition("</section>")[0]
    assert "Session: Feedback and guidance" in road
    assert "drawing" not in road


@pytest.mark.parametrize("kind", ["milestone", "progress", "text", "state", "due"])
def test_every_kind_of_line_is_said(kind: str, every: dict[str, Phrases]) -> None:
    for phrases in every.values():
        assert f"page-line-{kind}" in phrases.texts


# --- elements ------------------------------------------------------------------------


@given(st.text(), st.text())
def test_a_text_stays_a_text(inside: str, value: str) -> None:
    read = Read(element("p", inside, title=value).html)
    assert [tag for tag, _ in read.tags] == ["p"]
    assert read.text == for_terminal(inside)
    assert read.all("title") == [for_terminal(value)]


def test_an_element_is_written_as_it_is_meant() -> None:
    made = element("p", "a", None, element("br"), class_="x", hidden=True, id=None, lang=False)
    assert made == Markup('<p class="x" hidden>a<br></p>')
    assert joined("<", Markup("<b>")) == Markup("&lt;<b>")


def test_the_script_and_the_style_hold_no_end_of_their_element() -> None:
    folder = Path(page.__code__.co_filename).parent
    for name in ("page.js", "page.css"):
        assert "</" not in (folder / name).read_text("utf-8")
