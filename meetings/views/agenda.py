"""The agenda beforehand: answers in writing, the person and their carer, somebody added."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from meetings import access
from meetings.actions import adding, carrying, contribute, guests
from meetings.actions.arrange import Invited
from meetings.actions.look import look_at_item, look_at_open_item
from meetings.colleagues import Colleague, named
from meetings.forms.agenda import COMES, AddForm, GuestForm, TakeOffForm, WriteForm
from meetings.models import Guest as Invitation
from meetings.models import Item, Meeting
from meetings.outcome_access import get_contribution
from meetings.outcome_queries import candidates, guests_of, points_of, rooms
from meetings.presenters.minutes import GUESTS, guest_words
from meetings.presenters.series import choice_words
from meetings.references import path_to, path_to_minutes
from meetings.states import Guest
from meetings.views.frame import DONE, attempt, press
from portal.accounts.access import reader_of
from portal.core.numbers import typed_number
from portal.core.references import new_opaque_id
from portal.ui.words import short_when
from referrals.actions.look import open_referral
from referrals.presenters.referral import banner
from referrals.references import path_to as path_to_referral


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Answer the points of an item, instead of coming."""
    reader = reader_of(request)
    meeting, item = look_at_item(by=reader, reference=reference, item=pk)
    access.own_part(reader, meeting)
    known = get_contribution(reader, item)
    version, status = str(known.version if known else 0), 200
    if request.method == "GET":
        form = WriteForm(initial={"version": version, "body": known.body if known else ""})
    else:
        form = WriteForm(request.POST)
        status = attempt(
            reader,
            form,
            lambda by: contribute.write_contribution(
                by=by,
                reference=reference,
                item=pk,
                body=form.cleaned_data["body"],
                version=form.made_from,
            ),
        )
    if status == DONE:
        messages.success(request, "Written. It stands first when the meeting comes to this item.")
        return redirect("meeting", reference=reference)
    other = ""
    if status == 409:
        known = get_contribution(reader, item)
        other = known.body if known else ""
        form.data = {**form.data.dict(), "version": str(known.version if known else 0)}  # type: ignore[attr-defined]
    context = {
        **_about(reference, item),
        "form": form,
        "other": other,
        "used": known.used if known else "",
    }
    return render(request, "meetings/write.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The person or their carer is invited to their own item, or is not any more."""
    reader = reader_of(request)
    _, item = look_at_item(by=reader, reference=reference, item=pk, for_="note")
    known = {each.kind: each for each in guests_of(item)}
    begun = _known(known.get(request.GET.get("kind", "")))
    status, form = 200, GuestForm(initial=begun)
    if request.method == "POST" and (gone := request.POST.get("remove", "")) in list(Guest):
        guests.uninvite_guest(by=reader, reference=reference, item=pk, kind=Guest(gone))
        messages.success(request, f"{GUESTS[Guest(gone)]} is not invited any more.")
        return redirect(request.path)
    if request.method == "POST":
        form = GuestForm(request.POST)
        status = attempt(
            reader,
            form,
            lambda by: guests.invite_guest(by=by, reference=reference, item=pk, **form.given()),
        )
    if status == DONE:
        messages.success(request, "Kept. It stands first in the item.")
        return redirect(request.path)
    known = {each.kind: each for each in guests_of(item)}
    if status == 409 and (there := known.get(form.cleaned_data["kind"])):
        form.data = {**form.data.dict(), "seen": guests.mark_of(there)}  # type: ignore[attr-defined]
    invited = [(kind, GUESTS[Guest(kind)], guest_words(each)) for kind, each in known.items()]
    context = {**_about(reference, item), "form": form, "invited": invited}
    return render(request, "meetings/guest.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, referral: str) -> HttpResponse:
    """Add a person to a meeting of a series, from their referral."""
    reader = reader_of(request)
    about = open_referral(by=reader, reference=referral)
    offered = rooms(reader)
    people = candidates(about, [meeting for meeting, _ in offered])
    given: dict[str, Any] = {
        "meetings": [(m.reference, choice_words(m, left)) for m, left in offered],
        "people": [(one.key, one.words) for one in people],
        "owners": [(str(one.user_id), one.words) for one in people],
    }
    status = 200
    if request.method == "GET":
        first = offered[0][0].reference if offered else ""
        begun = {
            "key": new_opaque_id(),
            "meeting": request.GET.get("meeting", first),
            "points": "\n".join(points_of(about)),
            "needs": [one.key for one in people if one.user_id == reader.user.pk],
        }
        form = AddForm(initial=begun, **given)
    else:
        form = AddForm(request.POST, **given)
        status = attempt(
            reader,
            form,
            lambda by: adding.add_item(
                by=by,
                meeting=form.cleaned_data["meeting"],
                referral=referral,
                title=form.cleaned_data["title"],
                minutes=int(form.cleaned_data["minutes"]),
                points=form.cleaned_data["points"],
                owner=typed_number(form.cleaned_data["owner"]) or None,
                needs=_invited(named(form.cleaned_data.get("needs", []))),
                key=form.cleaned_data["key"],
            ),
        )
    if status == DONE:
        messages.success(request, "On the agenda. Both sides read it on the referral.")
        return redirect("referral", reference=referral)
    context = {
        "form": form,
        "offered": offered,
        "person": banner(about),
        "back": path_to_referral(referral),
    }
    return render(request, "meetings/add.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def take_off(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take an item off the agenda, and say why."""
    reader = reader_of(request)
    item = look_at_open_item(by=reader, reference=reference, item=pk)
    status, form = 200, TakeOffForm()
    if request.method == "POST":
        form = TakeOffForm(request.POST)
        status = attempt(
            reader,
            form,
            lambda by: adding.take_off(
                by=by, meeting=reference, item=pk, why=form.cleaned_data["why"]
            ),
        )
    if status == DONE:
        messages.success(request, "Taken off the agenda. The referral says why.")
        return redirect("meeting", reference=reference)
    context = {**_about(reference, item), "form": form}
    return render(request, "meetings/take_off.jinja", context, status=status)


@require_POST
def carry(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What was put off goes to the next meeting of the series."""
    there: list[Meeting] = []
    answer = press(
        request,
        path_to_minutes(reference),
        lambda by: there.append(carrying.carry(by=by, reference=reference, item=pk)),
    )
    if there and there[0].starts_at:
        messages.success(request, f"On the agenda of {short_when(there[0].starts_at)}.")
    return answer


def _known(guest: Invitation | None) -> dict[str, Any]:
    """What the form starts from: what is known of whoever is invited already."""
    if guest is None:
        return {"key": new_opaque_id(), "comes": "not-said"}
    comes = next(word for word, value in COMES.items() if value is guest.comes)
    return {
        "key": new_opaque_id(),
        "seen": guests.mark_of(guest),
        "kind": guest.kind,
        "needs": guest.needs,
        "wishes": guest.wishes,
        "told_how": guest.told_how,
        "comes": comes,
    }


def _about(reference: str, item: Item) -> dict[str, Any]:
    return {
        "back": path_to(reference),
        "item": item,
        "points": [line for line in item.points.splitlines() if line.strip()],
        "person": banner(item.referral) if item.referral else None,
    }


def _invited(people: list[Colleague]) -> list[Invited]:
    return [Invited(one.user_id, one.team_id) for one in people]
