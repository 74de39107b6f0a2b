"""What pages about accounts read."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.core.paginator import Page, Paginator
from django.db.models import Q

from portal.accounts.access import Reader
from portal.accounts.models import Invitation, Membership, Organisation, Team, User
from portal.accounts.roles import May

PAGE_SIZE = 100


def authenticators_of(user: User) -> list[Authenticator]:
    """The user's second steps and recovery codes, oldest first."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))


def people_of(organisations: Sequence[Organisation], *, words: str, page: str) -> Page[Membership]:
    """The memberships of organisations, by name; `words` are looked for in name and address."""
    rows = (
        Membership.objects.not_over()
        .filter(organisation__in=organisations, user__is_active=True)
        .select_related("user", "team", "organisation")
        .order_by("user__name", "user_id", "since", "pk")
    )
    for word in words.split():
        rows = rows.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    return Paginator(rows, PAGE_SIZE).get_page(page)


def open_invitations_of(organisations: Sequence[Organisation]) -> list[Invitation]:
    """The invitations that wait to be accepted, newest first."""
    rows = Invitation.objects.open().filter(organisation__in=organisations)
    return list(rows.select_related("team", "organisation").order_by("-invited_at", "-pk"))


def open_teams_of(organisations: Sequence[Organisation]) -> list[Team]:
    """The teams that somebody can be invited to, by name."""
    rows = Team.objects.filter(organisation__in=organisations, closed_on__isnull=True)
    return list(rows.select_related("organisation").order_by("name", "pk"))


def teams_looked_after(reader: Reader) -> list[Team]:
    """The teams that the reader leads, or whose organisation they administer, by name."""
    mine = Q(pk__in=reader.team_ids(May.OVERSEE_TEAM))
    mine |= Q(organisation__in=reader.organisations(May.ADMINISTER_ACCOUNTS))
    rows = Team.objects.filter(mine, closed_on__isnull=True).select_related("organisation")
    return list(rows.order_by("name", "pk"))


def has_other_memberships(membership: Membership) -> bool:
    """Whether the user keeps a role when this one ends."""
    rest = Membership.objects.not_over().filter(user_id=membership.user_id)
    return rest.exclude(pk=membership.pk).exists()


def account_at(email: str) -> User | None:
    """The account with this address, of somebody who has not left."""
    return User.objects.filter(email=email, is_active=True).first()
