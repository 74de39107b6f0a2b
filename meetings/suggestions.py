"""What a sheet begins with: who should come, and what about, from a referral."""

from collections.abc import Sequence

from meetings.colleagues import Colleague, named
from meetings.forms.arrange import ItemRow
from meetings.rules import check_title
from portal.accounts.access import Reader
from portal.accounts.roles import May
from portal.core.refused import Refused
from referrals.detail import Detail
from referrals.states import Status

_MINUTES = 10
_LONGEST = 160


def people_for(reader: Reader, found: Detail | None) -> list[Colleague]:
    """The reader, the clinician or sender, and who holds the referral or works on it: one query."""
    keys = []
    if found is not None:
        referral = found.referral
        sender = referral.for_clinician_id or referral.sent_by_id
        keys = [f"{reader.user.pk}-{found.team.pk}", f"{sender}-{referral.sending_team_id}"]
        worker = found.decision.worker if found.decision else None
        accepted = referral.status == Status.ACCEPTED and worker
        keys.append(
            f"{worker.pk if accepted and worker else referral.held_by_id}"
            f"-{referral.receiving_team_id}"
        )
    else:
        keys = [f"{reader.user.pk}-{team.pk}" for team in reader.teams(May.READ_REFERRALS)[:1]]
    return named(keys)


def items_for(found: Detail | None) -> list[ItemRow]:
    """An item for each point to sort out, and one to write in where there are none."""
    if found is None or not found.points:
        return [ItemRow(minutes=30)]
    minutes = {1: 30, 2: 15}.get(len(found.points), _MINUTES)
    return [_item(n, point, minutes, found) for n, point in enumerate(found.points, start=1)]


def _item(number: int, point: str, minutes: int, found: Detail) -> ItemRow:
    """A point that names the person goes beneath a title that does not."""
    person = found.referral.person
    title = " ".join(point.split())
    try:
        check_title(title, field="", people=[(person.name, person.nhs_number or "")])
    except Refused:
        return ItemRow(title=f"Point {number} to sort out", minutes=minutes, points=point)
    if len(title) > _LONGEST:
        return ItemRow(title=f"Point {number} to sort out", minutes=minutes, points=point)
    return ItemRow(title=title, minutes=minutes)


def minutes_for(items: Sequence[ItemRow]) -> int:
    """How long the meeting takes with these items."""
    return max(10, sum(item.minutes for item in items))
