"""The page of the documentation that explains every diagnostic, made of the same files as everything else.

`python -m reflect.application.diagnostics_page > docs/diagnostics.md` writes it anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from reflect.application.explaining import by_group
from reflect.packs.annotate import failing, mended
from reflect.packs.explain import Explained

_HEAD = """\
# Everything that a check can find

`reflect pack check` looks at a pack and tells everything that it finds at once, each finding with its
place, a code and what to write instead. This page explains every code with a small pack that earns it and the
same pack mended. The terminal shows the same:

```console
$ reflect pack codes
$ reflect pack codes unknown-name
```

An **error** keeps a pack from being used; a **warning** tells what could be better. In the examples
⟨tab⟩, ⟨U+202E⟩ and the like stand for what could not be seen on a page, and ⟨2500 × a sentence⟩ for what
would be too long for one.

This page is generated from `src/reflect/packs/explained/`; change it there.
"""


def page() -> str:
    """The page, in Markdown."""
    return "\n".join((_HEAD, *_sections()))


def _sections() -> Iterator[str]:
    for group, found in by_group():
        yield f"## {group[0].upper()}{group[1:]}\n"
        for one in found:
            yield from _section(one)


def _section(one: Explained) -> Iterator[str]:
    yield f"### {one.code}\n"
    yield f"*{one.severity.capitalize()}.* {one.line}\n"
    yield f"{one.explained}\n"
    if one.told_by != "check":
        yield f"`reflect pack {one.told_by}` tells this.\n"
    yield from _block(failing(one))
    yield "Mended:\n"
    yield from _block(mended(one))


def _block(lines: list[str]) -> Iterator[str]:
    yield "```text"
    yield from lines
    yield "```\n"


if __name__ == "__main__":
    sys.stdout.write(page())
