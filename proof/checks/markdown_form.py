"""What is exported and sent as Markdown: every foreign word stands for itself."""

from __future__ import annotations

import pytest
from tests.sharing.samples import hostile
from tests.sharing.test_exporters import OURS as EXPORTED
from tests.sharing.test_exporters import page

from proof.check import Check, Figure, Form
from proof.checks.text import DANGEROUS
from proof.payloads import documents, payloads
from proof.trials import rounds
from reflect.packs.cache import Cache
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.shipped import shipped_folder
from reflect.sharing import markdown
from reflect.sharing.document import Transcript
from reflect.sharing.letter import letter

LEAST = 900
OURS = EXPORTED | {"h3"}
"""Elements that exports and letters are made of."""


def run(form: Form) -> Figure:
    """Write each payload in each field; a parser that lets HTML through must find our markup and no other."""
    trials = 0
    failures: list[str] = []
    phrases = _phrases(form)
    for seed, _ in rounds(form):
        texts = payloads(seed, form.long)
        for text in texts:
            for field, one in documents(text):
                trials += 1
                failures += _named(wrong(one), field, text)
        for number in range(len(texts)):
            trials += 1
            found = wrong_source(letter(hostile(number, texts), phrases))
            failures += _named(found, "a letter", texts[number])
    says = f"{trials:,} documents and letters, {len(failures)} with foreign markup"
    return Figure(trials, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A form that escapes nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "for_markdown", str)
        found = [wrong(one) for text in payloads(1, False) for _, one in documents(text)]
    bad = tuple(filter(None, found))
    return Figure(len(found), bad, f"{len(bad)} found out")


def _phrases(form: Form) -> Phrases:
    return read_phrases(shipped_folder() / "core" / "sharing", "en", Cache(form.folder / "cache"))


def _named(found: str, field: str, text: str) -> list[str]:
    return [f"{field} {text[:40]!a}: {found}"] if found else []


def wrong(document: Transcript) -> str:
    """What is in the document besides words."""
    return wrong_source(markdown.render([document]))


def wrong_source(source: str) -> str:
    """What is in Markdown besides our own elements."""
    if DANGEROUS.search(source):
        return "a character that a terminal obeys"
    found = page(source)
    foreign = found.tags - OURS
    if foreign or found.attributes:
        return f"elements {sorted(foreign)}, attributes {found.attributes}"
    return ""


CHECK = Check(
    "T-MD",
    ("G14",),
    "Markdown holds our markup and no other",
    run,
    control,
    seconds=2,
)
