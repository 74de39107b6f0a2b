"""The page on which a referral is written: what it shows, and the banner that fills it in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.accounts.access import Reader
from portal.accounts.roles import Role
from portal.core.clock import now, today
from portal.core.numbers import typed_number
from referrals.actions.draft import clip, record_draft, save_draft
from referrals.banner import FIELDS, find
from referrals.forms.filling import fill_in, put
from referrals.forms.refer import BannerForm, ReferForm, initial_from, typed_in
from referrals.homes import home_elsewhere
from referrals.models import Draft
from referrals.nhs_number import compact, what_is_wrong
from referrals.presenters.refer import (
    Filled,
    OpenWords,
    doubts,
    draft_words,
    filled_words,
    open_words,
    page_words,
)
from referrals.same_person import Wanted, own_open
from referrals.views.refer_ended import too_late

_NUMBERS = {"telephone": "The person's telephone", "call_back": "Where they can ring you"}


def version_of(request: HttpRequest, found: Draft) -> int:
    """The version that the page was made from; the one that is there, where the page says none."""
    typed = typed_number(request.POST.get("version"), digits=9)
    return found.version if typed is None else typed


def form_of(reader: Reader, found: Draft, data: Any = None, **kwargs: Any) -> ReferForm:
    """The form. For whom it is prepared is asked of practice and ward staff, and kept after."""
    asks = reader.has_role([Role.ADMINISTRATOR]) or found.typed.get("for_clinician")
    return ReferForm(data, clinicians=found.clinicians if asks else (), **kwargs)


# --- what is known before it is sent ---
@dataclass(frozen=True)
class Known:
    """The own organisation's open referrals for the person, and doubts that bar nothing."""

    open_ones: list[OpenWords]
    doubts: list[str]

    @property
    def references(self) -> list[str]:
        """Those that the reader may add to."""
        return [one.reference for one in self.open_ones if one.reference]

    @property
    def mark(self) -> str:
        """What the page carries along: the reader has seen these."""
        return " ".join(one.reference or "other-team" for one in self.open_ones)

    def is_news(self, seen: str) -> bool:
        """Whether there is one that the reader has not been shown."""
        return not set(self.mark.split()) <= set(seen.split())


def known_of(reader: Reader, found: Draft, form: ReferForm) -> Known:
    """From what is typed, whole or not."""
    at = now()
    wanted = _wanted(form)
    numbers = {words: _typed(form, name) for name, words in _NUMBERS.items()}
    organisation = found.team.organisation
    own = own_open(by=reader, organisation=organisation, wanted=wanted)
    return Known(open_words(own, at), doubts(wanted.born_on, numbers, at))


def elsewhere(found: Draft, form: ReferForm) -> str:
    """That the home which is typed lies in another council's area; empty where it does not."""
    return home_elsewhere(found.service, _typed(form, "postcode"), now())


def _wanted(form: ReferForm) -> Wanted:
    number = compact(_typed(form, "nhs_number"))
    return Wanted(
        name=_typed(form, "person_name")[:200],
        born_on=_date(form),
        nhs_number=number if number and what_is_wrong(number) is None else "",
    )


def _typed(form: ReferForm, name: str) -> str:
    return str(form[name].value() or "").replace("\x00", "")


def _date(form: ReferForm) -> date | None:
    field = form.fields["born_on"]
    try:
        read: date | None = field.clean(form["born_on"].value())
    except ValidationError:
        return None
    return read


# --- the page ---
def show(
    request: HttpRequest,
    reader: Reader,
    found: Draft,
    form: ReferForm,
    *,
    known: Known | None = None,
    interrupted: bool = False,
    banner: BannerForm | None = None,
    filled: Filled | None = None,
) -> HttpResponse:
    """The page; with what it knows of the person, and with errors where there are any.

    `interrupted`: it was to be sent, and something is open already that the reader has not seen.
    """
    at = now()
    if form.is_bound or filled:
        record_draft(by=reader, draft=found)
    known = known or known_of(reader, found, form)
    postcode = _typed(form, "postcode")
    context = {
        "draft": found,
        "form": form,
        "postcode": postcode,
        "pasted": banner or BannerForm(),
        "filled": filled,
        "known": known,
        "interrupted": interrupted,
        "whose": draft_words(found, reader.user.pk, at),
        "service": found.service,
        "elsewhere": elsewhere(found, form),
        **page_words(found.service, at),
    }
    status = 409 if interrupted else 422 if form.is_bound else 200
    return render(request, "referrals/refer.jinja", context, status=status)


def fill(request: HttpRequest, reader: Reader, found: Draft) -> HttpResponse:
    """The page again, with what the pasted banner says, or the offer that was taken."""
    banner = BannerForm(request.POST)
    text = banner.cleaned_data["banner"] if banner.is_valid() else ""
    typed = clip(typed_in(request.POST))
    name, _, value = request.POST.get("use", "").partition(":")
    if name in FIELDS:
        typed = put(typed, name, value[:300].replace("\x00", ""))
    reading = find(text, today())
    filling = fill_in(typed, reading)
    if not request.headers.get("HX-Request"):
        # Without scripts nothing else saves it.
        found = save_draft(
            by=reader, draft=found, typed=filling.typed, version=version_of(request, found)
        )
        if gone := too_late(request, reader, found, form_of(reader, found, request.POST)):
            return gone
    form = form_of(reader, found, initial=initial_from(filling.typed))
    named = bool(filling.typed.get("person_name", "").strip())
    words = filled_words(reading, filling.filled, filling.beside, named=named) if text else None
    for sentence in banner.errors.get("banner", []):
        words = Filled(sentence=f"{sentence} Copy only the line at the top.", offers=[], notes=[])
    return show(request, reader, found, form, banner=banner, filled=words)
