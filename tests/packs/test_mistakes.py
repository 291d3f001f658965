"""Every code of the catalogue has a file that earns it, and no file ends in a traceback."""

from __future__ import annotations

from typing import Any

import pytest

from reflect.diagnostics import Severity
from reflect.packs import codes as catalogue
from tests.packs.helpers import HEAD, compiled, files, pack

ONE = "worked:\n  - id: one\n    ask: Why?\n"
SCALE = "worked:\n  - id: one\n    ask: Why?\n    scale: 1 to 5\n"
BASE = files(
    "reflect: 1\npack: base\nversion: 1\ntitle: Base\nlanguage: en\nstages:\n"
    "  - id: a\n    title: A\n    worked:\n      - id: in-a\n        ask: In a?\n"
    "  - id: b\n    title: B\n    worked:\n      - id: in-b\n        ask: In b?\n"
)


def asking(*lines: str) -> str:
    """A pack with a first question and a second one that has these lines."""
    return pack(ONE + "  - id: two\n    ask: How?\n" + "".join(f"    {line}\n" for line in lines))


def extending(body: str, base: str = "base") -> str:
    """A pack on top of another."""
    return f"{HEAD}extends: {base}\n{body}"


MISTAKES: list[tuple[str, str | bytes]] = [
    ("too-many-findings", pack("worked:\n" + "  - id: A\n" * 600)),
    ("too-large", b"#" * 300_000),
    ("too-large", pack(f"title{'e' * 200}: x\n")),
    ("too-large", pack("retired:\n" + "  - a\n" * 5001)),
    ("too-large", pack(ONE + "    how: " + "x" * 70_000)),
    ("too-deep", b"[" * 100_000),
    ("too-deep", b"- " * 25_000),
    ("too-deep", b"[[[[[[[[[[[[[]]]]]]]]]]]]]"),
    ("not-utf8", HEAD.encode() + b"about: caf\xe9\n"),
    ("not-utf8", HEAD.encode("utf-16")),
    ("forbidden-character", pack("about: a\u202eb\n")),
    ("forbidden-character", pack("about: a\x00b\n")),
    ("forbidden-character", pack("about: a\u2028b\n")),
    ("forbidden-character", pack("about: a\x85b\n")),
    ("forbidden-character", pack('about: "a\\u200bb"\n')),
    ("directive", b"%TAG ! !\n---\na: b\n"),
    ("indentation", pack("worked:\n\t- id: one\n")),
    ("indentation", pack("worked:\n\u00a0\u00a0- id: one\n")),
    ("needs-quotes", pack('about: "one" and two\n')),
    ("needs-quotes", pack("about: {mentor} said so\n")),
    ("needs-quotes", pack("about: @home\n")),
    ("colon-in-text", pack("about: one thing: another\n")),
    ("cut-text", pack("about: number #1\n")),
    ("smart-quotes", pack("about: “one thing”\n")),
    ("spacing", pack("about:one thing\n")),
    ("below-text", pack("signs: one\n  - two\n")),
    ("sentence-in-brackets", pack("signs: [you are stuck, and tired]\n")),
    ("document-mark", "---\n" + pack(ONE)),
    ("yaml-syntax", pack("worked:\n  - id: one\n    ask\n")),
    ("indentation", pack("worked:\n  - id: one\n ask: Why?\n")),
    ("yaml-syntax", pack('about: "no \\q escape"\n')),
    ("needs-quotes", pack('about: "never closed\n')),
    ("empty-file", b"# nothing\n"),
    ("anchor-or-alias", b"&a [*a]\n"),
    ("anchor-or-alias", pack("about: *what\n")),
    ("tag", pack("about: !!python/object:os.system x\n")),
    ("merge-key", pack("<<: x\n")),
    ("several-documents", HEAD + "---\na: b\n"),
    ("key-is-no-text", b"? [a]\n: b\n"),
    ("repeated-key", pack("title: Again\n")),
    ("unknown-key", pack("abuot: x\n")),
    ("missing-key", b"reflect: 1\npack: a\n"),
    ("missing-key", pack("worked:\n  - id: one\n")),
    ("missing-key", asking("probe:", "  - ask: What?")),
    ("wrong-shape", b"just a text\n"),
    ("wrong-shape", pack("worked: yes\n")),
    ("wrong-shape", pack("about: [a, b]\n")),
    ("empty-text", pack("about:\n")),
    ("unknown-word", pack("for: everybody\n")),
    ("unknown-word", asking("keep: wins")),
    ("bad-id", pack("worked:\n  - id: Not An Id\n    ask: Why?\n")),
    ("reserved-id", pack("worked:\n  - id: quote\n    ask: Why?\n")),
    ("duplicate-id", pack(ONE + "adjust:\n  - id: one\n    ask: How?\n")),
    ("duplicate-id", asking("options:", "  - a: A", "  - a: B")),
    ("duplicate-id", asking("probe:", *["  - id: a", "    when: answer is low", "    ask: x?"] * 2)),
    ("retired-id", pack("retired:\n  - one\n" + ONE)),
    ("retired-id", pack("renamed:\n  one: one\n" + ONE)),
    ("unknown-format", b"reflect: 2\npack: a\nversion: 1\ntitle: A\nlanguage: en\n"),
    ("format-first", b"pack: a\nreflect: 1\nversion: 1\ntitle: A\nlanguage: en\n"),
    ("bad-word-list", pack('words:\n  busy:\n    - r*sh\n    - "*"\n')),
    ("conflicting-keys", asking("answer: line", "scale: 1 to 5")),
    ("conflicting-keys", asking("choose: several")),
    ("conflicting-keys", asking("moves to: work")),
    ("conflicting-keys", asking("answer: choice")),
    ("conflicting-keys", pack(ONE + "stages: []\n")),
    ("bad-scale", asking("scale: one to five")),
    ("bad-scale", asking("scale: 5 to 1")),
    ("bad-scale", asking("scale: 1 to 5", "labels: [a, b, c]")),
    ("bad-scale", asking("options:", "  - a: A")),
    ("bad-group", pack("worked:\n  - id: g\n    one of:\n      - id: a\n        ask: A?\n")),
    ("bad-group", pack("worked:\n  - id: g\n    again: x\n    repeat: up to 10\n    questions: []\n")),
    ("bare-id", pack("worked:\n  - one\n")),
    ("too-many-questions", pack("worked:\n" + "".join(f"  - id: q{n}\n" for n in range(201)))),
    ("no-questions", HEAD),
    ("no-questions", pack("stages:\n  - id: a\n    title: A\n")),
    ("unknown-name", asking("when: onne is answered")),
    ("unknown-name", asking("when: journey has at least 2 gaols")),
    ("unknown-name", pack("renamed:\n  old: onne\n" + ONE)),
    ("read-too-early", asking("when: two is answered")),
    ("read-too-early", asking("how: Like {two|that}")),
    ("unreadable-condition", asking("when: one was answered")),
    ("unreadable-condition", asking("when: one is answered and")),
    ("unreadable-condition", asking("when: one mentions bad luck")),
    ("unreadable-condition", asking('when: "' + "”“" * 2000 + '"')),
    ("and-with-or", asking("when: one is low and one is vague or one is glad")),
    ("wrong-kind", asking("when: one is at least 3")),
    ("wrong-kind", asking("when: one includes a")),
    ("wrong-kind", asking("when: one is one of a, b")),
    ("wrong-kind", pack(SCALE + "  - id: two\n    ask: x\n    when: one is vague\n")),
    ("wrong-kind", pack(SCALE + "  - id: two\n    ask: x\n    when: one mentions busy\n")),
    ("unknown-option", asking("options: [a, b]", "probe:", "  - when: answer is c", "    ask: x")),
    ("unknown-cue", asking("when: one is vauge")),
    ("unknown-list", asking("when: one mentions bussy")),
    ("out-of-range", pack(SCALE + "  - id: two\n    ask: x\n    when: one is at least 7\n")),
    ("out-of-range", asking("when: one is shorter than many words")),
    ("answer-out-of-place", asking("when: answer is vague")),
    ("must-reads-others", asking("must:", "  - check: one is vague", "    say: x")),
    ("unknown-placeholder", asking("how: Ask {mentro}")),
    ("bad-placeholder", asking("how: Ask {mentor")),
    ("bad-placeholder", asking("how: Ask {}")),
    ("bad-placeholder", asking("how: Ask {one|or {mentor}}")),
    ("placeholder-out-of-place", asking("how: You said {quote}")),
    ("missing-fallback", asking("how: You said {one}")),
    ("missing-fallback", asking("how: You said {quote of one}")),
    ("missing-fallback", asking("how: You said {last.two}")),
    ("unknown-base", extending("", "nowhere")),
    ("base-cycle", extending("", "trial")),
    ("stage-needed", extending("worked:\n  - id: new\n    ask: New?\n")),
    ("wrong-phase", extending("adjust:\n  - id: in-a\n    ask: New?\n")),
    ("unknown-core-text", pack("core:\n  helo: Hi\n" + ONE)),
    ("unknown-core-text", pack("core:\n  promise:\n    options:\n      - keppt: Yes\n" + ONE)),
    ("unknown-placeholder", pack("core:\n  due: By {when}?\n" + ONE)),
    ("share-too-open", asking("when: one is low", "share: yes").replace("Why?", "Why?\n    share: no")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text"), MISTAKES, ids=[f"{n}-{m[0]}" for n, m in enumerate(MISTAKES)]
)
def test_a_mistake_is_told_by_its_code(code: str, text: str | bytes) -> None:
    result = compiled(text, bases={"base": BASE, "trial": files(text)})
    found = [diagnostic for diagnostic in result.diagnostics if diagnostic.code == code]
    assert found, [str(diagnostic) for diagnostic in result.diagnostics]
    assert found[0].message
    if found[0].severity is Severity.ERROR:
        assert result.script is None


def test_every_code_is_explained() -> None:
    names: dict[str, Any] = vars(catalogue)
    known = {value for name, value in names.items() if name.isupper() and isinstance(value, str)}
    assert known == set(catalogue.EXPLAINED)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (pack("about: a\u202eb\n"), "pack.yaml:6:9"),
        (HEAD.encode() + b"about: caf\xe9\n", "pack.yaml:6:11"),
        (pack("about: one thing: another\n"), "pack.yaml:6:17"),
        (asking("when: onne is answered"), "pack.yaml:11:11"),
        (asking("keep: wins"), "pack.yaml:11:11"),
        (asking("kepe: win"), "pack.yaml:11:5"),
        (pack("worked:\n  - id: one\n"), "pack.yaml:7:5"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str | bytes, place: str) -> None:
    assert place in [str(found.place) for found in compiled(text).diagnostics]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (pack("abuot: x\n" + ONE), "about"),
        (asking("keep: wins"), "win"),
        (asking("when: onne is answered"), "one"),
        (asking("when: one is vauge"), "vague"),
        (asking("how: Ask {mentro}"), "mentor"),
        (
            pack(
                "words:\n  busy: [a]\n"
                + ONE
                + "  - id: b\n    ask: x\n    when: one mentions bussy\n"
            ),
            "busy",
        ),
        (pack("core:\n  helo: Hi\n" + ONE), "hello"),
    ],
)
def test_a_misspelt_name_is_guessed(text: str, meant: str) -> None:
    hints = [found.hint for found in compiled(text).diagnostics]
    assert f"Did you mean `{meant}`?" in hints


def test_a_long_key_is_clipped_in_the_message() -> None:
    result = compiled(pack("a" * 120 + ": x\n" + ONE))
    assert max(len(found.message) for found in result.diagnostics) < 120
