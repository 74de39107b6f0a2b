"""The people of an organisation, for those who look after its accounts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts import queries
from portal.accounts.access import Reader, get_invitation, get_membership, reader_of
from portal.accounts.actions import invitations, leaving
from portal.accounts.forms import InviteForm
from portal.accounts.models import Organisation
from portal.accounts.presenters import invitation_row, person_row, role_words
from portal.accounts.roles import May
from portal.core.refused import NotYours, Refused

LONGEST_SEARCH = 100  # characters


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a role in the reader's organisations, and who is invited."""
    reader = reader_of(request)
    organisations = _administered(reader)
    words = request.GET.get("words", "").strip()
    too_long = len(words) > LONGEST_SEARCH
    asked = "" if too_long else words
    page = queries.people_of(organisations, words=asked, page=request.GET.get("page", "1"))
    context = {
        "organisations": organisations,
        "words": words,
        "too_long": f"Look for {LONGEST_SEARCH} characters at most." if too_long else "",
        "page": page,
        "rows": [person_row(membership, reader) for membership in page],
        "invitations": [invitation_row(i) for i in queries.open_invitations_of(organisations)],
    }
    return render(request, "account/people.jinja", context)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, organisation: int) -> HttpResponse:
    """Invite somebody to one organisation."""
    reader = reader_of(request)
    into = next((o for o in _administered(reader) if o.pk == organisation), None)
    if into is None:
        raise NotYours("organisation", str(organisation))
    form = InviteForm(request.POST or None, teams=queries.open_teams_of([into]))
    if request.method == "POST" and form.is_valid() and _invited(form, reader, into):
        messages.success(request, f"An invitation is on its way to {form.cleaned_data['email']}.")
        return redirect("account-people")
    return render(request, "account/invite.jinja", {"form": form, "organisation": into})


@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then end somebody's role."""
    reader = reader_of(request)
    membership = get_membership(reader, pk)
    refused = ""
    if request.method == "POST":
        try:
            left = leaving.end_membership(by=reader.user, membership=membership)
        except Refused as error:
            refused = error.sentence
        else:
            name = membership.user.name
            said = "can no longer sign in." if left else "no longer has this role."
            messages.success(request, f"{name} {said}")
            return redirect("account-people")
    context = {
        "membership": membership,
        "role": role_words(membership),
        "last": not queries.has_other_memberships(membership),
        "refused": refused,
    }
    return render(request, "account/end_membership.jinja", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
def reset_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove the second step of somebody who lost theirs."""
    reader = reader_of(request)
    membership = get_membership(reader, pk)
    if request.method == "POST":
        leaving.reset_second_step(by=reader.user, user=membership.user)
        messages.success(
            request, f"{membership.user.name} sets up a new second step at the next sign-in."
        )
        return redirect("account-people")
    return render(request, "account/reset_second_step.jinja", {"membership": membership})


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an invitation worthless."""
    reader = reader_of(request)
    invitation = get_invitation(reader, pk)
    invitations.withdraw_invitation(by=reader.user, invitation=invitation)
    messages.success(request, f"The invitation to {invitation.email} has been withdrawn.")
    return redirect("account-people")


def _administered(reader: Reader) -> list[Organisation]:
    """The reader's organisations; to everybody else this page does not exist."""
    organisations = reader.organisations(May.ADMINISTER_ACCOUNTS)
    if not organisations:
        raise NotYours("accounts", "")
    return organisations


def _invited(form: InviteForm, reader: Reader, into: Organisation) -> bool:
    answers = form.cleaned_data
    try:
        invitations.invite(
            by=reader.user,
            email=answers["email"],
            name=answers["name"],
            job_title=answers["job_title"],
            organisation=into,
            team=answers["team"],
            role=answers["role"],
            once_key=answers["once"],
        )
    except Refused as error:
        form.add_error(error.field, error.sentence)
        return False
    return True
