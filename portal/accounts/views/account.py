"""The reader's own account, and what its session still has."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts import parking, sessions
from portal.accounts.access import reader_of
from portal.accounts.presenters import KEPT_FOR_WORDS, account_page, unsent_lines, unsent_row
from portal.accounts.queries import authenticators_of
from portal.accounts.queries_week import has_week
from portal.core.clock import today


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """“Your account”: who the reader is here, and how they sign in."""
    reader = reader_of(request)
    page = account_page(
        reader,
        authenticators_of(reader.user),
        has_week=has_week(reader.user.pk, today()),
    )
    return render(request, "account/account.jinja", {"page": page})


@require_POST
def still_here(request: HttpRequest) -> HttpResponse:
    """The reader says that they are still there. The mark tells the page whether it is theirs."""
    sessions.touch(request.session)
    mark = sessions.account_mark(reader_of(request).user.pk)
    return JsonResponse({"account": mark, "seconds": sessions.seconds_left(request.session)})


@require_GET
@sessions.passive
def time_left(request: HttpRequest) -> HttpResponse:
    """How many seconds the session goes on without activity. Asking does not prolong it."""
    return JsonResponse({"seconds": sessions.seconds_left(request.session)})


@require_GET
def unsent(request: HttpRequest) -> HttpResponse:
    """What the reader was sending when their session ended; home when nothing waits."""
    waiting = parking.waiting_for(request)
    if not waiting:
        return redirect("home")
    if len(waiting) == 1:
        return redirect(parking.address_of(waiting[0].key))
    context = {"rows": [unsent_row(each) for each in waiting], "kept_for": KEPT_FOR_WORDS}
    return render(request, "account/unsent_several.jinja", context)


@require_GET
def unsent_one(request: HttpRequest, key: str) -> HttpResponse:
    """One form that waits; the others when this one does not."""
    waiting = parking.waiting_for(request)
    this = next((each for each in waiting if each.key == key), None)
    if this is None:
        return redirect("account-unsent")
    context = {
        "unsent": this,
        "lines": unsent_lines(this),
        "others": len(waiting) - 1,
        "kept_for": KEPT_FOR_WORDS,
    }
    return render(request, "account/unsent.jinja", context)


@require_POST
def throw_away(request: HttpRequest, key: str) -> HttpResponse:
    """Do not send it after all; on to what else waits, or home."""
    response = redirect("account-unsent")
    parking.throw_away(request, response, key)
    return response
