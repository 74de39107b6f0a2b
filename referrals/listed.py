"""A referral as lists show it: a row of referrals/sql/listed.sql (see statements.py)."""

from datetime import date, datetime
from typing import NamedTuple

from contacts.one_service import hours_of
from portal.worktime.hours import WeeklyHours


class Listed(NamedTuple):
    """The columns of listed.sql. `part` names the list; `openings` are for `hours`.

    `seen_at` is the reader's own last look, `team_seen_at` that of anybody on the receiving side,
    `answer_by` the date of a question that is open, `handed_to` the service that it is redirected
    to and that has not acknowledged it ("": one of the reader's own; None: it is not redirected).
    """

    part: str
    pk: int
    reference: str
    version: int
    status: str
    status_since: datetime
    urgency: str
    agreement: str
    sent_at: datetime
    due_at: datetime | None
    changed_at: datetime
    seen_at: datetime | None
    team_seen_at: datetime | None
    answer_by: date | None
    handed_to: str | None
    sending_team: str
    receiving_team: str
    held_by: str | None
    points: list[str]
    person_name: str
    born_on: date | None
    nhs_number: str
    address: str
    postcode: str
    telephone: str
    service_reference: str
    service_name: str
    nation: str
    is_always_open: bool
    closed_on_bank_holidays: bool
    openings: str | None

    @property
    def hours(self) -> WeeklyHours:
        """When its service is open: what its clock goes by."""
        if self.is_always_open:
            return WeeklyHours.always(self.nation)
        return hours_of(self.openings or "", self.nation, self.closed_on_bank_holidays)
