"""Surrey becomes East Surrey and West Surrey on 1 April 2027: what tests of that day share."""

from datetime import UTC, date, datetime, time

from contacts.models import Postcode, Responsibility, Service, ServiceArea
from contacts.states import How
from portal.accounts.models import Membership, Organisation, Team, User
from portal.accounts.roles import Role
from portal.notifications.models import Notification
from referrals.actions.send import PersonDetails
from referrals.models import Referral
from tests.cast import Cast
from tests.conftest import send

CHANGE = date(2027, 4, 1)
BEFORE = datetime(2027, 3, 30, 9, tzinfo=UTC)
EVE = datetime(2027, 3, 31, 22, 50, tzinfo=UTC)  # 23:50 in London
DAY = datetime(2027, 3, 31, 23, 15, tzinfo=UTC)  # 00:15 on 1 April there
EAST, WEST, ELSEWHERE = "RH1 1AA", "GU2 4BB", "M33 2RH"
ELMBRIDGE, GUILDFORD = "E07000207", "E07000209"


def surrey_hands_over(cast: Cast, on: date = CHANGE) -> None:
    """The cast's front door is Surrey's until that day; both successors have one of their own."""
    surrey = cast.organisations["surrey"] = cast.organisations["trafford"]
    Organisation.objects.filter(pk=surrey.pk).update(name="Surrey County Council")
    _council(cast, on, "east", "East Surrey Council", ELMBRIDGE)
    _council(cast, on, "west", "West Surrey Council", GUILDFORD)
    for postcode, district in ((EAST, ELMBRIDGE), (WEST, GUILDFORD), (ELSEWHERE, "E08000003")):
        key = postcode.replace(" ", "")
        Postcode.objects.create(key=key, nation="England", district_gss=district)
    _answers(cast.organisations["manchester"], "E08000003", date(2015, 4, 1), None)


def _council(cast: Cast, on: date, name: str, words: str, district: str) -> None:
    new = Organisation.objects.create(
        kind="council", code_scheme="own", code=name, name=words, nation="England"
    )
    team = Team.objects.create(organisation=new, name=f"{words} front door", side="social")
    user = User.objects.create_user(f"{name}@test.example", name=f"{name.title()} Lead")
    Membership.objects.create(
        user=user, organisation=new, team=team, role=Role.TRIAGE_LEAD, since=date(2020, 1, 1)
    )
    cast.organisations[name], cast.teams[name], cast.users[name] = new, team, user
    service = cast.services[name] = entry_like(cast, new, team)
    ServiceArea.objects.create(service=service, area_gss=district)
    _answers(cast.organisations["surrey"], district, date(2015, 4, 1), on)
    _answers(new, district, on, None)


def entry_like(cast: Cast, organisation: Organisation, team: Team, **facts: object) -> Service:
    """An entry like the old front door's."""
    old = cast.services["front_door"]
    same = ("kind", "basis", "nation", "is_single_point_of_access")
    same += ("routine_minutes", "this_week_minutes", "today_minutes")
    values = {"name": "Contact centre", **{name: getattr(old, name) for name in same}}
    service = Service.objects.create(
        organisation=organisation, receiving_team=team, **{**values, **facts}
    )
    for day in range(5):
        service.opening_hours.create(weekday=day, opens=time(8, 30), closes=time(17))
    return service


def _answers(who: Organisation, area: str, begins: date, until: date | None) -> None:
    Responsibility.objects.create(
        area_gss=area,
        area_name=area,
        authority=who,
        how=How.COUNTY,
        from_date=begins,
        until=until,
    )


def home(postcode: str) -> PersonDetails:
    return PersonDetails(name="Margaret Example", nhs_number="9990123454", postcode=postcode)


def sent_from(cast: Cast, postcode: str) -> Referral:
    return send(cast, person=home(postcode))


def told_of(kind: str) -> dict[int, str]:
    """What each reads of it in the app."""
    rows = Notification.objects.filter(kind=kind, channel="app")
    return {row.recipient_id: row.facts["wanted"] for row in rows}


def nobody_works(cast: Cast, *teams: str) -> None:
    """Everybody has left these teams, or nobody has come yet."""
    Membership.objects.filter(team__in=[cast.teams[name] for name in teams]).delete()


def goes_by(cast: Cast, basis: str) -> None:
    """The old entry and those that follow it."""
    entries = [cast.services[name].pk for name in ("front_door", "east", "west")]
    Service.objects.filter(pk__in=entries).update(basis=basis)


def joins(cast: Cast, name: str, team: str) -> None:
    where = cast.teams[team]
    Membership.objects.create(
        user=cast.users[name],
        organisation=where.organisation,
        team=where,
        role=Role.SOCIAL_WORKER,
        since=date(2020, 1, 1),
    )
