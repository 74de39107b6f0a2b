"""What several views do: act, say beside the field what was refused, go back to a week."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.accounts.access import reader_of
from portal.accounts.models import User
from portal.core.refused import Refused
from portal.ui.forms import Form


def did(form: Form, act: Callable[[], object]) -> bool:
    """Whether it was done; what was refused is said beside its field."""
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def back_to_week(request: HttpRequest, user: User) -> HttpResponse:
    """To the reader's own week, or to that of a colleague."""
    if user.pk == reader_of(request).user.pk:
        return redirect("account-week")
    return redirect("account-week-of", user.pk)
