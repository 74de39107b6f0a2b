"""The only way from a request to a referral or a draft. Not yours looks the same as not there."""

from typing import Literal

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from portal.accounts.access import Reader
from portal.accounts.models import Membership, Team
from portal.accounts.roles import May
from portal.core.found import the_one
from portal.core.refused import NotAllowed, NotYours
from referrals import one_draft
from referrals.models import Draft, Party, Redirect, Referral

For = Literal["read", "triage", "send"]


def visible_to(reader: Reader) -> QuerySet[Referral]:
    """The referrals in which one of the reader's teams has a part, and the role may read."""
    teams = reader.team_ids(May.READ_REFERRALS)
    part = Party.objects.filter(referral=OuterRef("pk"), team__in=teams)
    return Referral.objects.filter(Exists(part))


def inbox_teams(reader: Reader) -> list[int]:
    """The teams whose inbox the reader has: what they received or is being redirected to them."""
    return sorted(reader.team_ids(May.TRIAGE))


def board_teams(reader: Reader) -> list[int]:
    """The teams whose board the reader has: what they have sent."""
    return sorted(reader.team_ids(May.REFER))


def get_referral(
    reader: Reader, reference: str, for_: For = "read", *, lock: bool = False
) -> Referral:
    """One referral with its person, teams and holder loaded; locked for an action where asked.

    Raises NotYours (404) when it is not there or not the reader's to see, NotAllowed when they
    may see it but another side or role acts on it.
    """
    rows = visible_to(reader).filter(reference=reference)
    if lock:
        # A statement of its own: PostgreSQL, having waited for the lock, reads the row anew but
        # not what is joined to it, and the holder would be missing.
        list(rows.select_for_update().values_list("pk"))
    referral = the_one(
        rows.select_related(
            "person",
            "service__organisation",
            "sending_team__organisation",
            "receiving_team__organisation",
            "held_by",
            "sent_by",
            "for_clinician",
        )
    )
    if referral is None:
        raise NotYours("referral", reference)
    if for_ == "triage":
        check_may_triage(reader, referral)
    if for_ == "send" and referral.sending_team_id not in reader.team_ids(May.REFER):
        raise NotAllowed(
            "Only the team that sent this referral can do that.",
            subject_kind="referral",
            subject=referral.reference,
        )
    return referral


def triage_team(reader: Reader, referral: Referral) -> Team | None:
    """The team for which the reader may triage this referral, if any."""
    teams = {team.pk: team for team in reader.teams(May.TRIAGE)}
    if referral.receiving_team_id in teams:
        return teams[referral.receiving_team_id]
    for team_id in referral.redirects.waiting().values_list("to_team_id", flat=True):
        if team_id in teams:
            return teams[team_id]
    return None


def check_may_triage(reader: Reader, referral: Referral) -> Team:
    """The team the reader triages it for; raises NotAllowed where there is none."""
    team = triage_team(reader, referral)
    if team is None:
        raise NotAllowed(
            "Only the team that received this referral can do that.",
            subject_kind="referral",
            subject=referral.reference,
        )
    return team


def has_gone_on(reader: Reader, referral: Referral) -> bool:
    """Whether it was one of the reader's teams' to triage, and is another team's now."""
    teams = reader.team_ids(May.TRIAGE)
    theirs = referral.parties.filter(team__in=teams, role=Party.As.RECEIVER).exists()
    return theirs and triage_team(reader, referral) is None


def check_may_decide(reader: Reader, referral: Referral) -> None:
    """Raises NotAllowed for staff of a practice or ward: deciding is a clinician's view."""
    if not reader.may(May.DECIDE, referral.receiving_team_id):
        raise NotAllowed(
            "A clinician of your team accepts or declines. You can hold it, ask and write, or"
            " give it back so that one of them can claim it.",
            subject_kind="referral",
            subject=referral.reference,
        )


def ended_redirect(reader: Reader, reference: str) -> Redirect:
    """The last redirect to a team for which the reader triages, which is over.

    What it was about is no longer theirs to see; raises NotYours where there was none.
    """
    teams = reader.team_ids(May.TRIAGE)
    rows = Redirect.objects.filter(referral__reference=reference, to_team__in=teams)
    found = rows.filter(ended_at__isnull=False).order_by("-at", "-pk").first()
    if found is None:
        raise NotYours("referral", reference)
    return found


def team_in(reader: Reader, referral: Referral) -> Team:
    """The reader's team that has a part in this referral (the receiving one first)."""
    teams = {team.pk: team for team in reader.teams(May.READ_REFERRALS)}
    for team_id in (referral.receiving_team_id, referral.sending_team_id):
        if team_id in teams:
            return teams[team_id]
    parties = referral.parties.filter(team__in=teams).values_list("team_id", flat=True)
    for team_id in parties:
        return teams[team_id]
    raise NotYours("referral", referral.reference)


def get_draft(reader: Reader, key: str) -> Draft:
    """A draft of one of the reader's teams; NotYours (404) for any other."""
    if not _is_key(key):
        raise NotYours("draft", "")
    draft = one_draft.find_draft(key, reader.team_ids(May.REFER))
    if draft is None:
        raise NotYours("draft", "")
    draft.team = next(team for team in reader.teams(May.REFER) if team.pk == draft.team_id)
    return draft


def lock_draft(reader: Reader, found: Draft) -> Draft:
    """The row of a draft that get_draft has found, locked and read anew: one statement.

    Its team, service and author, which never change, stay loaded, and whom it can be prepared for.
    """
    draft = one_draft.lock_draft(found.pk, reader.team_ids(May.REFER))
    if draft is None:
        raise NotYours("draft", "")
    draft.team, draft.service, draft.author = found.team, found.service, found.author
    draft.clinicians = found.clinicians
    return draft


def _is_key(key: str) -> bool:
    """Whether it can be the key of a draft at all: the database takes no NUL."""
    return key.isascii() and key.isprintable() and len(key) <= _KEY_AT_MOST


_KEY_AT_MOST = 40


def open_drafts(reader: Reader) -> QuerySet[Draft]:
    """What the reader's teams are writing, their own first, then newest first.

    Not what somebody opened and left without a word: it holds a postcode at most.
    """
    return (
        Draft.objects.filter(
            team__in=reader.team_ids(May.REFER),
            sent_as__isnull=True,
            added_to__isnull=True,
            discarded_at__isnull=True,
        )
        .exclude(Q(version=1) & ~Q(typed__has_key="person_name"))
        .select_related("service", "author", "saved_by")
        .annotate(own=Case(When(author=reader.user, then=0), default=1))
        .order_by("own", "-saved_at")
    )


def check_has_inbox(reader: Reader) -> None:
    """Raises NotAllowed for those who triage for no team."""
    if reader.team_ids(May.TRIAGE):
        return
    if reader.team_ids(May.REFER):
        raise NotAllowed("Your role has no inbox. Your board shows what your team has sent.")
    raise NotAllowed("Your role reads no referrals, so it has no inbox.")


def colleague_id(reader: Reader, email: str) -> int:
    """The user id of a colleague in one of the reader's triage teams; 0, nobody's, where none."""
    members = Membership.objects.current().filter(
        team__in=reader.team_ids(May.TRIAGE), user__email=email.strip().lower()
    )
    return members.values_list("user_id", flat=True).first() or 0
