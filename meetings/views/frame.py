"""How an event of a meeting is answered: by one button, or by a form that can come back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.accounts.access import Reader, reader_of
from portal.core.refused import NotAllowed, Refused
from portal.core.taken import took_nothing
from portal.ui.forms import Form

DONE = 302


def press(
    request: HttpRequest, back: str, act: Callable[[Reader], object], done: str = ""
) -> HttpResponse:
    """An event of one button: it is done, or a sentence says why not."""
    try:
        act(reader_of(request))
    except NotAllowed:
        raise
    except Refused as no:
        messages.warning(request, no.sentence)
        return took_nothing(redirect(back))
    if done:
        messages.success(request, done)
    return redirect(back)


def attempt(reader: Reader, form: Form, act: Callable[[Reader], object]) -> int:
    """Do it: DONE, or the status to show the form with; what was typed is kept."""
    if not form.is_valid():
        return 422
    try:
        act(reader)
    except NotAllowed:
        raise
    except Refused as no:
        form.refuse(no)
        return no.status
    return DONE
