"""Directory editors: a new entry, its end, its history, and undo."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contacts import editing_queries as queries
from contacts.access import edited_organisations, get_change, get_own_entry
from contacts.actions.editing import BuiltOn, as_if_undone, undo_change
from contacts.actions.services import as_if_made, close_service, make_service
from contacts.forms.entries import CloseForm, NewForm
from contacts.presenters.changes import history as history_words
from contacts.rules import ContactFacts, EntryFacts
from contacts.states import Basis, Channel, Kind
from contacts.views.editing import as_seen, seen_before_saving
from contacts.whole import whole_of
from portal.accounts.access import Reader, reader_of
from portal.accounts.models import Organisation
from portal.core.clock import now
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, Refused
from portal.core.taken import took_nothing


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry: the least that one says, then the rest on its own page."""
    reader = reader_of(request)
    organisations = edited_organisations(reader)
    choices = [(str(one.pk), one.name) for one in organisations]
    initial = {"key": new_opaque_id(), "organisation": choices[0][0], "basis": Basis.LIVES}
    data = request.POST if request.method == "POST" else None
    form = NewForm(data, initial=initial, organisations=choices)
    if data is not None and data.get("act") == "back":
        form.quiet()
    elif data is not None and form.is_valid():
        try:
            return _look_or_make(request, reader, form, organisations)
        except NotAllowed:
            raise
        except Refused as no:
            field = "telephone" if no.field == "contacts" else no.field
            form.add_error(field if field in form.fields else None, ValidationError(no.sentence))
    status = 422 if data is not None and form.errors else 200
    context = {"form": form, "several": len(choices) > 1}
    return render(request, "contacts/editing/new.jinja", context, status=status)


def _look_or_make(
    request: HttpRequest, reader: Reader, form: NewForm, organisations: Sequence[Organisation]
) -> HttpResponse:
    """The new entry as a colleague will see it; or, where that was seen, made."""
    given = form.cleaned_data
    owner = next(one for one in organisations if str(one.pk) == given["organisation"])
    facts = _facts(given, owner)
    if request.POST.get("act") == "save":
        made = make_service(facts=facts, organisation=owner, key=given["key"], by=reader)
        messages.success(request, "Entered. Now say the rest: what it says is seen at once.")
        return redirect("own-entry", reference=made.reference)
    with as_if_made(facts=facts, organisation=owner, by=reader) as row:
        main, beside = as_seen(request, reader, row.reference)
    sent = [(name, request.POST[name]) for name in form.fields if name in request.POST]
    context = {"sent": sent, "main": main, "beside": beside, "name": facts.name}
    return render(request, "contacts/editing/preview_new.jinja", context)


def _facts(given: dict[str, Any], owner: Organisation) -> EntryFacts:
    return EntryFacts(
        name=given["name"],
        kind=Kind(given["kind"]),
        basis=Basis(given["basis"]),
        nation=owner.nation,
        covers=_usual_area(owner),
        contacts=[ContactFacts(Channel.TELEPHONE, given["telephone"])]
        if given["telephone"]
        else [],
        summary=given["summary"],
    )


def _usual_area(owner: Organisation) -> list[str]:
    """A council's own districts; of others nobody can say before they do."""
    return queries.areas_of(owner.code) if owner.kind == Organisation.Kind.COUNCIL else []


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close an entry, with a reason."""
    reader = reader_of(request)
    service = get_own_entry(reader, reference)
    if service.closed_on:
        there = redirect("own-entry", reference=reference)
        return took_nothing(there, "The entry had been closed already.")
    data = request.POST if request.method == "POST" else None
    initial = {"key": new_opaque_id(), "version": str(service.version)}
    form, status = CloseForm(data, initial=initial), 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                close_service(
                    service=service,
                    version=form.cleaned_data["version"],
                    reason=form.cleaned_data["reason"],
                    by=reader,
                )
            except NotAllowed:
                raise
            except Refused as no:
                status = no.status
                form.add_error(None, ValidationError(no.sentence))
                form.data = {**data.dict(), "version": str(service.version)}  # type: ignore[assignment]
            else:
                messages.success(request, "Closed. Nobody finds it any more.")
                return redirect("own-entry", reference=reference)
    context = {
        "service": service,
        "form": form,
        "rung_instead_of": queries.rung_instead_of(service),
    }
    return render(request, "contacts/editing/close.jinja", context, status=status)


@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Who changed what and when, the last first; each with undo."""
    service = get_own_entry(reader_of(request), reference)
    whole, changes = whole_of(service), queries.history_of(service)
    names = queries.names_in([whole, *(one.before for one in changes)])
    context = {
        "service": service,
        "changes": history_words(changes, whole, names, service.nation, now()),
    }
    return render(request, "contacts/editing/history.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """One change taken back: the entry as it will be, then the button; or why it cannot be."""
    reader = reader_of(request)
    service = get_own_entry(reader, reference)
    change = get_change(service, version)
    context: dict[str, Any] = {"service": service, "version": version, "key": new_opaque_id()}
    try:
        if request.method == "POST":
            key = request.POST.get("key", "")
            undo_change(reference=reference, version=version, key=key, by=reader)
            messages.success(request, "Undone. Everybody sees it now.")
            return redirect("own-entry-history", reference=reference)
        context |= seen_before_saving(
            request,
            reader,
            service,
            lambda: as_if_undone(reference=reference, version=version, by=reader),
        )
    except BuiltOn as no:
        whole = whole_of(service)
        every = queries.history_of(service)
        names = queries.names_in([whole, *(one.before for one in every)])
        told = history_words(every, whole, names, service.nation, now())
        wanted = {version, no.later.version}
        context |= {"no": no.sentence, "two": [one for one in told if one.version in wanted]}
        return render(request, "contacts/editing/built_on.jinja", context, status=no.status)
    context["undone"] = change
    return render(request, "contacts/editing/undo.jinja", context)
