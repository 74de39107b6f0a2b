"""What is written down at an item: the note, decisions, actions, and how writing was used."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from meetings import access
from meetings.actions import contribute, holding, improving, notes, outcome, pen
from meetings.actions.look import look_at_item, open_agenda
from meetings.forms.doing import ImprovementForm
from meetings.forms.held import (
    ActionForm,
    DecisionForm,
    EndForm,
    ItemEndForm,
    UsedForm,
)
from meetings.outcome_access import get_item
from meetings.outcome_queries import people_for
from meetings.presenters.at import planned_attendance
from meetings.references import path_to_minutes
from meetings.states import Kind
from meetings.views.at import here, show
from meetings.views.frame import DONE, attempt
from portal.accounts.access import Reader, reader_of
from portal.core.numbers import typed_number
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, Refused, Stale
from portal.ui.forms import Form
from portal.ui.words import clock_time


@require_POST
def save_note(request: HttpRequest, reference: str, pk: int) -> JsonResponse:
    """Saving as one writes: {saved_at, version}; 409 with a message, and both texts to compare."""
    try:
        note = notes.save_note(
            by=reader_of(request),
            reference=reference,
            item=pk,
            body=request.POST.get("body", ""),
            version=typed_number(request.POST.get("version")) or 0,
        )
    except NotAllowed:
        raise
    except Stale as stale:
        body = {"message": stale.sentence, "compare": "See both texts"}
        return JsonResponse(body, status=409)
    except Refused as no:
        return JsonResponse({"message": no.sentence, "url": here(reference)}, status=409)
    return JsonResponse({"saved_at": clock_time(note.saved_at), "version": str(note.version)})


@require_POST
def note(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The same by a button; both texts are shown where somebody else has saved meanwhile.

    Whoever has lost the pen takes it over with the same press, so that what they typed is kept.
    """
    reader, body = reader_of(request), request.POST.get("body", "")
    version, sentence = typed_number(request.POST.get("version")) or 0, ""
    try:
        if "take" in request.POST:
            seen = typed_number(request.POST.get("held_by")) or None
            pen.take_pen(by=reader, reference=reference, held_by=seen)
            messages.success(request, "You have the pen now.")
        notes.save_note(by=reader, reference=reference, item=pk, body=body, version=version)
    except NotAllowed:
        raise
    except Refused as no:
        sentence = no.sentence
    else:
        return redirect(f"{here(reference)}#item-{pk}")
    meeting, item = look_at_item(by=reader, reference=reference, item=pk)
    theirs = getattr(item, "note", None)
    context = {
        "meeting": meeting,
        "item": item,
        "here": here(reference),
        "sentence": sentence,
        "theirs": theirs,
        "both": _both(theirs.body if theirs else "", body)[: notes.LONGEST],
        "has_pen": meeting.note_taker_id == reader.user.pk,
        "holder": meeting.note_taker,
    }
    return render(request, "meetings/both_notes.jinja", context, status=409)


def _both(theirs: str, mine: str) -> str:
    """One text to go on from: theirs first, once where mine begins with it or has it already."""
    if theirs in mine:
        return mine
    return "\n\n".join(text for text in (theirs, mine) if text)


@require_POST
def decide(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A decision, which both sides of the referral read there."""
    form = DecisionForm(request.POST, auto_id="decision-%s")
    return _written(
        request,
        reference,
        pk,
        form,
        lambda by: outcome.decide(by=by, reference=reference, item=pk, **form.cleaned_data),
    )


@require_POST
def agree(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Somebody is to do something by a day."""
    reader = reader_of(request)
    meeting = access.get_meeting(reader, reference)
    item = get_item(reader, meeting, pk)
    people = [(part.user_id, part.user.name) for part in people_for(item)]
    reflects = meeting.kind == Kind.REFLECTION
    form = ActionForm(request.POST, auto_id="action-%s", people=people, reflects=reflects)
    return _written(
        request,
        reference,
        pk,
        form,
        lambda by: outcome.agree(
            by=by,
            reference=reference,
            item=pk,
            **{**form.cleaned_data, "owner": int(form.cleaned_data["owner"])},
        ),
    )


@require_POST
def improve(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What became of the improvement that an item looks at."""
    form = ImprovementForm(request.POST, auto_id="improvement-%s")
    return _written(
        request,
        reference,
        pk,
        form,
        lambda by: improving.say_of_improvement(
            by=by, reference=reference, item=pk, **form.given()
        ),
    )


@require_POST
def use(request: HttpRequest, reference: str, pk: int, contribution: int) -> HttpResponse:
    """How what somebody wrote was taken into account."""
    form = UsedForm(request.POST, auto_id=f"used-{contribution}-%s")
    return _written(
        request,
        reference,
        pk,
        form,
        lambda by: contribute.use_contribution(
            by=by,
            reference=reference,
            contribution=contribution,
            used=form.cleaned_data["used"],
            version=form.made_from,
        ),
    )


@require_POST
def end_item(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The item ends; of a person it is said whether they may see it online."""
    reader = reader_of(request)
    item = get_item(reader, access.get_meeting(reader, reference), pk)
    about = item.referral_id is not None
    form = ItemEndForm(request.POST, auto_id="end-%s", about_somebody=about)
    return _written(
        request,
        reference,
        pk,
        form,
        lambda by: holding.end_item(by=by, reference=reference, item=pk, **form.given()),
    )


def _written(
    request: HttpRequest, reference: str, pk: int, form: Form, act: Callable[[Reader], object]
) -> HttpResponse:
    """Back to the item; with errors, the screen comes back with what was typed."""
    reader = reader_of(request)
    status = attempt(reader, form, act)
    if status == DONE:
        return redirect(f"{here(reference)}#item-{pk}")
    found = open_agenda(by=reader, reference=reference)
    return show(request, reader, found, item=pk, form=form, status=status)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """The meeting ends: who took part how, as it was."""
    reader = reader_of(request)
    found = open_agenda(by=reader, reference=reference)
    people = planned_attendance(found)
    if request.method == "GET":
        form, status = EndForm(people=people, initial={"key": new_opaque_id()}), 200
    else:
        form = EndForm(request.POST, people=people)
        status = attempt(
            reader,
            form,
            lambda by: holding.end_meeting(
                by=by, reference=reference, came=form.came(), key=form.cleaned_data["key"]
            ),
        )
    if status == DONE:
        return redirect(path_to_minutes(reference))
    context = {"meeting": found.meeting, "form": form, "here": here(reference)}
    return render(request, "meetings/end.jinja", context, status=status)
