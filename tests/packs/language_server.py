"""The real yaml-language-server at the other end of a pipe: what an editor would show of a file."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 20.0
"""Seconds until an answer that has not come is a failure."""


class Server:
    """One running server; documents are opened under `root`."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path) -> None:
        self._process = process
        self._root = root
        self._number = 0
        self._opened = 0
        self._inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self._findings: dict[str, list[dict[str, Any]]] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def greet(self) -> None:
        """Shake hands, as an editor that can show snippets and hovers does."""
        snippets = {"completionItem": {"snippetSupport": True}}
        able = {"textDocument": {"completion": snippets}, "workspace": {"configuration": True}}
        params = {"processId": None, "rootUri": self._root.as_uri(), "capabilities": able}
        self._ask("initialize", params)
        self._tell("initialized", {})

    def open(self, file: Path, text: str | None = None) -> str:
        """Show the server a file as an editor opens it; gives its address.

        Each time it is another file beside `file`: what was said of one that was closed may
        still be on its way.
        """
        self._opened += 1
        uri = file.with_name(f"{file.stem}-{self._opened}.yaml").as_uri()
        content = file.read_text("utf-8") if text is None else text
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": content}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def close(self, uri: str) -> None:
        """Forget a file."""
        self._tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def underlined(self, file: Path, text: str | None = None) -> list[tuple[int, str]]:
        """The lines (from 1) of a file that an editor would underline, each with the message."""
        uri = self.open(file, text)
        while uri not in self._findings:
            self._take()
        self.close(uri)
        found = self._findings[uri]
        return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found]

    def offered(self, file: Path, text: str, mark: str = "‸") -> list[str]:
        """What is offered where `mark` stands in `text`."""
        uri, place = self._at(file, text, mark)
        found = self._ask("textDocument/completion", place)
        self.close(uri)
        return [one["label"] for one in found["items"]]

    def explained(self, file: Path, text: str, mark: str = "‸") -> str:
        """What hovering where `mark` stands shows."""
        uri, place = self._at(file, text, mark)
        found = self._ask("textDocument/hover", place)
        self.close(uri)
        return str(found["contents"]["value"]) if found else ""

    def _at(self, file: Path, text: str, mark: str) -> tuple[str, dict[str, Any]]:
        before, _, after = text.partition(mark)
        uri = self.open(file, before + after)
        last = before.rpartition("\n")[2]
        position = {"line": before.count("\n"), "character": len(last)}
        return uri, {"textDocument": {"uri": uri}, "position": position}

    # --- the wire ----------------------------------------------------------------------

    def _ask(self, method: str, params: Mapping[str, Any]) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            came = self._take()
            if came.get("id") == number and "method" not in came:
                assert "error" not in came, came
                return came.get("result")

    def _tell(self, method: str, params: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        """The next message; what the server asks is answered, what it finds is kept."""
        came = self._inbox.get(timeout=PATIENCE)
        if came.get("method") == "textDocument/publishDiagnostics":
            self._findings[came["params"]["uri"]] = came["params"]["diagnostics"]
        elif "method" in came and "id" in came:
            asked = came["params"].get("items", []) if isinstance(came.get("params"), dict) else []
            self._send({"id": came["id"], "result": [_settings(one) for one in asked]})
        return came

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            length = int(line.split(b":")[1])
            while stream.readline().strip():
                pass
            self._inbox.put(json.loads(stream.read(length)))


def _settings(asked: Mapping[str, Any]) -> object:
    """What an editor's settings say: nothing is fetched from anywhere."""
    if asked.get("section") != "yaml":
        return {}
    store = {"enable": False}
    return {"validate": True, "hover": True, "completion": True, "schemaStore": store}


@contextmanager
def running(modules: Path, root: Path) -> Iterator[Server]:
    """A server from the npm package in `modules`; it is gone when this ends, however it ends."""
    program = modules / "yaml-language-server" / "bin" / "yaml-language-server"
    process = subprocess.Popen(
        ["node", str(program), "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=root,
    )
    try:
        server = Server(process, root)
        server.greet()
        yield server
    finally:
        process.kill()
        process.wait(PATIENCE)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
