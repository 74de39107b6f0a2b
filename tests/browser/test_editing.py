"""A directory editor keeps an entry true, without any script; a GP has it in the next answer."""

import re
from datetime import timedelta

from django.db.models import F
from playwright.sync_api import expect

from contacts.models import ServiceNotice
from tests.browser.conftest import Visitor
from tests.browser.people import Somebody
from tests.browser.stack import Portal
from tests.browser.steps import when_they_ask_who_to_contact_for

OLD, NEW = "0161 496 0123", "0161 496 0888"
NAME = "Adult social care front door"


# --- when ---
def when_she_opens_her_entry(editor: Somebody) -> Somebody:
    """From her first page."""
    return editor.goes_to("/").is_on("Your entries in the directory").follows(NAME)


def when_she_changes(editor: Somebody, part: str, **typed: str) -> Somebody:
    """One part of the entry that is open; she sees how it will look."""
    editor.follows(f"Change {part}").types(**typed)
    return editor.presses("See how it will look").is_on("How it will look")


def when_a_day_has_gone_by() -> None:
    """For the notices, at least."""
    day = timedelta(days=1)
    ServiceNotice.objects.update(starts_at=F("starts_at") - day, ends_at=F("ends_at") - day)


# --- then ---
def then_the_answer_says(reader: Somebody, *words: str) -> None:
    """To a postcode in Trafford."""
    when_they_ask_who_to_contact_for(reader, "M33 2RH").reads(*words)


def then_the_number_to_ring_is(reader: Somebody, number: str) -> None:
    """In the first box of the answer to a postcode in Trafford."""
    when_they_ask_who_to_contact_for(reader, "M33 2RH")
    expect(reader.page.locator(".cg-answer__number")).to_have_text(number)


def then_the_answer_does_not_say(reader: Somebody, *words: str) -> None:
    """To a postcode in Trafford."""
    when_they_ask_who_to_contact_for(reader, "M33 2RH").does_not_read(*words)


def test_a_telephone_number_is_changed_and_a_gp_has_it_at_once(visitor: Visitor) -> None:
    editor, gp = visitor("dora", scripts=False), visitor("alice", scripts=False)
    then_the_number_to_ring_is(gp, OLD)

    when_she_opens_her_entry(editor)
    when_she_changes(editor, "How to reach them", **{"contact-0-value": NEW})
    editor.reads("Was: " + OLD, "Now: " + NEW)
    then_the_number_to_ring_is(gp, OLD)
    editor.presses("Save: visible at once").reads("Saved. Everybody sees it now.", NEW)

    then_the_number_to_ring_is(gp, NEW)

    editor.follows("History and undo").reads("Dora Dean changed it")
    editor.page.get_by_role("link", name=re.compile("^Undo this")).first.click()
    editor.looks().is_on("Undo this change").reads("Now: " + OLD)
    editor.presses("Undo: visible at once").reads("Dora Dean undid a change")
    then_the_number_to_ring_is(gp, OLD)


def test_phones_down_until_two_is_said_and_then_no_more(visitor: Visitor) -> None:
    editor, stranger = visitor("dora", scripts=False), visitor(scripts=False)
    when_she_opens_her_entry(editor)
    when_she_changes(
        editor,
        "Notices for now",
        text="Our telephones are down. Write to us here.",
        clock="23:59",
    )
    editor.reads("Until today 23:59")
    editor.presses("Save: visible at once")
    then_the_answer_says(stranger, "Until today 23:59", "Our telephones are down.")

    when_a_day_has_gone_by()
    then_the_answer_does_not_say(stranger, "Our telephones are down.")


def test_a_wrong_time_is_explained_and_kept(visitor: Visitor) -> None:
    editor = visitor("dora", scripts=False)
    when_she_opens_her_entry(editor).follows("Change When they are open")
    editor.page.get_by_label("Open day and night, on every day").uncheck()
    editor.types(monday="17:00 to 08:30").presses("See how it will look")
    editor.is_told_the_problems(
        monday="17:00 to 08:30 closes before it opens. Open over midnight is two: 17:00 to"
        " midnight, and midnight to 08:30 on the next day."
    )


def test_two_editors_at_once_and_neither_loses_work(visitor: Visitor, portal: Portal) -> None:
    one, other = visitor("dora"), visitor("dora")
    for editor in (one, other):
        when_she_opens_her_entry(editor).follows("Change What is for them")
    one.types(ring_first="When somebody may not be safe tonight")
    one.presses("See how it will look").presses("Save: visible at once")

    other.types(ring_first="When it is for today").presses("See how it will look")
    other.reads("Two people changed the same thing", "When somebody may not be safe tonight")
    assert other.field("ring_first").input_value() == "When it is for today"
    other.types(ring_first="When it is for today, or for tonight")
    other.chooses("Mine, as it stands below").presses("See how it will look")
    other.presses("Save: visible at once").reads("When it is for today, or for tonight")


def test_rows_districts_and_a_new_entry_that_closes_again(visitor: Visitor) -> None:
    editor = visitor("dora")
    editor.goes_to("/directory/own/").follows("Enter a new service")
    editor.types(name="Reablement at home", telephone="0161 496 0222")
    editor.field("kind").select_option("voluntary")
    editor.presses("See how it will look").reads("0161 496 0222")
    editor.presses("Enter it: visible at once").is_on("Reablement at home")

    editor.follows("Change How to reach them").presses("Add another").presses("Remove way 1")
    editor.types(**{"contact-0-value": "0161 496 0223"}).presses("See how it will look")
    editor.presses("Save: visible at once")
    editor.follows("Change Where").types(find="surrey").presses("Look")
    editor.chooses("All of Surrey County Council: 11 districts").presses("See how it will look")
    editor.reads("Elmbridge").presses("Save: visible at once")
    editor.follows("Close this entry").types(reason="It was only tried out").presses(
        "Close this entry"
    )
    editor.reads("This entry is closed: nobody finds it", "It was only tried out")
    editor.follows("History and undo").reads("Dora Dean closed it")
