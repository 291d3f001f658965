"""What happened, in the past tense: the only truth that is stored.

Every stream of events belongs to one mentorship. The events of a session fold
into a dialogue (`reflect.dialogue`), those of a journey into what carries on
between sessions (`reflect.mentorship`). Times are ISO 8601 with the offset of the
place where they happened; order is by position in the stream, never by time.

No repr shows what a mentee wrote, so an event may stand in an error or a log.
"""

from typing import Literal, NamedTuple

import msgspec

from reflect.script import Keep, Kind, Length, Lifecycle, Option, Role, Share, Signal

# Annotations are values here, not strings: a decoder would compile each of them when it is made.

Status = Literal["answered", "skipped", "declined", "removed"]
Answer = bool | int | float | str | tuple[str, ...] | None
"""What an answer means: yes/no, a number, an ISO date, an option's id, several ids, or None for text."""


class Span(NamedTuple):
    """Characters `start` up to, not including, `end` of a text."""

    start: int
    end: int


class Ref(NamedTuple):
    """A place in an earlier answer: event number `seq` of `session` ("" is this session).

    `start` and `end` are characters of the text of that event, or of the answer, a
    line break and the reply when the event is a reply to a probe; `start` -1
    stands for the whole answer as it is shown (the label of an option).
    """

    session: str
    seq: int
    start: int = -1
    end: int = -1


Heard = dict[int, tuple[Span, ...] | None]
"""Signals that were listened for, by number: None was not heard; else where, maybe nowhere in particular."""


class Private(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of values that hold a mentee's words: the repr names the type and nothing else."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __rich_repr__(self) -> list[tuple[str, object]]:
        return []


class Parts(Private, frozen=True, omit_defaults=True):
    """What else was heard in a text.

    `quote` is a short phrase worth saying back; `what` the thing to be done;
    `due` the resolved ISO date with the words in `due_words` (words without a date:
    an event such as "the next ward round"); `owner` is me, mentor, both, other, none
    (nobody named, so the speaker) or unclear ("someone", "we"); `letters`
    the letters of SMART that were heard, of "smt"; `kind_of` what a goal is for, empty
    when the text does not tell. `mood` is how the writer sounds, empty
    when unsure. `weight` says what the text can bear: `thin` names nothing, `empty` is no
    answer ("don't know"), `none` tells why there will be no step, `grave` speaks of death,
    illness or what was done to others, `danger` of the writer's own life, of violence against
    them or by them; only a text of no special weight is held up. `cut` says that the
    quote breaks off within its clause. `serves` is the item of the goal that the text names.
    """

    quote: Span | None = None
    what: Span | None = None
    due: str | None = None
    due_words: Span | None = None
    owner: str = "none"
    letters: str = ""
    mood: Literal["", "low", "glad"] = ""
    kind_of: Literal["", "personal", "professional"] = ""
    weight: Literal["", "thin", "empty", "none", "grave", "danger"] = ""
    cut: bool = False
    serves: str = ""


# --- one session -------------------------------------------------------------------


class Promise(msgspec.Struct, frozen=True, omit_defaults=True):
    """An open action that this session asks about; `text` refers to the mentee's own words.

    `not_yet` counts the checks in a row, up to now, that heard "not yet".
    """

    item: str
    text: Ref
    due: str | None = None
    made: str = ""
    share: Share = "yes"
    not_yet: int = 0


class GoalRef(msgspec.Struct, frozen=True, omit_defaults=True):
    """An open goal that a session may serve; `text` refers to the mentee's own words."""

    item: str
    text: Ref
    state: str = "draft"


class NoteRef(msgspec.Struct, frozen=True, omit_defaults=True):
    """A note that a session opens with; `text` refers to the words of whoever wrote it.

    `about` says whether it is about words of the mentee's; `beside` refers to them, None when
    they are no longer there, and `share` is who may see them. `proposes` says that it waits for a yes or a no.
    """

    note: str
    revision: int
    text: Ref
    about: bool = False
    beside: Ref | None = None
    proposes: bool = False
    share: Share = "yes"


class LastAnswer(Private, frozen=True, omit_defaults=True):
    """What conditions and texts may read of the answer given last time to one question."""

    ref: Ref
    status: Status = "answered"
    value: Answer = None
    heard: Heard = {}
    quote: Span | None = None
    share: Share = "yes"


class Tally(msgspec.Struct, frozen=True, omit_defaults=True):
    """The journey in numbers when a session starts: ended sessions, days since the last, open items by kind."""

    sessions: int = 0
    days: int | None = None
    items: dict[str, int] = {}


class Whereabouts(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the mentorship is when a session starts, as far as moving on depends on it.

    `state` is the lifecycle state; `sessions` ended and `kept` promises since it was entered,
    `reached` goals in all. `asked` is the ISO date on which the engine last offered to move.
    """

    state: Lifecycle
    sessions: int = 0
    kept: int = 0
    reached: int = 0
    asked: str | None = None


class SessionStarted(Private, frozen=True, omit_defaults=True, tag="session started"):
    """Everything that a session reads from outside, read once.

    `digest` names the stored script. `wordings` gives, by text id, the wording to
    begin with; `picks` the chosen member of each `one of`; `waiting` how many more
    promises are open than are asked about. `goals` are those it may serve. `faded` are the ids of
    texts whose line on how to answer is known by now. `notes` are what the person opposite wrote
    since. `at` is local time with its offset.
    """

    mentorship: str
    digest: str
    pack: str
    stage: str
    language: str
    length: Length
    at: str
    mentee: str = ""
    mentor: str = ""
    role: Role = "mentee"
    wordings: dict[str, int] = {}
    picks: dict[str, str] = {}
    promises: tuple[Promise, ...] = ()
    waiting: int = 0
    last: dict[str, LastAnswer] = {}
    journey: Tally = Tally()
    goals: tuple[GoalRef, ...] = ()
    faded: tuple[str, ...] = ()
    whereabouts: Whereabouts | None = None
    notes: tuple[NoteRef, ...] = ()


class Answered(Private, frozen=True, omit_defaults=True, tag="answered"):
    """A slot was settled: answered, skipped, declined, or a round taken back.

    `wording` and `fills` say how the question read when it was answered.
    """

    key: str
    at: str
    status: Status = "answered"
    text: str = ""
    value: Answer = None
    heard: Heard = {}
    parts: Parts = Parts()
    wording: int = 0
    fills: dict[str, Ref] = {}


class Reopened(msgspec.Struct, frozen=True, tag="reopened"):
    """The answer at `key` became a draft: it is shown again to be kept or changed."""

    key: str


class Kept(msgspec.Struct, frozen=True, tag="kept"):
    """The draft at `key` stands as it was; its text is not written a second time."""

    key: str


class SessionFinished(msgspec.Struct, frozen=True, tag="session finished"):
    """The session ended: completed at its summary, or abandoned before."""

    at: str
    how: Literal["completed", "abandoned"] = "completed"


SessionEvent = SessionStarted | Answered | Reopened | Kept | SessionFinished


# --- the journey -------------------------------------------------------------------


class MentorshipBegan(Private, frozen=True, omit_defaults=True, tag="mentorship began"):
    """A mentee and a mentor, by the names they want to be called; `role` is whose record this is."""

    at: str
    mentee: str
    mentor: str
    language: str = "en"
    role: Role = "mentee"


Mode = Literal["", "in person", "by video", "by phone"]
"""How two people meet; "" where nobody said."""


class MentorshipChanged(Private, frozen=True, omit_defaults=True, tag="mentorship changed"):
    """A setting was changed; None leaves it as it was.

    `check_in` is when the two meet next, an ISO date, with a local time ("2026-12-03T15:00") where one
    was named; "" says that no meeting is set; `reason` is why it was moved, in the mentee's words; `mode` is
    how they meet: in person, by video or by phone. `label` is what the mentorship is called among others,
    "" that it goes by the name of the person opposite. `agenda` are the parts of an agenda that come first.
    """

    at: str
    mentee: str | None = None
    mentor: str | None = None
    language: str | None = None
    check_in: str | None = None
    label: str | None = None
    reason: str = ""
    mode: Mode | None = None
    agenda: tuple[str, ...] | None = None


class StageMoved(Private, frozen=True, omit_defaults=True, tag="stage moved"):
    """The mentorship moved to a lifecycle state: by hand with the mentee's reason, or by an answer of `session`."""

    at: str
    state: Lifecycle
    reason: str = ""
    session: str = ""


class ItemNoted(Private, frozen=True, omit_defaults=True, tag="item noted"):
    """Outside a session, the mentee noted an item called `item`, of which `parts` were heard in `text`."""

    at: str
    item: str
    kind: Keep
    text: str
    parts: Parts = Parts()
    share: Share = "yes"


class ItemChanged(Private, frozen=True, omit_defaults=True, tag="item changed"):
    """Outside a session, `field` of an item got a new value; `reason` is why, in the mentee's words.

    `because` says why in a word, where one was chosen: circumstances or opportunity.
    `milestone` and `progress` of a goal are lines that are added; every other field is replaced.
    """

    at: str
    item: str
    field: str
    value: str
    reason: str = ""
    because: str = ""


class MeetingHeld(Private, frozen=True, omit_defaults=True, tag="meeting held"):
    """The two met on `day`, an ISO date."""

    at: str
    day: str
    note: str = ""


class Undone(msgspec.Struct, frozen=True, tag="undone"):
    """The event at position `seq` of this journey was taken back; so can this one be."""

    at: str
    seq: int


class ShareChanged(Private, frozen=True, omit_defaults=True, tag="share changed"):
    """After its session, the mentee decided anew who may read an answer; `words` is a summary in their own."""

    at: str
    session: str
    key: str
    share: Share
    words: str = ""


class SharingBegan(Private, frozen=True, omit_defaults=True, tag="sharing began"):
    """The mentee agreed to how shared words are treated; `secret` is what names in shared files are made with.

    Sixteen random bytes as hexadecimal digits; they never leave the home.
    """

    at: str
    secret: str


class BundleShared(Private, frozen=True, omit_defaults=True, tag="bundle shared"):
    """A file with `sessions` and `items` was made for `to`; `form` is bundle, html or markdown.

    `share` is the id that the file carries, `replaces` that of an earlier one it takes the place of.
    `answers` is how many answers are in it.
    """

    at: str
    share: str
    to: str
    form: str
    sessions: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    replaces: str = ""
    answers: int = 0


NoteKind = Literal[
    "note",
    "answer",
    "thanks",
    "story",
    "agenda",
    "action",
    "take on",
    "close",
    "goal",
    "term",
    "agree",
]
"""What a note does: says something, answers a question, thanks, tells a story of one's own (what went wrong
in it, too), puts a point on the agenda, proposes an action, takes an action on, says that one is done, proposes a goal or a term, agrees to one."""


class Note(Private, frozen=True, omit_defaults=True):
    """Revision `revision` of what the mentor wrote, the words foreign to whoever receives them.

    `about` is the name of an answer or item as the shared file `share` has it, "" for the whole. `due` is an ISO
    date, `due_words` how it was said; `owner` of a proposed action is me (the mentor), mentee or both.
    `day` is the local ISO date on which it was written. A withdrawn note keeps its id and no words.
    """

    id: str
    kind: NoteKind
    share: str
    day: str
    revision: int = 1
    about: str = ""
    text: str = ""
    due: str | None = None
    due_words: str = ""
    owner: Literal["me", "mentee", "both"] = "mentee"
    withdrawn: bool = False


class NotesReceived(Private, frozen=True, omit_defaults=True, tag="notes received"):
    """What a reply brought that was not here yet; `by` is the mentor's name, `day` when the reply was made."""

    at: str
    by: str
    day: str
    notes: tuple[Note, ...]


class NoteSettled(msgspec.Struct, frozen=True, omit_defaults=True, tag="note settled"):
    """The mentee took what a note proposes, or not; `item` is what became of it, "" when nothing did."""

    at: str
    note: str
    revision: int
    how: Literal["accepted", "declined"]
    item: str = ""


class AnswerForgotten(msgspec.Struct, frozen=True, tag="answer forgotten"):
    """The text, value and signals of one answer were erased."""

    at: str
    session: str
    key: str


class SessionForgotten(msgspec.Struct, frozen=True, tag="session forgotten"):
    """A whole session was erased; it stays forgotten when homes are merged."""

    at: str
    session: str


JourneyEvent = (
    MentorshipBegan
    | MentorshipChanged
    | StageMoved
    | ItemNoted
    | ItemChanged
    | MeetingHeld
    | Undone
    | ShareChanged
    | SharingBegan
    | BundleShared
    | NotesReceived
    | NoteSettled
    | AnswerForgotten
    | SessionForgotten
)

# --- the mentor's side -------------------------------------------------------------


class BundleOpened(Private, frozen=True, omit_defaults=True, tag="bundle opened"):
    """A shared file was opened and filed; `bundle` is its content as the published schema has it, in JSON."""

    at: str
    share: str
    bundle: str


class BundleRead(msgspec.Struct, frozen=True, omit_defaults=True, tag="bundle read"):
    """The mentor has looked at a shared file."""

    at: str
    share: str


class NoteWritten(Private, frozen=True, omit_defaults=True, tag="note written"):
    """The mentor wrote a note, or a new revision of one, or withdrew it."""

    at: str
    note: Note


class ReplyMade(msgspec.Struct, frozen=True, omit_defaults=True, tag="reply made"):
    """A reply with these notes was made, each as (id, revision)."""

    at: str
    reply: str
    notes: tuple[tuple[str, int], ...] = ()


ReviewEvent = BundleOpened | BundleRead | NoteWritten | ReplyMade

Event = SessionEvent | JourneyEvent | ReviewEvent


# --- between listening and the engine ----------------------------------------------


class Listen(msgspec.Struct, frozen=True):
    """Signal number `number` of the script, to be heard in the next answer; `other` is the text it is compared with."""

    number: int
    signal: Signal
    other: str = ""


AskedAbout = Literal["", "worked", "adjust", "next", "feedback"]
"""What an answer is about, as far as it changes how it is heard."""


class Expectation(Private, frozen=True, omit_defaults=True):
    """What kind of answer a turn expects and what to listen for in it: all that the Ear needs to know of a turn.

    `kind` is a question's, or `due` (a date, or words that name an occasion) or `owner`
    (who will do it). `wants` says which parts to hear in a text (`mood` in a choice too). `before` is the answer that
    this reply adds to: both are heard together, joined by a line break, and spans
    count from its beginning. `check` names the plug-in's kind of answer that the text has to be.
    `meeting` is the ISO date of the next meeting, "" when none is set: what "before we meet" means;
    `other` is the name of the person opposite, for "before I meet Daniel". `goals` are those that the
    text may name, each with its item and its words. `phase` is what is asked about; "" where that is
    none of these four.
    """

    kind: Kind | Literal["due", "owner"] = "text"
    options: tuple[Option, ...] = ()
    low: int = 1
    high: int = 5
    wants: Literal["", "action", "goal", "mood"] = ""
    before: str = ""
    listen: tuple[Listen, ...] = ()
    check: str = ""
    meeting: str = ""
    other: str = ""
    goals: tuple[Option, ...] = ()
    phase: AskedAbout = ""


class Said(Private, frozen=True, omit_defaults=True):
    """What the Ear heard in one line that was typed: text, its value, and the signals listened for.

    `problem` names the core sentence to say when the text is no answer to this
    kind of question ("not-a-number"); `complaint` says it in words, for a plug-in's kind.
    """

    text: str = ""
    value: Answer = None
    heard: Heard = {}
    parts: Parts = Parts()
    problem: str = ""
    complaint: str = ""


class Refused(Private, frozen=True):
    """The engine's no: the question stays, `text` is shown. Never stored."""

    code: str
    text: str
