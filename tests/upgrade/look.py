"""Looks at an upgraded database as the people in it would, and prints what it saw as JSON."""

import json
import sys
from typing import Any

import django

LISTS = ("/", "/referrals/", "/referrals/inbox/", "/notifications/", "/account/")


def main() -> None:
    """Sign everybody in, open their lists, their referrals and drafts; then send and claim one."""
    django.setup()
    from django.db import connection
    from django.test import Client

    from portal.accounts.demonstration import PASSWORD, all_sign_ins

    told: dict[str, Any] = {"pages": {}, "signed in": {}}
    for sign_in in all_sign_ins():
        browser = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        given = {"login": sign_in.email, "password": PASSWORD}
        told["signed in"][sign_in.email] = browser.post("/account/sign-in/", given).status_code
        for path in [*LISTS, *_own(sign_in.email)]:
            told["pages"][f"{sign_in.email} {path}"] = browser.get(path, follow=True).status_code
    told["work"] = _work()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        told["lock timeout"] = cursor.fetchone()[0]
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        told["unchecked constraints"] = [name for (name,) in cursor.fetchall()]
    sys.stdout.write(json.dumps(told) + "\n")


def _own(email: str) -> list[str]:
    """The pages of the first referrals that somebody may read, and of their team's drafts."""
    from portal.accounts.access import reader_for
    from portal.accounts.models import User
    from referrals.models import Draft, Party

    reader = reader_for(User.objects.get(email=email))
    teams = reader.user.memberships.exclude(team=None).values("team")
    parties = Party.objects.filter(team__in=teams).order_by("referral_id")
    references = parties.values_list("referral__reference", flat=True)[:3]
    drafts = Draft.objects.filter(team__in=teams).order_by("pk")[:2]
    pages = [f"/referrals/{reference}/" for reference in references]
    return pages + [f"/referrals/drafts/{draft.key}/" for draft in drafts]


def _work() -> list[str]:
    """A new referral gets numbers of its own, and an old one can be claimed."""
    from contacts.models import Service
    from portal.accounts.access import reader_for
    from portal.accounts.models import User
    from referrals.actions.claim import claim
    from referrals.actions.send import Answers, PersonDetails, send_referral
    from referrals.models import Referral
    from referrals.states import Agreement, Status, Urgency

    by = reader_for(User.objects.get(email="gp@demo.example"))
    triage = reader_for(User.objects.get(email="triage@demo.example"))
    team = by.user.memberships.exclude(team=None).get().team
    receiving = triage.user.memberships.exclude(team=None).first().team
    answers = Answers(
        person=PersonDetails(name="Margaret Example"),
        points=["Can she stay at home safely?"],
        urgency=Urgency.ROUTINE,
        why_now="Two falls in ten days",
        with_person="Husband, 87",
        agreement=Agreement.AGREES,
        call_back="0161 496 0321",
    )
    old = Referral.objects.filter(receiving_team=receiving, status=Status.SENT).first()
    sent = send_referral(
        by=by,
        team=team,
        service=Service.objects.filter(receiving_team=receiving).first(),
        answers=answers,
        key="after-the-upgrade",
    )
    return [claim(by=triage, reference=each.reference).status for each in (old, sent) if each]


if __name__ == "__main__":
    main()
