"""Accounts in finished words."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from portal.accounts import sessions
from portal.accounts.access import Reader
from portal.accounts.desks import looks_after
from portal.accounts.models import Invitation, Membership
from portal.accounts.parking import KEPT_FOR, Unsent, address_of
from portal.accounts.roles import ROLE_NAMES, May, Role
from portal.accounts.unsent import lines_of
from portal.ui.words import plural, short_date, short_when

_IDLE_MINUTES = int(settings.SESSION_IDLE.total_seconds()) // 60
_LONGEST = int(settings.SESSION_LONGEST.total_seconds()) // 3600
_LONGEST_ADMINISTRATOR = int(settings.SESSION_LONGEST_ADMINISTRATOR.total_seconds()) // 3600

# What the sign-in page says first, by the code in its address.
SIGN_IN_NOTICES = {
    "idle": f"You were signed out after {_IDLE_MINUTES} minutes without activity.",
    "longest": f"You were signed out because a sign-in lasts {_LONGEST} hours at most"
    f" ({_LONGEST_ADMINISTRATOR} for administrators).",
    "passkey": "Your passkey was not accepted. Try again, or sign in with your password.",
}
KEPT_FOR_WORDS = plural(int(KEPT_FOR.total_seconds()) // 3600, "hour")
# What does not wait behind the sign-in, by the code in its address.
NOT_KEPT = {
    "file": "The file that you were sending is not kept: choose it again after signing in."
    " What you typed with it is kept.",
}


# --- the reader's own account ---
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """“Your account”."""

    name: str
    job_title: str
    email: str
    roles: Sequence[str]
    second_step: str
    has_second_step: bool
    recovery_codes: str
    administers: Sequence[str]
    looks_after_mails: bool
    has_week: bool
    sets_weeks: bool


def account_page(
    reader: Reader, authenticators: Sequence[Authenticator], *, has_week: bool
) -> AccountPage:
    """The page's words; `administers` names the organisations whose accounts they look after."""
    kinds = Authenticator.Type
    apps = [a for a in authenticators if a.type == kinds.TOTP]
    passkeys = [a for a in authenticators if a.type == kinds.WEBAUTHN]
    codes = [a for a in authenticators if a.type == kinds.RECOVERY_CODES]
    steps = [f"Authenticator app, added {short_date(a.created_at)}" for a in apps]
    steps += [plural(len(passkeys), "passkey")] if passkeys else []
    unused = len(codes[0].wrap().get_unused_codes()) if codes else 0
    return AccountPage(
        name=reader.user.name,
        job_title=reader.user.job_title,
        email=reader.user.email,
        roles=[role_words(membership) for membership in reader.memberships],
        second_step=" and ".join(steps) or "Not set up",
        has_second_step=bool(steps),
        recovery_codes=f"{plural(unused, 'code')} left" if codes else "",
        administers=[each.name for each in reader.organisations(May.ADMINISTER_ACCOUNTS)],
        looks_after_mails=looks_after(reader),
        has_week=has_week,
        sets_weeks=reader.may(May.SET_WEEKS),
    )


def role_words(membership: Membership | Invitation) -> str:
    """“Social worker, Front door, Trafford Council”."""
    team = [membership.team.name] if membership.team else []
    role = ROLE_NAMES[Role(membership.role)]
    return ", ".join([role[0].upper() + role[1:], *team, membership.organisation.name])


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRow:
    """One place where the reader is signed in."""

    device: str
    address: str
    since: str
    here: bool


def sign_in_rows(open_ones: Sequence[UserSession]) -> list[SignInRow]:
    """Those that have not run out, this one first."""
    running = [each for each in open_ones if each.is_current() or not _has_ended(each)]
    rows = [
        SignInRow(
            device=device_words(each.user_agent),
            address=each.ip,
            since=short_when(each.created_at),
            here=each.is_current(),
        )
        for each in running
    ]
    return sorted(rows, key=lambda row: not row.here)


def _has_ended(session: UserSession) -> bool:
    store = session._session_store(session.session_key)
    return not sessions.has_begun(store) or sessions.why_ended(store) is not None


# In this order: each browser also says the names of those it descends from.
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """“Edge on Windows”, from what the browser says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentRow:
    """One of several forms that wait to be sent again."""

    href: str
    when: str
    begins: str


def unsent_row(unsent: Unsent) -> UnsentRow:
    """A form as a line: when it was sent, and how it begins."""
    lines = [f"{label}: {words}" for label, words in lines_of(unsent)[:2]]
    return UnsentRow(
        href=address_of(unsent.key),
        when=short_when(unsent.at),
        begins=shorten("; ".join(lines), 100, placeholder="…"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentLine:
    """One answer of a form that waits to be sent again."""

    label: str
    value: str


def unsent_lines(unsent: Unsent) -> list[UnsentLine]:
    """The answers that somebody typed or chose, in the words of the form."""
    return [UnsentLine(label=label, value=words) for label, words in lines_of(unsent)]


# --- other people's accounts ---
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One role that somebody holds."""

    pk: int
    user_id: int
    name: str
    job_title: str
    email: str
    role: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """One invitation that waits."""

    pk: int
    name: str
    email: str
    role: str
    expires: str


def person_row(membership: Membership, reader: Reader) -> PersonRow:
    """A membership as a row of the list of people."""
    user = membership.user
    return PersonRow(
        pk=membership.pk,
        user_id=user.pk,
        name=user.name,
        job_title=user.job_title,
        email=user.email,
        role=role_words(membership),
        own=user.pk == reader.user.pk,
    )


def invitation_row(invitation: Invitation) -> InvitationRow:
    """An open invitation as a row."""
    return InvitationRow(
        pk=invitation.pk,
        name=invitation.name,
        email=invitation.email,
        role=role_words(invitation),
        expires=short_when(invitation.expires_at),
    )
