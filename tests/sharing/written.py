"""What sharing writes, kept word for word beside the tests.

`python -m tests.sharing.written` writes it anew; what changed then stands in the difference. The
phrases are named and not said, so that another wording changes nothing here.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from msgspec.structs import replace

from reflect.errors import ReflectError
from reflect.packs.cache import Cache
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.shipped import shipped_folder
from reflect.script import Option, Script
from reflect.sharing import json as json_form
from reflect.sharing import markdown, recovery, sheet, side_by_side_form, text, unopened
from reflect.sharing.brief import brief
from reflect.sharing.document import (
    ItemRecord,
    Names,
    PackMark,
    SessionMark,
    Transcript,
    TurnRecord,
)
from reflect.sharing.files import put_file
from reflect.sharing.identities import read_identity
from reflect.sharing.keys import read_key
from reflect.sharing.letter import letter
from reflect.sharing.look import look
from reflect.sharing.page import page
from reflect.sharing.passphrase import Passphrase, check_length
from reflect.sharing.shared import Bundle, Shared, SharedAnswer, SharedSession, SharedStage
from reflect.sharing.side_by_side import Comparison, side_by_side
from reflect.sharing.side_by_side import Names as Both
from tests.dialogue.scripts import question, script
from tests.sharing.samples import (
    BELIEVABLE,
    EMPTY,
    ITEMS,
    MENTORSHIP,
    NOVEMBER,
    OCTOBER,
    SHARE,
    long,
)

KEPT = Path(__file__).with_name("written")
SAID_AS_IT_IS = ("weekdays", "months", "day", "day-of-year")


def named_phrases(folder: Path) -> Phrases:
    """Phrases that say their own name, and what is filled into them."""
    read = read_phrases(shipped_folder() / "core" / "sharing", "en", Cache(folder))
    return replace(read, texts={name: _named(name, said) for name, said in read.texts.items()})


def _named(name: str, said: str) -> str:
    if name in SAID_AS_IT_IS:
        return said
    filled = dict.fromkeys(re.findall(r"\{([a-z_]+)\}", said))
    inside = ", ".join(f"{one}: {{{one}}}" for one in filled)
    return f"[{name}: {inside}]" if inside else f"[{name}]"


# --- what is shared -----------------------------------------------------------------

OTHER_WAY = replace(
    BELIEVABLE,
    role="mentor",
    since=None,
    meeting=None,
    some_private=False,
    agreed="",
    read=(),
    state="start",
    stages=(SharedStage("2026-11-22", "start"),),
    items=(*ITEMS, replace(ITEMS[7], id="revised", state="revised")),
    sessions=(replace(NOVEMBER, both=True, day="2026-11-22"),),
    key="age1key",
)
ABROAD = replace(
    EMPTY,
    sessions=(replace(OCTOBER, language="de-AT"), replace(NOVEMBER, language="no language")),
)
MANY = replace(
    long(14),
    items=(),
    sessions=tuple(replace(one, answers=one.answers[:1]) for one in long(14).sessions),
)
SHARED = {
    "believable": BELIEVABLE,
    "empty": EMPTY,
    "other-way": OTHER_WAY,
}


class _Lines(HTMLParser):
    """A page, an element or a text on each line; what runs and what styles only by its name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = "".join(f" {name}={_short(name, value)!r}" for name, value in attrs)
        # As it is written: the parser reads capitals as small letters.
        written = re.split(r"[\s/>]", (self.get_starttag_text() or "<")[1:], maxsplit=1)[0]
        self.lines.append(f"{'  ' * len(self._open)}<{written}{told}>")
        if tag not in ("meta", "input", "br", "link"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1] not in ("script", "style"):
            self.lines += [f"{'  ' * len(self._open)}| {one}" for one in data.split("\n")]


def _short(name: str, value: str | None) -> str:
    return re.sub(r"'sha256-[^']+'", "HASH", value or "") if name == "content" else value or ""


def page_of(shared: Shared, phrases: Phrases) -> str:
    html = page(shared, phrases, share=SHARE, mentorship=MENTORSHIP).decode()
    return html[:16] + "\n".join(_Lines(html).lines)


def brief_of(shared: Shared, phrases: Phrases) -> str:
    made = brief(shared, phrases)
    data = json.dumps(sheet.as_data(made), indent=1, ensure_ascii=False)
    return "\n=====\n".join((sheet.as_text(made, 60), sheet.as_markdown(made), data))


def look_of(shared: Shared, phrases: Phrases) -> str:
    """A first look, and one at the file that takes its place, where an answer has gone."""
    bundle = Bundle(schema_version=1, share=SHARE, mentorship=MENTORSHIP, shared=shared)
    first = look(bundle, "Daniel", phrases, 60)
    fewer = replace(
        bundle, replaces="x" * 16, shared=replace(shared, sessions=shared.sessions[-1:])
    )
    again = look(fewer, "Daniel", phrases, 72, first.numbers)
    told = (f"{number} {name}" for one in (first, again) for number, name in one.numbers.items())
    return "\n".join((*first.lines, "=====", *again.lines, "=====", *told))


# --- two sheets beside each other -----------------------------------------------------

OPTIONS = (Option("week", "every week"), Option("month", "once a month"), Option("other", "else"))


def pack() -> Script:
    return script(
        worked=(
            question("often", kind="choice", options=OPTIONS),
            question("between", kind="several", options=OPTIONS),
            question("count", kind="number"),
            question("again", kind="date"),
        ),
        next=(question("really", kind="yesno"), question("free"), question("silent")),
    )


def _said(asked: str, answer: str, value: str = "") -> SharedAnswer:
    return SharedAnswer(f"name-{asked}", f"Q {asked}?", answer, value=value, asked=asked)


def compared(phrases: Phrases) -> Comparison:
    ours = (
        _said("often", "every week", "week"),
        _said("between", "weekly, or by the month", "week, month"),
        _said("count", "three", "3"),
        _said("again", "in May", "2026-05-01"),
        _said("really", "sure", "yes"),
        _said("free", "that nothing of it is ever told to my chief, " * 3),
    )
    theirs = (
        _said("often", "jede Woche", "week"),
        _said("between", "when it rains", "other"),
        _said("again", "on the second of May", "2026-05-02"),
        _said("really", "no", "no"),
        _said("free", "a word\nin two lines"),
    )
    found = [
        SharedSession("s", day, "p", "P", "1", "st", "en", answers, both=True)
        for day, answers in (("2026-11-21", ours), ("2026-11-23", theirs))
    ]
    return side_by_side(found[0], found[1], pack(), phrases, Both("Amina", "Daniel"))


def side_by_side_of(phrases: Phrases) -> str:
    found = compared(phrases)
    return "\n=====\n".join(
        (
            side_by_side_form.as_text(found, phrases, 72, "2026-11-24"),
            side_by_side_form.as_text(found, phrases, 40),
            side_by_side_form.as_text(found, phrases, 97),
            side_by_side_form.as_markdown(found, phrases, "2027-01-01"),
            side_by_side_form.as_text(replace(found, rows=found.of("alike")), phrases, 60),
            side_by_side_form.as_markdown(replace(found, rows=found.of("alike")), phrases),
        )
    )


# --- transcripts --------------------------------------------------------------------


def transcripts() -> list[Transcript]:
    mark = SessionMark(
        "S", "2026-11-21", "s", "Stage", PackMark("p", "1"), "en", "short", "completed"
    )
    whole = TurnRecord(
        key="a",
        phase="worked",
        question="What went well?",
        answer="I said in the room that the dose was too high.\n\nHe looked it up. " * 2,
        status="answered",
        value=None,
        share="no",
        keep="win",
        words="I said in the room",
        at="2026-11-21T18:30:00+01:00",
        due=None,
        owner="none",
        follow_up_of=None,
    )
    turns = (
        whole,
        replace(whole, key="a/?b", follow_up_of="a", question="And then?", answer="nothing"),
        replace(whole, key="c", status="declined", answer="", keep=None, words=""),
        replace(whole, key="d", keep="action", due="2026-12-01", owner="me", share="yes"),
    )
    items = (
        ItemRecord(
            "S:a", "action", "ring the ward", "2026-11-21", "2026-12-01", "", "me", "or mail"
        ),
        ItemRecord("S:b", "goal", "speak up", "2026-11-21", None, "before Christmas", "none", ""),
    )
    full = Transcript(
        schema_version=1,
        session=mark,
        mentorship=Names("Amina", "Daniel"),
        turns=turns,
        items=items,
    )
    return [full, replace(full, turns=turns[:1], items=(), session=replace(mark, state="open"))]


def exported() -> str:
    many = transcripts()
    forms = (markdown.render(many), text.render(many, 60), text.render(many))
    return "\n=====\n".join((*forms, *(json_form.render(one) for one in many)))


# --- keys, and what does not open -----------------------------------------------------

SECRET = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"


def sheets() -> str:
    """The recovery sheet of a key, with the day it was made and without."""
    dated, undated = read_identity(SECRET, "2026-11-01"), read_identity(SECRET)
    return "=====\n".join(recovery.sheet(one, "2026-11-22") for one in (dated, undated))


SHORT_RSA = b64encode(b"\0\0\0\x07ssh-rsa" + b"\0" * 100).decode()
KEYS = (
    "", "age1", "ssh-ed25519", "ssh-rsa ?", f"ssh-rsa {SHORT_RSA}", SECRET,
    "age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef\n"
    "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
)  # fmt: skip
"""What is handed over in place of a public key."""


def refusals() -> Iterator[str]:
    """Every way in which a file, a key or a line of a sheet is refused."""
    errors = [
        unopened.wrong_key(), unopened.wrong_passphrase(), unopened.damaged(), unopened.truncated(),
        unopened.not_encrypted(), unopened.unknown(), unopened.too_large(16 << 20),
        unopened.needs_passphrase(), unopened.needs_key(),
    ]  # fmt: skip
    line = "GFPY YSJZ GFPY YSJZ GFPY"
    typed = (line[:-1], line[:-1] + "!", line + " wrongword", "1. " + line + " " + "abandon")
    refused: list[Callable[[], object]] = [
        *(lambda one=one: recovery.read_line(1, one) for one in typed),
        lambda: recovery.read_sheet("two\nlines"),
        lambda: recovery.read_sheet("x" * 70_000),
        lambda: recovery.joined(["Q" * 20, "Q" * 20, "Q" * 18]),
        lambda: read_identity("AGE-SECRET-KEY-1QQQ"),
        *(lambda one=one: read_key(one) for one in KEYS),
        lambda: check_length(Passphrase("short")),
        lambda: put_file(Path("/nowhere/of/this/name/a.md"), b""),
    ]
    for ask in refused:
        try:
            ask()
        except ReflectError as error:
            errors.append(error)
    for one in errors:
        yield f"{one.code}\n  {one.message}\n  {one.hint}"


def everything(folder: Path) -> Iterator[tuple[str, str]]:
    """The name of each file and what stands in it."""
    phrases = named_phrases(folder)
    forms: dict[str, Callable[[Shared, Phrases], str]] = {
        "page": page_of,
        "brief": brief_of,
        "letter": letter,
        "look": look_of,
    }
    for name, shared in SHARED.items():
        for form, written in forms.items():
            yield f"{form}-{name}.txt", written(shared, phrases).rstrip() + "\n"
    yield "page-abroad.txt", page_of(ABROAD, phrases).rstrip() + "\n"
    yield "page-many.txt", page_of(MANY, phrases).rstrip() + "\n"
    yield "brief-long.txt", brief_of(replace(long(7), meeting="2027-01-05"), phrases)
    yield "side-by-side.txt", side_by_side_of(phrases).rstrip() + "\n"
    yield "recovery-sheet.txt", sheets()
    yield "refusals.txt", "\n".join(refusals()) + "\n"
    yield "transcripts.txt", exported().rstrip() + "\n"


if __name__ == "__main__":
    import tempfile

    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, said in everything(Path(scratch)):
            (KEPT / name).write_text(said, "utf-8")
