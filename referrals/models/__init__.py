"""Tables of referrals: one file per thing."""

from referrals.models.draft import Draft
from referrals.models.meeting import MeetingEntry
from referrals.models.person import Person
from referrals.models.referral import Opening, Party, Point, Redirect, Referral, StatusChange
from referrals.models.thread import Decision, Message, Pause

__all__ = [
    "Decision",
    "Draft",
    "MeetingEntry",
    "Message",
    "Opening",
    "Party",
    "Pause",
    "Person",
    "Point",
    "Redirect",
    "Referral",
    "StatusChange",
]
