"""A draft that is not written any more: where it leads, and what somebody was still typing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.accounts.access import Reader
from portal.core.clock import now
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, Refused
from referrals import access
from referrals.actions.write import write
from referrals.forms.left_over import LeftOverForm, left_over_beside, left_over_of
from referrals.forms.refer import ReferForm
from referrals.models import Draft, Referral
from referrals.presenters.refer import ended_words
from referrals.queries import written_for

ADD = "add_left_over"  # the button


def ended(found: Draft) -> HttpResponse | None:
    """Where a draft leads that is not written any more; None while it is."""
    if found.sent_as:
        return redirect("referral-sent", reference=found.sent_as.reference)
    if found.added_to:
        return redirect("referral", reference=found.added_to.reference)
    return None


def too_late(
    request: HttpRequest, reader: Reader, found: Draft, form: ReferForm
) -> HttpResponse | None:
    """For what is typed into a draft that has ended meanwhile; None where it has not.

    What the other side has already leads on, as a second press does. What it does not have is
    shown, to be added to what was sent or left out: it is kept nowhere else.
    """
    gone = ended(found)
    words = left_over(reader, found, form) if gone else ""
    if not words:
        return gone
    urgent = "1" if form.is_urgent() else ""
    initial = {"left_over": words, "key": new_opaque_id(), "urgent": urgent}
    return _page(request, reader, found, LeftOverForm(initial=initial))


def left_over(reader: Reader, found: Draft, form: ReferForm) -> str:
    """What of the answers is not in what the draft became; "" for nothing."""
    form.full_clean()
    became = access.get_referral(reader, _became(found).reference, "read")
    if found.sent_as:
        return left_over_of(form, became)
    return left_over_beside(form, written_for(found.team, became))


def add_left_over(request: HttpRequest, reader: Reader, found: Draft) -> HttpResponse:
    """The words, read once more, into the thread of what was sent."""
    form, reference = LeftOverForm(request.POST), _became(found).reference
    if form.is_valid():
        try:
            write(
                by=reader,
                reference=reference,
                body=form.cleaned_data["left_over"],
                key=form.cleaned_data["key"],
                urgent=bool(form.cleaned_data["urgent"]),
            )
        except NotAllowed:
            raise
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, "Added. Both sides read it in the conversation.")
            return redirect("referral", reference=reference)
    return _page(request, reader, found, form)


def _became(found: Draft) -> Referral:
    became = found.sent_as or found.added_to
    assert became is not None  # noqa: S101 (asked of drafts that have ended)
    return became


def _page(request: HttpRequest, reader: Reader, found: Draft, form: LeftOverForm) -> HttpResponse:
    words = ended_words(found, reader.user.pk, now())
    context = {"draft": found, "form": form, "ended": words, "add": ADD}
    return render(
        request, "referrals/left_over.jinja", context, status=422 if form.is_bound else 409
    )
