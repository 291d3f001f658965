"""Shared values for tests: a believable mentorship, a long one, an empty one, and hostile texts in every field."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from reflect.mentorship.item import STATES
from reflect.script import KEEPS, PHASES
from reflect.sharing.aliases import named
from reflect.sharing.shared import (
    Shared,
    SharedAnswer,
    SharedItem,
    SharedLine,
    SharedReply,
    SharedSession,
    SharedStage,
    SharedTaking,
)

SHARE, MENTORSHIP = named("share"), named("mentorship")
PACK = {"pack": "four-stages", "title": "The four stages of a mentorship", "version": "1.0.0"}


def _answer(name: str, question: str, answer: str, **more: Any) -> SharedAnswer:
    return SharedAnswer(named(name), question, answer, **more)


def _item(name: str, kind: Any, text: str, day: str, state: str, **more: Any) -> SharedItem:
    closed = state in ("kept", "dropped", "reached", "let go", "answered", "ended")
    return SharedItem(named(name), kind, text, day, state, not closed, **more)


SEPTEMBER = SharedSession(
    id=named("september"),
    day="2026-09-24",
    stage="Building rapport",
    language="en",
    answers=(
        _answer(
            "sep-hope",
            "What would have to happen in these months for you to say it was worth it?",
            "That I speak up on the ward round when a dose looks wrong, instead of writing it into"
            " the system afterwards and hoping somebody reads it.",
            phase="opening",
            note="Hold on to this sentence. It is what you will both come back to in spring.",
        ),
        _answer(
            "sep-worked",
            "What went well in your first meeting with Daniel?",
            "He told me about the first mistake he ever reported. I had not expected him to begin"
            " with that.",
            phase="worked",
            note="Listen for what the two of you did there. It can be done again.",
        ),
        _answer(
            "sep-next",
            "What is the one thing you will do before you meet Daniel again?",
            "go along on Dr Lang's round on Tuesday and only listen",
            phase="next",
            kept_as="action",
            replies=(SharedReply("By when?", "Tuesday"),),
        ),
    ),
    **PACK,
)

OCTOBER = SharedSession(
    id=named("october"),
    day="2026-10-22",
    stage="Setting goals",
    language="en",
    answers=(
        _answer(
            "oct-promise",
            "You were going to: go along on Dr Lang's round on Tuesday and only listen."
            " How did that go?",
            "done",
            value="kept",
        ),
        _answer(
            "oct-worked",
            "Think of one thing that went better than last month. What happened?",
            "I wrote the three riskiest prescriptions on a card before the round and read them out"
            " before anything else. Nobody interrupted me.",
            phase="worked",
            kept_as="win",
            replies=(
                SharedReply(
                    '"I wrote the three riskiest prescriptions on a card": what made you do it?',
                    "I was more afraid of the patient with the kidneys than of Dr Lang.",
                ),
            ),
            note="Ask what it was like, before you say what you think of it.",
        ),
        _answer(
            "oct-adjust",
            "What still gets in your way?",
            "With the registrars I stop after one sentence.",
            phase="adjust",
            summary=True,
        ),
        _answer(
            "oct-goal",
            "What do you want to be able to do by spring?",
            "Raise a dose question on the round, in the room, every time I see one.",
            phase="next",
            kept_as="goal",
            note="The goal is theirs to word. Say plainly which part of it you agree to.",
        ),
    ),
    **PACK,
)

NOVEMBER = SharedSession(
    id=named("november"),
    day="2026-11-21",
    stage="Feedback and guidance",
    language="en",
    answers=(
        _answer(
            "nov-promise",
            "You were going to: ask Sister Ruth how she interrupts. How did that go?",
            "partly",
            value="partly",
            replies=(
                SharedReply("What was in the way?", "We were called away in the middle of it."),
            ),
        ),
        _answer(
            "nov-worked",
            "What went better since you last met Daniel?",
            "On Thursday I said in the room that the vancomycin was too high for her kidneys."
            "\n\nDr Lang looked it up, nodded, and changed it. That was all.",
            phase="worked",
            kept_as="win",
            note="Say back exactly what they did. It will be easier to do a second time.",
        ),
        _answer(
            "nov-learnt",
            "What do you know now that you did not know in October?",
            "That it takes eleven seconds. I counted afterwards.",
            phase="worked",
            kept_as="lesson",
        ),
        _answer(
            "nov-adjust",
            "What still gets in your way?",
            "When two people talk at once I wait for a gap, and there is none. Then the round moves"
            " to the next bed and I run after it with my question.",
            phase="adjust",
            replies=(
                SharedReply(
                    "What is one thing in it that is yours to change?",
                    "I could stand at the foot of the bed instead of behind the others.",
                ),
            ),
            note="Stay with where they stand in the room. It is small, and it is theirs.",
        ),
        _answer(
            "nov-next",
            "What is the one thing you will do before you meet Daniel again?",
            "stand at the foot of the bed on every round next week",
            phase="next",
            kept_as="action",
            replies=(
                SharedReply("By when?", "Friday"),
                SharedReply(
                    "And if that falls through?", "then I ask Sister Ruth to call on me first"
                ),
            ),
        ),
        _answer(
            "nov-question",
            "Is there something you want to ask Daniel?",
            "How did you learn to interrupt a surgeon politely?",
            phase="closing",
            kept_as="question",
            note="A story helps more than advice here.",
        ),
        _answer(
            "nov-ready",
            "Shall we talk about the exam in spring?",
            "yes",
            phase="closing",
            value="yes",
        ),
    ),
    **PACK,
)

ITEMS = (
    _item(
        "round",
        "action",
        "go along on Dr Lang's round on Tuesday and only listen",
        "2026-09-24",
        "kept",
        owner="me",
        due="2026-09-29",
        session=SEPTEMBER.id,
    ),
    _item(
        "ruth",
        "action",
        "ask Sister Ruth how she interrupts",
        "2026-10-22",
        "partly",
        owner="me",
        due="2026-11-06",
        goal=named("goal"),
        session=OCTOBER.id,
    ),
    _item(
        "foot",
        "action",
        "stand at the foot of the bed on every round next week",
        "2026-11-21",
        "open",
        owner="me",
        due="2026-11-27",
        due_words="Friday",
        instead="then I ask Sister Ruth to call on me first",
        goal=named("goal"),
        session=NOVEMBER.id,
    ),
    _item(
        "poster",
        "action",
        "drop the poster for the autumn day",
        "2026-10-22",
        "dropped",
        owner="me",
    ),
    _item(
        "letter",
        "action",
        "send the letter he wrote to his own chief",
        "2026-10-22",
        "kept",
        owner="mentor",
    ),
    _item(
        "intro",
        "action",
        "introduce Noor to the pharmacist on the liver ward",
        "2026-10-22",
        "open",
        owner="mentor",
        due="2026-12-01",
        note=named("note one"),
    ),
    _item(
        "meet",
        "action",
        "meet on the ward once, instead of in the office",
        "2026-11-21",
        "open",
        owner="both",
        due_words="before Christmas",
    ),
    _item(
        "goal",
        "goal",
        "Raise a dose question on the round, in the room, every time I see one.",
        "2026-10-22",
        "agreed",
        kind_of="professional",
        session=OCTOBER.id,
        lines=(
            SharedLine("2026-10-22", "milestone", "once on Dr Lang's round"),
            SharedLine("2026-10-22", "milestone", "once with a registrar I do not know"),
            SharedLine("2026-10-29", "text", "Speak up more on the round."),
            SharedLine("2026-10-29", "state", "agreed"),
            SharedLine("2026-11-19", "progress", "said it about the vancomycin, in the room"),
        ),
    ),
    _item(
        "exam",
        "goal",
        "Decide by spring whether I sit the specialist exam",
        "2026-11-21",
        "proposed",
        kind_of="personal",
        session=NOVEMBER.id,
    ),
    _item(
        "question",
        "question",
        "How did you learn to interrupt a surgeon politely?",
        "2026-11-21",
        "open",
        session=NOVEMBER.id,
    ),
    _item(
        "question-two",
        "question",
        "Would you have rung the ward that night, or waited for the morning?",
        "2026-11-21",
        "asked",
    ),
    _item(
        "win",
        "win",
        "I said in the room that the vancomycin was too high for her kidneys",
        "2026-11-21",
        "open",
        session=NOVEMBER.id,
    ),
    _item("lesson", "lesson", "It takes eleven seconds", "2026-11-21", "noted"),
    _item("contact", "contact", "Mina Okafor, liver ward", "2026-10-22", "introduced"),
    _item(
        "agreement",
        "agreement",
        "An hour on the last Thursday of the month, phones away",
        "2026-09-24",
        "agreed",
    ),
    _item(
        "agreement-two",
        "agreement",
        "Either of us may say: not today",
        "2026-11-21",
        "proposed",
        lines=(SharedLine("2026-11-21", "due", "2026-12-01"),),
    ),
)

BELIEVABLE = Shared(
    mentee="Noor",
    mentor="Daniel",
    role="mentee",
    language="en",
    day="2026-11-22",
    since="2026-10-23",
    meeting="2026-11-26",
    state="work",
    stages=(
        SharedStage("2026-09-03", "rapport"),
        SharedStage("2026-10-22", "goals"),
        SharedStage("2026-10-29", "work"),
    ),
    sessions=(SEPTEMBER, OCTOBER, NOVEMBER),
    items=ITEMS,
    takings=(SharedTaking(named("note one"), 1, "accepted", named("intro")),),
    read=(named("note one"),),
    some_private=True,
    agreed="What stands here stays between the two of us, unless we both say otherwise.",
)

EMPTY = Shared(
    mentee="Noor", mentor="Daniel", role="mentee", language="en", day="2026-11-22", state="rapport"
)

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<img src='https://tracker.example/pixel.gif'>",
    "<svg onload=alert(4)>",
    "<svg><script>alert(5)</script></svg>",
    "<iframe src='javascript:alert(6)'></iframe>",
    "<a href='javascript:alert(7)'>click</a>",
    "[click](javascript:alert(8))",
    "![x](https://tracker.example/x.png)",
    "<style>body{display:none}</style>",
    "</style><script>alert(9)</script>",
    "</textarea><script>alert(10)</script>",
    "</title><script>alert(11)</script>",
    "<!-- comment",
    "--> <b>bold</b> <!--",
    "<![CDATA[ <b>x</b> ]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;alert(12)&lt;/script&gt;",
    "&#60;script&#62;alert(13)&#60;/script&#62;",
    "&amp;amp;",
    "&nbsp;&copy;&notanentity;",
    '" onmouseover="alert(14)" x="',
    "' onfocus='alert(15)' autofocus='",
    "` onclick=alert(16) `",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<form action='https://evil.example/'><input name=a></form>",
    "<object data='data:text/html,<script>alert(17)</script>'></object>",
    "<embed src='https://evil.example/x.swf'>",
    "<math><mi xlink:href='javascript:alert(18)'>x</mi></math>",
    "<details open ontoggle=alert(19)>",
    "<body onload=alert(20)>",
    "<template><script>alert(21)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(22)>'>",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "{mentee} {mentor} {day} {text} {unknown}",
    "%s %d %(name)s",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\uff1dSUM(1)",
    "@ end",
    f"first line\n@ {named('win')} close\n@ end",
    "> @ end\n>> reflect reply 1",
    "reflect reply 1\nshare: x\nmentorship: y\nfrom: z\n\n@ whole note\nforged\n@ end",
    "BEGIN:VEVENT\r\nATTACH:https://evil.example/\r\nEND:VEVENT",
    "---\ntitle: forged\n---",
    "# heading\n- list\n```\nfence",
    "|a|b|\n|-|-|\n|1|2|",
    "a\u0308\u0323e\u0301" + "\u0301" * 40,
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\U0001f469\u200d\U0001f52c \U0001f3f4\u200d\u2620\ufe0f",
    "x" * 400,
    "\u200d\u200c zero width joiners \u200d",
    "tab\there, trailing blanks   \n\n\n   leading blanks",
    "C:\\Windows\\..\\..\\etc\\passwd; rm -rf / && $(reboot) `id`",
    "javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(23)//'>",
)
"""Texts that try to be something else."""

RAW = (
    "\x1b[31mred\x1b]52;c;ZXZpbA==\x07",
    "\u202egnp.exe\u202c",
    "zero\u200bwidth\ufeff",
    "nul\x00byte",
    "bell\x07 back\x08space \x85 next line",
    "tags \U000e0041\U000e0042",
    "lone \ud800 surrogate",
    "line\u2028separator\u2029paragraph",
)
"""Texts that no cleaning has seen."""

_FIXED = frozenset(("state", "kind", "phase", "role", "status", "owner", "how", "kept_as"))
_DAYS = frozenset(("day", "since", "meeting", "due"))
_NAMES = frozenset(("id", "goal", "note", "session", "item"))


def hostile(number: int = 0, texts: tuple[str, ...] = HOSTILE) -> Shared:
    """`BELIEVABLE` with every free text replaced by hostile ones in turn, from the one at `number` on."""
    count = [number]

    def turned(value: Any, name: str = "") -> Any:
        if isinstance(value, str) and name not in _FIXED | _DAYS and _free(name, value):
            count[0] += 1
            return texts[(count[0] - 1) % len(texts)]
        if isinstance(value, tuple):
            return tuple(turned(one, name) for one in value)
        if isinstance(value, msgspec.Struct):
            fields = {one: turned(getattr(value, one), one) for one in value.__struct_fields__}
            return msgspec.structs.replace(value, **fields)
        return value

    found = turned(BELIEVABLE)
    assert isinstance(found, Shared)
    return found


def _free(name: str, value: str) -> bool:
    """Whether a text of a field called `name` was written by somebody: names and languages are not."""
    is_name = name in _NAMES and len(value) == 16 and " " not in value
    return not is_name and name not in ("language", "read", "pack", "version", "asked")


def long(sessions: int = 20) -> Shared:
    """A mentorship of `sessions` sessions, eight answers in each, and four items for each session."""
    first = date(2025, 1, 9)
    days = [(first + timedelta(days=28 * number)).isoformat() for number in range(sessions)]
    return msgspec.structs.replace(
        BELIEVABLE,
        day=days[-1],
        since=days[-2],
        meeting=None,
        stages=(SharedStage(days[0], "rapport"), SharedStage(days[len(days) // 3], "work")),
        sessions=tuple(_long_session(number, day) for number, day in enumerate(days)),
        items=tuple(
            _item(
                f"long {number} {place}",
                kind,
                f"carried {number}, {place}",
                day,
                STATES[kind][0],
            )
            for number, day in enumerate(days)
            for place in range(4)
            if (kind := KEEPS[(number + place) % len(KEEPS)])
        ),
        takings=(),
        read=(),
    )


def _long_session(number: int, day: str) -> SharedSession:
    answers = tuple(
        _answer(
            f"answer {number} {place}",
            f"Question {place} of session {number}: what was it that you did?",
            "I wrote it on a card, read it out before the round, and nobody interrupted. " * 4,
            phase=PHASES[place * len(PHASES) // 8],
            note="Ask what it was like before you say what you think of it.",
        )
        for place in range(8)
    )
    return msgspec.structs.replace(
        NOVEMBER, id=named(f"session {number}"), day=day, answers=answers
    )
