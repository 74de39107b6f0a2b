"""What the directory distinguishes, with the words for it: plain data."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class How(StrEnum):
    """Why an authority answers for an area."""

    COUNCIL = "council"
    COUNTY = "county"
    PARTNERSHIP = "partnership"
    HEALTH_BOARD = "health-board"
    HEALTH_TRUST = "health-trust"


HOW_WORDS: dict[How, str] = {
    How.COUNCIL: "the area's own council",
    How.COUNTY: "the county council, not the district's",
    How.PARTNERSHIP: "the council, through a health and social care partnership",
    How.HEALTH_BOARD: "the NHS board, for the council",
    How.HEALTH_TRUST: "a Health and Social Care Trust, no council",
}


class Basis(StrEnum):
    """What decides which service it is."""

    LIVES = "lives"
    REGISTERED = "registered"
    IS_NOW = "is-now"
    CARED_FOR = "cared-for"


# After "goes by".
BASIS_WORDS: dict[Basis, str] = {
    Basis.LIVES: "where the person lives",
    Basis.REGISTERED: "the practice they are registered with",
    Basis.IS_NOW: "where the person is now",
    Basis.CARED_FOR: "where the person cared for lives",
}


class About(StrEnum):
    """The four questions about adult social care, each with a basis of its own in law."""

    CARE = "care"
    SAFEGUARDING = "safeguarding"
    CARER = "carer"
    AFTERCARE = "aftercare"


class Kind(StrEnum):
    """What sort of service an entry is."""

    FRONT_DOOR = "front-door"
    EMERGENCY_DUTY = "emergency-duty"
    SAFEGUARDING = "safeguarding"
    TRANSFER_HUB = "transfer-hub"
    COMMUNITY_HEALTH = "community-health"
    MENTAL_HEALTH = "mental-health"
    CARERS = "carers"
    PRACTICE = "practice"
    HOSPITAL = "hospital"
    VOLUNTARY = "voluntary"


KIND_WORDS: dict[Kind, str] = {
    Kind.FRONT_DOOR: "adult social care front door",
    Kind.EMERGENCY_DUTY: "emergency duty team",
    Kind.SAFEGUARDING: "adult safeguarding",
    Kind.TRANSFER_HUB: "care transfer hub",
    Kind.COMMUNITY_HEALTH: "community health",
    Kind.MENTAL_HEALTH: "mental health",
    Kind.CARERS: "support for carers",
    Kind.PRACTICE: "GP practice",
    Kind.HOSPITAL: "hospital team",
    Kind.VOLUNTARY: "voluntary or community group",
}


class Channel(StrEnum):
    """How a service is reached."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    WEB = "web"


class Visibility(StrEnum):
    """Who may see a contact. Protected: a refuge, a single supported-living address."""

    PUBLIC = "public"
    PROFESSIONAL = "professional"
    PROTECTED = "protected"


CHANNEL_WORDS: dict[Channel, str] = {
    Channel.TELEPHONE: "telephone",
    Channel.EMAIL: "email",
    Channel.WEB: "web page",
}
VISIBILITY_WORDS: dict[Visibility, str] = {
    Visibility.PUBLIC: "everybody",
    Visibility.PROFESSIONAL: "signed-in colleagues",
    Visibility.PROTECTED: "nobody",
}


class Change(StrEnum):
    """What happened to an entry."""

    MADE = "made"
    CHANGED = "changed"
    CLOSED = "closed"
    UNDID = "undid"


CHANGE_WORDS: dict[Change, str] = {
    Change.MADE: "entered it",
    Change.CHANGED: "changed it",
    Change.CLOSED: "closed it",
    Change.UNDID: "undid a change",
}


# An entry falls due this many months after its last check, unless its owner says otherwise.
CHECK_EVERY = 6


class Stage(StrEnum):
    """Who is told of what waits: first the owner, then the lead. Or there was nobody to tell."""

    OWNER = "owner"
    LEAD = "lead"
    NOBODY = "none"


STAGE_WORDS: dict[Stage, str] = {
    Stage.OWNER: "the organisation's directory editors",
    Stage.LEAD: "the organisation's administrators",
    Stage.NOBODY: "nobody, because nobody looks after its entries",
}


class Trouble(StrEnum):
    """What a reader reports about an entry."""

    NOBODY_ANSWERED = "nobody-answered"
    WRONG_NUMBER = "wrong-number"
    MOVED = "moved"


TROUBLE_WORDS: dict[Trouble, str] = {
    Trouble.NOBODY_ANSWERED: "Nobody answered",
    Trouble.WRONG_NUMBER: "Wrong number",
    Trouble.MOVED: "Moved, or no longer there",
}


class Outcome(StrEnum):
    """What the owner answers to a report."""

    MENDED = "mended"
    WAS_RIGHT = "was-right"


OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.MENDED: "Mended",
    Outcome.WAS_RIGHT: "It was right",
}


class CouncilType(StrEnum):
    """What a council is."""

    UNITARY = "unitary"
    METROPOLITAN = "metropolitan"
    LONDON = "london"
    COUNTY = "county"
    DISTRICT = "district"
    WELSH = "welsh"
    SCOTTISH = "scottish"
    NORTHERN_IRISH = "northern-irish"


COUNCIL_TYPE_WORDS: dict[CouncilType, str] = {
    CouncilType.UNITARY: "unitary authority",
    CouncilType.METROPOLITAN: "metropolitan borough",
    CouncilType.LONDON: "London borough",
    CouncilType.COUNTY: "county council",
    CouncilType.DISTRICT: "district council",
    CouncilType.WELSH: "Welsh principal area",
    CouncilType.SCOTTISH: "Scottish council",
    CouncilType.NORTHERN_IRISH: "district council in Northern Ireland",
}


def choices(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """The words as Django's choices."""
    return [(str(value), text) for value, text in words.items()]
