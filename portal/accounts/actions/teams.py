"""Opening a team."""

from django.db import IntegrityError, transaction

from portal.accounts.access import check_administers
from portal.accounts.models import Organisation, Team, User
from portal.core.refused import InvalidInput


@transaction.atomic
def open_team(
    *,
    by: User | None,
    organisation: Organisation,
    name: str,
    side: Team.Side,
    telephone: str = "",
    mailbox: str = "",
) -> Team:
    """A new team of an organisation; nobody (`by=None`) opens one from the command line.

    Raises NotAllowed for anybody but its administrator, InvalidInput for a name that is taken.
    """
    if by:
        check_administers(by, organisation)
    name = name.strip()
    if not name:
        raise InvalidInput("Enter the name of the team.", field="name")
    try:
        with transaction.atomic():
            return Team.objects.create(
                organisation=organisation,
                name=name,
                side=side,
                telephone=telephone.strip(),
                mailbox=mailbox.strip().lower(),
                nation=organisation.nation or "England",
            )
    except IntegrityError as error:
        if "team_name_once" not in str(error):
            raise
        raise InvalidInput(
            f"{organisation.name} has a team called {name} already.", field="name"
        ) from error
