"""Reminders of meetings: of what is still to be written, and of what is still to be done.

Done every day (see `MeetingsConfig.ready`). Safe to do twice, even at the same moment: each is
told under a name of its own, once a day, and an action is taken by compare-and-set.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from meetings.models import Action, Contribution, ItemNeed, Participant
from meetings.queries import team_of
from meetings.references import path_to
from meetings.states import ActionState, Answer, Attendance, Status
from portal.accounts.desks import at_their_desks
from portal.core.clock import LONDON, today
from portal.notifications.actions import tell
from portal.ui.words import long_date, short_when


def remind_of_actions() -> None:
    """Tell the owner of every open action that is due today or overdue: once a day."""
    day = today()
    due = Action.objects.filter(state=ActionState.OPEN, due_on__lte=day, owner__is_active=True)
    not_yet = due.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=day))
    for pk in not_yet.order_by("pk").values_list("pk", flat=True):
        _remind_of_action(pk, day)


def _remind_of_action(pk: int, day: date) -> None:
    with transaction.atomic():
        rows = Action.objects.filter(pk=pk, state=ActionState.OPEN)
        taken = rows.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=day))
        if not taken.update(reminded_on=day):
            return
        action = Action.objects.select_related("meeting__team").get(pk=pk)
        team = team_of(action.meeting, action.owner_id)
        tell(
            event=f"meeting.action-due:{pk}:{day.isoformat()}",
            kind="meeting.action-due",
            recipients=at_their_desks([(action.owner_id, team.pk)]),
            facts={
                "team": action.meeting.team.name,
                "wanted": "Do what was agreed, or say why not",
                "by": long_date(action.due_on),
                "reference": action.meeting.reference,
            },
            path="/meetings/actions/",
        )


def remind_of_writing() -> None:
    """Tell whoever answers in writing, the day before, of what they have not written yet."""
    tomorrow = today() + timedelta(days=1)
    begin = datetime.combine(tomorrow, time(), tzinfo=LONDON)
    end = datetime.combine(tomorrow + timedelta(days=1), time(), tzinfo=LONDON)
    needed = ItemNeed.objects.filter(
        participant=OuterRef("pk"), item__removed_at__isnull=True
    ).exclude(
        Exists(
            Contribution.objects.filter(
                item=OuterRef("item"),
                participant=OuterRef("participant"),
                written_at__isnull=False,
            )
        )
    )
    written = Contribution.objects.filter(participant=OuterRef("pk"), written_at__isnull=False)
    any_need = ItemNeed.objects.filter(participant=OuterRef("pk"), item__removed_at__isnull=True)
    asked = Contribution.objects.filter(
        participant=OuterRef("pk"), written_at__isnull=True, item__removed_at__isnull=True
    )
    waits = Exists(asked) | Exists(needed) | (~Exists(any_need) & ~Exists(written))
    parts = Participant.objects.filter(
        Q(attendance=Attendance.WRITING) | Q(answer=Answer.WRITING),
        waits,
        meeting__status=Status.BOOKED,
        meeting__starts_at__gte=begin,
        meeting__starts_at__lt=end,
        removed_at__isnull=True,
        user__is_active=True,
    )
    for part in parts.select_related("meeting__team").order_by("pk"):
        _remind_of_writing(part, tomorrow)


def _remind_of_writing(part: Participant, day: date) -> None:
    meeting = part.meeting
    with transaction.atomic():
        tell(
            event=f"meeting.write:{part.pk}:{day.isoformat()}",
            kind="meeting.write",
            recipients=at_their_desks([(part.user_id, part.team_id)]),
            facts={
                "team": meeting.team.name,
                "wanted": "Answer in writing: it stands first when the meeting comes to it",
                "by": short_when(meeting.starts_at) if meeting.starts_at else "",
                "reference": meeting.reference,
            },
            path=path_to(meeting.reference),
        )
