"""A working week is set, changed and ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.accounts.access import get_colleague, reader_for, reader_of
from portal.accounts.forms_week import BeginForm, EndForm, LineForms, WeekForm
from portal.accounts.models import User
from portal.accounts.presenters_week import pattern_card, whose_words
from portal.accounts.queries_week import in_two_places, patterns_of
from portal.accounts.views.doing import back_to_week
from portal.core.clock import today
from portal.core.refused import NotYours, Refused, Stale
from portal.ui.forms import error_list
from portal.worktime.actions import patterns
from portal.worktime.bank_holidays import NATIONS
from portal.worktime.lines import lines_of, sessions_of
from portal.worktime.models import Pattern
from portal.worktime.reading import given_of
from portal.worktime.templates import TEMPLATES


@require_http_methods(["GET", "POST"])
def set_week(request: HttpRequest, person: int) -> HttpResponse:
    """A week to begin with is chosen, then shown with all its times, then kept.

    Asked for with `pattern`, one that stands is changed; with `template`, one begins from it.
    """
    user = get_colleague(reader_of(request), person)
    if request.method == "POST":
        return _sent(request, user)
    if "pattern" in request.GET:
        return _page(request, user, *_standing(user, request.GET["pattern"], request.GET))
    begin = BeginForm(request.GET or None)
    if not begin.is_bound or not begin.is_valid():
        context = {"form": begin, "person": user.pk, "whose": _whose(request, user)}
        return render(request, "account/week_begin.jinja", context)
    given = begin.cleaned_data
    template = TEMPLATES[given["template"]]
    sessions = template.on([day for day in template.weekdays if str(day) not in given["off"]])
    weeks = 2 if given["alternates"] else template.weeks
    if template.weeks < weeks:
        sessions += tuple(one._replace(week=1) for one in sessions)
    first = {
        **_first(user),
        "weeks": str(weeks),
        "works_on_bank_holidays": template.works_on_bank_holidays,
    }
    return _page(request, user, WeekForm(initial=first), LineForms(lines=lines_of(sessions, weeks)))


@require_http_methods(["GET", "POST"])
def end_week(request: HttpRequest, person: int, pk: int) -> HttpResponse:
    """Ask, then end a working week."""
    reader = reader_of(request)
    user = get_colleague(reader, person)
    pattern = _pattern(user, str(pk))
    form = EndForm(
        request.POST if request.method == "POST" else None,
        initial={"version": pattern.version, "ends_on": today()},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            patterns.end_pattern(
                by=reader.user,
                user_id=user.pk,
                pattern_id=pk,
                ends_on=given["ends_on"],
                version=given["version"] or 0,
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            status = refused.status
            form.data = {**request.POST.dict(), "version": str(pattern.version)}
        else:
            messages.success(request, f"The week at {pattern.place} ends.")
            return back_to_week(request, user)
    context = {
        "pattern": pattern_card(pattern, today()),
        "form": form,
        "person": user.pk,
        "whose": _whose(request, user),
    }
    return render(request, "account/week_end.jinja", context, status=status)


def _sent(request: HttpRequest, user: User) -> HttpResponse:
    form = WeekForm(request.POST)
    lines = LineForms(request.POST, more="more" in request.POST)
    if "more" in request.POST:
        return _page(request, user, form, lines)
    if not all([form.is_valid(), lines.is_valid()]):
        return _page(request, user, form, lines)
    given = form.cleaned_data
    try:
        kept = patterns.set_pattern(
            by=reader_of(request).user,
            user_id=user.pk,
            place=given["place"],
            nation=given["nation"],
            weeks=given["weeks"],
            starts_on=given["starts_on"],
            sessions=sessions_of(lines.lines(), given["weeks"]),
            works_on_bank_holidays=given["works_on_bank_holidays"],
            replaces=given["pattern"],
            version=given["version"],
        )
    except Stale:
        # Whoever sends it again has seen what stands now.
        stands = _pattern(user, str(given["pattern"]))
        form.data = {**request.POST.dict(), "version": str(stands.version)}
        return _page(request, user, form, lines, stands=stands, status=409)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _page(request, user, form, lines, status=refused.status)
    messages.success(request, "Kept: meetings go round it from now on.")
    place, hours = in_two_places(kept, today())
    if place:
        messages.warning(
            request,
            f"{hours} also stands at {place}. If that place has been left, end the week there.",
        )
    return back_to_week(request, user)


def _page(
    request: HttpRequest,
    user: User,
    form: WeekForm,
    lines: LineForms,
    *,
    stands: Pattern | None = None,
    status: int = 200,
) -> HttpResponse:
    more = "more" in request.POST
    context = {
        "form": form,
        "lines": lines.forms,
        "fortnight": str(form["weeks"].value()) == "2",
        "stands": pattern_card(stands, today()) if stands else None,
        "errors": [] if more else [*error_list(form), *lines.error_list()],
        "more": more,
        "person": user.pk,
        "whose": _whose(request, user),
        "changes": bool(form["pattern"].value()),
    }
    return render(request, "account/week_set.jinja", context, status=status)


def _first(user: User) -> dict[str, Any]:
    """What most people would type: their place of work, its nation, today."""
    home = reader_for(user).home
    nation = home.organisation.nation if home else ""
    stands = patterns_of(user.pk, today())
    return {
        # A second week is worked somewhere else.
        "place": "" if stands or not home else home.organisation.name,
        "nation": nation if nation in NATIONS else NATIONS[0],
        "starts_on": today(),
    }


def _standing(user: User, pk: str, asked: Any) -> tuple[WeekForm, LineForms]:
    pattern = _pattern(user, pk)
    weeks = 2 if asked.get("weeks") == "2" else pattern.weeks
    given = given_of(pattern)
    form = WeekForm(
        initial={
            "pattern": str(pattern.pk),
            "version": str(pattern.version),
            "weeks": str(weeks),
            "place": pattern.place,
            "nation": pattern.nation,
            "works_on_bank_holidays": pattern.works_on_bank_holidays,
            "starts_on": max(today(), pattern.starts_on),
        }
    )
    return form, LineForms(lines=lines_of(given.sessions, given.weeks))


def _pattern(user: User, pk: str) -> Pattern:
    """One of somebody's weeks that is not over; else NotYours."""
    for pattern in patterns_of(user.pk, today()):
        if str(pattern.pk) == pk:
            return pattern
    raise NotYours("pattern", pk)


def _whose(request: HttpRequest, user: User) -> str:
    return whose_words(user, own=user.pk == reader_of(request).user.pk)
