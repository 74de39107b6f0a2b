"""Roles, and what each may do: plain data. A platform administrator has no pages and no role."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a team or organisation."""

    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"
    SOCIAL_WORKER = "social-worker"
    TRIAGE_LEAD = "triage-lead"
    MANAGER = "manager"
    DIRECTORY_EDITOR = "directory-editor"
    ORGANISATION_ADMINISTRATOR = "organisation-administrator"
    PRIVACY_OFFICER = "privacy-officer"


class May(StrEnum):
    """What a role allows, within the team (or organisation) it is held in."""

    READ_REFERRALS = "read referrals of the team"
    REFER = "prepare and send a referral"
    GIVE_CLINICAL_VIEW = "give a clinician's view"
    TRIAGE = "claim, ask, accept, redirect, decline"
    OVERSEE_TEAM = "see the team's work and who holds it"
    EDIT_DIRECTORY = "edit the organisation's entries"
    ADMINISTER_ACCOUNTS = "invite people and end memberships"
    REVIEW_ACCESS = "review who saw what"


ROLE_NAMES: dict[Role, str] = {
    Role.CLINICIAN: "clinician",
    Role.ADMINISTRATOR: "practice or ward staff",
    Role.SOCIAL_WORKER: "social worker",
    Role.TRIAGE_LEAD: "triage lead",
    Role.MANAGER: "manager",
    Role.DIRECTORY_EDITOR: "directory editor",
    Role.ORGANISATION_ADMINISTRATOR: "organisation administrator",
    Role.PRIVACY_OFFICER: "privacy officer",
}

ALLOWS: dict[Role, frozenset[May]] = {
    Role.CLINICIAN: frozenset({May.READ_REFERRALS, May.REFER, May.GIVE_CLINICAL_VIEW, May.TRIAGE}),
    # Prepares and sends, and takes part in the team's inbox; a clinician's view is not theirs.
    Role.ADMINISTRATOR: frozenset({May.READ_REFERRALS, May.REFER}),
    Role.SOCIAL_WORKER: frozenset({May.READ_REFERRALS, May.REFER, May.TRIAGE}),
    Role.TRIAGE_LEAD: frozenset({May.READ_REFERRALS, May.REFER, May.TRIAGE, May.OVERSEE_TEAM}),
    Role.MANAGER: frozenset({May.READ_REFERRALS, May.REFER, May.TRIAGE, May.OVERSEE_TEAM}),
    Role.DIRECTORY_EDITOR: frozenset({May.EDIT_DIRECTORY}),
    Role.ORGANISATION_ADMINISTRATOR: frozenset({May.ADMINISTER_ACCOUNTS}),
    Role.PRIVACY_OFFICER: frozenset({May.REVIEW_ACCESS}),
}

# May be held in an organisation as a whole; every other role is held in a team.
ORGANISATION_WIDE = (
    Role.DIRECTORY_EDITOR,
    Role.ORGANISATION_ADMINISTRATOR,
    Role.PRIVACY_OFFICER,
)

# Their sessions are shorter (docs/adr/0004).
ADMINISTRATORS = frozenset({Role.ORGANISATION_ADMINISTRATOR, Role.PRIVACY_OFFICER})


def roles_that(may: May) -> list[Role]:
    """The roles that allow something, in the order of the enum."""
    return [role for role in Role if may in ALLOWS[role]]
