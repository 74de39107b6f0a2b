"""Telling people of a meeting, each of their own part in it; in the caller's transaction."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from meetings import calendar
from meetings.actions.changing import Changing
from meetings.models import AnswerLink, Meeting, MeetingChange, Participant
from meetings.presenters.times import short_span, short_spans
from meetings.states import HOW_WORDS, Attendance, How
from meetings.stays import Stretch, span_of, stays_of, stretches_of, whole_stay
from portal.accounts.desks import desk_of_team
from portal.core.digests import digest_of
from portal.notifications.actions import Recipient, tell
from portal.notifications.states import Channel
from portal.ui.words import short_when

Had = dict[int, Stretch]  # by participant: from when until when, before


def everyone(
    change: Changing, row: MeetingChange, people: Sequence[Participant], had: Had, *, again: bool
) -> None:
    """Invite those who come, ask those who cannot in writing, and tell the rest.

    `again`: the meeting was moved. `had` are those who have it in their calendars already: of
    them, whoever does not come at the new time gets it taken out.
    """
    revoke_links(change.meeting, change.moment)
    stays = _stays(people)
    for part in people:
        _tell_one(
            change,
            f"meeting.{row.event}:{row.pk}",
            part,
            stays[part.pk],
            had.get(part.pk),
            again=again,
        )


def somebody(change: Changing, part: Participant) -> None:
    """Invite one who was added afterwards, or comes after all."""
    event = f"meeting.added:{part.pk}:{change.moment.timestamp()}"
    _tell_one(change, event, part, _stays([part])[part.pk], None, again=False)


def declined(change: Changing, part: Participant, had: Stretch) -> None:
    """Whoever does not come after all has it taken out of their calendar, by mail; who answers in
    writing reads in it what they are asked to write to."""
    event = f"meeting.declined:{part.pk}:{change.moment.timestamp()}"
    if part.attendance == Attendance.WRITING:
        _tell_one(change, event, part, [], had, again=False)
        return
    _send(
        change,
        event,
        "meeting.declined",
        part,
        wanted="Nothing: the time is yours again",
        when=short_span(*had),
        calendar_text=calendar.cancellation(change.meeting, *had),
    )


def again(change: Changing, event: str, part: Participant, had: Stretch | None) -> None:
    """Tell one whose own part has moved; `had` is when they were to be there before."""
    _tell_one(change, event, part, _stays([part])[part.pk], had, again=True)


def elsewhere(change: Changing, event: str, people: Sequence[Participant]) -> None:
    """How or where it is held has changed: to the calendars of those who come. Their answers hold,
    and so do the links to answer with."""
    for part, stays in ((part, stays_of(part)) for part in people):
        if stays:
            _send(
                change,
                event,
                "meeting.place",
                part,
                wanted="Nothing: your calendar has it anew",
                when=short_spans(stays),
                calendar_text=calendar.request(change.meeting, stays),
            )


def cancelled(change: Changing, row: MeetingChange, people: Sequence[Participant]) -> None:
    """Take it out of everybody's calendar, and say that it is not held."""
    revoke_links(change.meeting, change.moment)
    for part in people:
        without(change, f"meeting.cancelled:{row.pk}", part)


def without(change: Changing, event: str, part: Participant) -> None:
    """It is no longer in this participant's day, as it is not held."""
    _out(change, event, "meeting.cancelled", part)


def removed(change: Changing, event: str, part: Participant) -> None:
    """The meeting is held, and this participant is not asked to it any more."""
    _out(change, event, "meeting.removed", part, path="/meetings/")


def revoke_links(meeting: Meeting, at: datetime, part: Participant | None = None) -> None:
    """Links that were sent before answer nothing any more."""
    links = AnswerLink.objects.filter(participant__meeting=meeting, revoked_at__isnull=True)
    if part is not None:
        links = links.filter(participant=part)
    links.update(revoked_at=at)


def _out(change: Changing, event: str, kind: str, part: Participant, *, path: str = "") -> None:
    meeting, times = change.meeting, span_of(part)
    _send(
        change,
        event,
        kind,
        part,
        wanted="Nothing: the time is yours again" if times else "Nothing",
        when=short_span(*times) if times else _when(meeting),
        calendar_text=calendar.cancellation(meeting, *times) if times else "",
        path=path,
    )


def _tell_one(
    change: Changing,
    event: str,
    part: Participant,
    stays: Sequence[Stretch],
    before: Stretch | None,
    *,
    again: bool,
) -> None:
    meeting, times = change.meeting, span_of(part)
    if times:
        _send(
            change,
            event,
            "meeting.moved" if again else "meeting.invited",
            part,
            wanted="Say whether you come",
            when=short_spans(stays),
            by=short_when(times[0]),
            calendar_text=calendar.request(meeting, stays),
            answer=_new_link(part, times[1]),
        )
        return
    in_writing = part.attendance == Attendance.WRITING
    _send(
        change,
        event,
        "meeting.asked-in-writing" if in_writing else "meeting.without-you",
        part,
        wanted="Write to your points" if in_writing else "Nothing now",
        when=_when(meeting),
        by=short_when(meeting.starts_at) if in_writing and meeting.starts_at else "",
        calendar_text=calendar.cancellation(meeting, *before) if before else "",
    )


def _send(
    change: Changing,
    event: str,
    kind: str,
    part: Participant,
    *,
    wanted: str,
    when: str,
    by: str = "",
    calendar_text: str = "",
    answer: str = "",
    path: str = "",
) -> None:
    meeting, desk = change.meeting, desk_of_team(part.team_id)
    recipient = Recipient.person(part.user_id, desk)
    if part.user_id == change.by.user.pk:
        # Whoever did it knows; their calendar does not.
        recipient = Recipient(part.user_id, "", (Channel.EMAIL,), desk=desk)
        answer = ""
    tell(
        event=event,
        kind=kind,
        recipients=[recipient],
        facts={
            "title": meeting.title,
            "when": when,
            "how": HOW_WORDS[How(meeting.how)],
            "where": meeting.where,
            "team": meeting.team.name,
            "wanted": wanted,
            "by": by,
            "reference": meeting.reference,
            "answer": answer,
            "calendar": calendar_text,
        },
        path=path or change.path,
    )


def _new_link(part: Participant, until: datetime) -> str:
    """A link of 256 random bits, kept as a hash: to answer until the meeting is over."""
    token = secrets.token_urlsafe(32)
    AnswerLink.objects.create(participant=part, token_digest=digest_of(token), expires_at=until)
    return f"{settings.BASE_URL}/meetings/answer/{token}/"


def _stays(people: Sequence[Participant]) -> dict[int, list[Stretch]]:
    """When each is there, by participant: who leaves and comes back has more than one stretch.
    One query, none where everybody stays."""
    found = stretches_of([each for each in people if each.attendance == Attendance.PART])
    return {each.pk: whole_stay(each) for each in people} | found


def _when(meeting: Meeting) -> str:
    if meeting.starts_at is None or meeting.ends_at is None:
        return ""
    return short_span(meeting.starts_at, meeting.ends_at)
