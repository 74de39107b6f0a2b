"""The sheet on which a meeting is arranged."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access, colleagues, suggestions
from meetings.actions.arrange import arrange as arrange_meeting
from meetings.forms.arrange import FIELD_OF, OUT, ArrangeForm, ItemRow, items_of
from meetings.rules import ITEMS_AT_MOST, PEOPLE_AT_MOST
from meetings.states import Kind
from portal.accounts.access import Reader, reader_of
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, NotYours, Refused
from referrals import access as referrals
from referrals.actions.look import open_referral
from referrals.detail import Detail, detail

_REFERENCE = re.compile(r"CG-[0-9A-Z]{4}-[0-9A-Z]{4}")


@require_http_methods(["GET", "POST"])
def arrange(request: HttpRequest) -> HttpResponse:
    """Show the sheet, add rows to it, or arrange the meeting and go on to find its time."""
    reader = reader_of(request)
    if not access.arranging_teams(reader):
        raise NotAllowed("Meetings are arranged by those who work in a team.")
    if request.method == "GET":
        found = _about(reader, request.GET.get("referral", ""))
        return _show(request, _begun(reader, found), found)
    found = _about(reader, request.POST.get("referral", ""))
    doing = request.POST.get("do", "")
    if doing:
        return _show(request, _with_rows(reader, request.POST, found, doing), found)
    form = _typed(reader, request.POST, found)
    if not form.is_valid():
        return _show(request, form, found, status=422)
    teams = access.arranging_teams(reader)
    team = next(each for each in teams if str(each.pk) == form.cleaned_data["team"])
    try:
        meeting = arrange_meeting(by=reader, team=team, kind=Kind.CASE, **form.given())
    except NotAllowed:
        raise
    except Refused as no:
        field = FIELD_OF.get(no.field or "", no.field)
        form.add_error(field if field in form.fields else None, no.sentence)
        return _show(request, form, found, status=no.status)
    return redirect("meeting-find", reference=meeting.reference)


def _about(reader: Reader, reference: str) -> Detail | None:
    """The referral that the meeting is about; opening it here counts as reading it."""
    if not reference:
        return None
    if not _REFERENCE.fullmatch(reference):
        raise NotYours("referral", "")
    referral = open_referral(by=reader, reference=reference)
    return detail(referral, referrals.team_in(reader, referral))


def _begun(reader: Reader, found: Detail | None) -> ArrangeForm:
    """A new sheet, with what the referral suggests."""
    people, items = suggestions.people_for(reader, found), suggestions.items_for(found)
    reference = found.referral.reference if found else ""
    initial = {
        "key": new_opaque_id(),
        "referral": reference,
        "title": f"About {reference}" if reference else "",
        "minutes": str(suggestions.minutes_for(items)),
        "team": str(found.team.pk) if found else "",
    }
    return _form(reader, None, found, people=people, items=items, initial=initial)


def _typed(reader: Reader, data: QueryDict, found: Detail | None) -> ArrangeForm:
    """The sheet as it was sent."""
    people = colleagues.named(data.getlist("who")[: 2 * PEOPLE_AT_MOST])
    return _form(reader, data, found, people=people, items=items_of(data))


def _with_rows(reader: Reader, data: QueryDict, found: Detail | None, doing: str) -> ArrangeForm:
    """The sheet as it was typed, unchecked, with what a button adds to it."""
    typed = _typed(reader, data, found)
    kept = {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in typed.fields.items()
        if not field.widget.value_omitted_from_data(data, {}, name)
    }
    stays = [one.key for one in typed.people if kept.get(f"need_{one.key}") != OUT]
    added = data.getlist("add") if doing == "add" else []
    people = colleagues.named([*stays, *added][: 2 * PEOPLE_AT_MOST])
    items = items_of(data)
    if doing == "item" and len(items) < ITEMS_AT_MOST:
        items.append(ItemRow())
    search = data.get("search", "") if doing == "search" else ""
    return _form(
        reader, None, found, people=people, items=items, initial={**kept, "add": []}, search=search
    )


def _form(
    reader: Reader,
    data: QueryDict | None,
    found: Detail | None,
    *,
    people: list[colleagues.Colleague],
    search: str = "",
    **given: Any,
) -> ArrangeForm:
    """With those who can be added: found by `search`, else of the teams that have a part."""
    own = access.arranging_teams(reader)
    there = [one.user_id for one in people]
    if search.strip():
        offered = colleagues.searched(search.replace("\0", " "), without=there)
    else:
        parties = (
            {found.referral.sending_team_id, found.referral.receiving_team_id}
            if found
            else {team.pk for team in own}
        )
        offered = colleagues.of_teams(parties, without=there)
    return ArrangeForm(
        data,
        teams=[(team.pk, team.name) for team in own],
        people=people,
        offered=offered,
        **given,
    )


def _show(
    request: HttpRequest, form: ArrangeForm, found: Detail | None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "referral": found.referral if found else None,
        "more_items": form.item_count < ITEMS_AT_MOST,
        "searched": request.POST.get("do") == "search",
    }
    return render(request, "meetings/arrange.jinja", context, status=status)
