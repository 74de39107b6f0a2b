"""Reports about entries: somebody says what is wrong, the owner answers, the reporter hears."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from django.db import transaction

from contacts import upkeep
from contacts.access import entries, get_report
from contacts.actions.reminding import Saying, Waiting, remind
from contacts.models import Report, Service
from contacts.rhythm import ANSWERED_WITHIN, working_days_after
from contacts.states import OUTCOME_WORDS, TROUBLE_WORDS, Outcome, Stage, Trouble
from contacts.upkeep import Reported
from portal.accounts.access import Reader
from portal.accounts.desks import desk_of_organisation, desk_of_user
from portal.core.clock import london, now, today
from portal.core.refused import InvalidInput, NotAllowed, Refused
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import Recipient, tell

LONGEST_WORDS = 400
# Only an editor answers (access.py): the lead can see to it that there is one.
_DO = {
    Stage.OWNER: "Mend it, or say it was right",
    Stage.LEAD: "Have a directory editor mend it, or say it was right",
    Stage.NOBODY: "",
}


@retry_deadlocks
@transaction.atomic
def report(*, service: Service, trouble: Trouble, by: Reader) -> Report:
    """Say that something is wrong with an entry. Again, while it is open, adds nothing.

    Its owner is told once, however many people report the same; where it has none, the lead.
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
        stage, people = upkeep.told_first(service.organisation_id)
        desk = desk_of_organisation(service.organisation_id)
        tell(
            event=f"directory report {made.pk}",
            kind="directory.reported",
            recipients=[Recipient.person(user_id, desk) for user_id in people],
            facts={
                "team": service.organisation.name,
                "wanted": f"{TROUBLE_WORDS[trouble]}: {service.name}. {_DO[stage]}",
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


def remind_of_reports() -> None:
    """Tell the owner of reports that nobody has answered within some working days, and after as
    many more the lead: each once, and as safe to repeat and to miss as remind_of_checks.

    Where nobody was there when something was reported, whoever has come since is told.
    """
    day = today()
    # Of an entry that has closed nobody has to answer any more, though they can.
    standing = [
        one
        for one in upkeep.reported(organisation_ids=None)
        if one.service.closed_on is None or one.service.closed_on > day
    ]
    open_ones = sorted(standing, key=lambda one: one.service.organisation_id)
    reminded = upkeep.owners_reminded(open_ones)
    for _, group in groupby(open_ones, key=lambda one: one.service.organisation_id):
        by_stage: dict[Stage, list[Waiting]] = {Stage.OWNER: [], Stage.LEAD: []}
        for one in group:
            since = london(one.since).date()
            late_on = working_days_after(since, ANSWERED_WITHIN, one.service.nation)
            stage, tell_on = Stage.OWNER, late_on
            if told_at := reminded.get((one.service.pk, since, one.trouble)):
                told_on = london(told_at).date()
                stage = Stage.LEAD
                tell_on = working_days_after(told_on, ANSWERED_WITHIN, one.service.nation)
            if day >= tell_on:
                by_stage[stage].append(_waiting(one, since, late_on))
        for stage, those in by_stage.items():
            if those:
                remind(found=those, stage=stage, say=_LATE[stage])


def _waiting(one: Reported, since: date, due_on: date) -> Waiting:
    return Waiting(
        service_id=one.service.pk,
        since=since,
        trouble=one.trouble.value,
        due_on=due_on,
        organisation_id=one.service.organisation_id,
        organisation=one.service.organisation.name,
        name=f"{one.service.name} ({TROUBLE_WORDS[one.trouble].lower()})",
        reference=one.service.reference,
        path=f"/directory/reports/{one.reference}/",
    )


def _late(kind: str, wanted: str) -> Callable[[Sequence[Waiting]], Saying]:
    return lambda _: Saying(kind=kind, wanted=lambda names: f"{wanted} {names}", by="")


_LATE = {
    Stage.OWNER: _late("directory.report-late", "Answer what is reported of"),
    Stage.LEAD: _late("directory.report-late-lead", "See that somebody answers:"),
}


def _check_open(row: Report) -> None:
    if row.answered_at is None:
        return
    who = row.answered_by.name if row.answered_by else "Somebody"
    raise Refused(f"{who} has answered this already.", code="answered-already")
