"""The packs that somebody's own words find: what they say, and the packs that would do."""

from __future__ import annotations

import pytest

from reflect.application.suggesting import MOST, shelf
from reflect.application.wiring import Application
from reflect.packs.suggest import Shelf

SAID = (
    ("my mentor keeps cancelling", "workplace-mentorship repair mentoring-essentials"),
    ("we do not get on", "repair disagreement"),
    ("i am stuck", "stalled"),
    ("my mentor never has time for me", "repair workplace-mentorship mentoring-essentials"),
    ("how often should we meet", "agreement workplace-mentorship expectations four-pillars"),
    ("I do not know what I want from this", "five-steps career-paths"),
    ("we met yesterday", "debrief listening"),
    ("my boss is my mentor", "voice-and-power"),
    ("I got harsh feedback", "sbi feedback-received"),
    ("I passed my exam", "celebrate star"),
    ("I want to change jobs", "career-paths"),
    ("she is on the other side of the world", "distance"),
    ("i dont know anyone in this field", "network-map workplace-mentorship four-pillars"),
    ("I keep putting it off", "woop stalled"),
    ("they want me to lead a project and I am scared", "stretch-task"),
    ("nothing changes", "stalled four-pillars step-back"),
    ("how do I find a mentor", "finding-a-mentor mentoring-essentials workplace-mentorship"),
    ("it is our first meeting next week", "first-meeting agreement"),
    ("we disagree about my thesis", "disagreement"),
    ("the project failed", "after-action gibbs"),
    ("I made a mistake at work", "gibbs workplace-mentorship after-action"),
    ("my mentor is leaving", "conclude workplace-mentorship"),
    ("I want to say thank you", "conclude celebrate workplace-mentorship"),
    ("I am afraid to say no to her", "voice-and-power"),
    ("what should I do with the feedback", "feedback-received sbi"),
    ("we only ever talk on zoom", "distance"),
    ("I want to set a goal", "smart-check grow five-steps four-stages four-pillars"),
    ("is my goal clear enough", "smart-check"),
    ("I tried something new with a patient", "kolb stretch-task"),
    ("just a quick chat", "catch-up"),
    ("how are we doing together", "pulse step-back"),
    ("three months are over", "step-back four-ls start-stop-continue"),
    ("I want to tell my mentor what I need from him", "feedback-to-the-mentor"),
    (
        "he does not listen to me",
        "repair voice-and-power workplace-mentorship feedback-to-the-mentor",
    ),
    ("I was at a conference", "orid"),
    ("a job interview is coming", "star"),
    ("I lost touch with my old mentor", "maintain"),
    ("what do others think of me", "johari"),
    ("I cannot decide between two ways", "several-sides grow"),
    ("what should I stop doing", "start-stop-continue"),
    ("our meeting is on thursday", "check-in"),
    ("no progress for weeks", "stalled workplace-mentorship"),
    ("I argued with a colleague", "gibbs disagreement sbi"),
    ("it ends next month", "conclude"),
    ("what do we expect of each other", "expectations agreement"),
    ("I cant motivate myself", "woop stalled"),
    ("something good happened", "celebrate star"),
    ("I need a contact in another department", "network-map"),
    ("what do I do next", "what-now grow"),
    ("she always reschedules our calls", "workplace-mentorship repair mentoring-essentials"),
    ("I feel like a fraud next to him", "voice-and-power mentoring-essentials johari repair"),
    ("what should I bring to the meeting", "check-in"),
    ("I do not understand what my mentor said", "listening debrief"),
    ("my presentation went badly", "gibbs after-action what-now"),
    ("I won a prize", "celebrate star"),
    ("where can I look for a mentor", "finding-a-mentor mentoring-essentials workplace-mentorship"),
    ("we have different opinions about how to teach", "disagreement repair"),
    ("I do not trust her", "repair pulse first-meeting voice-and-power"),
    ("I keep making the same mistake", "kolb gibbs stalled"),
    ("our last session is next week", "conclude workplace-mentorship"),
    ("I want to learn welding", "kolb five-steps smart-check grow"),
    (
        "he talks all the time",
        "feedback-to-the-mentor repair voice-and-power listening workplace-mentorship",
    ),
    ("I never do what I promise", "woop stalled"),
    (
        "I would like to meet people from other hospitals",
        "network-map workplace-mentorship four-pillars",
    ),
    ("my mentor praised me", "feedback-received sbi celebrate"),
    ("I want to look back on the half year", "four-ls step-back start-stop-continue"),
    ("who keeps secrets what we say", "agreement first-meeting expectations workplace-mentorship"),
    ("I have to give a talk", "stretch-task"),
    ("he lives in another time zone", "distance"),
)


@pytest.fixture(scope="module")
def packs(app: Application) -> Shelf:
    return shelf(app, "mentee", "en")


def found(packs: Shelf, said: str) -> list[str]:
    return [one.pack for one in packs.suggest(said)[:MOST]]


def test_what_is_on_one_s_mind_finds_a_pack_for_it(packs: Shelf) -> None:
    every = {said: found(packs, said) for said, _ in SAID}
    first = [said for said, good in SAID if every[said] and every[said][0] in good.split()]
    missed = {said: every[said] for said, good in SAID if not {*every[said]} & {*good.split()}}
    assert len(missed) <= len(SAID) // 20, missed
    assert len(first) >= len(SAID) * 0.7


def test_each_sign_finds_its_own_pack(app: Application, packs: Shelf) -> None:
    mine = [entry for entry in app.catalogue.entries() if entry.audience != "mentor"]
    signs = [(entry.name, sign) for entry in mine for sign in entry.signs]
    assert signs and not [one for one in signs if one[0] not in found(packs, one[1])]
