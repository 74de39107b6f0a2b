"""The conversation of one referral, in words."""

from datetime import datetime

from portal.accounts.models import Team
from portal.ui.shapes import Message
from portal.ui.words import duration_words, initials, near_when
from referrals.detail import Detail
from referrals.detail_rows import Written
from referrals.presenters.referral import who
from referrals.states import Audience, Voice


def thread(detail: Detail, at: datetime) -> list[Message]:
    """The conversation, oldest first."""
    return [message_words(detail, message, at) for message in detail.messages]


def message_words(detail: Detail, message: Written, at: datetime) -> Message:
    """One message with who wrote it, for whom, when, and who has seen it."""
    own = message.audience == Audience.OWN_TEAM
    about = [near_when(message.at, at), *_kind(detail, message)]
    if seen := _seen_by(detail, message, at):
        about.append(seen)
    if own:
        about.append("only your team sees this")
    role = f", {who(message.author).partition(', ')[2]}" if message.author.job_title else ""
    return Message(
        anchor=f"message-{message.pk}",
        side="social" if message.side == Team.Side.SOCIAL else "health",
        initials=initials(message.author.name),
        name=message.author.name,
        about=f"{role}, {message.team} · " + " · ".join(about),
        text=message.body,
        own_team_only=own,
    )


def _kind(detail: Detail, message: Written) -> list[str]:
    """Whether it asks or answers, and whether a clinician speaks."""
    found = []
    if message.voice == Voice.QUESTION:
        found.append(_question(detail, message))
    if message.voice == Voice.ANSWER:
        asked = next((m for m in detail.messages if m.pk == message.answers), None)
        if asked:
            found.append(f"answered in {duration_words(message.at - asked.at)}")
    if message.for_the_team:
        found.append("for the team, not a clinician's view")
    return found


def _question(detail: Detail, message: Written) -> str:
    """What became of a question."""
    pause = next((p for p in detail.pauses if p.question_id == message.pk), None)
    if pause is None or pause.ended_at is None:
        return "asks"
    if pause.taken_back:
        return "question taken back, no answer needed"
    answered = any(reply.answers == message.pk for reply in detail.messages)
    return "asks" if answered else "question ended, no answer needed"


def _seen_by(detail: Detail, message: Written, at: datetime) -> str:
    """Who of the other side has looked since it was written."""
    if message.audience == Audience.OWN_TEAM:
        return ""
    for opening in detail.openings:
        if opening.team_id != message.team_id and opening.seen_at > message.at:
            return f"seen by {opening.user.name} {near_when(opening.seen_at, at)}"
    return ""
