"""The table of commands: names as they are typed, and the modules of this room that hold them."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "resume": "resume",
    "history": "history",
    "show": "show",
    "search": "search",
    "export": "export",
    "share": "share",
    "shared": "shared",
    "abandon": "abandon",
    "delete": "delete",
    "settings": "settings",
    "mentorship": "mentorship",
    "meeting": "meeting",
    "suggest": "suggest",
    "next": "next",
    "prepare": "prepare",
    "debrief": "debrief",
    "conclude": "conclude",
    "archive": "archive",
    "journey": "journey",
    "actions": "actions",
    "goals": "goals",
    "wins": "wins",
    "questions": "questions",
    "feedback": "feedback",
    "lessons": "lessons",
    "contacts": "contacts",
    "agreements": "agreements",
    "compare-expectations": "compare_expectations",
    "receive": "receive",
    "notes": "notes",
    "stage": "stage",
    "undo": "undo",
    "pack": "pack",
    "plugins": "plugins",
    "about": "about",
    "demo": "demo",
    "where": "where",
    "doctor": "doctor",
    "hear": "hear",
    "lock": "lock",
    "unlock": "unlock",
    "backup": "backup",
    "restore": "restore",
    "key": "key",
    "review": "review",
    "schema": "schema",
    "completion": "completion",
}

MENTORSHIP_COMMANDS: Mapping[str, str] = {
    "list": "mentorship_list",
    "new": "mentorship_new",
    "use": "mentorship_use",
    "rename": "mentorship_rename",
}
ACTION_COMMANDS: Mapping[str, str] = {
    "add": "actions_add",
    "done": "actions_done",
    "later": "actions_later",
    "drop": "actions_drop",
    "edit": "actions_edit",
    "move": "actions_move",
}
GOAL_COMMANDS: Mapping[str, str] = {
    "add": "goals_add",
    "show": "goals_show",
    "edit": "goals_edit",
    "propose": "goals_propose",
    "agree": "goals_agree",
    "reached": "goals_reached",
    "let-go": "goals_let_go",
    "milestone": "goals_milestone",
    "progress": "goals_progress",
    "plan": "goals_plan",
}
WIN_COMMANDS: Mapping[str, str] = {"add": "wins_add"}
LESSON_COMMANDS: Mapping[str, str] = {"add": "lessons_add", "edit": "lessons_edit"}
FEEDBACK_COMMANDS: Mapping[str, str] = {"add": "feedback_add", "edit": "feedback_edit"}
CONTACT_COMMANDS: Mapping[str, str] = {
    "add": "contacts_add",
    "edit": "contacts_edit",
    "asked": "contacts_asked",
    "introduced": "contacts_introduced",
    "followed-up": "contacts_followed_up",
    "thanked": "contacts_thanked",
}
AGREEMENT_COMMANDS: Mapping[str, str] = {
    "add": "agreements_add",
    "agree": "agreements_agree",
    "end": "agreements_end",
    "edit": "agreements_edit",
    "talked": "agreements_talked",
}
QUESTION_COMMANDS: Mapping[str, str] = {
    "add": "questions_add",
    "asked": "questions_asked",
    "answered": "questions_answered",
}
NOTE_COMMANDS: Mapping[str, str] = {"accept": "notes_accept", "decline": "notes_decline"}
JOURNEY_COMMANDS: Mapping[str, str] = {"rebuild": "journey_rebuild"}
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
KEY_COMMANDS: Mapping[str, str] = {
    "show": "key_show",
    "new": "key_new",
    "add": "key_add",
    "list": "key_list",
    "remove": "key_remove",
    "sheet": "key_sheet",
    "restore": "key_restore",
}
REVIEW_COMMANDS: Mapping[str, str] = {
    "open": "review_open",
    "list": "review_list",
    "show": "review_show",
    "compare": "review_compare",
    "search": "review_search",
    "owed": "review_owed",
    "note": "review_note",
    "answer": "review_answer",
    "close": "review_close",
    "take": "review_take",
    "agree": "review_agree",
    "propose": "review_propose",
    "agenda": "review_agenda",
    "thank": "review_thank",
    "notes": "review_notes",
    "edit": "review_edit",
    "withdraw": "review_withdraw",
    "reply": "review_reply",
}
SHARED_COMMANDS: Mapping[str, str] = {"show": "shared_show"}
SCHEMA_COMMANDS: Mapping[str, str] = {"bundle": "schema_bundle", "transcript": "schema_transcript"}
