"""What may be done with accounts, apart from who does it."""

from portal.accounts.models import Organisation, Team
from portal.accounts.roles import ORGANISATION_WIDE, ROLE_NAMES, Role
from portal.core.refused import InvalidInput


def check_role_fits(*, role: Role, team: Team | None, organisation: Organisation) -> None:
    """Raises InvalidInput for a role without its team, or a team of somebody else."""
    if team is None and role not in ORGANISATION_WIDE:
        raise InvalidInput(
            f"Choose the team: “{ROLE_NAMES[role]}” is a role within a team.", field="team"
        )
    if team is not None and team.organisation_id != organisation.pk:
        raise InvalidInput("Choose one of the teams shown.", field="team")
    if team is not None and team.closed_on is not None:
        raise InvalidInput("This team has closed.", field="team")
