"""Who looks after mails that could not be sent: the outbox knows them by a name, and no more."""

from collections.abc import Iterable

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from portal.accounts.access import Reader
from portal.accounts.models import Membership, Organisation, Team
from portal.accounts.roles import May
from portal.notifications.queries import failed_count
from portal.notifications.recipients import Recipient

_TEAM = "team "


def desk_of_team(team_id: int) -> str:
    """For mails to a team: its leads and managers, and its organisation's administrators."""
    return f"{_TEAM}{team_id}"


def at_their_desks(people: Iterable[tuple[int, int]]) -> list[Recipient]:
    """To tell these (user id, team id): each at the desk of the team for which they are told."""
    return [Recipient.person(user_id, desk_of_team(team_id)) for user_id, team_id in people]


def desk_of_organisation(organisation_id: int) -> str:
    """For mails of an organisation, as an invitation: its administrators."""
    return f"organisation {organisation_id}"


def desk_of_user(user_id: int) -> str | None:
    """For mails to somebody that concern no team: the administrators of the organisation they have
    belonged to for longest. None for who belongs to none (any more). One query."""
    rows = Membership.objects.current().filter(user=user_id).order_by("since", "pk")
    own = rows.values_list("organisation_id", flat=True).first()
    return desk_of_organisation(own) if own else None


def looks_after(reader: Reader) -> bool:
    """Whether the reader looks after any desk. No query."""
    return reader.may(May.OVERSEE_TEAM) or reader.may(May.ADMINISTER_ACCOUNTS)


def desks_of(reader: Reader) -> list[str]:
    """The desks that the reader looks after; one query for an administrator, none for others."""
    organisations: list[Organisation] = reader.organisations(May.ADMINISTER_ACCOUNTS)
    teams = set(reader.team_ids(May.OVERSEE_TEAM))
    if organisations:
        found = Team.objects.filter(organisation__in=organisations).values_list("pk", flat=True)
        teams.update(found)
    own = [desk_of_organisation(organisation.pk) for organisation in organisations]
    return own + [desk_of_team(pk) for pk in sorted(teams)]


def failed_mails_of(reader: Reader) -> int:
    """How many failed mails wait at the reader's desks, at most 100: one query, or none."""
    organisations = reader.organisations(May.ADMINISTER_ACCOUNTS)
    named = [desk_of_organisation(organisation.pk) for organisation in organisations]
    named += [desk_of_team(pk) for pk in reader.team_ids(May.OVERSEE_TEAM)]
    # As desk_of_team names them, without asking for the teams first.
    teams = Team.objects.filter(organisation__in=organisations)
    desks = teams.annotate(desk=Concat(Value(_TEAM), Cast("pk", CharField()))).values("desk")
    return failed_count(named, desks if organisations else None)
