"""One row per person who signs in, per organisation and per team, ever."""

from typing import ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from portal.accounts.roles import ROLE_NAMES, Role
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
                condition=Q(team__isnull=False)
                | Q(
                    role__in=[
                        Role.DIRECTORY_EDITOR,
                        Role.ORGANISATION_ADMINISTRATOR,
                        Role.PRIVACY_OFFICER,
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.team_id or self.organisation_id}"
