"""Reports about entries: somebody says what is wrong, the owner answers, the reporter hears."""

from django.db import transaction

from contacts import upkeep
from contacts.access import entries, get_report
from contacts.models import Report, Service
from contacts.states import OUTCOME_WORDS, TROUBLE_WORDS, Outcome, Stage, Trouble
from portal.accounts.access import Reader
from portal.accounts.desks import desk_of_organisation, desk_of_user
from portal.core.clock import now
from portal.core.refused import InvalidInput, NotAllowed, Refused
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import Recipient, tell

LONGEST_WORDS = 400


@retry_deadlocks
@transaction.atomic
def report(*, service: Service, trouble: Trouble, by: Reader) -> Report:
    """Say that something is wrong with an entry. Again, while it is open, adds nothing.

    Its owner is told once, however many people report the same.
    """
    _one_after_the_other(service.pk)
    entries().get(pk=service.pk)
    same = Report.objects.open().filter(service=service, trouble=trouble)
    is_first = not same.exists()
    made, _ = same.get_or_create(
        reported_by=by.user,
        defaults={"service": service, "trouble": trouble, "reported_at": now()},
    )
    if is_first:
        owners = upkeep.looked_after_by(service.organisation_id, Stage.OWNER)
        desk = desk_of_organisation(service.organisation_id)
        tell(
            event=f"directory report {made.pk}",
            kind="directory.reported",
            recipients=[Recipient.person(user_id, desk) for user_id in owners],
            facts={
                "team": service.organisation.name,
                "wanted": f"{TROUBLE_WORDS[trouble]}: {service.name}. Mend it, or say it was right",
                "reference": service.reference,
            },
            path=f"/directory/reports/{made.reference}/",
        )
    return made


def _one_after_the_other(service_id: int) -> None:
    """Reports of an entry and their answers: of several at once only the first tells the owner.

    What comes while others are answered is a first one again. Always locked before a report.
    """
    list(Service.objects.select_for_update(no_key=True).filter(pk=service_id).values_list("pk"))


@transaction.atomic
def add_words(*, reference: str, words: str, by: Reader) -> Report:
    """The reporter says more, as long as nobody has answered."""
    row = get_report(by, reference, lock=True)
    if row.reported_by_id != by.user.pk:
        raise NotAllowed("Only whoever reported it adds words.", subject_kind="report")
    _check_open(row)
    row.words = words.strip()[:LONGEST_WORDS]
    row.save(update_fields=["words"])
    return row


@retry_deadlocks
@transaction.atomic
def answer(*, reference: str, outcome: Outcome, words: str, by: Reader) -> Report:
    """The owner answers all open reports of the same trouble; everyone who reported it hears.

    Raises Refused where a colleague was quicker, InvalidInput for "it was right" without a reason.
    """
    found = get_report(by, reference, for_answer=True)
    _one_after_the_other(found.service_id)
    row = get_report(by, reference, for_answer=True, lock=True)
    _check_open(row)
    words = words.strip()
    if outcome == Outcome.WAS_RIGHT and not words:
        raise InvalidInput(
            "Say why it was right: whoever could not reach them reads it.", field="words"
        )
    same = Report.objects.open().filter(service=row.service_id, trouble=row.trouble)
    moment = now()
    for one in same.select_for_update().order_by("pk"):
        one.outcome, one.answer = outcome.value, words[:LONGEST_WORDS]
        one.answered_by, one.answered_at = by.user, moment
        one.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
        tell(
            event=f"directory report {one.pk} answered",
            kind="directory.answered",
            # Of the reporter's own organisation, not of the entry's.
            recipients=[Recipient.person(one.reported_by_id, desk_of_user(one.reported_by_id))],
            facts={
                "team": row.service.organisation.name,
                "wanted": f"{OUTCOME_WORDS[outcome]}: {row.service.name}. Nothing more to do",
                "reference": row.service.reference,
            },
            path=f"/directory/reports/{one.reference}/",
        )
    row.refresh_from_db()
    return row


def _check_open(row: Report) -> None:
    if row.answered_at is None:
        return
    who = row.answered_by.name if row.answered_by else "Somebody"
    raise Refused(f"{who} has answered this already.", code="answered-already")
