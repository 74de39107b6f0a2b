"""Who comes: somebody is added afterwards, or taken out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access, colleagues
from meetings.actions import people as changing
from meetings.models import Meeting
from meetings.presenters import meeting as words
from meetings.queries import people_of
from meetings.states import Need
from portal.accounts.access import Reader, reader_of
from portal.core.numbers import typed_number
from portal.core.refused import InvalidInput, NotAllowed, Refused
from portal.core.taken import took_nothing
from portal.core.versions import version_from


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who comes, search for others, add and take out."""
    reader = reader_of(request)
    meeting = access.get_meeting(reader, reference, "organise")
    if request.method == "POST" and request.POST.get("do") != "search":
        try:
            done = _change(request, reader, meeting)
        except NotAllowed:
            raise
        except Refused as no:
            messages.warning(request, no.sentence)
            return took_nothing(redirect("meeting-people", reference=meeting.reference))
        messages.success(request, done)
        return redirect("meeting-people", reference=meeting.reference)
    there = list(people_of(meeting))
    search = request.POST.get("search", "").replace("\0", " ")[:80]
    found = colleagues.searched(search, without=[each.user_id for each in there])
    context = {
        "meeting": meeting,
        "comers": words.comers_of(meeting, there),
        "search": search,
        "found": found,
    }
    return render(request, "meetings/people.jinja", context)


def _change(request: HttpRequest, reader: Reader, meeting: Meeting) -> str:
    version = version_from(request.POST.get("version"))
    add, out = request.POST.get("add", ""), typed_number(request.POST.get("remove"))
    if out is not None:
        changing.remove(by=reader, reference=meeting.reference, participant=out, version=version)
        return "Taken out. They have been told."
    who = next(iter(colleagues.named([add])), None)
    if who is None:
        raise InvalidInput("Choose somebody who works in a team here.")
    need = Need.MAY if request.POST.get("need") == Need.MAY else Need.MUST
    changing.add(by=reader, reference=meeting.reference, who=who, need=need, version=version)
    return f"{who.name} has been added."
