"""Open a team from the command line."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from portal.accounts.actions.teams import open_team
from portal.accounts.models import Organisation, Team
from portal.core.refused import Refused


class Command(BaseCommand):
    """`script/manage create_team --organisation CODE --name ... --side health|social`."""

    help = "Opens a team of an organisation. People are invited to it with create_person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, which, and how it is reached."""
        parser.add_argument("--organisation", required=True, help="its code: ODS, GSS or own")
        parser.add_argument("--name", required=True, help="as colleagues read it")
        parser.add_argument("--side", required=True, choices=Team.Side.values)
        parser.add_argument("--telephone", default="")
        parser.add_argument("--mailbox", default="", help="a shared mailbox that is told as well")

    def handle(
        self,
        *,
        organisation: str,
        name: str,
        side: str,
        telephone: str,
        mailbox: str,
        **options: object,
    ) -> None:
        """Open it and say so."""
        try:
            if mailbox:
                validate_email(mailbox)
            team = open_team(
                by=None,
                organisation=Organisation.objects.get(code=organisation),
                name=name,
                side=Team.Side(side),
                telephone=telephone,
                mailbox=mailbox,
            )
        except Organisation.DoesNotExist:
            raise CommandError(f"There is no organisation with the code {organisation}.") from None
        except Organisation.MultipleObjectsReturned:
            raise CommandError(f"More than one organisation has the code {organisation}.") from None
        except (ValidationError, Refused) as error:
            raise CommandError(getattr(error, "sentence", "That is no email address.")) from None
        self.stdout.write(f"{team.name} of {team.organisation.name} is open.")
