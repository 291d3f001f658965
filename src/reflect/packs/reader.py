"""The only place where YAML is parsed: events with caps, made into a tree of our own.

Composing or constructing untrusted YAML can crash the interpreter or burn
minutes in a few hundred bytes (nesting, aliases, merge keys), so neither is
done: parser events are read one by one, each scalar stays text, and what a pack
has no use for (tags, anchors, aliases, several documents) is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from reflect.diagnostics import Place
from reflect.packs import codes
from reflect.packs.characters import decode, forbidden, nesting, seen
from reflect.packs.edits import Way
from reflect.packs.limits import MOST_DEPTH, MOST_KEY, MOST_TEXT, PACK_BYTES, Most, most_of
from reflect.packs.report import Report, clip
from reflect.packs.scan import scan
from reflect.packs.spots import Row, Spots
from reflect.packs.tree import List, Map, Node, Spot, Text

if TYPE_CHECKING:
    from yaml.events import Event

_MOST_FINDINGS = 50


def read_tree(file: str, data: bytes, report: Report, *, limit: int = PACK_BYTES) -> Node | None:
    """The tree of the one document in `data`; `file` is shown in places.

    None when nothing could be read; then `report` holds at least one error. It may
    also hold errors beside a tree: what could be read is there to be checked.
    """
    found = decode(file, data, limit, report)
    mended = None if found is None else scan(file, found.text, report, found.way)
    if found is None or mended is None or report.settled:
        return None
    most = most_of(limit)
    if mended.text != found.text and not nesting(file, mended.text, report, most.brackets):
        return None
    return _Reader(file, report, found.way, mended.way, most).read(mended.text)


class _Stop(Exception):
    """Reading ends here; the reason is in the report."""


class _Frame:
    """A list or map that is still open; `key` is the key whose value comes next.

    It `lacks` something when what stood in it cannot be used.
    """

    __slots__ = ("items", "key", "keys", "lacks", "mapping", "start", "values")

    def __init__(self, mapping: bool, start: Any) -> None:  # noqa: ANN401 - a mark of PyYAML
        self.mapping = mapping
        self.start = start
        self.items: list[Node] = []
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Text] = {}
        self.key: Text | None = None
        self.lacks = False


class _Reader:
    """Turns the events of one document into a tree.

    The text was mended in two steps; `first` and `second` lead back to the file as it is.
    """

    def __init__(self, file: str, report: Report, first: Way, second: Way, most: Most) -> None:
        self._file = file
        self._most = most
        self._first = first
        self._second = second
        self._spots = Spots((), ())
        self._report = report
        self._findings = 0
        self._frames: list[_Frame] = []
        self._root: Node | None = None

    def read(self, text: str) -> Node | None:
        import yaml

        self._spots = Spots(text.split("\n"), (self._second, self._first))
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.SequenceStartEvent: self._open_list,
            yaml.MappingStartEvent: self._open_map,
            yaml.SequenceEndEvent: self._close,
            yaml.MappingEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        try:
            for number, event in enumerate(yaml.parse(text, Loader=loader)):
                if number > self._most.events:
                    message = f"More than {self._most.events:,} keys and texts."
                    self._stop(codes.TOO_LARGE, event, message)
                take.get(type(event), _pass_over)(event)
        except _Stop:
            return None
        except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as trouble:
            self._syntax(trouble)
            return None
        if self._root is None:
            hint = "Begin it with `reflect: 1`, or let `reflect pack new` write one."
            message = "There is nothing in this file."
            self._report.error(codes.EMPTY_FILE, Place(self._file), message, hint)
        return self._root

    def _alias(self, event: Event) -> None:
        self._error(codes.ANCHOR, event, "A text may not begin with `*` unquoted.", _QUOTE)
        frame = self._frames[-1] if self._frames else None
        if frame is None or self._awaits_key():
            raise _Stop
        self._leave_out(frame)

    def _leave_out(self, frame: _Frame) -> None:
        """What would stand here cannot be used, and is told."""
        frame.lacks = True
        if frame.key is not None:
            # The key is there and has no value, so that nobody misses it or reads it.
            frame.keys.setdefault(frame.key.value, frame.key)
            frame.key = None

    def _document(self, event: Event) -> None:
        if self._root is not None:
            message = "A line with `---` begins a second file here; a pack is one."
            self._stop(codes.SEVERAL_DOCUMENTS, event, message, "Delete this line.")

    def _refuse_extras(self, event: Any) -> None:  # noqa: ANN401 - three kinds of event
        if event.anchor is not None:
            self._error(codes.ANCHOR, event, "A text may not begin with `&` unquoted.", _QUOTE)
        if event.tag is not None:
            self._error(codes.TAG, event, "A text may not begin with `!` unquoted.", _QUOTE)

    def _scalar(self, event: Any) -> None:  # noqa: ANN401 - a ScalarEvent
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        value = event.value
        if len(value) > MOST_TEXT:
            message = f"This text has more than {MOST_TEXT:,} characters."
            self._stop(codes.TOO_LARGE, event, message, "Was it pasted here by accident?")
        if event.style == '"' and (unseen := forbidden(value)):
            message = f"The character {unseen} cannot be seen and may not stand here."
            self._error(codes.FORBIDDEN_CHARACTER, event, message)
            value = seen(value)
        if value == "<<" and self._awaits_key():
            hint = "Take this line out, and write the keys that you mean here."
            self._error(codes.MERGE_KEY, event, "`<<` cannot bring in keys from elsewhere.", hint)
        self._put(self._scalar_text(event, value))

    def _open_list(self, event: Event) -> None:
        self._open(event, False)

    def _open_map(self, event: Event) -> None:
        self._open(event, True)

    def _open(self, event: Event, mapping: bool) -> None:
        self._refuse_extras(event)
        if len(self._frames) >= MOST_DEPTH:
            message = f"More than {MOST_DEPTH} lists and groups stand inside one another here."
            self._stop(
                codes.TOO_DEEP, event, message, "Take the outer ones apart, or brackets out."
            )
        if self._awaits_key():
            message = "A list or brackets stand here where a key such as `ask:` is needed."
            self._stop(
                codes.NO_TEXT_KEY, event, message, "Write the key, then a colon and a space."
            )
        self._frames.append(_Frame(mapping, event.start_mark))

    def _close(self, _: Event) -> None:
        frame = self._frames.pop()
        line, column = frame.start.line + 1, self._column(frame.start)
        if frame.mapping:
            self._put(Map(frame.values, frame.keys, self._file, line, column))
        elif frame.lacks and not frame.items and self._frames:
            self._leave_out(self._frames[-1])
        else:
            self._put(List(tuple(frame.items), self._file, line, column))

    def _awaits_key(self) -> bool:
        return bool(self._frames) and self._frames[-1].mapping and self._frames[-1].key is None

    def _put(self, node: Node) -> None:
        """Give `node` to the list or map that is open, or make it the root."""
        if not self._frames:
            self._root = node
            return
        frame = self._frames[-1]
        if not frame.mapping:
            frame.items.append(node)
            if len(frame.items) > self._most.items:
                message = f"More than {self._most.items:,} items in one list."
                self._stop(codes.TOO_LARGE, node, message)
        elif frame.key is None and isinstance(node, Text):
            frame.key = self._key(node, frame)
        elif frame.key is not None:
            frame.values.setdefault(frame.key.value, node)
            frame.keys.setdefault(frame.key.value, frame.key)
            frame.key = None

    def _key(self, key: Text, frame: _Frame) -> Text:
        if len(key.value) > MOST_KEY:
            self._stop(codes.TOO_LARGE, key, f"This key has more than {MOST_KEY} characters.")
        if len(frame.keys) >= self._most.keys:
            message = f"More than {self._most.keys:,} keys stand here side by side."
            self._stop(codes.TOO_LARGE, key, message)
        before = frame.keys.get(key.value)
        if before is not None:
            message = f"The key `{clip(key.value)}` stands here a second time; first in line {before.line}."
            self._error(codes.REPEATED_KEY, key, message, "Keep one of the two.")
        return key

    def _text(
        self,
        event: Any,  # noqa: ANN401 - any event
        value: str,
        spots: tuple[Spot, ...] = (),
    ) -> Text:
        mark, end = event.start_mark, event.end_mark
        column = self._column(mark)
        width = self._column(end) - column if end.line == mark.line else 0
        return Text(value, self._file, mark.line + 1, column, width, spots)

    def _scalar_text(self, event: Any, value: str) -> Text:  # noqa: ANN401 - a ScalarEvent
        """The text of a scalar, with the spots of its characters."""
        mark, end = event.start_mark, event.end_mark
        size = end.column - mark.column
        if not event.style and len(value) == size and self._spots.whole(mark.line, end.line):
            line, column = mark.line + 1, mark.column + 1
            return Text(value, self._file, line, column, size, (Spot(0, line, column),))
        first, last = Row(mark.line, mark.column, end.column), Row(end.line, 0, end.column)
        return self._text(event, value, self._spots.of(value, event.style, first, last))

    def _column(self, mark: Any) -> int:  # noqa: ANN401 - a mark of PyYAML
        """The column, from 1, in the file as it is."""
        line = mark.line
        return self._first.back(line, self._second.back(line, mark.column)) + 1

    def _place(self, where: Event | Node) -> Place:
        if isinstance(where, (Text, List, Map)):
            return where.place
        mark: Any = where.start_mark
        return Place(self._file, mark.line + 1, self._column(mark))

    def _error(self, code: str, where: Event | Node, message: str, hint: str = "") -> None:
        self._report.error(code, self._place(where), message, hint)
        self._findings += 1
        if self._findings >= _MOST_FINDINGS:
            raise _Stop

    def _stop(self, code: str, where: Event | Node, message: str, hint: str = "") -> None:
        self._error(code, where, message, hint)
        raise _Stop

    def _syntax(self, trouble: Exception) -> None:
        """Say in plain words what YAML stumbled over; its own words may be about anything."""
        problem = str(getattr(trouble, "problem", "") or "")
        begun = "context_mark" if "end of stream" in problem else "problem_mark"
        mark = getattr(trouble, begun, None)
        place = Place(self._file, mark.line + 1, self._column(mark)) if mark else Place(self._file)
        message, hint = _plain_words(problem)
        self._report.error(codes.SYNTAX, place, message, hint)


def _pass_over(_: object) -> None:
    """Events that tell nothing: the beginning and end of the stream."""


_QUOTE = "Put the whole text in quotes."

_WORDS = (
    ("mapping values", "A second `: ` makes no sense here.", _QUOTE),
    (
        "expected ':'",
        "This is neither `key: value` nor a list item with a dash.",
        "Is a colon or a dash missing?",
    ),
    (
        "expected key",
        "This line does not belong where its indentation puts it.",
        "Line it up with its neighbours.",
    ),
    (
        "expected '-'",
        "This line does not belong to the list above it.",
        "Line it up with the other dashes.",
    ),
    ("block sequence", "A list item cannot stand here.", "Begin it on a line of its own."),
    ("end of stream", "A quote or a bracket is opened and never closed.", "Close it."),
    ("cannot start any token", "A text may not begin with this character unquoted.", _QUOTE),
    (
        "escape",
        "In double quotes a backslash means something of its own, and not this.",
        "Put the text in single quotes, or take the backslash out.",
    ),
    ("expected ','", "A bracket is opened and not closed, or a comma is missing.", _QUOTE),
)
"""Parts of YAML's own words, with what to say instead and what to do."""


def _plain_words(problem: str) -> tuple[str, str]:
    for part, message, hint in _WORDS:
        if part in problem:
            return message, hint
    return "From here on this is not readable as YAML.", "Compare it with a pack that works."
