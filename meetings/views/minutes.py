"""The minutes: of a meeting, and what they say of one person; each as a page and as a PDF. What is
set right in them."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from meetings import sheet
from meetings.access import get_meeting, takes_notes
from meetings.actions import correcting
from meetings.actions.carrying import on_later_agendas
from meetings.actions.look import open_agenda, open_part
from meetings.forms.held import CorrectionForm, hidden_already
from meetings.outcome_access import may_open
from meetings.presenters.minutes import (
    Left,
    Minutes,
    item_words,
    left_over,
    minutes,
    part_minutes,
    to_carry,
)
from meetings.references import path_to, path_to_minutes, path_to_part
from meetings.states import Status
from meetings.views.frame import DONE, attempt
from portal.accounts.access import reader_of
from portal.core.clock import now
from portal.core.rates import hit
from portal.core.references import new_opaque_id
from portal.core.refused import NotYours
from referrals.references import path_to as path_to_referral

# Sheets a minute: one takes a fifth of a second to set.
_PER_READER = 20


@require_GET
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """The minutes of a meeting, with the items that the reader may read."""
    path = path_to_minutes(reference)
    reader = reader_of(request)
    found = open_agenda(by=reader, reference=reference, path=path)
    left, at = to_carry(found), now()
    writes = takes_notes(reader, found.meeting, found.people)
    shown = left_over(found, on_later_agendas(found.meeting, left) if left else {}, at)
    return _page(
        request,
        minutes(found, at),
        path,
        path_to(reference),
        "The meeting",
        left=shown if left and writes else [],
        corrects=path_to(reference) if writes and found.meeting.status == Status.HELD else "",
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Set something right in the minutes of an item."""
    reader = reader_of(request)
    get_meeting(reader, reference, "note")
    found = open_agenda(by=reader, reference=reference)
    place = next((each for each in found.places if each.item and each.item.pk == pk), None)
    if place is None:
        raise NotYours("meeting", reference)
    about = place.item is not None and place.item.referral_id is not None
    begun = {"key": new_opaque_id(), **hidden_already(place.item)}
    status, form = 200, CorrectionForm(initial=begun, about_somebody=about)
    if request.method == "POST":
        form = CorrectionForm(request.POST, about_somebody=about)
        status = attempt(
            reader,
            form,
            lambda by: correcting.correct(by=by, reference=reference, item=pk, **form.given()),
        )
    if status == DONE:
        messages.success(request, "Set right. Those who take part and both sides are told.")
        return redirect("meeting-minutes", reference=reference)
    context = {
        "back": path_to_minutes(reference),
        "item": item_words(place),
        "form": form,
    }
    return render(request, "meetings/correct.jinja", context, status=status)


@require_GET
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same on paper."""
    reader = reader_of(request)
    hit("minutes", str(reader.user.pk), limit=_PER_READER, seconds=60)
    found = open_agenda(by=reader, reference=reference, exported=True)
    return _pdf(minutes(found, now()))


@require_GET
def part(request: HttpRequest, reference: str, referral: str) -> HttpResponse:
    """What a meeting says of one person, for both sides: those who took part, and those who did
    not."""
    path = path_to_part(reference, referral)
    reader = reader_of(request)
    found, about = open_part(by=reader, reference=reference, referral=referral, path=path)
    shown = part_minutes(found, about, now())
    return _page(
        request,
        shown,
        path,
        path_to_referral(referral),
        f"Referral {referral}",
        meeting=path_to(reference) if may_open(reader, found.meeting) else "",
    )


@require_GET
def part_pdf(request: HttpRequest, reference: str, referral: str) -> HttpResponse:
    """A copy for the person's record: it says first whether it may be seen online."""
    reader = reader_of(request)
    hit("minutes", str(reader.user.pk), limit=_PER_READER, seconds=60)
    found, about = open_part(by=reader, reference=reference, referral=referral, exported=True)
    return _pdf(part_minutes(found, about, now()))


def _page(
    request: HttpRequest,
    shown: Minutes,
    path: str,
    back: str,
    back_words: str,
    meeting: str = "",
    left: Sequence[Left] = (),
    corrects: str = "",
) -> HttpResponse:
    context = {
        "left": left,
        "corrects": corrects,
        "minutes": shown,
        "pdf": f"{path}minutes.pdf",
        "back": (back_words, back),
        "meeting": meeting,
    }
    return render(request, "meetings/minutes.jinja", context)


def _pdf(shown: Minutes) -> HttpResponse:
    response = HttpResponse(sheet.sheet(shown), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{sheet.file_name(shown)}"'
    return response
