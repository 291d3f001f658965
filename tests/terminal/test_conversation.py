from __future__ import annotations

import pytest

from reflect.dialogue.record import entries
from reflect.errors import ReflectError
from reflect.events import Answered, Kept, SessionFinished
from reflect.script import Condition, IsSettled, Must, Option, Probe
from reflect.terminal.privately import is_private
from reflect.terminal.screen import Edited, Typed
from tests.dialogue.scripts import question, text
from tests.terminal.screens import KEEP


def answers(store):
    return {event.key: event.text for event in store.kept if isinstance(event, Answered)}


# --- a whole session ---


def test_answers_are_kept_and_the_end_is_the_summary(talk):
    talked, screen, store = talk("I wrote it down first", "ask Ruth on Friday", "", "", "")
    assert talked.run() == "finished"
    assert answers(store)["calm"] == "I wrote it down first"
    assert isinstance(store.kept[-1], SessionFinished)
    assert "[ ] ask Ruth" in screen.flat and "Friday 27 November · yours" in screen.flat
    assert "reflect show" in screen.flat and store.released == 1


def test_the_first_heading_names_the_stage_and_every_heading_the_phase(talk):
    talked, screen, _ = talk("yes, I did")
    talked.run()
    assert "  Stage · What worked - 1 of 2\n" in screen.said and "  Next - 2 of 2\n" in screen.said


def test_an_answer_that_is_taken_up_again_stands_under_its_phase(talk):
    talked, screen, _ = talk("one", "/edit 1")
    talked.run()
    assert screen.since("/edit 1").startswith("What worked - 1 of 2 calm?")


def test_a_pipe_finishes_at_the_summary_without_being_asked(talk):
    talked, screen, store = talk("a", "ask Ruth on Friday", "", patient=False)
    assert talked.run() == "finished"
    assert isinstance(store.kept[-1], SessionFinished)
    assert "Enter ends" not in screen.said


# --- Enter ---


def test_in_a_terminal_only_the_second_empty_line_skips(talk):
    talked, screen, store = talk("", "late answer")
    talked.run()
    assert "once more" in screen.since("") and answers(store)["calm"] == "late answer"
    talked, screen, store = talk("", "")
    talked.run()
    assert store.kept[-1].status == "skipped"


def test_in_a_pipe_an_empty_line_skips_at_once(talk):
    talked, screen, store = talk("", patient=False)
    talked.run()
    assert store.kept[-1].status == "skipped" and "once more" not in screen.said


def test_the_hint_counts_the_enters(talk):
    for patient, hint in ((True, "(Enter twice to skip)"), (False, "(Enter to skip)")):
        talked, screen, _ = talk("/help", patient=patient)
        talked.run()
        assert screen.said.count(hint) == 2


def test_a_question_that_needs_an_answer_says_so(talk):
    talked, screen, _ = talk("", worked=(question("calm", skip=False),))
    talked.run()
    assert "needs an answer" in screen.since("")


def test_a_refused_text_stays_in_the_edit_line(talk):
    must = (Must(Condition("", ((IsSettled("calm", "skipped"),),)), text("Say more.")),)
    talked, screen, _ = talk("hm", worked=(question("calm", must=must),))
    talked.run()
    assert "Say more." in screen.since("hm") and screen.offered[:2] == ["", "hm"]


@pytest.mark.parametrize(
    ("kind", "sorry"),
    [
        ("number", "A number, please."),
        ("scale", "A number on the scale, please."),
        ("yesno", "A yes or a no, please."),
        ("date", "could not read a day"),
        ("choice", "One of these"),
        ("several", "One of these"),
    ],
)
def test_what_is_refused_and_no_text_is_typed_anew(talk, kind, sorry):
    options = (Option("time", "no time"), Option("nerve", "not daring"))
    options = options if kind in ("choice", "several") else ()
    talked, screen, _ = talk("xyzzy", worked=(question("n", kind=kind, options=options),))
    talked.run()
    assert sorry in screen.since("xyzzy") and screen.offered[:2] == ["", ""]


def test_a_refused_correction_gives_the_answer_back(talk):
    talked, screen, store = talk("3", "/back", "lots", KEEP, worked=(question("n", kind="number"),))
    talked.run()
    assert screen.offered[2:4] == ["3", "3"] and answers(store)["n"] == "3"


def test_how_line_and_options(talk):
    options = (Option("time", "no time"), Option("nerve", "not daring"))
    asked = question(
        "snag", kind="choice", options=options, how=text("Take one."), example=text("x")
    )
    talked, screen, _ = talk(worked=(asked,))
    talked.run()
    assert "(Take one. A number or the words, Enter twice to skip, ? for an example)" in screen.flat
    assert "    1  no time\n    2  not daring\n" in screen.said


# --- back, edit, status ---


def test_back_offers_the_answer_and_enter_keeps_it(talk):
    talked, screen, store = talk("one", "/back", KEEP)
    talked.run()
    assert screen.offered[2] == "one" and isinstance(store.kept[-1], Kept)
    assert "Enter keeps it" in screen.since("/back")


def test_back_can_change_an_answer_and_works_at_the_summary(talk):
    talked, _, store = talk(
        "one", "/skip", "/back", "/back", "two", worked=(question("a"), question("b"))
    )
    talked.run()
    assert answers(store)["a"] == "two"


def test_back_at_the_beginning_is_refused_in_words(talk):
    talked, screen, _ = talk("/back")
    talked.run()
    assert "nothing before it" in screen.since("/back")


def test_status_numbers_what_edit_takes(talk):
    talked, screen, store = talk("one", "/status", "/edit 1", "uno", "/edit", "/edit 7")
    talked.run()
    assert "1: calm?" in screen.since("/status") and "private: one" in screen.since("/status")
    assert answers(store)["calm"] == "uno"
    assert "/edit needs the number" in screen.since("/edit")
    assert "no answer with that number" in screen.since("/edit 7")


def test_status_and_help_put_the_question_again(talk):
    talked, screen, _ = talk("/help", "/status")
    talked.run()
    assert "calm?" in screen.since("/help") and "/pause stops here" in screen.since("/help")
    assert "Nothing has been said yet." in screen.since("/status")


# --- other commands ---


def test_an_unknown_command_is_no_answer(talk):
    talked, screen, store = talk("/stats", "/etc/hosts is broken", "/skip this pain")
    talked.run()
    assert len(store.kept) == 1
    assert "Did you mean /status?" in screen.since("/stats")
    assert "do not know /etc/hosts" in screen.since("/etc/hosts is broken")
    assert screen.offered[1] == ""  # a slip is typed anew
    assert screen.offered[2] == "/etc/hosts is broken"


def test_a_doubled_slash_begins_an_answer(talk):
    talked, _, store = talk("//etc is where I looked")
    talked.run()
    assert answers(store)["calm"] == "/etc is where I looked"


@pytest.mark.parametrize("again", ["/back", "/edit 1", "/status"])
def test_an_answer_that_begins_with_a_slash_is_offered_as_it_is_typed(talk, again):
    lines = (
        ("//like this", "/back", again, KEEP)
        if again == "/status"
        else ("//like this", again, KEEP)
    )
    talked, screen, store = talk(*lines)
    talked.run()
    assert screen.offered[len(lines) - 1] == "//like this"
    assert answers(store)["calm"] == "/like this" and isinstance(store.kept[-1], Kept)


def test_what_the_editor_wrote_is_an_answer_even_with_a_slash(talk):
    talked, screen, store = talk("/editor", KEEP)
    screen.edited = Edited("/etc/hosts\nis broken")
    talked.run()
    assert answers(store)["calm"] == "/etc/hosts\nis broken"


def test_an_unsent_line_with_a_slash_comes_back_as_it_was_typed(talk):
    talked, screen, store = talk(KEEP)
    store.save_draft("S", "calm", "//half")
    talked.run()
    assert screen.offered[0] == "//half" and answers(store)["calm"] == "/half"


def test_example_why_and_private(talk):
    asked = question("calm", example=text("Monday, on the bus"), share="yes")
    talked, screen, store = talk(
        "?", "/why", "/private", "one", "/private", worked=(asked, question("b"))
    )
    talked.run()
    assert "For example: Monday, on the bus" in screen.since("?")
    assert "“What worked” in the stage “Stage”" in screen.since("/why")
    assert "no answer yet that could be private" in screen.since("/private")
    assert store.kept[-1].key == "core.share@calm" and store.kept[-1].value == "keep"
    assert screen.flat.count("Noted: Grace will not see “one”.") == 1


def private(store):
    """What /private decided, in the order of time."""
    said = [event for event in store.kept if isinstance(event, Answered)]
    return [(one.key[11:], one.value) for one in said if one.key.startswith("core.share@")]


OPEN = (question("a", share="yes"), question("b", share="yes"), question("c", share="yes"))


def test_private_marks_the_answer_that_is_on_the_screen_again(talk):
    talked, screen, store = talk("one", "two", "/edit 1", "/private", KEEP, worked=OPEN)
    talked.run()
    assert private(store) == [("a", "keep")]
    assert "Noted: Grace will not see “one”." in screen.since("/private")
    assert screen.offered[4] == "one"


@pytest.mark.parametrize("again", [KEEP, "uno"])
def test_private_marks_what_was_settled_last_and_not_what_stands_last(talk, again):
    talked, _screen, store = talk("one", "two", "/edit 1", again, "/private", worked=OPEN)
    talked.run()
    assert private(store) == [("a", "keep")]


def test_private_marks_the_answer_that_was_just_given(talk):
    talked, _, store = talk("one", "two", "/private", worked=OPEN)
    talked.run()
    assert private(store) == [("b", "keep")]


def test_private_passes_over_what_was_left_out(talk):
    talked, screen, store = talk("one", "/skip", "/private", worked=OPEN)
    talked.run()
    assert private(store) == [("a", "keep")] and "“one”" in screen.since("/private")


def test_private_takes_a_number_and_takes_it_back(talk):
    talked, screen, store = talk(
        "one",
        "two",
        "/private 1",
        "/status",
        "/private 1 ",
        "/private 9",
        "/private x",
        worked=OPEN,
    )
    talked.run()
    assert private(store) == [("a", "keep"), ("a", "share")]
    assert "private: one" in screen.since("/status")
    assert "Taken back: you no longer keep “one” from Grace." in screen.since("/private 1 ")
    assert "no answer with that number" in screen.since("/private 9")
    assert "/private needs the number" in screen.since("/private x")


def test_what_was_left_out_cannot_be_private(talk):
    talked, screen, store = talk("/skip", "/private 1", worked=OPEN)
    talked.run()
    assert "Only what you answered" in screen.since("/private 1") and private(store) == []


def test_when_an_answer_is_asked_about_private_means_that_one(talk):
    asked = (question("a", share="at the end"), question("b", share="yes"))
    talked, screen, store = talk("one", "two", "/private", worked=asked)
    talked.run()
    assert private(store) == [("a", "keep")] and "“one”" in screen.since("/private")


def test_a_long_answer_is_named_by_a_few_words(talk):
    talked, screen, _ = talk("a rather long answer " * 9, "/private", worked=OPEN)
    talked.run()
    assert "will not see “a rather long answer a rather long…”." in screen.since("/private")


def test_the_summary_counts_what_is_private(talk):
    asked = (question("a", share="yes"), question("b", share="no"))
    talked, screen, _ = talk("one", "two", worked=asked)
    talked.run()
    assert "One answer is private." in screen.flat
    assert 'Worked: "one" "two" · private' in screen.flat


def test_the_summary_counts_what_is_private_as_an_export_marks_it(talk):
    probe = Probe("p", Condition("", ((IsSettled("a", "answered"),),)), (text("more?"),))
    asked = (question("a", share="no", probes=(probe,)), question("b", share="yes"))
    step = question("step", keep="action", share="no")
    talked, screen, _ = talk(
        "one", "more", "two", "ask Ruth on Friday", *[""] * 3, worked=asked, next=(step,)
    )
    talked.run()
    assert "yours · private" in screen.flat
    hidden = [entry for entry in entries(talked._session.dialogue) if is_private(entry)]
    assert "Three answers are private." in screen.flat and len(hidden) == 3


# --- between the answers ---


def test_a_session_whose_mentorship_moved_says_so_before_goodbye(talk):
    moves = question("ready", kind="yesno", moves_to="goals", share="yes")
    talked, screen, _ = talk("yes", "", worked=(moves,))
    assert talked.run() == "finished"
    moved = "From now on I ask about: <goals>. (reflect settings stage changes it.)"
    assert moved in screen.since("").split("That was it")[0]
    talked, screen, _ = talk("no", "", worked=(moves,))
    talked.run()
    assert "From now on" not in screen.flat


def test_new_sets_the_session_aside(talk):
    talked, screen, store = talk("/new")
    assert talked.run() == "new"
    assert store.kept[-1].how == "abandoned" and "set aside" in screen.flat


def test_pause_and_the_end_of_input_leave_the_session_open(talk):
    for line in ("/pause", Typed("", "end")):
        talked, screen, store = talk(line)
        assert talked.run() == "paused"
        assert store.released == 1 and "To go on:  reflect resume" in screen.said


def test_the_editor_gives_the_text_back_into_the_line(talk):
    talked, screen, _ = talk("/editor")
    screen.edited = Edited("a long text")
    talked.run()
    assert screen.offered[-1] == "a long text"


def test_a_text_too_long_for_the_editor_is_told_with_its_place(talk):
    talked, screen, _ = talk("/editor")
    screen.edited = Edited("", "too-long", 10_000_000, "/x/unsaved.txt")
    talked.run()
    assert "(10.0 MB)" in screen.flat and "/x/unsaved.txt" in screen.flat


# --- drafts ---


def test_what_is_half_typed_is_kept_when_it_is_left(talk):
    talked, _, store = talk(Typed("half a sen", "interrupted"))
    assert talked.run() == "interrupted"
    assert store.drafts == ["half a sen"]


def test_a_draft_is_offered_again(talk):
    talked, screen, store = talk(KEEP)
    store.save_draft("S", "calm", "half a sen")
    talked.run()
    assert screen.offered[0] == "half a sen" and answers(store)["calm"] == "half a sen"
    assert "You had begun to write this" in screen.flat


def test_typing_saves_a_draft_every_two_seconds_when_it_has_changed(talk):
    def typing(watch):
        for store.time, line in ((1.0, "a"), (2.1, "ab"), (3.0, "abc"), (4.5, "abc"), (8.0, "abc")):
            assert watch(line)
        return Typed("", "end")

    talked, _, store = talk(typing)
    talked.run()
    assert store.drafts == ["ab", "abc"]


def test_an_answer_that_is_looked_at_again_is_no_draft(talk):
    def looking(watch):
        store.time = 9.0
        assert watch("one")
        return Typed("one", "interrupted")

    talked, _, store = talk("one", "/back", looking)
    talked.run()
    assert store.drafts == []


def test_a_command_is_no_draft(talk):
    talked, _, store = talk(Typed("/he", "interrupted"))
    talked.run()
    assert store.drafts == []


def test_a_heartbeat_is_written_every_ten_seconds_only(talk):
    def waiting(watch):
        for tick in range(100):
            store.time = tick / 4
            assert watch("")
        return Typed("", "end")

    talked, _, store = talk(waiting)
    talked.run()
    assert store.renewed == 2


# --- trouble ---


@pytest.mark.parametrize("code", ["disk-full", "store-locked", "disk-error"])
def test_words_that_cannot_be_saved_come_back_into_the_line(talk, code):
    talked, screen, store = talk("precious words", KEEP)
    store.fail(code)
    talked.run()
    assert screen.offered[1] == "precious words"
    assert f"could not be saved: <{code}>" in screen.flat and "<hint>" in screen.flat


def test_words_go_to_a_file_when_the_store_was_replaced(talk, tmp_path):
    talked, screen, store = talk("precious words")
    store.fail("store-replaced")
    assert talked.run() == "failed"
    assert (tmp_path / "aside").read_text() == "precious words" and "ASIDE" in screen.flat


def test_words_go_to_a_file_when_even_the_draft_cannot_be_saved(talk, tmp_path):
    talked, _, store = talk(Typed("half", "closed"))
    store.fail("disk-full")
    assert talked.run() == "closed"
    assert (tmp_path / "aside").read_text() == "half"


def test_a_session_that_moved_on_is_read_again_and_the_words_stay(talk):
    def meanwhile(_watch):
        store.kept.append(Answered(key="calm", at="2026-11-21T18:30:00+00:00", text="elsewhere"))
        return "mine"

    talked, screen, store = talk(meanwhile)
    talked.run()
    assert "another window. Here is where it stands now" in screen.flat
    assert "step?" in screen.since("mine") and screen.offered[1] == "mine"


def test_another_window_is_noticed_and_take_brings_it_back(talk):
    def lost(watch):
        store.time, store.holder = 1.1, "theirs"
        assert not watch("half")
        return Typed("half", "elsewhere")

    talked, screen, store = talk(lost, KEEP, "/take", "now")
    talked.run()
    assert "goes on in another window now" in screen.flat
    assert screen.offered[1] == "half" and len(answers(store)) == 1
    assert answers(store)["calm"] == "now"


def test_in_a_pipe_trouble_ends_the_command(talk):
    talked, _, store = talk("words", patient=False)
    store.fail("disk-full")
    with pytest.raises(ReflectError, match="disk-full"):
        talked.run()


def test_pastes_that_cannot_be_taken_are_told_about(talk):
    talked, screen, store = talk(
        Typed("before", "too long", 10_000_000), Typed("half", "paste cut")
    )
    talked.run()
    assert "(10.0 MB)" in screen.flat and "/editor" in screen.flat
    assert "did not come to its end" in screen.flat
    assert screen.offered == ["", "before", "half"] and len(store.kept) == 1


def test_nothing_that_was_written_stands_in_a_repr(talk):
    from reflect.terminal.blocks import Labelled, Paragraph, Sent, Task

    values = [
        Typed("secret"),
        Edited("secret"),
        Paragraph("secret"),
        Sent("secret"),
        Task("secret"),
    ]
    assert all("secret" not in repr(value) for value in [*values, Labelled("a", "secret")])
