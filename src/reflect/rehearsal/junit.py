"""Stories that were played, as JUnit XML: what continuous integration shows as tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reflect.rehearsal.outcome import Failure, Played, Transcript

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 has no way to write."""


def junit(pack: str, played: Sequence[Played]) -> str:
    """One `testsuite` called `pack`, a `testcase` for each story: file, line, seconds, and how it failed."""
    from xml.etree.ElementTree import Element, SubElement, tostring

    root = Element("testsuites")
    suite = SubElement(
        root,
        "testsuite",
        name=_plain(pack),
        tests=str(len(played)),
        failures=str(sum(not one.passed for one in played)),
        errors="0",
        skipped="0",
        time=_seconds(sum(one.seconds for one in played)),
    )
    for one in played:
        suite.append(_case(Element("testcase", _facts(pack, one)), one.failure))
    return tostring(root, encoding="unicode", xml_declaration=False)


def _facts(pack: str, one: Played) -> dict[str, str]:
    place = one.story.place
    return {
        "classname": _plain(pack),
        "name": _plain(one.story.name),
        "file": _plain(place.file),
        "line": str(place.line),
        "time": _seconds(one.seconds),
    }


def _case(case: Element, failure: Failure | None) -> Element:
    from xml.etree.ElementTree import SubElement

    if failure is not None:
        told = SubElement(case, "failure", message=_plain(f"expected {failure.expected}"))
        told.set("type", "story")
        told.text = _plain(f"{failure.message}\n\n{as_text(failure.transcript)}")
    return case


def as_text(transcript: Transcript) -> str:
    """A conversation, a line for each thing that was said."""
    return "\n".join(f"{line.who}: {line.text}" for line in transcript)


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)
