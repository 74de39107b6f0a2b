"""The reader's other calendars."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import get_calendar, reader_of
from portal.accounts.actions import calendars
from portal.accounts.forms_calendar import AddressForm, AgainForm, UploadForm
from portal.accounts.presenters_calendar import CalendarRow, calendar_rows
from portal.accounts.queries_week import calendars_of
from portal.accounts.views.doing import did
from portal.core.clock import now, today
from portal.ui.forms import error_list


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Each with how it stands, and ways to add one."""
    return _page(request)


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked in the background while it is being read: 204 as long as it is, then how it stands."""
    found = get_calendar(reader_of(request), pk)
    (row,) = calendar_rows([found], now(), today())
    if row.awaited:
        return HttpResponse(status=204)
    context = {"row": row, "again": _again(row), "open": False}
    return render(request, "account/_calendar.jinja", context)


@require_POST
def add_address(request: HttpRequest) -> HttpResponse:
    """One that is read from its address."""
    reader = reader_of(request)
    form = AddressForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if did(
            form,
            lambda: calendars.add_by_address(
                by=reader, address=given["address"], name=given["name"], key=given["once"]
            ),
        ):
            messages.success(request, "Added. It is read within a minute or two.")
            return redirect("account-calendars")
    return _page(request, address=form)


@require_POST
def add_file(request: HttpRequest) -> HttpResponse:
    """One that is read from a file, once."""
    reader = reader_of(request)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        if did(
            form,
            lambda: calendars.add_by_upload(
                by=reader, data=given["file"], name=given["title"], key=given["once"]
            ),
        ):
            messages.success(request, "Read: only when you are busy was kept.")
            return redirect("account-calendars")
    return _page(request, upload=form)


@require_POST
def file_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same calendar as it is now."""
    reader = reader_of(request)
    form = AgainForm(request.POST, request.FILES, auto_id=f"id_{pk}_%s")
    if form.is_valid() and did(
        form, lambda: calendars.upload_again(by=reader, pk=pk, data=form.cleaned_data["file"])
    ):
        messages.success(request, "Read: only when you are busy was kept.")
        return redirect("account-calendars")
    return _page(request, again=(pk, form))


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it read soon."""
    calendars.try_again(by=reader_of(request), pk=pk)
    messages.success(request, "It is read again within a minute or two.")
    return redirect("account-calendars")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts no more."""
    calendars.remove(by=reader_of(request), pk=pk)
    messages.success(request, "Removed: what it said of your time is forgotten.")
    return redirect("account-calendars")


def _page(
    request: HttpRequest,
    *,
    address: AddressForm | None = None,
    upload: UploadForm | None = None,
    again: tuple[int, AgainForm] | None = None,
) -> HttpResponse:
    found = calendars_of(reader_of(request).user.pk)
    rows = calendar_rows(found, now(), today())
    mine, form = again or (0, None)
    forms = {row.pk: form if form and row.pk == mine else _again(row) for row in rows}
    context = {
        "rows": rows,
        "address": address or AddressForm(),
        "upload": upload or UploadForm(),
        "again": forms,
        "open": mine,
        "errors": error_list(address, upload, form),
    }
    return render(request, "account/calendars.jinja", context)


def _again(row: CalendarRow) -> AgainForm | None:
    return AgainForm(auto_id=f"id_{row.pk}_%s") if row.uploaded else None
