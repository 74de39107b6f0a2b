"""How and where a meeting is held, said or changed after it was arranged."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access
from meetings.actions.place import change_place
from meetings.forms.booking import PlaceForm
from meetings.presenters import meeting as words
from meetings.presenters.times import place_words
from meetings.states import How, Status
from meetings.views.frame import DONE, attempt
from portal.accounts.access import reader_of


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, reference: str) -> HttpResponse:
    """Say it, or change it."""
    reader = reader_of(request)
    meeting = access.get_meeting(reader, reference, "organise")
    initial = {"version": meeting.version, "how": meeting.how, "where": meeting.where}
    form = PlaceForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        status = attempt(
            reader, form, lambda by: change_place(by=by, reference=reference, **form.given())
        )
    stands = access.get_meeting(reader, reference, "organise")
    if status == DONE:
        told = stands.status == Status.BOOKED and stands.version != meeting.version
        said = " Everybody who comes has it in their calendar." if told else ""
        messages.success(request, f"Kept.{said}")
        return redirect("meeting", reference=meeting.reference)
    other = form.is_bound and form.data.get("version") != str(stands.version)
    if other:
        # Whoever sends it again has seen what stands now.
        form.data = {**form.data.dict(), "version": str(stands.version)}  # type: ignore[attr-defined]
    context = {
        "form": form,
        "meeting": meeting,
        "shown": words.shown(stands),
        "stands": place_words(How(stands.how), stands.where) if other else "",
    }
    return render(request, "meetings/place.jinja", context, status=status)
