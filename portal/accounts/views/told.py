"""How people are told: what each chooses for themselves, and the mailbox that a team shares."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.access import Reader, get_team, reader_of
from portal.accounts.actions import mailboxes
from portal.accounts.forms_told import ChoicesForm, CodeForm, MailboxForm, MembersForm
from portal.accounts.models import Team
from portal.accounts.presenters_told import team_page
from portal.accounts.queries import teams_looked_after
from portal.accounts.roles import May
from portal.accounts.views.doing import did
from portal.notifications import choices
from portal.notifications.kinds import Group
from portal.ui.forms import error_list


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Which mails the reader wants."""
    reader = reader_of(request)
    typed = request.POST if request.method == "POST" else None  # nothing ticked is an answer
    form = ChoicesForm(typed, initial={"wanted": _wanted(reader)})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["wanted"]
        choices.choose(by=reader.user, wanted={g: g.value in wanted for g in choices.GROUPS})
        messages.success(request, "Kept. It holds for what happens from now on.")
        return redirect("account-told")
    context = {"form": form, "email": reader.user.email, "alone": _alone(reader)}
    return render(request, "account/told.jinja", context)


@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """The teams whose mailbox the reader looks after."""
    found = teams_looked_after(reader_of(request))
    return render(request, "account/teams.jinja", {"teams": found})


@require_http_methods(["GET", "POST"])
def mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    """A team's mailbox: ask for one."""
    reader = reader_of(request)
    team = get_team(reader, pk)
    form = MailboxForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        if did(form, lambda: mailboxes.ask_for_mailbox(by=reader, team=team, address=address)):
            messages.success(request, f"A code is on its way to {address}.")
            return redirect("account-mailbox", pk)
    return _page(request, team, form=form)


@require_POST
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code that was mailed to it."""
    reader = reader_of(request)
    team = get_team(reader, pk)
    form = CodeForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        if did(form, lambda: mailboxes.confirm_mailbox(by=reader, team=team, code=typed)):
            messages.success(request, f"{team.name} is told at {team.mailbox} from now on.")
            return redirect("account-mailbox", pk)
    return _page(request, team, code_form=form)


@require_POST
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether members are mailed as well."""
    reader = reader_of(request)
    team = get_team(reader, pk)
    form = MembersForm(request.POST)
    if form.is_valid():
        alone = form.cleaned_data["who"] == "alone"
        if did(form, lambda: mailboxes.set_alone(by=reader, team=team, alone=alone)):
            messages.success(request, "Kept.")
            return redirect("account-mailbox", pk)
    return _page(request, team, members_form=form)


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """No mailbox any more."""
    reader = reader_of(request)
    team = get_team(reader, pk)
    mailboxes.give_up_mailbox(by=reader, team=team)
    messages.success(request, f"Everybody in {team.name} is told by mail again.")
    return redirect("account-mailbox", pk)


def _page(
    request: HttpRequest,
    team: Team,
    *,
    form: MailboxForm | None = None,
    code_form: CodeForm | None = None,
    members_form: MembersForm | None = None,
) -> HttpResponse:
    waiting = mailboxes.open_request_of(team)
    now_told = {"who": "alone" if team.mailbox_alone else "all"}
    context = {
        "page": team_page(team, waiting),
        "form": form or MailboxForm(),
        "code_form": code_form or CodeForm(),
        "members_form": members_form or MembersForm(initial=now_told),
        "errors": error_list(form, code_form, members_form),
    }
    return render(request, "account/mailbox.jinja", context)


def _wanted(reader: Reader) -> list[str]:
    """What is ticked: the reader's own choice, or what holds without one."""
    made = choices.choices_of(reader.user.pk)
    default = {Group.TEAM: not _alone(reader)}
    return [g.value for g, want in made.items() if (default.get(g, True) if want is None else want)]


def _alone(reader: Reader) -> list[str]:
    """The reader's teams that are told through their mailbox alone, if all of them are."""
    found = reader.teams(May.TRIAGE)
    alone = [team.name for team in found if team.mailbox and team.mailbox_alone]
    return alone if len(alone) == len(found) else []
