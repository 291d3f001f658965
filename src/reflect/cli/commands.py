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

PACK_COMMANDS: Mapping[str, str] = {
    "list": "pack_list",
    "new": "pack_new",
    "check": "pack_check",
    "try": "pack_try",
    "test": "pack_test",
    "walk": "pack_walk",
    "show": "pack_show",
    "graph": "pack_graph",
    "diff": "pack_diff",
    "translate": "pack_translate",
    "inspect": "pack_inspect",
    "add": "pack_add",
    "update": "pack_update",
    "remove": "pack_remove",
    "codes": "pack_codes",
    "schema": "pack_schema",
}
PLUGIN_COMMANDS: Mapping[str, str] = {
    "list": "plugins_list",
    "info": "plugins_info",
    "enable": "plugins_enable",
    "disable": "plugins_disable",
    "new": "plugins_new",
    "doctor": "plugins_doctor",
}
SCHEMA_COMMANDS: Mapping[str, str] = {"transcript": "schema_transcript"}
