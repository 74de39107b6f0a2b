"""Inviting somebody, and what becomes of the invitation."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction

from portal.accounts import mail
from portal.accounts.access import check_administers
from portal.accounts.models import Invitation, Membership, Organisation, Team, User
from portal.accounts.roles import Role
from portal.accounts.rules import check_role_fits
from portal.core import once
from portal.core.clock import now, today
from portal.core.digests import digest_of
from portal.core.refused import Refused

VALID_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Invited:
    """A new invitation and its token, which can be read now and never again."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(
    *,
    by: User | None,
    email: str,
    name: str,
    job_title: str,
    organisation: Organisation,
    team: Team | None,
    role: Role,
    once_key: str = "",
) -> Invited | None:
    """Invite somebody by mail; nobody (`by=None`) does so from the command line.

    An invitation to the same role that is still open is replaced. None when the once-key says
    that this very form was sent before. Raises NotAllowed, InvalidInput, Refused.
    """
    if by:
        check_administers(by, organisation)
    check_role_fits(role=role, team=team, organisation=organisation)
    email = email.strip().lower()
    if by and once_key and not _first_time(by, once_key, email, team, role):
        return None
    # Two at once wait for each other here, so that the second replaces the first.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _check_not_there_already(email, organisation, team, role)
    _withdraw_open(email, organisation, team, role)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip(),
        job_title=job_title.strip(),
        organisation=organisation,
        team=team,
        role=role,
        token_digest=digest_of(token),
        invited_by=by,
        expires_at=now() + VALID_FOR,
    )
    mail.send_invitation(invitation, token)
    return Invited(invitation, token)


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation) -> None:
    """Make the link worthless; one that was accepted meanwhile is refused."""
    check_administers(by, invitation.organisation)
    open_ones = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True)
    if not open_ones.update(withdrawn_at=now()):
        raise Refused("This invitation has been accepted already.")


@transaction.atomic
def accept_invitation(*, token: str, password: str = "", signed_in: User | None = None) -> User:
    """Do the one act of an invitation: an account (or the one that is there) gets the role.

    Somebody who has an account accepts while signed in to it; everybody else sets a password.
    Raises Refused when the link is used or over, or belongs to another account.
    """
    invitation = (
        Invitation.objects.open()
        .select_for_update(of=("self",))
        .filter(token_digest=digest_of(token))
        .first()
    )
    if invitation is None:
        raise Refused("This invitation has been used already, or is over.")
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user and user.is_active:
        if signed_in is None or signed_in.pk != user.pk:
            raise Refused("Sign in with the address that the invitation was sent to.")
    else:
        user = _open_account(invitation, user, password)
    Membership.objects.get_or_create(
        user=user,
        organisation=invitation.organisation,
        team=invitation.team,
        role=invitation.role,
        until=None,
        defaults={"since": today()},
    )
    invitation.accepted_at, invitation.accepted_by = now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return user


def _first_time(by: User, key: str, email: str, team: Team | None, role: Role) -> bool:
    body = {"email": email, "team": team.pk if team else None, "role": role}
    return once.take(key=key, by=by, purpose="invite", body=body)[1]


def _check_not_there_already(
    email: str, organisation: Organisation, team: Team | None, role: Role
) -> None:
    held = Membership.objects.current().filter(
        user__email=email, organisation=organisation, team=team, role=role
    )
    if held.exists():
        raise Refused("Somebody with this address has this role here already.", field="email")


def _withdraw_open(email: str, organisation: Organisation, team: Team | None, role: Role) -> None:
    Invitation.objects.filter(
        email=email,
        organisation=organisation,
        team=team,
        role=role,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=now())


def _open_account(invitation: Invitation, left: User | None, password: str) -> User:
    """A new account, or that of somebody who had left and comes back."""
    if not password:
        raise Refused("Choose a password.", field="password")
    if left is None:
        about = {"name": invitation.name, "job_title": invitation.job_title}
        try:
            with transaction.atomic():
                return User.objects.create_user(invitation.email, password, **about)
        except IntegrityError as error:  # another invitation of theirs, at this very moment
            raise Refused("Your account has just been opened. Open the link again.") from error
    left.is_active, left.left_at = True, None
    left.name, left.job_title = invitation.name, invitation.job_title
    left.set_password(password)
    left.save()
    return left
