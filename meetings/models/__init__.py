"""Meetings: who, when, what about, and what came of it."""

from meetings.models.agenda import Contribution, Guest, Item, ItemNeed
from meetings.models.links import AnswerLink, Feed
from meetings.models.meeting import Meeting, MeetingChange, Participant, Series, SeriesMember
from meetings.models.offers import FirstMeetingDeclined
from meetings.models.outcome import Action, Correction, Decision, Note
from meetings.models.visits import Visit

__all__ = [
    "Action",
    "AnswerLink",
    "Contribution",
    "Correction",
    "Decision",
    "Feed",
    "FirstMeetingDeclined",
    "Guest",
    "Item",
    "ItemNeed",
    "Meeting",
    "MeetingChange",
    "Note",
    "Participant",
    "Series",
    "SeriesMember",
    "Visit",
]
