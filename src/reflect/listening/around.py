"""What stands around a date: the words that lead to it, and those that make it no date at all.

"by the 3rd" is led to; "every Friday", "the Tuesday triage", "on the 3rd try", "I told
him on Friday" and a title in quotation marks name no day on which something is to be done.
"""

from __future__ import annotations

import re

from reflect.listening.language import Language
from reflect.listening.meanings import Meaning
from reflect.listening.words import Token, Words

_LONGEST_LEAD = 4
_JOINED = ("-", "/", ".")
_QUOTED = re.compile(r"(?<!\w)['‘\"“„«](?=\S)[^'’\"”“»\n]{3,80}+['’\"”“»](?!\w)")
_STOP = re.compile(r"[.!?…;](?=\s|$)|\n|,\s+(?:and|but)\b")
_POSSESSIVE = "'s"
_APART = (",", ";", ":", "(", "-", "–", "—")


class Around:
    """Looks around a date in one text, with the words of one language."""

    def __init__(
        self, language: Language, names: frozenset[str], words: Words, tokens: tuple[Token, ...]
    ) -> None:
        self._language = language
        self._names = names
        self._text = words.text
        self._tokens = tokens
        # A sentence may hold a thousand dates: it is looked at once.
        self._latest = (0, 0)
        self._told: dict[int, bool] = {}

    def led_from(self, at: int) -> int:
        """The number of the first of the words that lead to token `at`: "by", "a más tardar"."""
        leading = self._language.words("due-before")
        tokens = self._tokens
        sizes = range(_LONGEST_LEAD, 0, -1)
        while size := next(
            (n for n in sizes if n <= at and leading.length_at(tokens[at - n : at], 0) == n), 0
        ):
            at -= size
        return at

    def trailing(self, last: int) -> int:
        """The number of the last word that belongs to the date ending at token `last`: "morning"."""
        belonging = self._language.words("due-after")
        while last + 1 < len(self._tokens) and (
            length := belonging.length_at(self._tokens, last + 1)
        ):
            last += length
        return last

    def is_term(self, first: int, last: int) -> bool:
        """Whether tokens `first` to `last` hold a word such as "by", so that a date is surely meant."""
        until = self._language.words("due-until")
        return any(token.word in until for token in self._tokens[first : last + 1])

    def allows(self, means: Meaning, first: int, last: int) -> bool:
        """Whether what stands around tokens `first` to `last` lets them be a date that `means` such a day."""
        start = self.led_from(first)
        term = self.is_term(start, last)
        if not self.may_come_after(start, last):
            return False
        if means.alone:
            return self.is_alone(first, last) or self._is_set_apart(first, last)
        if means.feast and not (term or self.ends(last) or self._is_led_to(start, first)):
            return False
        if self._tokens[last].word.endswith(_POSSESSIVE):
            owned = self._beside(first) in self._language.words("due-before-owned")
            return (start < first or owned) and not self._is_measure(last)
        if means.name and not self._is_no_name_of_a_thing(start, first, last, term):
            return False
        return not means.closed or (self.ends(last) and not self._is_an_hour(last))

    def _is_an_hour(self, last: int) -> bool:
        """Whether the figure at token `last` is one of the clock: "the 8 am shift"."""
        tokens = self._tokens
        follows = tokens[last + 1].word if last + 1 < len(tokens) else ""
        return tokens[last].word.isdecimal() and follows in self._language.words("due-after")

    def may_come_after(self, start: int, last: int) -> bool:
        """Whether a date can follow what stands before token `start`: not "from", "every" or "June"."""
        word = self._beside(start)
        if word in self._language.words("due-never-after"):
            return False
        return self.is_term(start, last) or word not in self._names

    def is_alone(self, first: int, last: int) -> bool:
        """Whether nothing but words that lead to it stands beside the date."""
        return last + 1 == len(self._tokens) and self._is_led_only(first)

    def _is_set_apart(self, first: int, last: int) -> bool:
        """Whether it stands between marks, and is no word of another meaning: "the draft, December"."""
        tokens, doubtful = self._tokens[first : last + 1], self._language.words("doubtful-names")
        if any(token.word in doubtful for token in tokens):
            return False
        if not first:
            return self._text[tokens[-1].end : tokens[-1].end + 1] == ":"
        gap = self._text[self._tokens[first - 1].end : tokens[0].start]
        return gap.strip() in _APART and self._closes(last)

    def _is_led_to(self, start: int, first: int) -> bool:
        """Whether more than an article leads to token `first`."""
        return start < first and self._beside(first) not in self._language.words(
            "due-no-name-after"
        )

    def _is_led_only(self, first: int) -> bool:
        leading = self._language.words("due-before")
        return all(token.word in leading for token in self._tokens[:first])

    def _is_no_name_of_a_thing(self, start: int, first: int, last: int, term: bool) -> bool:
        """Not in "the Tuesday triage", "Monday report", "2019-sep-1", "Friday's build", "wed to it"."""
        tokens, text = self._tokens, self._text
        before = self._beside(first)
        ends = self.ends(last)
        if text[max(0, tokens[first].start - 1) : tokens[first].start] in _JOINED and not (
            term or ends
        ):
            return False
        if not ends and self._is_called(before, last):
            return False
        if before in self._language.words("due-no-name-after") and not (
            before in self._language.words("due-before") and (term or ends)
        ):
            return False
        doubtful = self._language.words("doubtful-names")
        unsure = any(
            t.word in doubtful and text[t.start].islower() for t in tokens[first : last + 1]
        )
        if unsure and not self._closes(last):
            return False
        return ends or start < first or self._begins_a_sentence(first, last)

    def _is_called(self, before: str, last: int) -> bool:
        """Whether a capital after token `last` goes on with a name: "at Friday Forum"."""
        leading = self._language.words("due-on")
        listed = "due-on" in self._language.lexicon.lists
        if not (listed and before) or before in leading or last + 1 == len(self._tokens):
            return False
        follows = self._tokens[last + 1]
        gap = self._text[self._tokens[last].end : follows.start]
        capital = self._text[follows.start].isupper() and len(follows.word) > 1
        return gap == " " and capital and not self._text[: follows.start].isupper()

    def _is_measure(self, last: int) -> bool:
        following = self._tokens[last + 1].word if last + 1 < len(self._tokens) else ""
        return following in self._language.words("due-not-things")

    def _begins_a_sentence(self, first: int, last: int) -> bool:
        """A weekday at a beginning is a date unless it names a thing: "Monday report"."""
        tokens = self._tokens
        gap = self._text[tokens[first - 1].end : tokens[first].start] if first else "\n"
        begins = bool(re.search(r"[.!?;:,\n]", gap))
        return begins and tokens[last + 1].word not in self._language.words("due-things")

    def _closes(self, last: int) -> bool:
        """Whether a clause ends after token `last` and the words that belong to it."""
        last = self.trailing(last)
        following = last + 1
        return following == len(self._tokens) or (
            self._text[self._tokens[last].end : self._tokens[following].start].strip() != ""
        )

    def ends(self, last: int) -> bool:
        """Whether a clause ends after token `last`, or goes on with a word that may follow a date."""
        tokens, text = self._tokens, self._text
        if last + 1 == len(tokens):
            return True
        following = tokens[last + 1]
        may_follow = following.word in self._language.words("due-may-follow")
        gap = text[tokens[last].end : following.start]
        if gap == ". " and tokens[last].word.isdecimal() and self._writes_ordinals_with_a_dot:
            return may_follow or text[following.start].islower()
        return may_follow or (gap.strip(" ") != "" and gap not in _JOINED)

    @property
    def _writes_ordinals_with_a_dot(self) -> bool:
        return "." in self._language.entries("ordinal-endings")

    def _beside(self, at: int) -> str:
        """The word before token `at` with nothing but a space between; "" when there is none."""
        tokens = self._tokens
        if not at or self._text[tokens[at - 1].end : tokens[at].start] != " ":
            return ""
        return tokens[at - 1].word

    # --- what was, and what is called so ---------------------------------------------

    def is_told(self, first: int) -> bool:
        """Whether the sentence around token `first` tells what has been: "I asked him on Friday"."""
        begin, end = self._sentence(first)
        if begin not in self._told:
            self._told[begin] = self._tells(self._tokens[begin:end])
        return self._told[begin]

    def _tells(self, tokens: tuple[Token, ...]) -> bool:
        """Whether the sentence of `tokens` tells what has been."""
        if self._language.find("past-but", tokens):
            return False
        told = self._language.words("past-verbs")
        subjects = self._language.words("past-subjects")
        endings = self._language.entries("past-endings")
        for at in range(len(tokens) - 1):
            verb = tokens[at + 1].word
            if tokens[at].word in subjects and (
                verb in told or (endings and verb.endswith(endings))
            ):
                return True
        return self._tells_by_form(tokens) or bool(self._language.find("past-phrases", tokens))

    def _tells_by_form(self, tokens: tuple[Token, ...]) -> bool:
        """Whether a verb has the form of the past: "salió", or "hat … geklappt"."""
        endings = self._language.entries("past-word-endings")
        if endings and any(token.word.endswith(endings) for token in tokens):
            return True
        find = self._language.find
        return bool(find("past-auxiliaries", tokens) and find("past-participles", tokens))

    def is_of_a_thing(self, first: int, *, stretch: bool) -> bool:
        """Whether the date from token `first` on is the thing's: "a table for Friday", "the plan for Q2".

        Of a plan it is where it is a `stretch` of days: the plan for Friday is due on Friday.
        """
        if self._tokens[first].word not in self._language.words("due-for"):
            return False
        if stretch and self._beside(first) in self._language.words("due-planned"):
            return True
        begin, _ = self._sentence(first)
        return bool(self._language.find("due-booked", self._tokens[begin:first]))

    def _sentence(self, at: int) -> tuple[int, int]:
        """The numbers of the first token of the sentence around token `at` and of the one after it."""
        begin, end = self._latest
        if begin <= at < end:
            return self._latest
        tokens = self._tokens
        begin = end = at
        while begin > 0 and not self._stops(begin - 1):
            begin -= 1
        while end + 1 < len(tokens) and not self._stops(end):
            end += 1
        self._latest = begin, end + 1
        return self._latest

    def _stops(self, at: int) -> bool:
        gap = self._text[self._tokens[at].end : self._tokens[at + 1].start]
        return gap != " " and bool(_STOP.search(gap))

    def is_quoted(self, first: int) -> bool:
        """Whether token `first` stands in quotation marks, as titles do."""
        text = self._text[:2_000]
        if not any(mark in text for mark in "'‘\"“„«"):
            return False
        place = self._tokens[first].start
        return any(m.start() < place < m.end() for m in _QUOTED.finditer(text))
