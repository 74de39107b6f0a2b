"""Series of meetings: the list, a new one, and the page of one with what can be changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings.actions import series as acting
from meetings.actions.arrange import Invited
from meetings.actions.series_meetings import make_for
from meetings.colleagues import Colleague, named, of_teams, searched
from meetings.forms.series import SeriesForm, initial_of
from meetings.models import Series
from meetings.outcome_access import opened
from meetings.presenters.series import meeting_lines, series_row, series_rows, stands_words
from meetings.references import path_to_series
from meetings.series_access import get_series, looks_after, series_of
from meetings.series_queries import meetings_of, members_of, put_off_notes
from meetings.states import Status
from meetings.views.frame import DONE, attempt, press
from portal.accounts.access import Reader, reader_of
from portal.accounts.roles import May
from portal.core.clock import now
from portal.core.numbers import typed_number
from portal.core.references import new_opaque_id
from portal.ui.words import plural


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The series of the reader's teams."""
    reader = reader_of(request)
    reader.check(May.REFER)
    context = {"rows": series_rows(list(series_of(reader)[:50]))}
    return render(request, "meetings/series_list.jinja", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a series; its first meetings are made at once."""
    reader = reader_of(request)
    reader.check(May.REFER)
    teams = reader.teams(May.REFER)
    own = Colleague(reader.user.pk, teams[0].pk, "", "", "").key
    form = _form(request, reader, None, {"key": new_opaque_id(), "members": [own]})

    def act(by: Reader) -> None:
        team = next(team for team in teams if str(team.pk) == form.cleaned_data["team"])
        begun = acting.begin_series(
            by=by,
            team=team,
            plan=form.plan(),
            members=_members(form),
            key=form.cleaned_data["key"],
        )
        make_for(by=by, reference=begun.reference)

    status = 200
    if form.is_bound and "look" not in request.POST:
        status = attempt(reader, form, act)
    if status == DONE:
        messages.success(request, "The series has begun, and its next meetings are booked.")
        return redirect("series")
    context = {
        "stands": "",
        "form": form,
        "title": "A series of meetings",
        "button": "Begin the series",
        "series": None,
    }
    return render(request, "meetings/series_form.jinja", context, status=status)


@require_GET
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """One series: when it meets, who takes part, which meetings are made."""
    reader, at = reader_of(request), now()
    series = get_series(reader, reference)
    found = meetings_of(series, at)
    opens = opened(reader, found)
    context = {
        "series": series,
        "row": series_row(series, at),
        "lines": meeting_lines(found, put_off_notes(found), opens),
        "members": [one.words for one in members_of(series)],
        "here": path_to_series(reference),
        "may_change": looks_after(reader, series) and series.ended_at is None,
    }
    return render(request, "meetings/series.jinja", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """When it meets and who takes part, from the next meeting that is made on."""
    reader = reader_of(request)
    series = get_series(reader, reference, "change")
    form = _form(request, reader, series, initial_of(series, members_of(series)))
    status = 200
    if form.is_bound and "look" not in request.POST:
        status = attempt(
            reader,
            form,
            lambda by: acting.change_series(
                by=by,
                reference=reference,
                plan=form.plan(),
                members=_members(form),
                version=form.made_from,
            ),
        )
    if status == DONE:
        messages.success(
            request,
            "Changed: how and where at once, all else for meetings that are made from now on.",
        )
        return redirect("series-page", reference=reference)
    other = form.is_bound and form.data.get("version") != str(series.version)
    if other:
        # Whoever sends it again has seen what stands now.
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(series.version)  # type: ignore[index]
    context = {
        "stands": stands_words(series, members_of(series)) if other else "",
        "form": form,
        "title": "Change the series",
        "button": "Change the series",
        "series": series,
    }
    return render(request, "meetings/series_form.jinja", context, status=status)


@require_POST
def make(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the meetings of the coming weeks now."""
    made: list[int] = []
    answer = press(
        request,
        path_to_series(reference),
        lambda by: made.append(make_for(by=by, reference=reference)),
    )
    if made:
        words = f"{plural(made[0], 'meeting')} made." if made[0] else "All of them are made."
        messages.success(request, words)
    return answer


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, then make no more meetings."""
    if request.method == "POST":
        return press(
            request,
            path_to_series(reference),
            lambda by: acting.end_series(
                by=by, reference=reference, version=typed_number(request.POST.get("version")) or 0
            ),
            "The series has ended. Meetings that are booked stay: cancel them one by one.",
        )
    series, at = get_series(reader_of(request), reference, "change"), now()
    booked = [each for each in meetings_of(series, at) if each.status == Status.BOOKED]
    context = {
        "series": series,
        "row": series_row(series, at),
        "ahead": plural(len(booked), "meeting") if booked else "",
    }
    return render(request, "meetings/series_end.jinja", context)


def _form(
    request: HttpRequest, reader: Reader, series: Series | None, initial: dict[str, Any]
) -> SeriesForm:
    """With everybody to tick: those who are, colleagues, and whom a search has found."""
    teams = [series.team] if series else reader.teams(May.REFER)
    data = request.POST if request.method == "POST" else None
    ticked = data.getlist("members") if data is not None else initial["members"]
    people = {one.user_id: one for one in named(ticked[:100])}
    words = data.get("search", "")[:80] if data is not None else ""
    for one in (*searched(words.replace("\x00", "")), *of_teams([team.pk for team in teams])):
        people.setdefault(one.user_id, one)
    return SeriesForm(
        data,
        initial=initial,
        teams=[(team.pk, team.name) for team in teams],
        people=list(people.values()),
    )


def _members(form: SeriesForm) -> list[Invited]:
    found = named(form.cleaned_data["members"])
    return [Invited(one.user_id, one.team_id) for one in found]
