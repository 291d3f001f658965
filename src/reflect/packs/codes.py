"""Every diagnostic that packs/ can make: a stable code, and one line that explains it."""

from __future__ import annotations

TOO_MANY = "too-many-findings"
TOO_LARGE = "too-large"
TOO_DEEP = "too-deep"
NOT_UTF8 = "not-utf8"
FORBIDDEN_CHARACTER = "forbidden-character"
DIRECTIVE = "directive"
INDENTATION = "indentation"
NEEDS_QUOTES = "needs-quotes"
COLON_IN_TEXT = "colon-in-text"
CUT_TEXT = "cut-text"
SMART_QUOTES = "smart-quotes"
SPACING = "spacing"
BELOW_TEXT = "below-text"
BRACKETED = "sentence-in-brackets"
DOCUMENT_MARK = "document-mark"
SYNTAX = "yaml-syntax"
EMPTY_FILE = "empty-file"
ANCHOR = "anchor-or-alias"
TAG = "tag"
MERGE_KEY = "merge-key"
SEVERAL_DOCUMENTS = "several-documents"
NO_TEXT_KEY = "key-is-no-text"
REPEATED_KEY = "repeated-key"
UNKNOWN_KEY = "unknown-key"
MISSING_KEY = "missing-key"
WRONG_SHAPE = "wrong-shape"
EMPTY_TEXT = "empty-text"
UNKNOWN_WORD = "unknown-word"
BAD_ID = "bad-id"
RESERVED_ID = "reserved-id"
DUPLICATE_ID = "duplicate-id"
RETIRED_ID = "retired-id"
UNKNOWN_FORMAT = "unknown-format"
FORMAT_FIRST = "format-first"
BAD_WORDS = "bad-word-list"
CONFLICTING_KEYS = "conflicting-keys"
BAD_SCALE = "bad-scale"
BAD_GROUP = "bad-group"
BARE_ID = "bare-id"
TOO_MANY_QUESTIONS = "too-many-questions"
NO_QUESTIONS = "no-questions"
UNKNOWN_NAME = "unknown-name"
READ_TOO_EARLY = "read-too-early"
OUT_OF_REACH = "out-of-reach"
UNREADABLE_CONDITION = "unreadable-condition"
MIXED_JOINERS = "and-with-or"
WRONG_KIND = "wrong-kind"
UNKNOWN_OPTION = "unknown-option"
UNKNOWN_CUE = "unknown-cue"
UNKNOWN_LIST = "unknown-list"
OUT_OF_RANGE = "out-of-range"
ANSWER_OUT_OF_PLACE = "answer-out-of-place"
MUST_READS_OTHERS = "must-reads-others"
UNKNOWN_PLACEHOLDER = "unknown-placeholder"
BAD_PLACEHOLDER = "bad-placeholder"
PLACEHOLDER_OUT_OF_PLACE = "placeholder-out-of-place"
MISSING_FALLBACK = "missing-fallback"
UNKNOWN_BASE = "unknown-base"
BASE_CYCLE = "base-cycle"
STAGE_NEEDED = "stage-needed"
WRONG_PHASE = "wrong-phase"
UNKNOWN_CORE_TEXT = "unknown-core-text"
SHARE_TOO_OPEN = "share-too-open"
NOT_TRANSLATED = "not-translated"
OTHER_PACK = "other-pack"
MISSING_TRANSLATION = "missing-translation"
UNKNOWN_TRANSLATION = "unknown-translation"
STALE_TRANSLATION = "stale-translation"
NOT_READABLE = "pack-not-readable"
ID_TAKEN = "pack-id-taken"
NO_HOW_OR_EXAMPLE = "no-how-or-example"
FEW_WORDINGS = "few-wordings"
NO_LABELS = "scale-without-labels"
NO_PROBE_EXAMPLES = "probe-without-examples"
TWO_QUESTIONS = "two-questions"
LEADING = "leading-question"
BLAMING = "blaming-question"
WHY_YOU = "why-you"
YES_OR_NO = "yes-or-no"
SCORING = "scores-a-person"
LONG_WORDING = "long-wording"
HARD_TO_READ = "hard-to-read"
SHOUTING = "shouting"
UNFINISHED = "unfinished-text"
REPEATED_WORDING = "repeated-wording"
LONG_EXAMPLE = "long-example"
ASKING_HOW = "how-is-a-question"
NEVER_TRUE = "never-true"
ALWAYS_TRUE = "always-true"
NEVER_ASKED = "never-asked"
NEVER_CHOSEN = "never-chosen"
NEVER_FIRES = "probe-never-asks"
PROBE_SHADOWED = "probe-shadowed"
NEVER_PASSES = "never-passes"
UNUSED_LIST = "unused-list"
RENAMED_AND_RETIRED = "renamed-and-retired"
STATE_CLAIMED_TWICE = "state-claimed-twice"
NO_NEXT_ACTION = "no-next-action"
MANY_QUESTIONS = "many-questions"

EXPLAINED: dict[str, str] = {
    TOO_MANY: "There are more findings than anybody would read; the rest is left out.",
    TOO_LARGE: "The file, a text, a key or a list is larger than the format allows.",
    TOO_DEEP: "Lists and maps are nested deeper than the format allows.",
    NOT_UTF8: "The file holds a byte that is not UTF-8.",
    FORBIDDEN_CHARACTER: "A control, bidirectional or invisible character stands in the file.",
    DIRECTIVE: "A line begins with `%`, which YAML takes for a directive.",
    INDENTATION: "A line is indented with something other than spaces, or lines up with nothing.",
    NEEDS_QUOTES: "A text begins with a character that means something to YAML.",
    COLON_IN_TEXT: "A text holds a colon and a space, which YAML takes for a key.",
    CUT_TEXT: "A text holds ` #`, where YAML would cut it off; a comment has two spaces before it.",
    SMART_QUOTES: "Typographic quotes stand around a text; YAML takes them for a part of it.",
    SPACING: "After a dash or a key's colon a space is missing, or something else stands in its place.",
    BELOW_TEXT: "A list item or a key stands below a text, where neither can be.",
    BRACKETED: "A sentence stands in brackets, where every comma begins another item.",
    DOCUMENT_MARK: "A pack is one document and needs no `---` at its beginning.",
    SYNTAX: "YAML cannot read on from here.",
    EMPTY_FILE: "The file holds nothing, or only comments.",
    ANCHOR: "Anchors and aliases (`&`, `*`) are not part of the format.",
    TAG: "Tags (`!`) are not part of the format.",
    MERGE_KEY: "Merge keys (`<<`) are not part of the format.",
    SEVERAL_DOCUMENTS: "A file holds one document; this one has several.",
    NO_TEXT_KEY: "A key is a list or a map instead of a text.",
    REPEATED_KEY: "The same key stands twice in one place.",
    UNKNOWN_KEY: "The format has no such key here.",
    MISSING_KEY: "A key that is needed here is missing.",
    WRONG_SHAPE: "A text, a list or a map stands where something else is needed.",
    EMPTY_TEXT: "A text is empty.",
    UNKNOWN_WORD: "Only certain words can stand here, and this is none of them.",
    BAD_ID: "An id is made of a-z, 0-9 and hyphens, at most 64 of them.",
    RESERVED_ID: "This word already means something in conditions or texts.",
    DUPLICATE_ID: "The same id is used twice.",
    RETIRED_ID: "An id that was retired or renamed is used again.",
    UNKNOWN_FORMAT: "The file is written in a format that this version does not read.",
    FORMAT_FIRST: "`reflect: 1` must be the first key, so that every version can tell the format.",
    BAD_WORDS: "An entry of a word list cannot be matched.",
    CONFLICTING_KEYS: "Two keys of a question contradict each other.",
    BAD_SCALE: "A scale, its labels or its options do not fit together.",
    BAD_GROUP: "A group has too few members, or one that cannot stand in it.",
    BARE_ID: "A bare id says where new questions stand; it needs a pack that extends another.",
    TOO_MANY_QUESTIONS: "A pack has more questions than the format allows.",
    NO_QUESTIONS: "A pack, or a stage, asks nothing.",
    UNKNOWN_NAME: "A condition names a question that does not exist.",
    READ_TOO_EARLY: "An answer is read before its question is asked.",
    OUT_OF_REACH: "An answer is read from where it cannot be seen (another stage, a repeat).",
    UNREADABLE_CONDITION: "A condition is not one of the sentences the format knows.",
    MIXED_JOINERS: "One condition joins sentences with both `and` and `or`.",
    WRONG_KIND: "A condition or key does not suit this kind of question.",
    UNKNOWN_OPTION: "The question has no such option.",
    UNKNOWN_CUE: "There is no such cue.",
    UNKNOWN_LIST: "The pack has no such word list.",
    OUT_OF_RANGE: "A number lies outside what can be answered or written here.",
    ANSWER_OUT_OF_PLACE: "`answer` can only be read in `must` and `probe`.",
    MUST_READS_OTHERS: "A `must` reads only the answer it checks.",
    UNKNOWN_PLACEHOLDER: "Nothing of this name can be put into a text.",
    BAD_PLACEHOLDER: "A placeholder is not closed, empty, or nested.",
    PLACEHOLDER_OUT_OF_PLACE: "This placeholder cannot be filled in this text.",
    MISSING_FALLBACK: "The answer may be missing, so the placeholder needs words for that case.",
    UNKNOWN_BASE: "The pack that this one extends is not installed.",
    BASE_CYCLE: "A pack extends itself, directly or through others.",
    STAGE_NEEDED: "The base pack has several stages, and this question names none.",
    WRONG_PHASE: "A question of the base pack stands under another stage, phase or group there.",
    UNKNOWN_CORE_TEXT: "Core has no such text, or the text has no such part.",
    SHARE_TOO_OPEN: "A question is declared more open than an answer it depends on.",
    NOT_TRANSLATED: "A translation holds ids and texts only.",
    OTHER_PACK: "The translation says that it belongs to another pack or language.",
    MISSING_TRANSLATION: "Texts are missing in the translation; the pack's own stand instead.",
    UNKNOWN_TRANSLATION: "The translation names something that the pack does not have.",
    STALE_TRANSLATION: "The pack has changed a text since it was translated.",
    NOT_READABLE: "A file of the pack is no plain file, or may not be opened.",
    ID_TAKEN: "Another pack has this id already, so this one goes by a longer name.",
    NO_HOW_OR_EXAMPLE: "A question has no line on how to answer it, or no example.",
    FEW_WORDINGS: "A question of every session has so few wordings that they soon come again.",
    NO_LABELS: "A scale does not say what its ends mean.",
    NO_PROBE_EXAMPLES: "A probe does not show what makes it ask, or what does not.",
    TWO_QUESTIONS: "One text asks two questions; only one of them gets an answer.",
    LEADING: "A question tells the mentee what to answer.",
    BLAMING: "A text finds fault with the mentee.",
    WHY_YOU: "Why is asked of the mentee's own doing, where what would be easier to answer.",
    YES_OR_NO: "A question that yes or no would answer stands where a text is expected.",
    SCORING: "A text asks for marks on a person.",
    LONG_WORDING: "A wording has more words than are taken in at one reading.",
    HARD_TO_READ: "A text takes long schooling to read.",
    SHOUTING: "A text is written in capitals, or with several marks in a row.",
    UNFINISHED: "A mark is left over where a text was meant to be written.",
    REPEATED_WORDING: "Two wordings of the pack are the same, or nearly.",
    LONG_EXAMPLE: "An example is longer than anybody would answer.",
    ASKING_HOW: "A line on how to answer is a question itself.",
    NEVER_TRUE: "One side of an `or` can never hold.",
    ALWAYS_TRUE: "A condition holds in every session, and so decides nothing.",
    NEVER_ASKED: "No session ever comes to this question or group.",
    NEVER_CHOSEN: "A member of `one of` is never its turn.",
    NEVER_FIRES: "No answer makes this probe ask.",
    PROBE_SHADOWED: "An earlier probe asks whenever this one could.",
    NEVER_PASSES: "No answer can pass a check.",
    UNUSED_LIST: "No condition mentions a word list of the pack.",
    RENAMED_AND_RETIRED: "An id is said to be gone, and to live on under another name.",
    STATE_CLAIMED_TWICE: "Two stages serve the same state of a mentorship.",
    NO_NEXT_ACTION: "A reflection ends without asking for anything to do.",
    MANY_QUESTIONS: "A session asks more than it has time for.",
}
