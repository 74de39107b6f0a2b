"""One row per person who signs in, per organisation and per team, ever."""

from typing import ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from portal.accounts.roles import ORGANISATION_WIDE, ROLE_NAMES
from portal.core.clock import now, today
from portal.core.models import VersionedModel


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are compared in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A new user with a usable password only when one is given."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this e-mail address."""
        return self.get(email=(username or "").strip().lower())


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """Somebody who signs in. `job_title` is what colleagues read: "GP", "Social worker"."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    # Set where the user was read for a request together with them: accounts.backend.
    read_with: "tuple[Membership, ...] | None" = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_email_lower", condition=Q(email=models.functions.Lower("email"))
            ),
            models.CheckConstraint(
                name="user_left_or_active",
                condition=Q(left_at__isnull=True) | Q(is_active=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name that colleagues see."""
        return self.name

    def get_short_name(self) -> str:
        """The same: titles matter, so names are not cut."""
        return self.name

    @property
    def initials(self) -> str:
        """Up to two letters for the circle beside a message: "Dr A. Example" is AE."""
        words = [w for w in self.name.replace(".", " ").split() if w.lower() not in _TITLES]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


_TITLES = {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "sister", "nurse"}


@pghistory.track()
class Organisation(models.Model):
    """A practice, council, trust or other organisation: its only row."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", "GP practice"
        COUNCIL = "council", "council"
        TRUST = "trust", "NHS trust"
        OTHER = "other", "other organisation"

    kind = models.CharField(max_length=12, choices=Kind)
    code_scheme = models.CharField(max_length=8, help_text="ods, gss or own.")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    nation = models.CharField(max_length=20, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code_scheme", "code"], name="organisation_code"),
            models.CheckConstraint(
                name="organisation_closes_after_opening",
                condition=Q(opened_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="organisation_kind_name")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Team(VersionedModel):
    """People who answer together: a practice, a ward, a front door, a transfer hub."""

    class Side(models.TextChoices):
        HEALTH = "health", "health"
        SOCIAL = "social", "social care"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    side = models.CharField(max_length=6, choices=Side)
    telephone = models.CharField(max_length=30, blank=True)
    mailbox = models.EmailField(blank=True, help_text="A shared mailbox that is told as well.")
    mailbox_alone = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Members get mails only where they ask for them, or where it is urgent.",
    )
    nation = models.CharField(max_length=20, default="England")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="team_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by domain names."""

    def current(self) -> "MembershipQuerySet":
        """Those that hold today, of people who have not left."""
        day = today()
        return self.filter(
            Q(until__isnull=True) | Q(until__gt=day), since__lte=day, user__is_active=True
        )

    def not_over(self) -> "MembershipQuerySet":
        """Those that hold today or will begin."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=today()))


@pghistory.track()
class Membership(models.Model):
    """A role that somebody holds in a team, or (editors, officers) in a whole organisation.

    Half-open: it holds from `since` up to, not including, `until`.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=28, choices=list(ROLE_NAMES.items()))
    since = models.DateField(default=today)
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "team", "role"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="membership_once",
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="membership_team_or_organisation",
                condition=Q(team__isnull=False) | Q(role__in=list(ORGANISATION_WIDE)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.team_id or self.organisation_id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by domain names."""

    def open(self) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now()
        )


@pghistory.track(exclude=["token_digest"])
class Invitation(models.Model):
    """A link that was sent to somebody who is to join a team, or an organisation as a whole.

    It does one act: whoever opens it sets a password and gets the role. It is open until it is
    accepted, withdrawn or over.
    """

    email = models.EmailField()
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=80, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=28, choices=list(ROLE_NAMES.items()))
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nobody, where it was made on the command line.",
    )
    invited_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email", "organisation", "team", "role"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                name="invitation_email_lower", condition=Q(email=models.functions.Lower("email"))
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_ends_one_way",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_expires_later", condition=Q(expires_at__gt=F("invited_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class ParkedForm(models.Model):
    """What somebody was sending when their session ended, sealed (see parking.py). Short-lived."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"parked form {self.pk}"
