"""A meeting's public reference: in addresses, and on what is booked for it."""

from django.urls import register_converter


class MeetingConverter:
    """M-7K4M-9QXT, in whatever case it was typed."""

    regex = "[Mm]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}"

    def to_python(self, value: str) -> str:
        """In capitals, as it is kept."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(MeetingConverter, "meeting")


def path_to(reference: str) -> str:
    """The address of a meeting's page."""
    return f"/meetings/{reference}/"


def path_to_part(reference: str, referral: str) -> str:
    """The address of what a meeting says of one referral: for everybody who may open that."""
    return f"/meetings/{reference}/part/{referral}/"


def path_to_minutes(reference: str) -> str:
    """The address of a meeting's minutes."""
    return f"/meetings/{reference}/minutes/"


def path_to_series(reference: str) -> str:
    """The address of a series of meetings."""
    return f"/meetings/series/{reference}/"


def subject_of(reference: str) -> str:
    """How bookings of people's time name a meeting (portal.worktime)."""
    return f"meeting {reference}"
