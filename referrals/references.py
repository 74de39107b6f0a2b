"""A referral's public reference in addresses."""

from django.urls import register_converter


class ReferenceConverter:
    """CG-7K4M-9QXT, in whatever case it was typed."""

    regex = "[Cc][Gg]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}"

    def to_python(self, value: str) -> str:
        """In capitals, as it is kept."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(ReferenceConverter, "reference")


def path_to(reference: str) -> str:
    """The address of a referral's page: what people are told of leads there, and is seen there."""
    return f"/referrals/{reference}/"
