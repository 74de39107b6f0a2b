"""Accepting an invitation: the page behind the link of a mail."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.accounts.access import find_invitation
from portal.accounts.actions.invitations import accept_invitation
from portal.accounts.forms import AcceptForm
from portal.accounts.middleware import sign_in_address
from portal.accounts.models import Invitation, User
from portal.accounts.presenters import role_words
from portal.accounts.queries import account_at
from portal.core.rates import address_of, hit
from portal.core.refused import Refused


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to, and the one thing to do. It names nobody."""
    hit("invitation", address_of(request), limit=30, seconds=60)
    found = find_invitation(token)
    if found is None:
        return render(request, "account/invitation_over.jinja", status=404)
    there = account_at(found.email)
    if request.user.is_authenticated and request.user != there:
        return _page(request, found, somebody_else=True)
    if there:
        return _join(request, found, token)
    return _open(request, found, token)


def _join(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """Somebody who has an account: they sign in, and press one button."""
    if not isinstance(request.user, User):
        here = reverse("account-invitation", args=[token])
        return _page(request, found, join_href=sign_in_address(next_path=here))
    if request.method == "POST":
        accept_invitation(token=token, signed_in=request.user)
        return redirect("home")
    return _page(request, found, joins=True)


def _open(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """Somebody new, or back again: they choose a password and are signed in."""
    about = User(email=found.email, name=found.name)
    form = AcceptForm(request.POST or None, user=about)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form=form)
    try:
        user = accept_invitation(token=token, password=form.cleaned_data["password"])
    except Refused as error:
        form.add_error(None, error.sentence)
        return _page(request, found, form=form)
    login = Login(user=user, email=user.email, redirect_url=resolve_url("home"))
    return perform_password_login(request, {"email": user.email}, login)


def _page(request: HttpRequest, found: Invitation, **more: object) -> HttpResponse:
    empty = {"somebody_else": False, "join_href": "", "joins": False, "form": None}
    context = {**empty, **more, "role": role_words(found)}
    return render(request, "account/invitation.jinja", context)
