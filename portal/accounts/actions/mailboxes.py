"""A team's shared mailbox: asked for, shown to be the right one by a code, and given up again."""

import hmac
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from portal.accounts import mail
from portal.accounts.access import Reader, get_team
from portal.accounts.models import MailboxRequest, Team
from portal.core.clock import now
from portal.core.digests import digest_of
from portal.core.rates import hit
from portal.core.refused import InvalidInput, Refused
from portal.notifications.models import Notification

# A shared mailbox is not read by the minute.
VALID_FOR = timedelta(days=3)
MOST_WRONG_CODES = 5
_DIGITS = 8
# Every code is a mail to somebody who has not asked for it: by one person, and to one address.
PER_PERSON, PER_ADDRESS = 10, 3


@transaction.atomic
def ask_for_mailbox(*, by: Reader, team: Team, address: str) -> MailboxRequest:
    """Mail a code to the address; until it is entered, nothing else goes there.

    An earlier request of the team is withdrawn. Raises NotYours, InvalidInput, TooMany.
    """
    get_team(by, team.pk)
    team = Team.objects.select_for_update().get(pk=team.pk)
    address = address.strip().lower()
    if address == team.mailbox:
        raise InvalidInput("The team uses this mailbox already.", field="address")
    hit("mailbox-person", str(by.user.pk), limit=PER_PERSON, seconds=3600)
    hit("mailbox-address", address, limit=PER_ADDRESS, seconds=3600)
    moment = now()
    _withdraw(team)
    code = "".join(secrets.choice("0123456789") for _ in range(_DIGITS))
    request = MailboxRequest.objects.create(
        team=team,
        address=address,
        code_digest=digest_of(code),
        asked_by=by.user,
        asked_at=moment,
        expires_at=moment + VALID_FOR,
    )
    mail.send_mailbox_code(request, code)
    return request


def confirm_mailbox(*, by: Reader, team: Team, code: str) -> Team:
    """The code that was mailed: the team's mailbox from now on.

    Raises NotYours; Refused where nothing waits; InvalidInput for another code, of which there may
    be few. A wrong code is counted even though it is refused.
    """
    get_team(by, team.pk)
    with transaction.atomic():
        request = _open(team)
        given = "".join(code.split())
        if not hmac.compare_digest(digest_of(given), request.code_digest):
            right = False
            MailboxRequest.objects.filter(pk=request.pk).update(wrong_codes=F("wrong_codes") + 1)
        else:
            right = True
            request.confirmed_at, request.confirmed_by = now(), by.user
            request.save(update_fields=["confirmed_at", "confirmed_by"])
            _change(team, mailbox=request.address)
    if not right:
        left = MOST_WRONG_CODES - request.wrong_codes - 1
        end = "Look again at the mail." if left else "Ask for a new code."
        raise InvalidInput(f"This is not the code. {end}", field="code")
    return team


@transaction.atomic
def set_alone(*, by: Reader, team: Team, alone: bool) -> None:
    """Whether members are mailed as well only where they ask for it. Raises NotYours, Refused."""
    get_team(by, team.pk)
    if alone and not team.mailbox:
        raise Refused("The team has no mailbox yet.")
    _change(team, mailbox_alone=alone)


@transaction.atomic
def give_up_mailbox(*, by: Reader, team: Team) -> None:
    """No mailbox any more, nor a request for one: everybody of the team is told by mail again."""
    get_team(by, team.pk)
    _withdraw(team)
    _change(team, mailbox="", mailbox_alone=False)


def check_is_in_use(mail: Notification) -> None:
    """Raises Refused for a mail to a mailbox that its team does not use (any more)."""
    if mail.recipient_id is not None:
        return
    name, _, pk = mail.desk.partition(" ")
    team = Team.objects.filter(pk=int(pk)).first() if name == "team" else None
    if team is not None and team.mailbox != mail.address:
        raise Refused(
            "The team does not use this mailbox any more: tell them another way.",
            code="another-mailbox",
        )


def open_request_of(team: Team) -> MailboxRequest | None:
    """The mailbox that waits for its code."""
    rows = MailboxRequest.objects.open().filter(team=team, wrong_codes__lt=MOST_WRONG_CODES)
    return rows.first()


def _open(team: Team) -> MailboxRequest:
    """The same, locked. Raises Refused."""
    rows = MailboxRequest.objects.open().filter(team=team, wrong_codes__lt=MOST_WRONG_CODES)
    request = rows.select_for_update().first()
    if request is None:
        raise Refused("No code is awaited any more. Ask for a new one.", code="no-code")
    return request


def _withdraw(team: Team) -> None:
    waiting = MailboxRequest.objects.filter(
        team=team, confirmed_at__isnull=True, withdrawn_at__isnull=True
    )
    waiting.update(withdrawn_at=now())


def _change(team: Team, **columns: object) -> None:
    """On the row as it is now: two who change different things do not undo each other."""
    Team.objects.filter(pk=team.pk).update(version=F("version") + 1, **columns)
    team.refresh_from_db()
