"""The fixed cast of every test. Park is a practice and Trafford a council that work together;
Oscar, a social worker of another council, is the outsider who must see nothing of it."""

from dataclasses import dataclass
from datetime import date, time

from django.contrib.auth.hashers import make_password

from contacts.models import Contact, Council, Service, ServiceArea, ServiceHours
from portal.accounts.access import Reader, reader_for
from portal.accounts.models import Membership, Organisation, Team, User
from portal.accounts.roles import Role

PASSWORD = "a-long-enough-password"
# One hash for everybody: what is tested is not how slow it is to make.
_SINCE = date(2020, 1, 1)


@dataclass
class Cast:
    """Who is who; `reader("sam")` is how an action sees Sam."""

    users: dict[str, User]
    teams: dict[str, Team]
    organisations: dict[str, Organisation]
    services: dict[str, Service]

    def __getattr__(self, name: str) -> User:
        try:
            return self.users[name]
        except KeyError as missing:
            raise AttributeError(name) from missing

    def reader(self, name: str) -> Reader:
        """The reader for somebody of the cast."""
        return reader_for(self.users[name])


# name: (what colleagues read, job title, team or organisation, role)
PEOPLE = {
    "alice": ("Dr Alice Abbot", "GP", "park", Role.CLINICIAN),
    "ada": ("Ada Archer", "Practice administrator", "park", Role.ADMINISTRATOR),
    "gina": ("Dr Gina Grey", "GP", "grove", Role.CLINICIAN),
    "phil": ("Dr Phil Page", "Hospital physician", "ward", Role.CLINICIAN),
    "wanda": ("Wanda West", "Ward co-ordinator", "ward", Role.ADMINISTRATOR),
    "sam": ("Sam Sharp", "Social worker", "front_door", Role.SOCIAL_WORKER),
    "tess": ("Tess Tate", "Triage lead", "front_door", Role.TRIAGE_LEAD),
    "mina": ("Mina Moss", "Team manager", "front_door", Role.MANAGER),
    "hugo": ("Hugo Hale", "Social worker", "hub", Role.SOCIAL_WORKER),
    "oscar": ("Oscar Owen", "Social worker", "other_front_door", Role.SOCIAL_WORKER),
    "dora": ("Dora Dean", "Directory editor", "trafford", Role.DIRECTORY_EDITOR),
    "olga": ("Olga Orr", "Organisation administrator", "trafford", Role.ORGANISATION_ADMINISTRATOR),
    "pru": ("Pru Pike", "Privacy officer", "trafford", Role.PRIVACY_OFFICER),
}
ORGANISATIONS = {
    "park_practice": (Organisation.Kind.PRACTICE, "ods", "P91003", "Park Practice"),
    "grove_practice": (Organisation.Kind.PRACTICE, "ods", "P84001", "Grove Practice"),
    "trust": (Organisation.Kind.TRUST, "ods", "R0A", "University Trust"),
    "trafford": (Organisation.Kind.COUNCIL, "gss", "E08000009", "Trafford Council"),
    "manchester": (Organisation.Kind.COUNCIL, "gss", "E08000003", "Manchester City Council"),
}
TEAMS = {
    "park": ("park_practice", "Park Practice", Team.Side.HEALTH),
    "grove": ("grove_practice", "Grove Practice", Team.Side.HEALTH),
    "ward": ("trust", "Ward 7, University Hospital", Team.Side.HEALTH),
    "front_door": ("trafford", "Trafford front door", Team.Side.SOCIAL),
    "hub": ("trafford", "Trafford care transfer hub", Team.Side.SOCIAL),
    "other_front_door": ("manchester", "Manchester front door", Team.Side.SOCIAL),
}
SERVICES = {
    "front_door": ("trafford", "Adult social care front door", "E08000009"),
    "hub": ("trafford", "Care transfer hub", "E08000009"),
    "other_front_door": ("manchester", "Adult social care contact centre", "E08000003"),
}


def make_cast() -> Cast:
    """Everybody, in an empty database."""
    organisations = {
        name: Organisation(kind=kind, code_scheme=scheme, code=code, name=words, nation="England")
        for name, (kind, scheme, code, words) in ORGANISATIONS.items()
    }
    Organisation.objects.bulk_create(organisations.values())
    Council.objects.bulk_create(
        Council(
            organisation=organisations[name],
            gss=organisations[name].code,
            type=Council.Type.METROPOLITAN,
            short_name=name.capitalize(),
        )
        for name in ("trafford", "manchester")
    )
    teams = {
        name: Team(organisation=organisations[where], name=words, side=side)
        for name, (where, words, side) in TEAMS.items()
    }
    Team.objects.bulk_create(teams.values())
    users = _users()
    Membership.objects.bulk_create(
        _member(users[name], teams.get(where), organisations.get(where), role)
        for name, (_, _, where, role) in PEOPLE.items()
    )
    services = {name: _service(name, organisations, teams[name]) for name in SERVICES}
    return Cast(users, teams, organisations, services)


def _users() -> dict[str, User]:
    password = make_password(PASSWORD)
    users = {
        name: User(email=f"{name}@test.example", password=password, name=words, job_title=title)
        for name, (words, title, _, _) in PEOPLE.items()
    }
    User.objects.bulk_create(users.values())
    return users


def _member(
    user: User, team: Team | None, organisation: Organisation | None, role: Role
) -> Membership:
    return Membership(
        user=user,
        organisation=organisation or team.organisation,
        team=team,
        role=role,
        since=_SINCE,
    )


def _service(name: str, organisations: dict[str, Organisation], team: Team) -> Service:
    where, words, area = SERVICES[name]
    service = Service.objects.create(
        organisation=organisations[where],
        receiving_team=team,
        name=words,
        kind=Service.Kind.TRANSFER_HUB if name == "hub" else Service.Kind.FRONT_DOOR,
        basis=Service.Basis.LIVES,
        nation="England",
        is_single_point_of_access=True,
        what_it_needs=["What has changed, and what the person has tried"],
        routine_minutes=960,
        this_week_minutes=480,
        today_minutes=120,
    )
    ServiceHours.objects.bulk_create(
        ServiceHours(service=service, weekday=day, opens=time(8, 30), closes=time(17))
        for day in range(5)
    )
    ServiceArea.objects.create(service=service, area_gss=area)
    Contact.objects.create(
        service=service,
        kind=Contact.Kind.TELEPHONE,
        value="0161 496 0123",
        visibility=Contact.Visibility.PUBLIC,
    )
    return service
