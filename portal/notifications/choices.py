"""Which mails somebody wants. In the app everything is told, whatever is chosen here."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from portal.core.clock import now
from portal.notifications.kinds import Group
from portal.notifications.models import MailChoice


@dataclass(frozen=True)
class Words:
    """What a group is called, and what is in it."""

    title: str
    what: str


GROUPS: dict[Group, Words] = {
    Group.TEAM: Words("Referrals to your teams", "A referral has come in, or is handed to you."),
    Group.OWN: Words(
        "Referrals that you have a part in",
        "A question, an answer, a decision, a message, a reminder.",
    ),
    Group.MEETINGS: Words(
        "Meetings",
        "An invitation, a change of time, an answer; something to write or to do; the minutes.",
    ),
    Group.DIRECTORY: Words(
        "The directory", "An entry to check, a report that something is wrong, its answer."
    ),
}


def choices_of(user_id: int) -> dict[Group, bool | None]:
    """For each group whether mails are wanted; None where nothing was chosen."""
    made = dict(MailChoice.objects.filter(user_id=user_id).values_list("group", "wanted"))
    return {group: made.get(group.value) for group in GROUPS}


@transaction.atomic
def choose(*, by: AbstractBaseUser, wanted: Mapping[Group, bool]) -> None:
    """Keep what somebody has chosen for themselves. It holds for what happens from now on."""
    MailChoice.objects.bulk_create(
        [
            MailChoice(user_id=by.pk, group=group.value, wanted=want, at=now())
            for group, want in sorted(wanted.items())
        ],
        update_conflicts=True,
        unique_fields=["user", "group"],
        update_fields=["wanted", "at"],
    )
