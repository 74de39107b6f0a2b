"""Saving what is being written, and sending it."""

from collections.abc import Mapping

from django.db import transaction

from contacts.models import Service
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.core.clock import now
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, Stale
from referrals import access
from referrals.actions.send import Answers, send_referral
from referrals.models import Draft, Referral

TYPED_AT_MOST = 200_000  # characters in all


def start_draft(
    *, by: Reader, team: Team, service: Service, typed: Mapping[str, str] | None = None
) -> Draft:
    """A new draft for the service, perhaps with what is known already."""
    if not by.may(May.REFER, team.pk):
        raise NotAllowed("Your role does not allow you to refer for this team.")
    moment = now()
    return Draft.objects.create(
        key=new_opaque_id(),
        author=by.user,
        team=team,
        service=service,
        typed=dict(typed or {}),
        started_at=moment,
        saved_at=moment,
    )


def save_draft(*, by: Reader, key: str, typed: Mapping[str, str], version: int) -> Draft:
    """Keep what is typed. Raises Stale, with the other text, when it was saved elsewhere since.

    Saving the same text again changes nothing.
    """
    with transaction.atomic():
        draft = access.get_draft(by, key, lock=True)
        if draft.sent_as_id:
            return draft
        kept = clip(typed)
        if draft.typed == kept:
            return draft
        if draft.version != version:
            raise Stale(
                "This draft was saved elsewhere since you opened it.",
                current=draft.version,
                other=draft.typed,
            )
        draft.typed = kept
        draft.version += 1
        draft.saved_at = now()
        draft.save(update_fields=["typed", "version", "saved_at"])
        return draft


def clip(typed: Mapping[str, str]) -> dict[str, str]:
    """What can be kept: no NUL (PostgreSQL has none), and no more than a letter's worth a field."""
    return {name: value.replace("\x00", "")[:TYPED_AT_MOST] for name, value in typed.items()}


def send_draft(*, by: Reader, key: str, answers: Answers) -> Referral:
    """Send the draft and empty it; pressing twice gives the same referral."""
    with transaction.atomic():
        draft = access.get_draft(by, key, lock=True)
        if draft.sent_as:
            return draft.sent_as
        referral = send_referral(
            by=by, team=draft.team, service=draft.service, answers=answers, key=key
        )
        draft.sent_as, draft.typed, draft.saved_at = referral, {}, now()
        draft.save(update_fields=["sent_as", "typed", "saved_at"])
        return referral


def discard_draft(*, by: Reader, key: str) -> None:
    """Throw the draft away; nothing of it is kept."""
    with transaction.atomic():
        draft = access.get_draft(by, key, lock=True)
        if not draft.sent_as_id:
            draft.delete()
