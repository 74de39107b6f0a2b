"""What the directory's pages share."""

from django.http import HttpRequest

from portal.accounts.access import reader_of
from portal.accounts.roles import May


def refers(request: HttpRequest) -> str:
    """Which button there is: `yes`, `sign-in`, or `no` for a role that does not refer."""
    if not request.user.is_authenticated:
        return "sign-in"
    return "yes" if reader_of(request).may(May.REFER) else "no"
