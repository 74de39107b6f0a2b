"""A meeting's public reference in an address."""

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
