"""Directory editors: the list of their entries, one entry, its parts, each seen before saved."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from contacts import editing_queries as queries
from contacts import upkeep
from contacts.access import edited_organisations, get_own_entry, own_entry_as_seen
from contacts.actions.editing import Clash, as_if_changed, change_entry
from contacts.entry import entry_of
from contacts.forms.editing import PartForm
from contacts.models import Service
from contacts.parts import BY_SLUG, FIELD_NAMES
from contacts.presenters import service_page
from contacts.presenters.changes import differences, lines
from contacts.presenters.marking import marked
from contacts.presenters.own import last_changed, own_list, part_rows
from contacts.presenters.upkeep import entry_upkeep
from contacts.views.parts import again, part_form
from contacts.whole import whole_of
from portal.accounts.access import Reader, reader_of
from portal.core.clock import london, now
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, Refused
from portal.core.taken import took_nothing

# What only belongs to the page it was pressed on.
_OF_THE_PAGE = {"csrfmiddlewaretoken", "act", "checked"}


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The editor's first page: what is due or reported, then all of their organisation's."""
    reader, at = reader_of(request), now()
    organisations = edited_organisations(reader)
    ids = [one.pk for one in organisations]
    context = {
        "page": own_list(
            list(queries.entries_of_editor(reader)),
            upkeep.due(london(at).date(), ids),
            upkeep.reported(organisation_ids=ids),
            at,
            several=len(ids) > 1,
        ),
        "organisations": organisations,
    }
    return render(request, "contacts/editing/entries.jinja", context)


@require_safe
def entry(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry, part by part, each with "Change"."""
    service = get_own_entry(reader_of(request), reference)
    whole, at = whole_of(service), now()
    found = upkeep.reported(service_ids=[service.pk])
    context = {
        "service": service,
        "upkeep": entry_upkeep(service, found, None, looked_after=True, edits=True, at=at),
        "parts": part_rows(service, whole, queries.names_in([whole])),
        "last_changed": last_changed(queries.last_change_of(service), at),
    }
    return render(request, "contacts/editing/entry.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """One part: the form, then the entry as a GP will see it, then saved."""
    if slug not in BY_SLUG:
        raise Http404
    reader = reader_of(request)
    service = get_own_entry(reader, reference)
    if service.closed_on:
        there = redirect("own-entry", reference=reference)
        return took_nothing(there, "The entry had been closed already.")
    which, whole = BY_SLUG[slug], whole_of(service)
    if request.method != "POST":
        return _form(request, service, part_form(which, service, whole))
    act = request.POST.get("act", "look")
    if act not in ("look", "save") or (slug == "area" and request.POST.get("find", "").strip()):
        return _form(request, service, again(which, service, whole, request.POST, act))
    form = part_form(which, service, whole, request.POST)
    if not form.is_valid():
        return _form(request, service, form, status=422)
    attempt = _save if act == "save" else _look
    return attempt(request, reader, service, form)


def _save(request: HttpRequest, reader: Reader, service: Service, form: PartForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        change_entry(
            reference=service.reference,
            version=service.version if form.merges else given["version"],
            changes=form.wanted(),
            key=given["key"],
            typed=form.typed(),
            checked=bool(request.POST.get("checked")),
            by=reader,
        )
    except Refused as no:
        return _refused(request, service, form, no)
    messages.success(request, "Saved. Everybody sees it now.")
    return redirect("own-entry", reference=service.reference)


def _look(request: HttpRequest, reader: Reader, service: Service, form: PartForm) -> HttpResponse:
    def changed() -> AbstractContextManager[Service]:
        return as_if_changed(
            reference=service.reference,
            version=service.version if form.merges else form.cleaned_data["version"],
            changes=form.wanted(),
            by=reader,
        )

    try:
        seen = seen_before_saving(request, reader, service, changed)
    except Refused as no:
        return _refused(request, service, form, no)
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OF_THE_PAGE
        for value in values
    ]
    context = {**seen, "service": service, "part": form.part, "sent": sent}
    return render(request, "contacts/editing/preview.jinja", context)


def seen_before_saving(
    request: HttpRequest,
    reader: Reader,
    service: Service,
    changed: Callable[[], AbstractContextManager[Service]],
) -> dict[str, Any]:
    """The entry as a colleague will see it, with what is new marked, and what changes in words.

    Raises Refused, as the change itself would.
    """
    at, before = now(), whole_of(service)
    main_before, aside_before = as_seen(request, reader, service.reference)
    with changed() as row:
        after = whole_of(row)
        main, aside = as_seen(request, reader, service.reference)
    names = queries.names_in([before, after])
    seen, beside = marked(main, main_before), marked(aside, aside_before)
    return {
        "main": seen,
        "beside": beside,
        "marks": "<mark>" in seen or "<mark>" in beside,
        "changes": differences(before, after, names, service.nation, at),
    }


def as_seen(request: HttpRequest, reader: Reader, reference: str) -> tuple[Markup, Markup]:
    """The two columns of the entry's page, for a signed-in colleague, without its buttons."""
    shown = entry_of(own_entry_as_seen(reader, reference), signed_in=True)
    context = {"page": service_page(shown, now()), "refers": "no", "upkeep": None}
    return (
        Markup(render_to_string("contacts/_entry.jinja", context, request)),  # noqa: S704 (finished)
        Markup(render_to_string("contacts/_entry_aside.jinja", context, request)),  # noqa: S704
    )


def _refused(request: HttpRequest, service: Service, form: PartForm, no: Refused) -> HttpResponse:
    """The form again with what was typed, and why it could not be."""
    if isinstance(no, NotAllowed):
        raise no
    if isinstance(no, Clash):
        return _clash(request, service, form, no)
    field = no.field if no.field in form.fields else None
    form.add_error(field, ValidationError(no.sentence))
    return _form(request, service, form, status=no.status if no.status == 409 else 422)


def _clash(request: HttpRequest, service: Service, form: PartForm, clash: Clash) -> HttpResponse:
    """Both texts side by side; what was typed stays in the form, made from the version of now."""
    mine = {**clash.theirs, **form.wanted()}
    names = queries.names_in([clash.theirs, mine])
    both = [
        (
            name,
            FIELD_NAMES[name],
            lines(name, clash.theirs, names, service.nation) or ["Nothing"],
            lines(name, mine, names, service.nation) or ["Nothing"],
        )
        for name in form.part.fields
        if name in clash.fields
    ]
    data = request.POST.copy()
    data["version"], data["key"] = str(clash.version), new_opaque_id()
    data.setlist("clash", [])
    kept = part_form(form.part, service, whole_of(service), data)
    kept.quiet()
    kept.ask_about([name for name, *_ in both])
    who = last_changed(clash.change, now()) or "Somebody else has changed it"
    return _form(request, service, kept, status=409, both=both, who=who)


def _form(
    request: HttpRequest,
    service: Service,
    form: PartForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "service": service,
        "part": form.part,
        "form": form,
        "errors": form.all_errors(),
        "both": more.get("both", []),
        "who": more.get("who", ""),
    }
    return render(request, "contacts/editing/part.jinja", context, status=status)
