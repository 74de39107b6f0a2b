"""Reminders and reports in several processes at the same moment, on real connections."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from django.db import transaction

from contacts.access import get_own_entry
from contacts.actions.checks import remind_of_checks
from contacts.actions.reports import answer, remind_of_reports, report
from contacts.models import CheckReminder, Report, Service
from contacts.states import Outcome, Trouble
from portal.core.clock import now, today
from portal.core.refused import Refused
from portal.notifications.models import Notification
from tests.at_once import at_once
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def told(kind: str) -> Counter[str]:
    """How often each person was told in the app."""
    rows = Notification.objects.filter(kind=kind, channel="app").select_related("recipient")
    return Counter(row.recipient.name for row in rows if row.recipient)


@pytest.mark.parametrize("again", range(3))
def test_six_at_once_remind_each_of_them_once(again: int) -> None:
    make_cast()
    Service.objects.update(last_checked_on=today() - timedelta(days=400))
    at_once(*[remind_of_checks] * 6)
    remind_of_checks()
    # Trafford's two entries; Manchester has nobody who looks after its own.
    assert CheckReminder.objects.filter(stage="owner").count() == 2
    assert CheckReminder.objects.filter(stage="none").count() == 1
    assert told("directory.due-lead") == {}
    CheckReminder.objects.update(told_at=now() - timedelta(days=14))
    at_once(*[remind_of_checks] * 6)
    remind_of_checks()
    assert CheckReminder.objects.filter(stage="lead").count() == 2
    assert told("directory.due") == {"Dora Dean": 1}
    assert told("directory.due-lead") == {"Olga Orr": 1}


def test_six_at_once_remind_of_a_report_once() -> None:
    cast = make_cast()
    report(service=cast.services["hub"], trouble=Trouble.MOVED, by=cast.reader("alice"))
    Report.objects.update(reported_at=now() - timedelta(days=30))
    for _ in range(2):
        at_once(*[remind_of_reports] * 6)
        assert told("directory.report-late") == {"Dora Dean": 1}
        CheckReminder.objects.update(told_at=now() - timedelta(days=14))
    assert told("directory.report-late-lead") == {"Olga Orr": 1}


def test_an_editor_at_work_and_a_reminder_do_not_wait_for_each_other() -> None:
    cast = make_cast()
    Service.objects.update(last_checked_on=today() - timedelta(days=400))
    entry = cast.services["front_door"]
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            get_own_entry(cast.reader("dora"), entry.reference, lock=True)
            reminding = pool.submit(at_once, remind_of_checks)
            assert not wait([reminding], timeout=1).done
            Service.objects.filter(pk=entry.pk).update(summary="What has just been typed.")
        reminding.result(30)
    assert told("directory.due") == {"Dora Dean": 1}


@pytest.mark.parametrize("again", range(3))
def test_several_reports_at_once_tell_the_owner_once(again: int) -> None:
    cast = make_cast()
    service = cast.services["front_door"]
    people = [cast.reader(name) for name in ("alice", "ada", "gina", "alice", "gina")]
    at_once(*[lambda by=by: report(service=service, trouble=Trouble.MOVED, by=by) for by in people])
    assert Report.objects.open().count() == 3
    assert told("directory.reported") == {"Dora Dean": 1}


def test_two_editors_answer_and_one_is_told_who_was_quicker() -> None:
    cast = make_cast()
    by = cast.reader("alice")
    made = report(service=cast.services["front_door"], trouble=Trouble.MOVED, by=by)
    dora = cast.reader("dora")

    def press() -> object:
        return answer(reference=made.reference, outcome=Outcome.MENDED, words="", by=dora)

    results = at_once(*[press] * 4)
    refused = [str(one) for one in results if isinstance(one, Refused)]
    assert refused == ["Dora Dean has answered this already."] * 3
    assert told("directory.answered") == {"Dr Alice Abbot": 1}


def test_what_is_reported_while_others_are_answered_is_told() -> None:
    cast = make_cast()
    service = cast.services["front_door"]
    made = report(service=service, trouble=Trouble.MOVED, by=cast.reader("alice"))
    late, dora = cast.reader("gina"), cast.reader("dora")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            answer(reference=made.reference, outcome=Outcome.MENDED, words="", by=dora)
            again = pool.submit(
                at_once, lambda: report(service=service, trouble=Trouble.MOVED, by=late)
            )
            # It waits for the answer, rather than to count as one more of what is being answered.
            assert not wait([again], timeout=1).done
        again.result(30)
    assert Report.objects.open().count() == 1
    assert told("directory.reported") == {"Dora Dean": 2}


@pytest.mark.parametrize("again", range(3))
def test_two_reports_of_one_entry_answered_at_once(again: int) -> None:
    cast = make_cast()
    service, troubles = cast.services["front_door"], [Trouble.MOVED, Trouble.WRONG_NUMBER]
    for name in ("alice", "gina", "ada"):
        for trouble in troubles:
            report(service=service, trouble=trouble, by=cast.reader(name))
    dora = cast.reader("dora")
    # From the last to the first, too: whoever is second waits for all, and is told.
    references = list(Report.objects.order_by("-pk").values_list("reference", flat=True))
    answers: list[Callable[[], object]] = [
        lambda one=one: answer(reference=one, outcome=Outcome.MENDED, words="", by=dora)
        for one in references
    ]
    refused = [one for one in at_once(*answers) if isinstance(one, Refused)]
    assert len(refused) == 4
    assert told("directory.answered") == {"Dr Alice Abbot": 2, "Dr Gina Grey": 2, "Ada Archer": 2}
