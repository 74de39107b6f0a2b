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
    TRIAGE = "claim, ask and redirect"
    DECIDE = "accept or decline"
    SET_WEEKS = "set the working weeks of colleagues"
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

_WORKS = frozenset({May.READ_REFERRALS, May.REFER, May.TRIAGE})
ALLOWS: dict[Role, frozenset[May]] = {
    Role.CLINICIAN: _WORKS | {May.GIVE_CLINICAL_VIEW, May.DECIDE},
    # Prepares and sends, and takes part in the team's inbox: holds, asks, hands on. Accepting and
    # declining is a clinician's view, which is not theirs.
    # They look after the rota as well.
    Role.ADMINISTRATOR: _WORKS | {May.SET_WEEKS},
    Role.SOCIAL_WORKER: _WORKS | {May.DECIDE},
    Role.TRIAGE_LEAD: _WORKS | {May.DECIDE, May.OVERSEE_TEAM, May.SET_WEEKS},
    Role.MANAGER: _WORKS | {May.DECIDE, May.OVERSEE_TEAM, May.SET_WEEKS},
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
