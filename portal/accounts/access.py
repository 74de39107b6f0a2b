"""Who is asking, for which teams, and in which roles: read once a request, asked everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from portal.accounts.memberships import current_memberships
from portal.accounts.models import Invitation, Membership, Organisation, Team, User
from portal.accounts.roles import ADMINISTRATORS, ALLOWS, May, Role
from portal.core.digests import digest_of
from portal.core.refused import NotAllowed, NotYours
from portal.worktime.models import OutsideCalendar


@dataclass(frozen=True)
class Reader:
    """A signed-in user with what they may do, and where.

    `memberships` are the current ones with team and organisation loaded, oldest first.
    """

    user: User
    memberships: tuple[Membership, ...]
    _team_ids: dict[May, frozenset[int]] = field(default_factory=dict, repr=False, compare=False)

    def team_ids(self, may: May) -> frozenset[int]:
        """The teams in which the reader may do something."""
        if may not in self._team_ids:
            self._team_ids[may] = frozenset(
                m.team_id for m in self.memberships if m.team_id and may in ALLOWS[Role(m.role)]
            )
        return self._team_ids[may]

    def may(self, may: May, team_id: int | None = None) -> bool:
        """Whether the reader may do something in a team (or in any, without one)."""
        if team_id is not None:
            return team_id in self.team_ids(may)
        return any(may in ALLOWS[Role(m.role)] for m in self.memberships)

    def check(self, may: May, team_id: int | None = None) -> None:
        """Raise NotAllowed, in words, when `may` would say no."""
        if not self.may(may, team_id):
            raise NotAllowed(f"Your role does not allow you to {may.value}.")

    def teams(self, may: May) -> list[Team]:
        """The teams in which the reader may do something, without repeats."""
        ids = self.team_ids(may)
        teams = {m.team_id: m.team for m in self.memberships if m.team and m.team_id in ids}
        return list(teams.values())

    def organisations(self, may: May) -> list[Organisation]:
        """The organisations in which the reader holds a role that allows it."""
        found = {
            m.organisation_id: m.organisation
            for m in self.memberships
            if may in ALLOWS[Role(m.role)]
        }
        return list(found.values())

    def has_role(self, roles: Iterable[Role]) -> bool:
        """Whether the reader holds one of the roles anywhere."""
        wanted = set(roles)
        return any(Role(m.role) in wanted for m in self.memberships)

    @property
    def is_administrator(self) -> bool:
        """Whether shorter sessions apply."""
        return self.has_role(ADMINISTRATORS)

    @property
    def home(self) -> Membership | None:
        """The membership shown beside the name: the oldest one in a team, else the oldest."""
        in_team = [m for m in self.memberships if m.team_id]
        return next(iter(in_team or self.memberships), None)


def check_administers(by: User, organisation: Organisation) -> None:
    """Raise NotAllowed unless `by` looks after the accounts of the organisation."""
    administered = reader_for(by).organisations(May.ADMINISTER_ACCOUNTS)
    if organisation.pk not in {each.pk for each in administered}:
        raise NotAllowed(
            f"Only an administrator of {organisation.name} does this.", subject_kind="account"
        )


def get_membership(reader: Reader, pk: int) -> Membership:
    """A membership of an organisation whose accounts the reader looks after; else NotYours."""
    found = (
        Membership.objects.not_over()
        .filter(pk=pk, organisation__in=reader.organisations(May.ADMINISTER_ACCOUNTS))
        .select_related("user", "team", "organisation")
        .first()
    )
    if found is None:
        raise NotYours("membership", str(pk))
    return found


def get_team(reader: Reader, pk: int) -> Team:
    """A team that the reader leads, or whose organisation they administer; else NotYours."""
    found = Team.objects.filter(pk=pk, closed_on__isnull=True).first()
    administered = {each.pk for each in reader.organisations(May.ADMINISTER_ACCOUNTS)}
    if found is None or not (
        reader.may(May.OVERSEE_TEAM, pk) or found.organisation_id in administered
    ):
        raise NotYours("team", str(pk))
    return found


def get_colleague(reader: Reader, pk: int) -> User:
    """The reader, or somebody of a team whose working weeks they look after; else NotYours."""
    if pk == reader.user.pk:
        return reader.user
    rows = Membership.objects.current().filter(user_id=pk, user__is_active=True)
    found = rows.filter(team__in=reader.team_ids(May.SET_WEEKS)).select_related("user").first()
    if found is None:
        raise NotYours("working week", str(pk))
    return found.user


def get_calendar(reader: Reader, pk: int) -> OutsideCalendar:
    """One of the reader's own other calendars; else NotYours."""
    mine = OutsideCalendar.objects.filter(user=reader.user, removed_at__isnull=True)
    found = mine.defer("busy").filter(pk=pk).first()
    if found is None:
        raise NotYours("calendar", str(pk))
    return found


def get_invitation(reader: Reader, pk: int) -> Invitation:
    """An open invitation to an organisation that the reader looks after; else NotYours."""
    found = (
        Invitation.objects.open()
        .filter(pk=pk, organisation__in=reader.organisations(May.ADMINISTER_ACCOUNTS))
        .select_related("team", "organisation")
        .first()
    )
    if found is None:
        raise NotYours("invitation", str(pk))
    return found


def find_invitation(token: str) -> Invitation | None:
    """The open invitation behind a link: whoever has the link may open it."""
    found = Invitation.objects.open().filter(token_digest=digest_of(token))
    return found.select_related("team", "organisation").first()


def reader_for(user: User) -> Reader:
    """The reader for a user: one query."""
    return Reader(user=user, memberships=current_memberships(user))


def reader_of(request: HttpRequest) -> Reader:
    """The signed-in reader of this request, read once and kept on it."""
    user = request.user
    if isinstance(user, AnonymousUser) or not user.is_authenticated:
        raise PermissionError("Nobody is signed in; the view should have required it.")
    kept = getattr(request, "_reader", None)
    if kept is None or kept.user.pk != user.pk:
        read = user.read_with
        kept = reader_for(user) if read is None else Reader(user=user, memberships=read)
        request._reader = kept  # type: ignore[attr-defined]
    return kept
