"""The directory: searched and browsed by everybody who is signed in."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from contacts import finding
from contacts.finding import CouncilChoice
from contacts.forms.directory import SearchForm
from contacts.presenters.found import count_words, found_rows
from contacts.search_words import without_postcode
from contacts.states import KIND_WORDS, Kind
from portal.accounts.access import reader_of
from portal.accounts.roles import May
from portal.core.clock import now
from portal.core.numbers import typed_number
from portal.ui.shapes import Link

_ASKED = ("q", "kind", "council")


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
def directory(request: HttpRequest) -> HttpResponse:
    """One box; what was found; or all councils and kinds to choose from.

    What was found has an address, so that it can be sent to a colleague: it holds no person. The
    box is sent by POST, because a whole postcode is cut to its first half before it is in one.
    """
    typed = request.POST if request.method == "POST" else request.GET
    asked = {name: typed.get(name, "") for name in _ASKED if typed.get(name)}
    shorter = {**asked, "q": without_postcode(asked["q"])} if "q" in asked else asked
    if request.method != "POST" and shorter != asked:
        return redirect(_address(shorter))
    councils = finding.councils()
    form = SearchForm(asked or None).offer([(one.gss, one.short_name) for one in councils])
    if request.method == "POST" and (not asked or form.is_valid()):
        return redirect(_address(shorter))
    context: dict[str, object] = {
        "form": form,
        **_looks_after(request),
        "filtered": False,
        "councils": _browse("council", [(one.gss, one.short_name) for one in councils]),
        "kinds": [] if asked else _browse("kind", _kinds()),
    }
    if not asked:
        return render(request, "contacts/directory.jinja", {**context, "result": None})
    if not form.is_valid():
        return render(request, "contacts/directory.jinja", {**context, "result": None}, status=422)
    return render(
        request, "contacts/directory.jinja", {**context, **_found(form, councils, request, asked)}
    )


def _found(
    form: SearchForm,
    councils: Sequence[CouncilChoice],
    request: HttpRequest,
    asked: Mapping[str, str],
) -> dict[str, object]:
    kind, gss = form.cleaned_data["kind"], form.cleaned_data["council"]
    result = finding.find(
        form.cleaned_data["q"],
        kind=Kind(kind) if kind else None,
        council=next((one for one in councils if one.gss == gss), None),
        page=_page(request),
    )
    number = result.page
    return {
        "result": result,
        "rows": found_rows(result.entries, result.reporters, now()),
        "count": count_words(result.total, number),
        "instead_href": _address({**asked, "q": result.instead}) if result.instead else "",
        "earlier": _address({**asked, "page": str(number - 1)}) if number > 1 else "",
        "later": _address({**asked, "page": str(number + 1)}) if number < result.pages else "",
        "filtered": bool(kind or gss),
        "unfiltered_href": _address({"q": asked.get("q", "")}),
    }


def _page(request: HttpRequest) -> int:
    """The page's number; the first for what is none."""
    return typed_number(request.GET.get("page"), digits=3) or 1


def _address(asked: Mapping[str, str]) -> str:
    return f"{reverse('directory')}?{urlencode(asked)}" if asked else reverse("directory")


def _browse(name: str, choices: Sequence[tuple[str, str]]) -> list[Link]:
    return [Link(label=words, href=_address({name: value})) for value, words in choices]


def _kinds() -> list[tuple[str, str]]:
    """Those that have an entry, in the order of states.py."""
    there = finding.kinds()
    return [
        (str(kind), f"{words[0].upper()}{words[1:]}")
        for kind, words in KIND_WORDS.items()
        if kind in there
    ]


def _looks_after(request: HttpRequest) -> dict[str, object]:
    reader = reader_of(request)
    edits = reader.may(May.EDIT_DIRECTORY)
    return {"edits": edits, "upkeep": edits or reader.may(May.ADMINISTER_ACCOUNTS)}
