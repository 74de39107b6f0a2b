"""The frame of every event: lock, check, write, record, tell: all in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.access import Reader
from portal.accounts.models import Team, User
from portal.accounts.roles import May
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.core import once
from portal.core.clock import now
from portal.core.refused import Stale
from portal.notifications.actions import Recipient, tell
from referrals import access
from referrals.access import For
from referrals.models import Referral, StatusChange
from referrals.references import path_to
from referrals.rules import check_event, check_hands_on, check_held_by
from referrals.states import URGENCY_WORDS, Event, Status, Urgency

# The columns that an event may change, besides the status: what undoing it puts back.
RESTORED = (
    "status_since",
    "held_by_id",
    "held_since",
    "due_at",
    "remaining_seconds",
    "service_id",
    "receiving_team_id",
)


def as_it_was(referral: Referral) -> dict[str, Any]:
    """These columns, as a row of what happened keeps them."""
    values = {name: getattr(referral, name) for name in RESTORED}
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}


def touch(referral: Referral, moment: datetime, **columns: object) -> None:
    """Keep `columns`; whoever read the referral before has an old version now."""
    for name, value in columns.items():
        setattr(referral, name, value)
    referral.version += 1
    referral.changed_at = moment
    referral.save()


def write_down(
    *,
    referral: Referral,
    event: Event,
    after: Status,
    by: User | None,
    team: Team,
    moment: datetime,
    before: Mapping[str, Any],
    note: str = "",
    reason: str = "",
    undoes: StatusChange | None = None,
    **columns: Any,
) -> StatusChange:
    """Keep status, version and `columns`, with a row that says what was there `before`.

    `by` None: nobody but the portal did it, in the name of `team`.
    """
    was = referral.status
    touch(referral, moment, status=after.value, **columns)
    return StatusChange.objects.create(
        referral=referral,
        event=event.value,
        from_status=was,
        to_status=after.value,
        by=by,
        by_team=team,
        at=moment,
        note=note,
        reason=reason,
        before=before,
        undoes=undoes,
    )


@dataclass
class Changing:
    """One referral, locked, while an event happens to it."""

    referral: Referral
    by: Reader
    team: Team
    moment: datetime
    repeated: bool = False
    before: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.before = as_it_was(self.referral)

    def record(
        self, event: Event, *, note: str = "", reason: str = "", **columns: Any
    ) -> StatusChange:
        """Check the transition, write it down, and keep status, version and `columns`."""
        after = check_event(Status(self.referral.status), event)
        if after != self.referral.status:
            self.referral.status_since = self.moment
        return self.write_down(event, after, note=note, reason=reason, **columns)

    def write_down(
        self,
        event: Event,
        after: Status,
        *,
        note: str = "",
        reason: str = "",
        undoes: StatusChange | None = None,
        **columns: Any,
    ) -> StatusChange:
        """Keep status, version and `columns`, with a row that says what was there before."""
        return write_down(
            referral=self.referral,
            event=event,
            after=after,
            by=self.by.user,
            team=self.team,
            moment=self.moment,
            before=self.before,
            note=note,
            reason=reason,
            undoes=undoes,
            **columns,
        )

    @property
    def for_the_team(self) -> bool:
        """Whether what is written is staff's of a practice or ward, and no clinician's view."""
        health = self.team.side == Team.Side.HEALTH
        return health and not self.by.may(May.GIVE_CLINICAL_VIEW, self.team.pk)

    def check_holder(self) -> None:
        """Only the one who holds it goes on; raises Refused or HeldByAnother, naming who."""
        holder = self.referral.held_by
        check_held_by(
            holder.pk if holder else None, holder.name if holder else None, self.by.user.pk
        )

    def check_hands_on(self, event: Event) -> None:
        """Only the one who holds it hands it on, or anybody of its team while nobody does."""
        referral, holder = self.referral, self.referral.held_by
        pk, name = (holder.pk, holder.name) if holder else (None, None)
        check_hands_on(event, Status(referral.status), pk, name, self.by.user.pk)

    def hold_if_nobody_does(self) -> None:
        """Whoever hands on what nobody holds has claimed it in the same act."""
        if self.referral.status == Status.SENT:
            self.referral.held_by, self.referral.held_since = self.by.user, self.moment

    def touch(self, **columns: object) -> None:
        """Keep `columns`; whoever read the referral before has an old version now."""
        touch(self.referral, self.moment, **columns)

    def tell(
        self,
        event: str,
        kind: str,
        recipients: Sequence[Recipient],
        *,
        wanted: str,
        due: str = "",
        urgent: bool = False,
    ) -> None:
        """Put the notification into the outbox; `event` makes it unique. No person is in it.

        `urgent`: mailed whatever they have chosen, as all is of a referral for today.
        """
        others = [r for r in recipients if r.user_id != self.by.user.pk]
        tell(
            event=event,
            kind=kind,
            recipients=others,
            facts={
                "urgency": URGENCY_WORDS[Urgency.TODAY] if urgent else self.referral.urgency_word,
                "team": self.team.name,
                "wanted": wanted,
                "by": due,
                "reference": self.referral.reference,
            },
            path=path_to(self.referral.reference),
            urgent=urgent or self.referral.urgency == Urgency.TODAY,
        )


@contextmanager
def changing(
    *,
    by: Reader,
    reference: str,
    for_: For,
    what: str,
    version: int | None = None,
    key: str | None = None,
    body: Mapping[str, object] | None = None,
) -> Iterator[Changing]:
    """Lock the referral for the event `what` and check who, which version, and whether again.

    `version` None leaves the check of the version out (events that any version allows).
    With a one-time `key` that was used before, `repeated` is true: return what is there. `body`
    is what was typed: the same key with other words is refused, so that no words are lost.
    """
    with transaction.atomic():
        referral = access.get_referral(by, reference, for_, lock=True)
        team = access.check_may_triage(by, referral) if for_ == "triage" else None
        change = Changing(referral, by, team or access.team_in(by, referral), now())
        if key is not None:
            _, first = once.take(
                key=key,
                by=by.user,
                purpose=f"referral.{what}",
                body={"reference": reference, **(body or {})},
            )
            change.repeated = not first
        if not change.repeated and version is not None and version != referral.version:
            raise Stale(
                "This referral has changed since you opened it. Look at what is new, then decide.",
                current=referral.version,
            )
        yield change
        # Again or not: whoever acts on a referral gets to see it.
        record_access(
            by=by.user,
            verb=AccessEvent.Verb.READ,
            subject_kind="referral",
            subjects=[reference],
            reason=what,
        )
