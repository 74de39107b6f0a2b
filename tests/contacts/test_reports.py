"""Reports of what is wrong with an entry: told to its owner, answered, heard of."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from contacts.actions.checks import set_main_number
from contacts.actions.reports import add_words, answer, report
from contacts.models import Report
from contacts.presenters.upkeep import reported_words
from contacts.states import Outcome, Trouble
from portal.accounts.models import User
from portal.core.clock import now, standing_at
from portal.core.models import RateCount
from portal.core.refused import InvalidInput, NotAllowed, NotYours, Refused
from portal.notifications.models import Notification
from portal.worktime.words import WEEKDAYS
from tests.cast import Cast
from tests.contacts.test_pages import words

pytestmark = pytest.mark.django_db


def reported(cast: Cast, by: str = "alice", trouble: Trouble = Trouble.WRONG_NUMBER) -> Report:
    """Somebody reports Trafford's front door."""
    return report(service=cast.services["front_door"], trouble=trouble, by=cast.reader(by))


def answered(cast: Cast, row: Report, by: str = "dora", **changes: Any) -> Report:
    """Its editor answers."""
    given = {"outcome": Outcome.MENDED, "words": "There was a digit too few.", **changes}
    return answer(reference=row.reference, by=cast.reader(by), **given)


def told(kind: str, channel: str = "app") -> list[tuple[User | None, str]]:
    """Who was told what of a kind, in order."""
    rows = Notification.objects.filter(kind=kind, channel=channel).order_by("pk")
    return [(row.recipient, row.path) for row in rows.select_related("recipient")]


def page_of(cast: Cast) -> str:
    return f"/directory/{cast.services['front_door'].reference}/"


def test_the_owner_is_told_and_the_reporter_hears(cast: Cast) -> None:
    row = reported(cast)
    path = f"/directory/reports/{row.reference}/"
    for channel in ("app", "email"):
        assert told("directory.reported", channel) == [(cast.dora, path)]
    answered(cast, row)
    for channel in ("app", "email"):
        assert told("directory.answered", channel) == [(cast.alice, path)]


def test_a_mail_that_fails_is_seen_by_the_organisation_of_whom_it_was_for(cast: Cast) -> None:
    answered(cast, reported(cast))
    mails = Notification.objects.filter(channel="email", kind__startswith="directory.")
    assert dict(mails.values_list("kind", "desk")) == {
        "directory.reported": f"organisation {cast.organisations['trafford'].pk}",
        "directory.answered": f"organisation {cast.teams['park'].organisation_id}",
    }


def test_no_notification_names_anybody(cast: Cast) -> None:
    row = reported(cast)
    add_words(reference=row.reference, words="PLANTED-WORDS", by=cast.reader("alice"))
    answered(cast, row, words="PLANTED-ANSWER")
    for facts in Notification.objects.values_list("facts", flat=True):
        for planted in ("Alice", "Dora", "PLANTED"):
            assert planted not in str(facts)


def test_the_same_again_adds_nothing(cast: Cast) -> None:
    first = reported(cast)
    assert reported(cast) == first
    assert Report.objects.count() == 1
    assert len(told("directory.reported")) == 1
    assert reported(cast, trouble=Trouble.MOVED) != first
    with pytest.raises(IntegrityError, match="report_open_once"), transaction.atomic():
        Report.objects.create(
            service=first.service,
            trouble=first.trouble,
            reported_by=cast.alice,
            reported_at=now(),
        )


def test_a_second_person_counts_and_hears_too(cast: Cast) -> None:
    one, other = reported(cast), reported(cast, by="gina")
    assert len(told("directory.reported")) == 1
    answered(cast, one)
    assert [who for who, _ in told("directory.answered")] == [cast.alice, cast.gina]
    other.refresh_from_db()
    assert other.outcome == Outcome.MENDED


def test_after_an_answer_it_can_be_reported_again(cast: Cast) -> None:
    answered(cast, reported(cast))
    reported(cast)
    assert len(told("directory.reported")) == 2


def test_who_answers_and_who_reads(cast: Cast) -> None:
    row = reported(cast)
    for name in ("gina", "oscar", "sam"):
        with pytest.raises(NotYours):
            answered(cast, row, by=name)
    # The reporter and the organisation's administrator read it; its editors answer.
    for name in ("alice", "olga"):
        with pytest.raises(NotAllowed):
            answered(cast, row, by=name)
    with pytest.raises(NotYours):
        answer(reference="RP-NONE-NONE\0", outcome=Outcome.MENDED, words="", by=cast.reader("dora"))


def test_it_was_right_needs_a_reason(cast: Cast) -> None:
    row = reported(cast)
    with pytest.raises(InvalidInput) as wrong:
        answered(cast, row, outcome=Outcome.WAS_RIGHT, words="  ")
    assert wrong.value.field == "words"
    assert answered(cast, row, outcome=Outcome.WAS_RIGHT, words="The line was down.").answer


def test_answered_once(cast: Cast) -> None:
    row = reported(cast)
    answered(cast, row)
    with pytest.raises(Refused, match="Dora Dean has answered this already"):
        answered(cast, row)
    with pytest.raises(Refused, match="has answered this already"):
        add_words(reference=row.reference, words="Late", by=cast.reader("alice"))


def test_only_the_reporter_adds_words(cast: Cast) -> None:
    row = reported(cast)
    with pytest.raises(NotAllowed):
        add_words(reference=row.reference, words="x", by=cast.reader("dora"))
    with pytest.raises(NotYours):
        add_words(reference=row.reference, words="x", by=cast.reader("gina"))


def test_half_an_answer_cannot_be_kept(cast: Cast) -> None:
    row = reported(cast)
    for half in ({"outcome": "mended"}, {"answered_at": now()}, {"answered_by": cast.dora}):
        with pytest.raises(IntegrityError, match="report_answered"), transaction.atomic():
            Report.objects.filter(pk=row.pk).update(**half)


def test_reported_by_two_people_since(cast: Cast, as_: Any) -> None:
    at = now()
    with standing_at(at - timedelta(days=3)):
        reported(cast)
    reported(cast, by="gina", trouble=Trouble.MOVED)
    reported(cast, by="gina")
    weekday = WEEKDAYS[(at - timedelta(days=3)).weekday()]
    said = words(as_("sam").get(page_of(cast)).content.decode())
    assert f"Reported by two people since {weekday}" in said
    assert "wrong number and moved, or no longer there." in said
    assert "Main number of" not in said
    trafford = cast.services["front_door"].organisation
    set_main_number(organisation=trafford, telephone="0161 496 0100", by=None)
    said = words(as_("sam").get(page_of(cast)).content.decode())
    assert "Main number of Trafford Council: 0161 496 0100" in said
    listed = words(as_("sam").get("/directory/?q=front+door+Trafford").content.decode())
    assert f"Reported by two people since {weekday}." in listed
    # Among the public answers it is not said.
    public = f"/who-to-contact/services/{cast.services['front_door'].reference}/"
    assert "Reported" not in Client().get(public).content.decode()


def test_since_when_in_words() -> None:
    at = now()
    assert reported_words(1, at, at) == "Reported by one person today"
    assert reported_words(12, at - timedelta(days=1), at).endswith("12 people since yesterday")
    day = (at - timedelta(days=30)).date()
    assert f"since {day.day} " in reported_words(3, at - timedelta(days=30), at)


def test_a_report_by_its_button(cast: Cast, as_: Any) -> None:
    alice = as_("alice")
    html = alice.get(page_of(cast)).content.decode()
    assert 'name="trouble" value="nobody-answered"' in html
    answer_ = alice.post(f"{page_of(cast)}report/", {"trouble": "nobody-answered"}, follow=True)
    said = words(answer_.content.decode())
    assert "Thank you. Trafford Council is told, and you will hear its answer." in said
    assert "Nobody answered. Trafford Council is told, and you will hear its answer." in said
    row = Report.objects.get()
    path = f"/directory/reports/{row.reference}/words/"
    assert alice.post(path, {"words": "Rang at nine."}).status_code == 302
    assert "Rang at nine." in alice.get(page_of(cast)).content.decode()
    alice.post(path, {"words": "x" * 401})
    row.refresh_from_db()
    assert row.words == "Rang at nine."


@pytest.mark.parametrize("trouble", ["", "rude", "\0", "x" * 100_000])
def test_what_is_no_trouble_is_refused(cast: Cast, as_: Any, trouble: str) -> None:
    assert as_("alice").post(f"{page_of(cast)}report/", {"trouble": trouble}).status_code == 400
    assert not Report.objects.exists()


def test_reports_are_limited(cast: Cast, as_: Any) -> None:
    alice = as_("alice")
    alice.post(f"{page_of(cast)}report/", {"trouble": "moved"})
    RateCount.objects.update(count=20)
    refused = alice.post(f"{page_of(cast)}report/", {"trouble": "wrong-number"})
    assert refused.status_code == 429
    assert Report.objects.count() == 1


def test_the_owner_answers_on_the_page(cast: Cast, as_: Any) -> None:
    row, dora = reported(cast), as_("dora")
    reported(cast, by="gina")
    assert "Wrong number: Adult social care front door" in words(
        dora.get("/directory/upkeep/").content.decode()
    )
    own = page_of(cast).replace("/directory/", "/directory/own/")
    for page in (page_of(cast), own):
        assert "Answer “wrong number”" in dora.get(page).content.decode()
    path = f"/directory/reports/{row.reference}/"
    said = words(dora.get(path).content.decode())
    assert "Dr Alice Abbot, GP, today" in said
    assert "Dr Gina Grey, GP, today" in said
    assert "Choose whether you mended it" in dora.post(path, {}).content.decode()
    needed = dora.post(path, {"outcome": "was-right", "words": ""})
    assert needed.status_code == 422
    assert "Say why it was right" in needed.content.decode()
    given = {"outcome": "was-right", "words": "We were on the other line."}
    assert dora.post(path, given).status_code == 302
    assert "Nobody reports anything" in dora.get("/directory/upkeep/").content.decode()


def test_the_reporter_reads_the_answer_and_no_other_name(cast: Cast, as_: Any) -> None:
    row = reported(cast)
    reported(cast, by="gina")
    alice, path = as_("alice"), f"/directory/reports/{row.reference}/"
    said = words(alice.get(path).content.decode())
    assert "Not answered yet" in said
    assert "Gina" not in said
    answered(cast, row)
    said = words(alice.get(path).content.decode())
    assert "Mended There was a digit too few. Dora Dean, Trafford Council, today" in said
    assert "You, today" in said
    assert as_("gina").get(path).status_code == 404


def test_history_is_kept(cast: Cast) -> None:
    row = reported(cast)
    answered(cast, row)
    events = Report.pgh_event_model.objects.filter(pgh_obj_id=row.pk)
    assert list(events.order_by("pgh_id").values_list("outcome", flat=True)) == ["", "mended"]
