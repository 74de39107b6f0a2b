"""The reader's own account, and what its session still has."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts import parking, sessions
from portal.accounts.access import reader_of
from portal.accounts.presenters import account_page, unsent_lines
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
    waiting = parking.parked_for(request)
    if waiting is None:
        return redirect("home")
    context = {"unsent": waiting, "lines": unsent_lines(waiting)}
    return render(request, "account/unsent.jinja", context)


@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    """Do not send it after all."""
    response = redirect("home")
    parking.throw_away(request, response)
    return response
