"""The parts of an entry on their pages: typed, seen before saved, merged with another editor's."""

import re
from typing import Any

import pytest

from contacts.models import ServiceChange
from contacts.whole import whole_of
from tests.contacts.conftest import World
from tests.contacts.editing import (
    address,
    change,
    fields_of,
    form,
    front_door,
    notice,
    ref,
    send,
    text_of,
)

pytestmark = pytest.mark.django_db


PARTS = ["notices", "reach", "hours", "area", "about", "needs", "referrals"]


@pytest.mark.parametrize("slug", PARTS)
def test_a_form_sent_as_it_was_found_changes_nothing(world: World, slug: str) -> None:
    """So what it shows is what the entry says, whatever the part."""
    before = whole_of(front_door(world))
    answer = send(world, slug, form(world, slug), act="save")
    assert answer.status_code == 409
    assert "Nothing is different from what the entry says already." in text_of(answer)
    assert whole_of(front_door(world)) == before


@pytest.mark.parametrize(
    ("slug", "changes", "says"),
    [
        ("reach", {"contact-0-value": "0161 496 0888"}, "0161 496 0888"),
        ("hours", {"friday": "10 to 12"}, "Friday 10:00 to 12:00"),
        ("about", {"summary": "For adults <b>everywhere</b>"}, "For adults <b>everywhere</b>"),
        ("needs", {"what_it_needs": "• One\n\n- Two"}, "One Two"),
        ("needs", {"ring_first": "When it is for tonight"}, "When it is for tonight"),
        ("needs", {"threshold": "Abuse or neglect"}, "Abuse or neglect"),
        ("referrals", {"routine": "5 working days"}, "Routine: 5 working days"),
        ("area", {"covers": ["E08000003", "E08000009"]}, "Manchester"),
        ("notices", {"text": "Telephones are down", "clock": "23:59"}, "Telephones are down"),
    ],
)
def test_it_is_seen_before_it_is_saved_in_the_same_words(
    world: World, slug: str, changes: dict[str, Any], says: str
) -> None:
    before = whole_of(front_door(world))
    preview = send(world, slug, form(world, slug, **changes))
    assert preview.status_code == 200
    assert says in text_of(preview)
    assert whole_of(front_door(world)) == before
    # What the preview sends is all that is needed to save.
    saved = send(world, slug, fields_of(preview), act="save")
    assert (saved.status_code, saved["Location"]) == (302, address(world))
    assert whole_of(front_door(world)) != before
    shown = text_of(world.signed_in("gina").get(f"/who-to-contact/services/{ref(world)}/"))
    seen = text_of(preview).partition("As a GP will see it")[2]
    for piece in ("How to reach them", "0161 496 0"):
        assert piece in seen
    # Every word of the entry's own page but its buttons stood in the preview.
    main = shown.partition("How to reach them")[2].partition("Last checked")[0]
    main = main.partition("Not checked yet")[0]
    assert " ".join(main.split()) in " ".join(seen.split())


def test_what_is_new_is_marked(world: World) -> None:
    preview = send(world, "reach", form(world, "reach", **{"contact-0-value": "0161 496 0888"}))
    marks = re.findall(r"<mark>([^<]*)</mark>", preview.content.decode())
    assert marks == ["marked", "0161 496 0888"]


def test_going_on_changing_keeps_what_was_typed(world: World) -> None:
    sent = form(world, "needs", ring_first="Tonight")
    again = send(world, "needs", fields_of(send(world, "needs", sent)), act="back")
    assert fields_of(again)["ring_first"] == ["Tonight"]


def test_saved_twice_it_is_one_change(world: World) -> None:
    sent = form(world, "notices", text="Telephones are down", clock="23:59")
    for _ in range(2):
        assert send(world, "notices", sent, act="save").status_code == 302
    assert ServiceChange.objects.filter(service=front_door(world), verb="changed").count() == 1


# --- rows without a script ---
def test_rows_come_go_and_move(world: World) -> None:
    sent = form(
        world, "reach", **{"contact-3-value": "https://example.org/x", "contact-3-kind": "web"}
    )
    added = fields_of(send(world, "reach", sent, act="add"))
    assert added["contact-4-value"] == [""]
    moved = fields_of(send(world, "reach", added, act="up-3"))
    assert moved["contact-2-value"] == ["https://example.org/x"]
    removed = fields_of(send(world, "reach", moved, act="remove-0"))
    assert removed["contact-0-value"] == ["0161 496 0777"]
    assert send(world, "reach", removed, act="save").status_code == 302
    values = [row[1] for row in whole_of(front_door(world))["contacts"]]
    assert values == ["0161 496 0777", "https://example.org/x", "refuge@example.org"]


def test_the_same_hours_for_all_days(world: World) -> None:
    sent = form(world, "hours", monday="09:00 to 12:00")
    again = fields_of(send(world, "hours", sent, act="same"))
    assert {again[day][0] for day in ("monday", "tuesday", "friday")} == {"09:00 to 12:00"}


def test_districts_are_found_by_name(world: World) -> None:
    found = send(world, "area", form(world, "area", find="council SURREY"), act="find")
    assert "All of Surrey County Council: 11 districts" in text_of(found)
    # Enter in the box looks as well, whatever button it presses.
    assert "Guildford" in text_of(send(world, "area", form(world, "area", find="guildford")))
    sent = {**fields_of(found), "more": ["E10000030"], "find": [""]}
    preview = send(world, "area", sent)
    assert send(world, "area", fields_of(preview), act="save").status_code == 302
    assert len(whole_of(front_door(world))["covers"]) == 12
    nothing = send(world, "area", form(world, "area", find="\x00nowhere"), act="find")
    assert "No other district or council has “nowhere” in its name." in text_of(nothing)


# --- two editors ---
def test_a_clash_shows_both_texts_and_lets_the_editor_choose(world: World) -> None:
    opened = form(world, "needs", ring_first="Mine", threshold="Also mine")
    change(world, ring_first="Theirs")
    clash = send(world, "needs", opened, act="save")
    assert clash.status_code == 409
    assert "Dora changed it" in text_of(clash)
    assert "There now Theirs Yours Mine" in text_of(clash)
    kept = fields_of(clash)
    assert (kept["ring_first"], kept["threshold"]) == (["Mine"], ["Also mine"])
    # Neither is taken without being asked for.
    unanswered = send(world, "needs", kept, act="save")
    assert unanswered.status_code == 422
    assert front_door(world).ring_first == "Theirs"
    theirs = send(world, "needs", {**kept, "take-ring_first": "theirs"}, act="save")
    assert theirs.status_code == 302
    service = front_door(world)
    assert (service.ring_first, service.threshold) == ("Theirs", "Also mine")


def test_a_clash_can_be_merged_by_hand(world: World) -> None:
    opened = form(world, "needs", ring_first="Mine")
    change(world, ring_first="Theirs")
    kept = fields_of(send(world, "needs", opened))
    merged = {**kept, "ring_first": "Theirs, and mine", "take-ring_first": "mine"}
    preview = send(world, "needs", merged)
    assert send(world, "needs", fields_of(preview), act="save").status_code == 302
    assert front_door(world).ring_first == "Theirs, and mine"


def test_notices_of_two_editors_both_stand(world: World) -> None:
    opened = form(world, "notices", text="Mine", clock="23:59")
    change(world, notices=[notice("Theirs")])
    assert send(world, "notices", opened, act="save").status_code == 302
    assert {one.text for one in front_door(world).notices.all()} == {"Theirs", "Mine"}
