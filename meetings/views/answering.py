"""Answering an invitation: by a button on the page, or by the link in the mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings import access
from meetings.actions.answer import answer, answer_by_link, find_link
from meetings.presenters.times import asked_words, clock_spans, long_when
from meetings.states import KIND_WORDS, Answer, Kind
from meetings.stays import stretches_of
from portal.accounts.access import reader_of
from portal.core import rates
from portal.core.refused import InvalidInput, NotAllowed, Refused
from portal.core.taken import took_nothing

_SAID = {
    Answer.YES: "You come. The organiser has been told.",
    Answer.NO: "You do not come: the time is yours again. The organiser has been told.",
    Answer.WRITING: "You answer in writing: the time is yours again. The organiser has been told.",
}
_TRIES, _WINDOW = 30, 600


@require_POST
def by_button(request: HttpRequest, reference: str) -> HttpResponse:
    """Say it on the page of the meeting."""
    reader = reader_of(request)
    meeting = access.get_meeting(reader, reference)
    try:
        said = _said(request)
        answer(by=reader, reference=meeting.reference, answer=said)
    except NotAllowed:
        raise
    except Refused as no:
        messages.warning(request, no.sentence)
        return took_nothing(redirect("meeting", reference=meeting.reference))
    messages.success(request, _SAID[said])
    return redirect("meeting", reference=meeting.reference)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Say it without signing in. The page shows when and what kind of meeting, and no person."""
    rates.hit("meeting-answer", rates.address_of(request), limit=_TRIES, seconds=_WINDOW)
    context: dict[str, object] = {"done": "", "why_not": ""}
    status = 200
    if request.method == "POST":
        try:
            said = _said(request)
            answer_by_link(token=token, answer=said)
            context["done"] = _SAID[said]
        except Refused as no:
            context["why_not"], status = no.sentence, no.status
    part = find_link(token).participant
    meeting = part.meeting
    start, end = part.starts_at or meeting.starts_at, part.ends_at or meeting.ends_at
    stays = stretches_of([part])[part.pk]
    context |= {
        "stays": clock_spans(stays) if len(stays) > 1 else "",
        "when": long_when(start, end) if start and end else "",
        "what": f"{KIND_WORDS[Kind(meeting.kind)]}, {asked_words(meeting)}",
        "answer": part.answer,
        "writes": meeting.items.filter(removed_at__isnull=True).exists(),
    }
    return render(request, "meetings/answer.jinja", context, status=status)


def _said(request: HttpRequest) -> Answer:
    try:
        return Answer(request.POST.get("answer", ""))
    except ValueError:
        raise InvalidInput("Say whether you come.") from None
