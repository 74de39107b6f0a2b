"""What meetings add to the pages of referrals, and to their own."""

from datetime import datetime

from meetings.in_clinics import counted_by_person, minutes_in_clinics
from meetings.partners import never_met
from meetings.presenters.clinics import TeamCount, team_count
from meetings.presenters.together import Offer, offer
from portal.accounts.access import Reader
from portal.accounts.roles import May


def first_meetings(reader: Reader, at: datetime) -> list[Offer] | None:
    """First meetings on offer to the reader's teams; None where there are none. One query."""
    return [offer(found) for found in never_met(reader)] or None


def minutes_inside_clinics(reader: Reader, at: datetime) -> TeamCount | None:
    """For whoever leads teams: this month's minutes, by person. One query."""
    teams = reader.team_ids(May.OVERSEE_TEAM)
    return team_count(counted_by_person(teams)) if teams else None


def own_minutes(reader: Reader) -> str:
    """Of the reader's own teams, this month, in a sentence; "" for those in no team. One query."""
    teams = reader.team_ids(May.READ_REFERRALS)
    if not teams:
        return ""
    whose = "your team" if len(teams) == 1 else "your teams"
    minutes = minutes_in_clinics(teams)
    return f"Minutes of meetings inside clinics, {whose}, this month: *{minutes}*"
