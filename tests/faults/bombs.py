"""Packs made to burn time, memory or stack, and a child process that reads them with little of each.

    python -m tests.faults.bombs     # a table: milliseconds for each, in a child with a 256 kB stack

What such files do to the usual loaders: nesting crashes the C composer, merge keys and aliases
multiply, long numbers and times are computed before they are looked at.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from reflect.diagnostics import Diagnostic, Severity

MOST_MS = {"": 100, "translation": 100, "story": 250, "lexicon": 250, "check": 350}
"""Milliseconds of processor time of one bomb, by its kind."""

STACK, MEMORY, SECONDS = 256 * 1024, 512 * 1024 * 1024, 20
"""Bytes, bytes, and seconds of processor time of the child for all of them."""

HEAD = "reflect: 1\npack: bomb\nversion: 1\ntitle: Bomb\nlanguage: en\n"
ONE = HEAD + "worked:\n  - id: a\n    ask: One?\n"


def bombs() -> Iterator[tuple[str, bytes]]:
    """Every bomb by its name."""
    for name, data in _bombs():
        yield name, data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")


def _bombs() -> Iterator[tuple[str, str | bytes]]:
    yield from _nesting()
    yield from _yaml()
    yield from _characters()
    yield from _format()


def _nesting() -> Iterator[tuple[str, str]]:
    for number in (1_000, 20_000, 100_000):
        yield f"{number} brackets", "[" * number + "]" * number
        yield f"{number} braces", "{a: " * number + "}" * number
        yield f"{number} dashes", HEAD + "worked:\n" + "- " * number + "x"
    yield "question marks", "? " * 30_000 + "x"
    yield "keys in keys", "".join(f"{' ' * n}k:\n" for n in range(700))
    yield "brackets never closed", HEAD + "signs: " + "[" * 120_000
    yield "brackets over lines", HEAD + "signs: [\n" + "[\n" * 60_000
    yield "deep indentation", HEAD + " " * 200_000 + "worked: x"


def _yaml() -> Iterator[tuple[str, str]]:
    yield "an alias in itself", "&a [*a]"
    layers = "\n".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield "aliases, nine to the eighth", f"a: &a [x, x, x, x, x, x, x, x, x]\n{layers}\n"
    merges = "\n".join(
        f"{b}: &{b} {{<<: [{', '.join(['*' + a] * 9)}]}}"
        for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    yield "merge keys", f"a: &a {{x: y}}\n{merges}\n"
    yield "tags", HEAD + "about: !!python/object/apply:os.system [ls]\n"
    yield (
        "twenty thousand tag directives",
        "".join(f"%TAG !{n}! tag:x,2000:\n" for n in range(20_000)) + "---\na: b\n",
    )
    yield "documents", "---\na: b\n" * 20_000
    yield "sexagesimal", HEAD + "about: " + "1:" * 100_000 + "1"
    yield "an integer", HEAD + "about: " + "9" * 200_000
    yield "a float", HEAD + "about: " + ":".join(["1"] * 300) + ".5"
    yield (
        "a date",
        HEAD + "about: 2001-99-99\nsource: 2001-99-99T99:99:99Z\n" + "worked: 2001-99-99\n",
    )
    yield "a long text", HEAD + "about: " + "a" * 10_000_000
    yield "a long quoted text", HEAD + 'about: "' + "\\u0041" * 40_000 + '"'
    yield "escapes", HEAD + 'about: "' + "\\x00\\uD800\\U0010FFFF\\e" * 5_000 + '"'
    yield "quotes", HEAD + "about: " + "'" * 200_001
    yield "double quotes", HEAD + "about: " + '"' * 200_001
    yield "a quote on every line", HEAD + "about: '\n'" * 20_000
    yield "many keys", "".join(f"k{n}: 1\n" for n in range(120_000))
    yield "many equal keys", "k: 1\n" * 50_000
    yield "many flow maps", "[" + "{a: b}," * 140_000 + "]"
    yield "keys that are maps", "? {a: b}\n: c\n" * 10_000
    yield "block texts", HEAD + "about: |\n" + "  a\n" * 60_000
    yield "a folded text of blank lines", HEAD + "about: >\n" + "\n" * 250_000 + "  a"
    yield "comments", "# a\n" * 60_000
    yield "colons", HEAD + "about: " + ": " * 100_000
    yield "blanks after a text", HEAD + "about: a" + " " * 60_000 + "a: - b"
    yield "dashes and colons", HEAD + "- a: - b: " * 20_000


def _characters() -> Iterator[tuple[str, str | bytes]]:
    yield "NUL", ONE + "about: \0" * 10_000
    yield "bad UTF-8", ONE.encode() + b"\xff\xfe" * 100_000
    yield "UTF-16", ONE.encode("utf-16")
    yield "UTF-16 without a mark", ONE.encode("utf-16-le")
    yield "marks of order", "\ufeff" * 50_000
    yield "surrogates", ONE + "about: " + "\ud800" * 10_000
    yield "next lines", ONE + "\x85" * 50_000 + "\u2028" * 20_000
    yield "tabs", "\t" * 200_000
    yield "returns", "\r" * 200_000
    yield "combining marks", HEAD + "about: a" + "\u0301\u0316" * 50_000
    yield "bidi", HEAD + "about: " + "\u202e\u2066" * 20_000
    yield "joiners", HEAD + "about: " + "\U0001f468\u200d" * 20_000
    yield "smart quotes", HEAD + "about: “" * 20_000
    yield "blanks that do not break", HEAD + "\u00a0" * 100_000 + "about: a"


def _format() -> Iterator[tuple[str, str]]:
    yield (
        "questions",
        HEAD + "worked:\n" + "".join(f"  - {{id: q{n}, ask: A?}}\n" for n in range(8_000)),
    )
    yield "questions of one id", HEAD + "worked:\n" + "  - {id: q, ask: A?}\n" * 8_000
    yield "wordings", HEAD + "worked:\n  - id: a\n    ask:\n" + "      - a\n" * 25_000
    yield "an id", HEAD + "worked:\n  - id: " + "a" * 200_000
    yield "placeholders", ONE.replace("One?", "{mentor}" * 25_000)
    yield "open placeholders", ONE.replace("One?", '"' + "{" * 200_000 + '"')
    yield "a fallback", ONE.replace("One?", "'{last.a|" + "x" * 200_000 + "}'")
    yield (
        "fallbacks in fallbacks",
        ONE.replace("One?", "'" + "{last.a|" * 20_000 + "}" * 20_000 + "'"),
    )
    yield "a condition", ONE + "    when: " + "a is answered and " * 12_000 + "a is answered\n"
    yield "conditions", ONE + "    when:\n" + "      - a is vague\n" * 12_000
    yield "words in a condition", ONE + "    when: a is one of " + "b, " * 60_000 + "c\n"
    yield "musts", ONE + "    must:\n" + "      - {check: answer is vague, say: No.}\n" * 6_000
    yield "probes", ONE + "    probe:\n" + "      - {when: answer is vague, ask: What?}\n" * 6_000
    yield "options", ONE + "    options:\n" + "      - a\n" * 25_000
    yield (
        "options that differ",
        ONE + "    options:\n" + "".join(f"      - o{n}: a\n" for n in range(15_000)),
    )
    yield "stars", HEAD + "words:\n  a:\n    - " + "*" * 200_000
    yield "words", HEAD + "words:\n  a:\n" + "".join(f"    - w{n}*\n" for n in range(20_000))
    yield "unknown keys", ONE + "".join(f"    akey{n}: b\n" for n in range(15_000))
    yield "a scale", ONE + "    scale: 1 to " + "9" * 100_000
    yield (
        "stages",
        HEAD + "stages:\n" + "".join(f"  - {{id: s{n}, title: S}}\n" for n in range(8_000)),
    )
    yield (
        "groups in groups",
        HEAD + "worked:\n" + "".join(f"{'  ' * n}- one of:\n" for n in range(1, 300)),
    )
    yield (
        "renamed in a ring",
        ONE + "renamed:\n" + "".join(f"  r{n}: r{n + 1}\n" for n in range(12_000)),
    )
    yield "itself extended", ONE + "extends: bomb\n"


def most_ms(name: str) -> int:
    """Milliseconds that the bomb `name` may take, by the kind before its colon."""
    kind, colon, _ = name.partition(": ")
    return MOST_MS[kind if colon else ""]


# --- what stands beside a pack -------------------------------------------------------

STORY = "story: a\nstage: bomb\ntalk:\n  - bot: One\n"


def stories() -> Iterator[tuple[str, bytes]]:
    """Files of stories that are bombs, by their names."""
    yield "brackets", b"[" * 100_000
    yield "dashes", b"- " * 100_000 + b"x"
    yield "an alias in itself", b"&a [*a]"
    yield "lines", STORY.encode() + b"  - me: a\n" * 25_000
    yield "stories", b"- {story: a}\n" * 19_000
    yield "unknown keys", "".join(f"k{n}: 1\n" for n in range(20_000)).encode()
    yield (
        "expected",
        (STORY + "expect:\n" + "".join(f"  a{n}: b\n" for n in range(15_000))).encode(),
    )
    yield "a count", (STORY + "given:\n  sessions: " + "9" * 60_000).encode()
    yield "a day", (STORY + "given:\n  today: " + "1-" * 30_000).encode()
    yield "wrong stories", b"-\n  story: a\n  given: b\n  talk: c\n" * 1_900


def translations() -> Iterator[tuple[str, bytes]]:
    """Translations of `ONE` that are bombs, by their names."""
    head = "reflect: 1\npack: bomb\nlanguage: de\n"
    yield "braces", b"{a: " * 60_000
    yield "merge keys", (head + "<<: {<<: x}\n").encode()
    yield (
        "questions",
        (
            head + "worked:\n" + "".join(f"  - id: q{n}\n    ask: A?\n" for n in range(8_000))
        ).encode(),
    )
    yield "conditions", (head + "worked:\n" + "  - {id: a, when: a is vague}\n" * 7_000).encode()
    yield (
        "word lists",
        (head + "words:\n" + "".join(f"  w{n}: [a]\n" for n in range(15_000))).encode(),
    )
    yield "core texts", (head + "core:\n" + "".join(f"  c{n}: a\n" for n in range(15_000))).encode()
    yield "placeholders", (head + "worked:\n  - id: a\n    ask: a" + "{x}" * 20_000 + "\n").encode()
    yield "quotes", (head + "about: '" + "a'" * 100_000 + "\n").encode()


def lexicons() -> Iterator[tuple[str, bytes]]:
    """Lexicons that are bombs, by their names; a lexicon may have a megabyte."""
    head = "language: en\nlists:\n"
    yield "brackets", b"[" * 500_000
    yield "maps", b"[" + b"{a: b}," * 140_000 + b"]"
    yield "lists", (head + "".join(f"  l{n}:\n    - a\n" for n in range(50_000))).encode()
    yield "words", (head + "  a:\n" + "    - word\n" * 90_000).encode()
    yield "lists in lists", (head + "  a:\n" + "    - [a]\n" * 90_000).encode()
    yield "a word", (head + "  a:\n    - " + "w" * 900_000).encode()
    yield "combining marks", (head + "  a:\n    - w" + "\u0301\u0316" * 200_000).encode()
    yield "unknown keys", "".join(f"k{n}: 1\n" for n in range(100_000)).encode()


def child(
    *arguments: str, environ: Mapping[str, str] | None = None
) -> dict[str, tuple[float, bool]]:
    """For each bomb the milliseconds of processor time it took and whether it was refused.

    From a child with hardly any stack. What is no pack has its kind before its name; "check" is
    the whole of `reflect pack check` on a pack. `arguments` name another module, with what it
    takes, that reads bombs and tells of them in the same way.
    """

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    done = subprocess.run(
        [sys.executable, "-m", *(arguments or ("tests.faults.bombs", "--here"))],
        preexec_fn=limits,
        env=environ,
        capture_output=True,
        timeout=120,
        check=False,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    found = {name: (took, refused) for name, took, refused in rows}
    if done.returncode:
        last = list(found)[-1] if found else "the first"
        raise AssertionError(
            f"the child ended with {done.returncode} after {last}: {done.stderr[-800:]!r}"
        )
    return found


def here() -> None:
    """Read every bomb in this process; one line of JSON for each."""
    from reflect.application.authoring import check_pack
    from reflect.application.wiring import Application
    from reflect.packs.cache import Cache
    from reflect.packs.compile import PackFiles, PackText, compile_pack
    from reflect.packs.lexicon import read_lexicons
    from reflect.packs.location import YOURS, Location
    from reflect.rehearsal.story import read_stories
    from reflect.script import Vocabulary

    core = PackFiles("shipped", PackText("core.yaml", b"reflect: 1\npack: core\n"))
    vocabulary = Vocabulary({"vague": "v"})

    def compiled(files: PackFiles, language: str | None = None) -> tuple[Diagnostic, ...]:
        found = compile_pack(
            files, language=language, core=core, library=lambda _: files, vocabulary=vocabulary
        )
        assert found.script is None or not _errors(found.diagnostics)
        return found.diagnostics

    def pack(data: bytes) -> tuple[Diagnostic, ...]:
        return compiled(PackFiles("yours", PackText("pack.yaml", data)))

    def translation(data: bytes) -> tuple[Diagnostic, ...]:
        own = PackText("pack.yaml", ONE.encode())
        return compiled(PackFiles("yours", own, {"de": PackText("de.yaml", data)}), "de")

    def story(data: bytes) -> tuple[Diagnostic, ...]:
        return read_stories("story.yaml", data)[1]

    with TemporaryDirectory() as home:
        app = Application({"REFLECT_HOME": home, "REFLECT_PLUGINS": "none"})
        place = Path(home, "bomb")
        place.mkdir()

        def lexicon(data: bytes) -> tuple[Diagnostic, ...]:
            file = Path(home, "words.yaml")
            file.write_bytes(data)
            return read_lexicons([str(file)], Cache(Path(home, "nothing kept"))).diagnostics

        def check(data: bytes) -> tuple[Diagnostic, ...]:
            (place / "pack.yaml").write_bytes(data)
            return check_pack(app, Location(YOURS, str(place)))

        _tell("", pack, bombs())
        _tell("translation: ", translation, translations())
        _tell("story: ", story, stories())
        _tell("lexicon: ", lexicon, lexicons())
        _tell("check: ", check, bombs())


def _tell(
    kind: str,
    read: Callable[[bytes], tuple[Diagnostic, ...]],
    data_by_name: Iterable[tuple[str, bytes]],
) -> None:
    read(ONE.encode())  # what is imported on first use is not the bomb's fault
    for name, data in data_by_name:
        before = time.process_time()
        found = read(data)
        took = (time.process_time() - before) * 1000
        refused = bool(_errors(found)) and all(one.place.file and one.code for one in found)
        print(json.dumps([kind + name, took, refused]), flush=True)


def _errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.severity is Severity.ERROR]


if __name__ == "__main__":
    if "--here" in sys.argv:
        here()
    else:
        for bomb, (took, was_refused) in sorted(child().items(), key=lambda row: -row[1][0]):
            print(f"{took:8.1f} ms  {'refused' if was_refused else 'ACCEPTED'}  {bomb}")
