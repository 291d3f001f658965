"""What comes from somebody else: bundles, sealed or not, and replies in text."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from functools import cache

from proof.fuzzing.holding import Fault, coded, in_time
from proof.fuzzing.materials import good
from reflect.application import receiving, reviewing
from reflect.application.keeping_keys import identities
from reflect.application.phrasing import phrases
from reflect.application.wiring import Application
from reflect.errors import ReflectError
from reflect.settings import NO_PLUGINS
from reflect.sharing.brief import brief
from reflect.sharing.sealing import seal
from reflect.sharing.shared import Bundle
from reflect.sharing.sheet import as_text
from reflect.sharing.wire import decode, encode
from reflect.text import for_terminal

LATER = datetime.fromisoformat("2026-11-29T18:00:00+01:00")
_TEXT = b"""On Sunday you wrote:
> reflect reply 1
> share: ypkkzadcpop7mvxl
> mentorship: eipviwkjaxaejiui
> from: Daniel
>
> @ whole note
> That was a good week.
>
> @ qofdlygpalenq2lk answer #c7suhy22filbnyrk.2 by 2026-12-03 mine
> by name
> @ of 6z3edneg62qasdd2 2026-11-22
> @ qofdlygpalenq2lk take on #c7suhy22filbnyrk.1 withdrawn
> @ end
"""


@cache
def seeds() -> tuple[bytes, ...]:
    """What both of the two send, plain, sealed and in armour, and a reply in text."""
    made = good()
    sealed = [seal(data, made.keys) for data in (made.shared, made.reply)]
    return (made.shared, made.reply, *sealed, _armoured(sealed[1]), _TEXT)


def target(data: bytes) -> str:
    """Opens a file as either of the two does; one that is taken is shown, and written again."""
    came = {_opened(data, "mentee"), _opened(data, "mentor")}
    return "taken" if "taken" in came else "refused"


def _opened(data: bytes, by: str) -> str:
    app = _app(by)
    try:
        if by == "mentee":
            bundle = in_time(lambda: receiving.opened(app, data))
        else:
            bundle = in_time(lambda: reviewing.opened(data, identities(app)))
    except ReflectError as error:
        return coded(error)
    in_time(lambda: _held(bundle))
    return "taken"


def _held(bundle: Bundle) -> None:
    written = encode(bundle)
    if decode(written) != bundle:
        raise Fault("written and read again it is another one")
    if bundle.shared is not None:
        told = as_text(brief(bundle.shared, phrases(_app("mentor"), "en")), 60)
        if for_terminal(told) != told:
            raise Fault("a brief that a terminal would obey")


@cache
def _app(whose: str) -> Application:
    made = good()
    home = made.amina if whose == "mentee" else made.daniel
    environ = {"REFLECT_HOME": str(home), "REFLECT_TODAY": "2026-11-29"}
    return Application(environ, clock=lambda: LATER, plugins=NO_PLUGINS)


def _armoured(sealed: bytes) -> bytes:
    text = b64encode(sealed)
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    ends = (b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----")
    return b"\n".join((ends[0], *lines, ends[1])) + b"\n"
