"""Whether a form that was posted has been taken.

A page that comes back says no, and leading on says yes: unless the view says that it leads on
without having taken anything. Whatever keeps a copy of what was typed asks here first.
"""

from http import HTTPStatus

from django.http import HttpResponse


def took_nothing(response: HttpResponse, sentence: str = "") -> HttpResponse:
    """Say of an answer that leads on that nothing was taken; the same answer.

    `sentence` says why, for a reader whom the next page does not tell.
    """
    response.took_nothing = sentence  # type: ignore[attr-defined]
    return response


def leads_on(response: HttpResponse) -> bool:
    """Whether it is no page: the reader sees another one."""
    return response.status_code == HTTPStatus.FOUND


def is_taken(response: HttpResponse) -> bool:
    """Whether what was posted has been taken."""
    return leads_on(response) and not hasattr(response, "took_nothing")


def why_nothing(response: HttpResponse) -> str:
    """The sentence that the view gave; empty where it gave none."""
    return str(getattr(response, "took_nothing", ""))
