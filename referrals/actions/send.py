"""Sending a referral: once, however often the button is pressed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from contacts.models import Service
from portal.accounts.access import Reader
from portal.accounts.memberships import IS_IN_TEAM
from portal.accounts.models import Team
from portal.accounts.roles import May, Role
from portal.audit.actions import access_event, record_access
from portal.audit.models import AccessEvent
from portal.core import once
from portal.core.clock import now, today
from portal.core.inserting import insert_together, keys_of
from portal.core.references import new_reference
from portal.core.refused import NotAllowed, Refused
from portal.core.retrying import retry_deadlocks
from portal.ui.words import short_when
from portal.worktime.hours import add_working_time, state_at
from referrals.actions.changing import Changing
from referrals.actions.sides import receiving_side
from referrals.models import Party, Person, Point, Referral, StatusChange
from referrals.rules import check_points
from referrals.states import Event, Status, Urgency
from referrals.taking import why_none

_PURPOSE = "referral.send"


@dataclass(frozen=True)
class PersonDetails:
    """Who it is about, as the sender knows them. Only the name is needed."""

    name: str
    born_on: date | None = None
    nhs_number: str = ""
    address: str = ""
    postcode: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class Answers:
    """The six answers. Field by field what `forms.refer` and the API have checked.

    A `letter` may stand in place of the points. Whom the sender has rung, and when, is asked of
    what is urgent; empty is "nobody yet".
    """

    person: PersonDetails
    points: list[str]
    urgency: Urgency
    why_now: str
    with_person: str
    agreement: str
    call_back: str
    agreement_note: str = ""
    letter: str = ""
    rung_whom: str = ""
    rung_at: datetime | None = None
    for_clinician_id: int | None = None
    body: dict[str, Any] = field(default_factory=dict, compare=False)


@retry_deadlocks
def send_referral(
    *, by: Reader, team: Team, service: Service, answers: Answers, key: str
) -> Referral:
    """Send the referral from `team` to `service`; with the same key again, the same referral.

    Raises NotAllowed where the reader may not refer for the team, Refused where the service takes
    no referrals here or a rule says no.
    """
    with transaction.atomic():
        return send_within(by=by, team=team, service=service, answers=answers, key=key)


def send_within(
    *, by: Reader, team: Team, service: Service, answers: Answers, key: str
) -> Referral:
    """The same in the caller's transaction, which ends where this raises: no savepoint."""
    if not by.may(May.REFER, team.pk):
        raise NotAllowed("Your role does not allow you to refer for this team.")
    reference = new_reference("CG")
    row, first = once.take(
        key=key, by=by.user, purpose=_PURPOSE, body=answers.body, result=reference
    )
    if not first:
        return _again(by, row.result)
    return _write(by, team, service, answers, reference)


def sent_before(*, by: Reader, key: str, body: Mapping[str, object]) -> Referral | None:
    """The referral that exactly this has sent with the key; None where it has sent none.

    Asked before whatever can be another now than it was then: the entry, the sender's teams.
    """
    reference = once.made_before(key=key, by=by.user, purpose=_PURPOSE, body=body)
    if not reference:
        return None
    with transaction.atomic():
        return _again(by, reference)


def _again(by: Reader, reference: str) -> Referral:
    record_access(**_seen(by, reference))
    return Referral.objects.select_related("service", "person").get(reference=reference)


def _write(by: Reader, team: Team, service: Service, answers: Answers, reference: str) -> Referral:
    receiving = _receiving_team(service, team)
    points = check_points(answers.points, letter=answers.letter)
    person_key, key = _keys(answers.for_clinician_id, team)
    moment = now()
    details = answers.person
    person = Person(pk=person_key, **vars(details))
    referral = _row(by, team, service, receiving, person, answers, moment)
    referral.pk, referral.reference = key, reference
    sent = StatusChange(
        referral=referral,
        event=Event.SEND,
        to_status=Status.SENT,
        by=by.user,
        by_team=team,
        at=moment,
    )
    roles = {receiving.pk: Party.As.RECEIVER, team.pk: Party.As.SENDER}
    insert_together(
        [
            person,
            referral,
            *(Point(referral=referral, position=i, text=t) for i, t in enumerate(points, start=1)),
            *(
                Party(referral=referral, team_id=pk, role=role, since=moment)
                for pk, role in roles.items()
            ),
            sent,
            access_event(**_seen(by, reference)),
        ]
    )
    Changing(referral, by, team, moment).tell(
        f"referral.sent:{referral.reference}",
        "referral.sent",
        receiving_side(referral),
        wanted="Read it and answer",
        due=short_when(referral.due_at) if referral.due_at else "",
    )
    return referral


def _seen(by: Reader, reference: str) -> dict[str, Any]:
    """Whoever sends it gets to see it: what the audit is told."""
    return {
        "by": by.user,
        "verb": AccessEvent.Verb.READ,
        "subject_kind": "referral",
        "subjects": [reference],
        "reason": "sent",
    }


def _row(
    by: Reader,
    team: Team,
    service: Service,
    receiving: Team,
    person: Person,
    answers: Answers,
    moment: datetime,
) -> Referral:
    hours, standard = service.hours(), service.response_time(answers.urgency)
    if standard is None:
        raise Refused(f"{service.name} has not said how soon it answers.", code="no-standard")
    if hours.never_opens:
        raise Refused(
            f"{service.name} has not said when it is open, so nobody can say when this is read."
            " Ring them instead.",
            code="no-hours",
        )
    state = state_at(hours, moment)
    return Referral(
        service=service,
        sending_team=team,
        receiving_team=receiving,
        person=person,
        urgency=answers.urgency,
        why_now=answers.why_now,
        with_person=answers.with_person,
        agreement=answers.agreement,
        agreement_note=answers.agreement_note,
        call_back=answers.call_back,
        letter=answers.letter,
        rung_whom=answers.rung_whom,
        rung_at=answers.rung_at,
        sent_by=by.user,
        for_clinician_id=answers.for_clinician_id,
        sent_at=moment,
        readable_from=moment if state.open_now else (state.opens_next or moment),
        status=Status.SENT,
        status_since=moment,
        due_at=add_working_time(hours, moment, standard),
        changed_at=moment,
    )


def _receiving_team(service: Service, team: Team) -> Team:
    """The team that reads them; raises Refused where the service takes none here."""
    if why := why_none(service, today()):
        raise Refused(why, code="takes-no-referrals")
    receiving = service.receiving_team
    assert receiving is not None  # noqa: S101 (why_none has just said so)
    if receiving.pk == team.pk:
        raise Refused("This is your own team's service.", code="own-service")
    return receiving


_KEYS = f"SELECT {keys_of(Person, Referral)}"
_KEYS_IF_CLINICIAN = f"{_KEYS} WHERE {IS_IN_TEAM}"


def _keys(clinician_id: int | None, team: Team) -> tuple[int, int]:
    """Keys for the person and the referral; in the same trip, for whom it is prepared is checked.

    Raises Refused unless that is a clinician of the same team, or nobody.
    """
    of = {"user": clinician_id, "team": team.pk, "role": Role.CLINICIAN.value, "today": today()}
    with connection.cursor() as cursor:
        cursor.execute(_KEYS if clinician_id is None else _KEYS_IF_CLINICIAN, of)
        keys = cursor.fetchone()
    if keys is None:
        raise Refused("Choose a clinician of your own team.", code="invalid", field="for_clinician")
    return keys[0], keys[1]
