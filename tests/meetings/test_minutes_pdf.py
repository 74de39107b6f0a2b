"""The minutes on paper: tagged, scoped by their reader, and with no person in the file's name."""

import io
from collections.abc import Callable

import pypdf
import pytest
from django.test import Client

from meetings.actions import contribute, holding
from meetings.models import Item
from portal.audit.models import AccessEvent
from tests.cast import Cast
from tests.conftest import send
from tests.contacts.sheets import pages_of
from tests.meetings.conftest import topic
from tests.meetings.held import all_came, begun, ended, two_items
from tests.meetings.test_outcome import agree, decide
from tests.referrals.test_budget import queries

As = Callable[[str], Client]
NAME = "Margaret Example"


@pytest.fixture
def held(cast: Cast) -> tuple[str, str]:
    """A meeting with two people that was held; (its reference, that of the first referral)."""
    ours = send(cast)
    theirs = send(cast, by="gina", team="grove", to="other_front_door")
    meeting, item = begun(
        cast,
        items=two_items(cast, ours.reference, ours.reference),
        must=("sam", "oscar"),
        writes=["alice"],
    )
    Item.objects.filter(meeting=meeting, position=2).update(referral=theirs)
    paper = contribute.write_contribution(
        by=cast.reader("alice"),
        reference=meeting.reference,
        item=item.pk,
        body="Steady on Tuesday",
        version=0,
    )
    contribute.use_contribution(
        by=cast.reader("sam"),
        reference=meeting.reference,
        contribution=paper.pk,
        used="Physio first",
        version=1,
    )
    decide(cast, meeting, item, "Step-down bed\nfor two weeks")
    agree(cast, meeting, item)
    ended(cast, meeting, item)
    return meeting.reference, ours.reference


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(pages_of(answer.content))


def test_it_says_what_was_decided_and_who_does_what(held: tuple[str, str], as_: As) -> None:
    said = text(as_("sam"), f"/meetings/{held[0]}/minutes/minutes.pdf")
    for words in (
        NAME,
        "Step-down bed",
        "Ring the daughter",
        "Steady on Tuesday",
        "How it was taken into account: Physio first",
        "Safe for the person to see online: yes.",
        "Dr Alice Abbot",
    ):
        assert words in said


def test_whoever_has_no_part_reads_a_time_and_no_more(held: tuple[str, str], as_: As) -> None:
    said = text(as_("oscar"), f"/meetings/{held[0]}/minutes/minutes.pdf")
    assert "An item of 15 minutes" in said
    for words in ("Step-down bed", "Ring the daughter", "Steady on Tuesday", "Who visits?"):
        assert words not in said


def test_it_is_tagged_and_its_name_names_nobody(held: tuple[str, str], as_: As) -> None:
    for path in ("minutes/minutes.pdf", f"part/{held[1]}/minutes.pdf"):
        answer = as_("sam").get(f"/meetings/{held[0]}/{path}")
        assert answer["Content-Disposition"] == f'inline; filename="minutes-{held[0]}.pdf"'
        assert "no-store" in answer["Cache-Control"]
        pdf = pypdf.PdfReader(io.BytesIO(answer.content))
        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en-GB"
        assert pdf.metadata is not None
        assert pdf.metadata.title == f"Minutes {held[0]}"
        assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_a_copy_for_the_record_says_first_whether_it_may_be_seen_online(
    held: tuple[str, str], as_: As
) -> None:
    for name in ("ada", "tess"):  # neither was there: both sides read it
        said = text(as_(name), f"/meetings/{held[0]}/part/{held[1]}/minutes.pdf")
        assert said.index("Safe for the person to see online: yes.") < said.index(NAME)
        assert "Step-down bed" in said
        assert "Carer's break" not in said
        page = as_(name).get(f"/meetings/{held[0]}/part/{held[1]}/").content.decode()
        assert "Safe for the person to see online: yes." in page
    assert as_("oscar").get(f"/meetings/{held[0]}/part/{held[1]}/").status_code == 404


def test_hidden_for_a_reason(cast: Cast, as_: As) -> None:
    referral = send(cast)
    meeting, item = begun(cast, referral.reference)
    sam = cast.reader("sam")
    holding.end_item(
        by=sam,
        reference=meeting.reference,
        item=item.pk,
        safe_online=False,
        hide_because="Her son reads her post",
    )
    holding.end_meeting(by=sam, reference=meeting.reference, came=all_came(meeting))
    said = text(as_("ada"), f"/meetings/{meeting.reference}/part/{referral.reference}/minutes.pdf")
    assert "Hide, because: Her son reads her post" in said


def test_what_was_typed_is_never_markup(cast: Cast, as_: As) -> None:
    meeting, item = begun(cast, send(cast).reference)
    nasty = '#panic("x") *bold* [a] $x$ \\ <label> @ref // no \u202e\U0001f600 \U0001d518'
    decide(cast, meeting, item, nasty)
    ended(cast, meeting, item)
    said = text(as_("sam"), f"/meetings/{meeting.reference}/minutes/minutes.pdf")
    assert '#panic("x") *bold* [a]' in said


def test_that_it_was_taken_away_is_recorded(held: tuple[str, str], as_: As) -> None:
    as_("sam").get(f"/meetings/{held[0]}/minutes/minutes.pdf")
    event = AccessEvent.objects.filter(verb=AccessEvent.Verb.EXPORTED).latest("pk")
    assert event.subjects == [held[1]]


@pytest.mark.parametrize("page", ["at/", "minutes/"])
def test_as_many_queries_for_eight_items_as_for_one(cast: Cast, as_: As, page: str) -> None:
    one = send(cast).reference
    sam, costs = as_("sam"), []
    for count in (1, 8):
        items = [topic(cast, f"Item {n}", 10, referral=one, points="A?\nB?") for n in range(count)]
        meeting, item = begun(cast, items=items, minutes=10 * count)
        decide(cast, meeting, item, "So be it")
        agree(cast, meeting, item)
        path = f"/meetings/{meeting.reference}/{page}"
        sam.get(path)
        costs.append(queries(sam, path))
    assert costs[0] == costs[1]
    assert costs[0] <= 12
