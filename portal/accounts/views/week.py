"""Working weeks: one's own, and those of colleagues for who looks after a team's rota."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import get_colleague, reader_of
from portal.accounts.forms_week import LeaveForm, OneOffForm
from portal.accounts.models import User
from portal.accounts.presenters_week import colleague_rows, week_page
from portal.accounts.queries_week import colleagues, week_of, with_a_week
from portal.accounts.roles import May
from portal.accounts.views.doing import back_to_week, did
from portal.core.clock import today
from portal.core.refused import NotYours
from portal.ui.forms import error_list
from portal.worktime.actions import patterns
from portal.worktime.hours import MIDNIGHT, clock_moment
from portal.worktime.states import SessionKind


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The reader's own week."""
    return _page(request, reader_of(request).user)


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """The colleagues whose weeks the reader looks after: whose is set, and whose is not."""
    reader = reader_of(request)
    if not reader.may(May.SET_WEEKS):
        raise NotYours("working weeks", "")
    found = colleagues(reader)
    have = with_a_week([user.pk for user, _ in found], today())
    return render(request, "account/week_team.jinja", {"rows": colleague_rows(found, have)})


@require_GET
def week(request: HttpRequest, person: int) -> HttpResponse:
    """Somebody's week."""
    return _page(request, get_colleague(reader_of(request), person))


@require_POST
def add_day(request: HttpRequest, person: int) -> HttpResponse:
    """A session on one day."""
    reader = reader_of(request)
    user = get_colleague(reader, person)
    form = OneOffForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if did(
            form,
            lambda: patterns.add_one_off(
                by=reader.user,
                user_id=user.pk,
                day=given["day"],
                starts=given["starts"],
                ends=given["ends"],
                kind=SessionKind(given["kind"]),
                instead=given["instead"],
            ),
        ):
            messages.success(request, "Kept: meetings go round it from now on.")
            return back_to_week(request, user)
    return _page(request, user, one_off=form)


@require_POST
def remove_day(request: HttpRequest, person: int, pk: int) -> HttpResponse:
    """Take a single day away."""
    reader = reader_of(request)
    user = get_colleague(reader, person)
    if not patterns.remove_one_off(by=reader.user, user_id=user.pk, one_off_id=pk):
        raise NotYours("single day", str(pk))
    messages.success(request, "Taken away: the usual week holds on that day.")
    return back_to_week(request, user)


@require_POST
def add_leave(request: HttpRequest, person: int) -> HttpResponse:
    """Days away, or a part of one."""
    reader = reader_of(request)
    user = get_colleague(reader, person)
    form = LeaveForm(request.POST)
    if form.is_valid():
        starts_at, ends_at = _away(form)
        if did(
            form,
            lambda: patterns.add_day_off(
                by=reader.user, user_id=user.pk, starts_at=starts_at, ends_at=ends_at
            ),
        ):
            messages.success(request, "Kept: nobody is asked to a meeting in that time.")
            return back_to_week(request, user)
    return _page(request, user, leave=form)


@require_POST
def remove_leave(request: HttpRequest, person: int, pk: int) -> HttpResponse:
    """Take leave away."""
    reader = reader_of(request)
    user = get_colleague(reader, person)
    if not patterns.remove_day_off(by=reader.user, user_id=user.pk, day_off_id=pk):
        raise NotYours("leave", str(pk))
    messages.success(request, "Taken away: the usual week holds in that time.")
    return back_to_week(request, user)


def _page(
    request: HttpRequest,
    user: User,
    *,
    one_off: OneOffForm | None = None,
    leave: LeaveForm | None = None,
) -> HttpResponse:
    reader = reader_of(request)
    is_own = user.pk == reader.user.pk
    context = {
        "page": week_page(user, week_of(user.pk, today()), own=is_own, day=today()),
        "one_off": one_off or OneOffForm(),
        "leave": leave or LeaveForm(),
        "typed_one_off": one_off is not None,
        "typed_leave": leave is not None,
        "errors": error_list(one_off, leave),
        "looks_after": reader.may(May.SET_WEEKS),
    }
    return render(request, "account/week.jinja", context)


def _away(form: LeaveForm) -> tuple[datetime, datetime]:
    """From midnight to midnight where no times were given."""
    given = form.cleaned_data
    since: time = given["since"] or MIDNIGHT
    starts_at = clock_moment(given["first"], since)
    if given["until"]:
        return starts_at, clock_moment(given["last"], given["until"])
    return starts_at, clock_moment(given["last"] + timedelta(days=1), MIDNIGHT)
