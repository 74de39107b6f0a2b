"""Saving what is being written, and sending it. A draft is its team's, whoever began it."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction

from contacts.models import Service
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.core.clock import now
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, Stale
from portal.core.retrying import retry_deadlocks
from referrals import access
from referrals.actions.send import Answers, send_within
from referrals.actions.write import write
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
        saved_by=by.user,
    )


def open_draft(*, by: Reader, key: str) -> Draft:
    """Read a draft to go on with it; that its person was seen is recorded."""
    with transaction.atomic():
        draft = access.get_draft(by, key)
        record_draft(by=by, draft=draft)
        return draft


def record_draft(*, by: Reader, draft: Draft) -> None:
    """Write down that the reader sees what is in it."""
    if draft.typed:
        record_access(
            by=by.user, verb=AccessEvent.Verb.READ, subject_kind="draft", subjects=[draft.key]
        )


def save_draft(
    *, by: Reader, draft: Draft, typed: Mapping[str, str], version: int, by_itself: bool = False
) -> Draft:
    """Keep what is typed. Raises Stale, with the other text, when it was saved elsewhere since.

    Saving the same text again changes nothing. A draft that a colleague has thrown away meanwhile
    is there again with this text; one that is sent stays as it is, and so does one that the
    reader has thrown away, where a page saves `by_itself`.
    """
    with transaction.atomic():
        draft = access.lock_draft(by, draft)
        if draft.sent_as_id or draft.added_to_id:
            return draft
        kept = clip(typed)
        if draft.discarded_at and by_itself and draft.saved_by_id == by.user.pk:
            return draft
        if draft.typed == kept and not draft.discarded_at:
            return draft
        if not draft.discarded_at:
            check_version(draft, version)
        draft.typed, draft.discarded_at = kept, None
        draft.version += 1
        draft.saved_at, draft.saved_by = now(), by.user
        draft.save(update_fields=["typed", "version", "saved_at", "saved_by", "discarded_at"])
        return draft


def check_version(draft: Draft, version: int) -> None:
    """Raise Stale, with the other text and whose it is, unless it is as the reader saw it."""
    if draft.version != version:
        name = draft.saved_by.name if draft.saved_by else "Somebody"
        raise Stale(
            f"{name} has saved this draft since you opened it.",
            current=draft.version,
            other=draft.typed,
        )


def clip(typed: Mapping[str, str]) -> dict[str, str]:
    """What can be kept: no NUL (PostgreSQL has none), and no more than a letter's worth a field."""
    return {name: value.replace("\x00", "")[:TYPED_AT_MOST] for name, value in typed.items()}


class Sent(NamedTuple):
    """The referral that a draft became; `before`: another press had sent it already."""

    referral: Referral
    before: bool = False


@retry_deadlocks
def send_draft(
    *,
    by: Reader,
    draft: Draft,
    answers: Answers,
    version: int,
    typed: Mapping[str, str] | None = None,
) -> Sent:
    """Send the draft and empty it; pressing twice gives the same referral, whatever is typed then.

    Raises Stale where a colleague has saved something else since `version`. `typed`: the answers
    as save_draft would keep them, which holds here for who may go on: the same text is no other
    text, and what a colleague has thrown away meanwhile is sent all the same.
    """
    with transaction.atomic():
        draft = access.lock_draft(by, draft)
        if draft.sent_as:
            return Sent(draft.sent_as, before=True)
        same = typed is not None and (draft.discarded_at or draft.typed == clip(typed))
        if draft.added_to_id or not same:
            check_version(draft, version)
        referral = send_within(
            by=by, team=draft.team, service=draft.service, answers=answers, key=draft.key
        )
        _empty(draft, by, sent_as=referral, discarded_at=None)
        return Sent(referral)


def add_draft(
    *, by: Reader, draft: Draft, reference: str, body: str, version: int, urgent: bool = False
) -> Referral:
    """Write the draft's words into the thread of a referral that is open already, and empty it.

    What is `urgent`, for today, is told as such, however urgent the open referral is.
    """
    with transaction.atomic():
        draft = access.lock_draft(by, draft)
        if draft.added_to:
            return draft.added_to
        check_version(draft, version)
        referral = write(by=by, reference=reference, body=body, key=draft.key, urgent=urgent)
        _empty(draft, by, added_to=referral)
        return referral


def discard_draft(*, by: Reader, draft: Draft) -> None:
    """Throw the draft away; nothing of it is kept."""
    with transaction.atomic():
        draft = access.lock_draft(by, draft)
        if draft.is_open:
            _empty(draft, by, discarded_at=now())


def _empty(draft: Draft, by: Reader, **ending: object) -> None:
    for name, value in ending.items():
        setattr(draft, name, value)
    draft.typed, draft.saved_at, draft.saved_by = {}, now(), by.user
    draft.version += 1
    draft.save(update_fields=[*ending, "typed", "version", "saved_at", "saved_by"])
