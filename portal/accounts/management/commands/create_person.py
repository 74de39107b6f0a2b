"""Invite somebody from the command line: the first account of an organisation is opened so."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from portal.accounts.actions.invitations import invite
from portal.accounts.mail import invitation_address
from portal.accounts.models import Organisation, Team
from portal.accounts.roles import Role
from portal.core.refused import Refused


class Command(BaseCommand):
    """`script/manage create_person EMAIL --name ... --role ... --organisation CODE`."""

    help = "Invites somebody by mail and prints the link, which is valid for 7 days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, as what, and where."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="as colleagues read it")
        parser.add_argument("--job-title", default="", help="as colleagues read it: GP")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--organisation", required=True, help="its code: ODS, GSS or own")
        parser.add_argument("--team", default="", help="its name, for a role within a team")

    def handle(
        self,
        *,
        email: str,
        name: str,
        job_title: str,
        role: str,
        organisation: str,
        team: str,
        **options: object,
    ) -> None:
        """Invite, and print the link once."""
        try:
            validate_email(email)
            where = Organisation.objects.get(code=organisation)
            invited = invite(
                by=None,
                email=email,
                name=name,
                job_title=job_title,
                organisation=where,
                team=where.teams.get(name=team) if team else None,
                role=Role(role),
            )
        except Organisation.DoesNotExist:
            raise CommandError(f"There is no organisation with the code {organisation}.") from None
        except Organisation.MultipleObjectsReturned:
            raise CommandError(f"More than one organisation has the code {organisation}.") from None
        except Team.DoesNotExist:
            raise CommandError(f"{where.name} has no team called {team!r}.") from None
        except (ValidationError, Refused) as error:
            raise CommandError(getattr(error, "sentence", "That is no email address.")) from None
        if invited:
            self.stdout.write(invitation_address(invited.token))
