"""Load the demonstration area."""

from argparse import ArgumentParser
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Replace

from contacts.actions.reference import load_reference_data
from meetings.models import Meeting
from meetings.references import path_to
from portal.accounts.models import Team, User
from portal.core.clock import now
from portal.home.demonstration.area import make_area
from portal.home.demonstration.history import HOW_MANY, History
from portal.home.demonstration.mails import make_failed_mail
from portal.home.demonstration.meetings import make_meetings
from portal.home.demonstration.together import make_together
from portal.home.demonstration.weeks import make_calendar, make_weeks
from portal.home.demonstration.writing import make_draft
from portal.notifications.models import Notification
from referrals.models import Referral
from referrals.references import path_to as path_to_referral


class Command(BaseCommand):
    """`script/manage load_demonstration --if-empty`."""

    help = "Loads the demonstration area: real places, invented services, people and referrals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where it is loaded already"
        )

    def handle(self, *, if_empty: bool, **options: object) -> None:
        """All of it, or nothing."""
        if settings.PRODUCTION:
            raise CommandError("The demonstration is not loaded where PORTAL_MODE=production.")
        if Team.objects.exists() or User.objects.exists():
            if if_empty:
                return
            raise CommandError("There are teams or people already. Use --if-empty or --fresh.")
        self.stdout.write("Loading councils, practices and postcodes")
        load_reference_data()
        with transaction.atomic():
            self.stdout.write("Loading invented teams, people and services")
            teams, services = make_area()
            make_weeks()
            make_calendar()
            self.stdout.write(f"Loading {HOW_MANY} invented referrals")
            History(teams, services).make(self._progress)
            self.stdout.write("Loading invented meetings")
            make_together(teams)
            make_meetings(teams)
            self._tidy_outbox()
            make_failed_mail(teams["front-door"])
            make_draft(teams["park"], services["trafford-front-door"])

    def _progress(self, made: int) -> None:
        if made % 50 == 0:
            self.stdout.write(f"  {made} of {HOW_MANY}")

    def _tidy_outbox(self) -> None:
        """Three months of mail are not sent again; the rest is as old as what it tells of."""
        Notification.objects.filter(channel="email").delete()
        recent = Referral.objects.filter(changed_at__gt=now() - timedelta(days=1))
        paths = [
            path_to_referral(reference) for reference in recent.values_list("reference", flat=True)
        ]
        of_referrals = Notification.objects.filter(path__startswith="/referrals/")
        of_referrals.exclude(path__in=paths).update(seen_at=now())
        held = Meeting.objects.filter(status="held").values_list("reference", flat=True)
        of_meetings = Notification.objects.filter(path__in=[path_to(one) for one in held])
        of_meetings.update(seen_at=now(), created_at=now() - timedelta(days=20))
        told = Referral.objects.filter(
            reference=Replace(
                Replace(OuterRef("path"), Value("/referrals/")), Value("/"), Value("")
            )
        )
        of_referrals.update(created_at=Subquery(told.values("changed_at")[:1]))
