"""The machine's own Chromium, spoken to through its debugging pipe: no port, no driver, no package."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from select import select
from types import TracebackType
from typing import Any, Self

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update --hide-scrollbars"
    " --remote-debugging-pipe"
)
PATIENCE = 20.0
KEYS = {
    "Tab": ("Tab", 9, ""),
    "Enter": ("Enter", 13, "\r"),
    "Space": ("Space", 32, " "),
    "ArrowRight": ("ArrowRight", 39, ""),
}
AS_3_AND_4 = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads what it is told from its file 3 and answers in 4."""
TRAMPOLINE = (sys.executable, "-I", "-S", "-c", AS_3_AND_4)


def _pipe() -> tuple[int, int]:
    """The two ends of a pipe, numbered well above 4."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
    for end in low:
        os.close(end)
    return high[0], high[1]


class Browser:
    """One Chromium with an empty profile; messages are JSON, each ended by a zero byte."""

    def __init__(self) -> None:
        assert CHROMIUM
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        theirs, self._out = _pipe()
        self._in, ours = _pipe()
        profile = f"--user-data-dir={self._profile.name}"
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            [*TRAMPOLINE, str(theirs), str(ours), CHROMIUM, *FLAGS.split(), profile],
            pass_fds=(theirs, ours),
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
        )
        os.close(theirs)
        os.close(ours)
        self._rest = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(10)
        os.close(self._in)
        os.close(self._out)
        self._profile.cleanup()

    def call(self, method: str, session: str = "", **parameters: Any) -> Any:
        """What Chromium answers; events that come meanwhile are kept in `events`."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while True:
            found = self._next()
            if found.get("id") == self._number:
                assert "error" not in found, found
                return found["result"]
            self.events.append(found)

    def wait_for(self, method: str, session: str) -> dict[str, Any]:
        """The next event called `method` of a session, one that has come already too."""
        place = 0
        while True:
            while place == len(self.events):
                self.events.append(self._next())
            event = self.events[place]
            place += 1
            if event.get("method") == method and event.get("sessionId", "") == session:
                return event

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            assert select([self._in], [], [], PATIENCE)[0], "Chromium says nothing"
            self._rest += os.read(self._in, 1 << 20)
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


class Tab:
    """One page of a browser, and all that it said, asked for or complained about."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._target = target
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Network", "Log", "Audits"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> Any:
        return self._browser.call(method, self.session, **parameters)

    def look(self, width: int, height: int = 900, scheme: str = "light", media: str = "") -> None:
        """How the page is shown: its size, the colours, on a screen or in print."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme_feature = {"name": "prefers-color-scheme", "value": scheme}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme_feature])

    def open(self, file: Path, *, script: bool = True) -> None:
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self._browser.events.clear()
        self.call("Page.navigate", url=file.as_uri())
        self._browser.wait_for("Page.loadEventFired", self.session)

    def run(self, code: str) -> Any:
        """The value of a JavaScript expression in the page, as a person at the keyboard would have it."""
        found = self.call(
            "Runtime.evaluate",
            expression=code,
            returnByValue=True,
            awaitPromise=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press keys of the keyboard, one after the other: Tab, Enter, Space, ArrowRight."""
        for key in keys:
            code, number, text = KEYS[key]
            known = {"key": text or code, "code": code, "windowsVirtualKeyCode": number}
            self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **known)
            self.call("Input.dispatchKeyEvent", type="keyUp", **known)

    def write(self, text: str) -> None:
        """Write `text` where the cursor is."""
        self.call("Input.insertText", text=text)

    def picture(self, file: Path, *, whole: bool = True) -> None:
        data = self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        file.write_bytes(base64.b64decode(data))

    def printed(self) -> bytes:
        return base64.b64decode(self.call("Page.printToPDF")["data"])

    def saves_to(self, folder: Path) -> None:
        """Where what is saved goes."""
        self._browser.call(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(folder),
            eventsEnabled=True,
        )

    def saved(self) -> None:
        """Wait until a file is saved."""
        while True:
            event = self._browser.wait_for("Browser.downloadProgress", "")
            self._browser.events.remove(event)
            if event["params"]["state"] == "completed":
                return

    def complaints(self) -> list[dict[str, Any]]:
        """What went to the console or was reported as an issue: violations of the policy too."""
        kinds = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
        return self._of((*kinds, "Audits.issueAdded", "Page.javascriptDialogOpening"))

    def requests(self) -> list[str]:
        """The addresses that were asked for."""
        found = self._of(("Network.requestWillBeSent",))
        return [one["params"]["request"]["url"] for one in found]

    def close(self) -> None:
        self._browser.call("Target.closeTarget", targetId=self._target)

    def _of(self, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
        self.run("new Promise(done => setTimeout(done, 50))")
        mine = (one for one in self._browser.events if one.get("sessionId") == self.session)
        return [one for one in mine if one.get("method") in kinds]
