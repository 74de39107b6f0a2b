"""Keeping the directory true: reports and their answers, checks, rhythms, main numbers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts import upkeep
from contacts.access import check_may_edit, get_report, get_service, leads, may_edit
from contacts.actions import checks, reports
from contacts.actions.services import mark_checked
from contacts.forms.directory import (
    AnswerForm,
    MainNumberForm,
    ReportForm,
    RhythmForm,
    WordsForm,
)
from contacts.models import Council
from contacts.presenters.upkeep import due_rows, report_page, report_rows, who_hears
from contacts.states import Outcome, Trouble
from portal.accounts.access import Reader, reader_of
from portal.accounts.models import Organisation
from portal.accounts.roles import May
from portal.core.clock import now, today
from portal.core.rates import hit
from portal.core.refused import InvalidInput, NotAllowed, NotYours, Refused
from portal.core.taken import took_nothing

# Reports an hour and person: nobody finds more numbers wrong than that.
_PER_PERSON = 20


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is due and what is reported in the reader's own organisations."""
    reader = reader_of(request)
    edited = reader.organisations(May.EDIT_DIRECTORY)
    ids = [one.pk for one in _looked_after(reader)]
    at = now()
    context = {
        "reports": report_rows(upkeep.reported(organisation_ids=ids), at),
        "due": due_rows(upkeep.due(today(), ids), at),
        "councils": [
            (one.organisation_id, one.short_name, one.main_telephone)
            for one in upkeep.councils_of([one.pk for one in edited])
        ],
    }
    return render(request, "contacts/upkeep.jinja", context)


def _looked_after(reader: Reader) -> list[Organisation]:
    found = [
        *reader.organisations(May.EDIT_DIRECTORY),
        *reader.organisations(May.ADMINISTER_ACCOUNTS),
    ]
    if not found:
        raise NotAllowed("This page is for those who look after an organisation's entries.")
    return found


# --- reports --------------------------------------------------------------------------------------
@require_POST
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Something is wrong with an entry: one press, and it is told."""
    reader, service = reader_of(request), get_service(reference)
    form = ReportForm(request.POST)
    if not form.is_valid():
        raise InvalidInput("Choose what is wrong with the entry.", field="trouble")
    hit("directory-report", str(reader.user.pk), limit=_PER_PERSON, seconds=3600)
    reports.report(service=service, trouble=Trouble(form.cleaned_data["trouble"]), by=reader)
    heard = who_hears(
        service.organisation.name, looked_after=upkeep.is_looked_after(service.organisation_id)
    )
    messages.success(request, f"Thank you. {heard}")
    return redirect("directory-entry", reference=reference)


@require_http_methods(["GET", "POST"])
def one_report(request: HttpRequest, reference: str) -> HttpResponse:
    """A report: its reporter reads the answer here, and the owner gives it."""
    reader = reader_of(request)
    row = get_report(reader, reference, for_answer=request.method == "POST")
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and (answer := _answered(request, reader, reference, form)):
            return answer
        status = 422
    page = report_page(
        row,
        upkeep.same_open(row),
        edits=may_edit(reader, row.service.organisation_id),
        leads=leads(reader, row),
        looked_after=upkeep.is_looked_after(row.service.organisation_id),
        by=reader.user.pk,
        at=now(),
    )
    return render(request, "contacts/report.jinja", {"page": page, "form": form}, status=status)


def _answered(
    request: HttpRequest, reader: Reader, reference: str, form: AnswerForm
) -> HttpResponse | None:
    """Back to the list; None where the form has to say why not."""
    try:
        reports.answer(
            reference=reference,
            outcome=Outcome(form.cleaned_data["outcome"]),
            words=form.cleaned_data["words"],
            by=reader,
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    messages.success(request, "Answered. Whoever reported it is told.")
    return redirect("directory-upkeep")


@require_POST
def report_words(request: HttpRequest, reference: str) -> HttpResponse:
    """The reporter says more."""
    reader = reader_of(request)
    form = WordsForm(request.POST)
    row = get_report(reader, reference)
    if form.is_valid():
        row = reports.add_words(reference=reference, words=form.cleaned_data["words"], by=reader)
        messages.success(request, "Added to your report.")
        return redirect("directory-entry", reference=row.service.reference)
    messages.error(request, str(form.errors["words"][0]))
    return took_nothing(redirect("directory-entry", reference=row.service.reference))


# --- checks ---------------------------------------------------------------------------------------
@require_POST
def checked(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything in the entry is right."""
    service = get_service(reference)
    mark_checked(service=service, by=reader_of(request))
    messages.success(request, "Checked. The entry says so, with your name for colleagues.")
    return redirect("directory-entry", reference=reference)


@require_POST
def rhythm(request: HttpRequest, reference: str) -> HttpResponse:
    """How often the entry is checked."""
    reader, service = reader_of(request), get_service(reference)
    check_may_edit(reader, service.organisation)
    form = RhythmForm(request.POST)
    if not form.is_valid():
        raise InvalidInput("Choose how often the entry is checked.", field="months")
    checks.set_rhythm(service=service, months=int(form.cleaned_data["months"]), by=reader)
    messages.success(request, "Kept. It is due so long after each check.")
    return redirect("directory-entry", reference=reference)


@require_http_methods(["GET", "POST"])
def main_number(request: HttpRequest, organisation: int) -> HttpResponse:
    """The main number of the reader's own council."""
    reader = reader_of(request)
    council = _own_council(reader, organisation)
    form = MainNumberForm(request.POST or None, initial={"telephone": council.main_telephone})
    if request.method == "POST" and form.is_valid():
        try:
            checks.set_main_number(
                organisation=council.organisation,
                telephone=form.cleaned_data["telephone"],
                by=reader,
            )
        except InvalidInput as refused:
            form.add_error("telephone", refused.sentence)
        else:
            messages.success(request, "Kept.")
            return redirect("directory-upkeep")
    context = {"form": form, "council": council.short_name}
    status = 422 if form.errors else 200
    return render(request, "contacts/main_number.jinja", context, status=status)


def _own_council(reader: Reader, organisation: int) -> Council:
    reader.check(May.EDIT_DIRECTORY)
    ids = [one.pk for one in reader.organisations(May.EDIT_DIRECTORY)]
    found = [one for one in upkeep.councils_of(ids) if one.organisation_id == organisation]
    if not found:
        raise NotYours("council", str(organisation))
    return found[0]
