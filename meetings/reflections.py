"""What two teams agreed to improve, and the agenda of their next reflection, which begins there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from meetings.actions.arrange import Topic
from meetings.models import Action, Meeting
from meetings.rules import MARK, MINUTES_AT_MOST, check_title
from meetings.states import ActionState, Kind, Status
from portal.core.clock import london
from portal.core.refused import Refused
from portal.ui.words import long_date

TITLE_AT_MOST = 160
# (title, what it is about, minutes): after the improvements that were agreed before.
REST = (
    ("What goes well between us", "Something that should stay as it is; say who made it so.", 10),
    (
        "What makes the work hard",
        "For the people whom both of us look after, and for those who work here. No single person.",
        10,
    ),
    (
        "What we improve",
        "One to three things, each with an owner and a day. They are looked at first next time.",
        10,
    ),
)
_MOST_IMPROVEMENTS = (MINUTES_AT_MOST - sum(minutes for _, _, minutes in REST)) // MARK - 1


@dataclass(frozen=True, slots=True)
class Improvement:
    """One that was agreed on `agreed_on`; `words` say what was done, or why it was not."""

    pk: int
    text: str
    owner_id: int
    owner: str
    due_on: date
    agreed_on: date
    state: ActionState
    words: str


@dataclass(frozen=True, slots=True)
class Before:
    """What was before: when the two teams last reflected, and what of it is looked at first."""

    last: date | None
    open: Sequence[Improvement]
    ended: Sequence[Improvement]


def before(team_id: int, other_id: int) -> Before:
    """All improvements of the two teams that are still open, and those that have ended since their
    last reflection, whenever agreed. Two queries."""
    held = _reflections(team_id, other_id).filter(status=Status.HELD)
    last = held.order_by("-starts_at").first()
    if last is None or last.starts_at is None:
        return Before(None, [], [])
    rows = (
        Action.objects.filter(meeting__in=held, is_improvement=True)
        .filter(Q(state=ActionState.OPEN) | Q(meeting=last) | Q(ended_at__gt=last.ends_at))
        .select_related("owner")
        .order_by("due_on", "pk")
    )
    found = [_improvement(row) for row in rows]
    return Before(
        last=london(last.starts_at).date(),
        open=[one for one in found if one.state == ActionState.OPEN],
        ended=[one for one in found if one.state != ActionState.OPEN],
    )


def agenda(found: Before) -> list[Topic]:
    """First what was agreed: each open improvement by itself, those that have ended together."""
    items = [
        Topic(
            title=_title(one),
            points=f"Agreed on {long_date(one.agreed_on)}, to be done by {long_date(one.due_on)}.",
            minutes=MARK,
            owner_id=one.owner_id,
            follows_id=one.pk,
        )
        for one in found.open[:_MOST_IMPROVEMENTS]
    ]
    if found.ended:
        points = "\n".join(f"{_ended_words(one)}: {one.text}" for one in found.ended)
        items.append(Topic(title="What has been improved", points=points, minutes=MARK))
    rest = [Topic(title=title, points=points, minutes=minutes) for title, points, minutes in REST]
    return [*items, *rest]


def to_come(team_id: int, other_id: int) -> Meeting | None:
    """The reflection of the two that is being arranged or is booked, if there is one. One query."""
    rows = _reflections(team_id, other_id).select_related("organiser")
    return rows.filter(status__in=[Status.ARRANGING, Status.BOOKED]).order_by("pk").first()


def _reflections(team_id: int, other_id: int) -> QuerySet[Meeting]:
    """Whichever of the two has arranged them."""
    return Meeting.objects.filter(
        Q(team=team_id, other_team=other_id) | Q(team=other_id, other_team=team_id),
        kind=Kind.REFLECTION,
    )


def _improvement(row: Action) -> Improvement:
    return Improvement(
        pk=row.pk,
        text=row.text,
        owner_id=row.owner_id,
        owner=row.owner.name,
        due_on=row.due_on,
        agreed_on=london(row.at).date(),
        state=ActionState(row.state),
        words=row.words,
    )


def _title(one: Improvement) -> str:
    """The improvement itself, unless it cannot stand in a title."""
    title = " ".join(one.text.split())
    try:
        check_title(title, field="", people=[])
    except Refused:
        title = ""
    if not title or len(title) > TITLE_AT_MOST:
        return f"An improvement that was agreed on {long_date(one.agreed_on)}"
    return title


def _ended_words(one: Improvement) -> str:
    ending = "Done" if one.state == ActionState.DONE else "Not done"
    return f"{ending} ({one.words})" if one.words else ending
