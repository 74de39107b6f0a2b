"""An invitation as calendars read it (RFC 5545, RFC 6047), made out to one recipient."""

from typing import NamedTuple

from icalendar import Calendar, vCalAddress


class Invitation(NamedTuple):
    """The text of the calendar, and what its reader is to do with it: REQUEST or CANCEL."""

    text: str
    method: str


def addressed(text: str, address: str) -> Invitation:
    """With the recipient as the one who is asked; others are not named. ValueError for no calendar.

    Made out here because an account's address is read when the mail is sent.
    """
    calendar = Calendar.from_ical(text)
    method = str(calendar["METHOD"])
    for event in calendar.walk("VEVENT"):
        asked = vCalAddress(f"mailto:{address}")
        asked.params["ROLE"] = "REQ-PARTICIPANT"
        asked.params["PARTSTAT"] = "NEEDS-ACTION"
        # Answers go by the link: nobody reads the sender's mailbox.
        asked.params["RSVP"] = "FALSE"
        event.add("attendee", asked, encode=False)
    return Invitation(calendar.to_ical().decode(), method)
