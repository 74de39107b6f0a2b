"""The reader's own notifications: nobody else's can be asked for."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from portal.core.clock import now
from portal.core.cursors import read_cursor, write_cursor
from portal.core.numbers import typed_number
from portal.core.refused import InvalidInput
from portal.notifications import actions, presenters, queries


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time."""
    user_id = _reader(request).pk
    before = request.GET.get("before")
    page = queries.page(user_id, _row_in(before) if before else None)
    unread = queries.unread_count(user_id)
    context = {
        "notices": presenters.notices(page.rows, now()),
        "unread": presenters.unread_words(unread),
        "newest": page.rows[0].pk if page.rows else 0,
        "revision": queries.revision(user_id),
        "older": write_cursor("notifications", page.rows[-1].pk) if page.more else "",
        "first_page": not before,
        "not_mailed": presenters.not_mailed(queries.failed_to(user_id)) if not before else "",
    }
    return render(request, "notifications/list.jinja", context)


@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """Asked in the background by an open page: 204, or one line saying what has come in."""
    user_id = _reader(request).pk
    if request.GET.get("revision") == queries.revision(user_id):
        return HttpResponse(status=204)
    count = queries.arrived_since(user_id, typed_number(request.GET.get("newest")) or 0)
    context = {"text": presenters.arrived_words(count) if count else ""}
    return render(request, "notifications/_latest.jinja", context)


@require_POST
def see(request: HttpRequest) -> HttpResponse:
    """Seen: one notification, or all that the page showed and those before."""
    if request.POST.get("pk"):
        actions.see(by=_reader(request), pk=typed_number(request.POST["pk"]) or 0)
    else:
        actions.see_all(by=_reader(request), upto=typed_number(request.POST.get("upto")) or 0)
    return redirect("notifications")


def _reader(request: HttpRequest) -> AbstractBaseUser:
    if not isinstance(request.user, AbstractBaseUser):
        raise PermissionError("Nobody is signed in; the view should have required it.")
    return request.user


def _row_in(cursor: str) -> int:
    position = read_cursor("notifications", cursor)
    if len(position) != 1 or not isinstance(position[0], int):
        raise InvalidInput("This list has moved on. Start again from its first page.")
    return position[0]
