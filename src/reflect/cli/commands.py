"""The table of commands: names as they are typed, and the modules of this room that hold them."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "resume": "resume",
    "history": "history",
    "show": "show",
    "search": "search",
    "export": "export",
    "abandon": "abandon",
    "delete": "delete",
    "settings": "settings",
    "pack": "pack",
    "plugins": "plugins",
    "demo": "demo",
    "where": "where",
    "doctor": "doctor",
    "backup": "backup",
    "restore": "restore",
    "schema": "schema",
    "completion": "completion",
}

PACK_COMMANDS: Mapping[str, str] = {"list": "pack_list", "check": "pack_check"}
PLUGIN_COMMANDS: Mapping[str, str] = {"allow": "plugins_allow", "forbid": "plugins_forbid"}
SCHEMA_COMMANDS: Mapping[str, str] = {"transcript": "schema_transcript"}
