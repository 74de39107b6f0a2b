"""What is measured against: the demonstration's directory, readers, and very full inboxes.

Everybody is invented. The rows of the inboxes are inserted without their triggers: their history
is not read here, and keeping it would take minutes.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import cycle

from django.db import connection

from contacts.actions.reference import load_reference_data
from contacts.models import Postcode, Service, ServiceHours
from portal.accounts.models import Membership, Organisation, Team, User
from portal.accounts.roles import Role
from portal.core.clock import now
from portal.core.references import ALPHABET
from portal.home.demonstration.area import make_area
from portal.worktime.hours import Opening
from referrals.models import Message, Referral
from referrals.models import Opening as Opened
from referrals.states import Audience, Voice

from .filling import Rows, fill

READERS = 24  # they take turns, so that nobody meets a rate limit
RECIPIENTS = 6
_YEARS = 2_000  # what a practice has sent in some years, decided and closed


@dataclass(frozen=True)
class Group:
    """A team whose members take turns in asking."""

    team: Team
    users: list[User]


@dataclass(frozen=True)
class Data:
    """Who asks, and for what."""

    organisation: Organisation
    postcodes: list[str]
    gps: Group  # of a practice whose catchment is known; they look up and send
    six: Service  # its team has six people, who are told of everything that is sent
    inbox: Group
    inbox_of_one: Group
    board: Group
    board_of_one: Group
    references: list[str]  # of the inbox, with a short conversation
    talkative: str  # with 25 messages
    terse: str  # with one


def make_data(rows: int) -> Data:
    """All of it, in an empty database; `rows` are the referrals in the large inbox."""
    load_reference_data()
    teams, services = make_area()
    practice, council = teams["park"].organisation, teams["front-door"].organisation
    gps = _group(practice, "Practice that looks up and sends", Role.CLINICIAN)
    inbox = _group(council, "Team with a full inbox", Role.SOCIAL_WORKER)
    inbox_of_one = _group(council, "Team with an inbox of one", Role.SOCIAL_WORKER, 1)
    six = _group(council, "Team of six", Role.SOCIAL_WORKER, RECIPIENTS)
    board = _group(practice, "Practice with a board", Role.CLINICIAN)
    board_of_one = _group(practice, "Practice with a board of one", Role.CLINICIAN, 1)
    senders = [_group(practice, f"Practice {n}", Role.CLINICIAN, 1) for n in range(1, 41)]
    front = services["trafford-front-door"]
    for group, count in ((inbox, rows), (inbox_of_one, 1)):
        fill(_rows(group, front, senders, count))
    for group, count in ((board, 25), (board_of_one, 1)):
        fill(_rows(six, front, [group], count))
        _look(group)
        fill(_closed(_rows(six, front, [group], _YEARS)))
    references = list(
        Referral.objects.filter(receiving_team=inbox.team)
        .order_by("due_at", "pk")
        .values_list("reference", flat=True)[:102]
    )
    talkative, terse, *references = references
    for reference, count in ((talkative, 25), (terse, 1), *((r, 4) for r in references)):
        _talk(reference, inbox, count)
    _settle()
    return Data(
        organisation=council,
        postcodes=_postcodes(),
        gps=gps,
        six=_service(council, six.team),
        inbox=inbox,
        inbox_of_one=inbox_of_one,
        board=board,
        board_of_one=board_of_one,
        references=references,
        talkative=talkative,
        terse=terse,
    )


def _group(organisation: Organisation, name: str, role: Role, count: int = READERS) -> Group:
    team = Team.objects.create(
        organisation=organisation,
        name=name,
        side=Team.Side.SOCIAL if role is Role.SOCIAL_WORKER else Team.Side.HEALTH,
    )
    title = "Social worker" if role is Role.SOCIAL_WORKER else "GP"
    users = User.objects.bulk_create(
        User(
            email=f"{role.value}{n}.{team.pk}@bench.example",
            name=f"Dr {_name(n)} Example",
            job_title=title,
            password="!",  # noqa: S106 (nobody signs in with one)
        )
        for n in range(count)
    )
    since = date(2020, 1, 1)
    Membership.objects.bulk_create(
        Membership(user=u, organisation=organisation, team=team, role=role, since=since)
        for u in users
    )
    return Group(team, users)


def _name(number: int) -> str:
    names = ("Amina", "Ben", "Cass", "Dilys", "Erin", "Farah", "Grace", "Harish")
    return names[number % len(names)]


def _service(organisation: Organisation, team: Team) -> Service:
    service = Service.objects.create(
        organisation=organisation,
        receiving_team=team,
        name="Service that tells six people",
        kind=Service.Kind.FRONT_DOOR,
        basis=Service.Basis.LIVES,
        nation="England",
        routine_minutes=960,
        this_week_minutes=480,
        today_minutes=120,
        is_invented=True,
    )
    openings = (Opening(day, *_OFFICE) for day in range(5))
    ServiceHours.objects.bulk_create(
        ServiceHours(service=service, weekday=o.weekday, opens=o.opens, closes=o.closes)
        for o in openings
    )
    return service


_OFFICE = (datetime(2020, 1, 1, 8, 30).time(), datetime(2020, 1, 1, 17).time())  # noqa: DTZ001


def _rows(group: Group, service: Service, senders: list[Group], count: int) -> Rows:
    """Due between two days ago and four days ahead; every fiftieth is held by somebody."""
    seed = f"{group.team.pk} {senders[0].team.pk} {count}"
    draw = random.Random(seed)  # noqa: S311 (data, not a secret)
    references: set[str] = set()
    while len(references) < count:
        letters = "".join(draw.choices(ALPHABET, k=8))
        references.add(f"CG-{letters[:4]}-{letters[4:]}")
    return Rows(
        references=sorted(references),
        service_id=service.pk,
        receiving_team_id=group.team.pk,
        holders=[user.pk for user in group.users],
        senders=[(sender.team.pk, sender.users[0].pk) for sender in senders],
        first_due=now() - timedelta(days=2),
        last_due=now() + timedelta(days=4),
    )


def _closed(rows: Rows) -> Rows:
    """The same, long done with."""
    return replace(
        rows,
        first_due=now() - timedelta(days=900),
        last_due=now() - timedelta(days=60),
        closed=True,
    )


def _look(group: Group) -> None:
    """Each reader of the board has looked at five of its rows before something happened there."""
    sent = Referral.objects.filter(sending_team=group.team).order_by("pk")[:5]
    Opened.objects.bulk_create(
        Opened(referral=r, user=user, team=group.team, at=r.sent_at, seen_at=r.sent_at)
        for r in sent
        for user in group.users
    )


def _talk(reference: str, group: Group, count: int) -> None:
    referral = Referral.objects.get(reference=reference)
    sides = cycle(
        [
            (referral.sent_by_id, referral.sending_team_id, "She manages the stairs with her son."),
            (group.users[0].pk, group.team.pk, "Thank you. Who is with her in the mornings?"),
        ]
    )
    Message.objects.bulk_create(
        Message(
            referral=referral,
            author_id=author,
            team_id=team,
            voice=Voice.NOTE,
            audience=Audience.BOTH,
            body=body,
            at=referral.sent_at + timedelta(minutes=5 * n),
        )
        for n, (author, team, body) in zip(range(count), sides, strict=False)
    )


def _postcodes() -> list[str]:
    rows = Postcode.objects.filter(district_gss="E08000009", terminated_on__isnull=True)
    return [row.display for row in rows.order_by("key")[:2000:10]]


def _settle() -> None:
    """As after a night's rest: statistics are fresh, and the journal is written out."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
