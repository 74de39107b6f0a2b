"""What a directory editor has done lately: two changes with a history, and a notice for now."""

from datetime import datetime, time, timedelta
from typing import Any

from contacts.actions.editing import change_entry
from contacts.models import Service
from contacts.rules import NoticeFacts
from contacts.whole import notice_as_data
from portal.accounts.access import reader_for
from portal.accounts.models import User
from portal.core.clock import LONDON, now, standing_at, today
from portal.core.references import new_opaque_id

_EDITOR = "directory@demo.example"
_HUB, _CARERS = "trafford-hub", "trafford-carers"


def edit_entries(services: dict[str, Service]) -> None:
    """Changes of the last weeks, each at its moment. `services` by their keys in the data."""
    weekdays = [[day, "08:00", "18:00"] for day in range(5)]
    _change(services[_HUB], 40, openings=[*weekdays, [5, "09:00", "12:00"]])
    _change(services[_HUB], 12, openings=[*weekdays, [5, "09:00", "13:00"]])
    _change(
        services[_HUB],
        12,
        ring_first="When somebody could go home today, and nothing is in place yet.",
    )
    _change(services[_CARERS], 0, notices=[_notice()])


def _notice() -> dict[str, str]:
    tomorrow = today() + timedelta(days=1)
    facts = NoticeFacts(
        "Answerphone only: leave a number, and we ring back the same day.",
        now(),
        datetime.combine(tomorrow, time(14), LONDON),
    )
    return notice_as_data(facts)


def _change(service: Service, days_ago: int, **changes: Any) -> None:
    editor = reader_for(User.objects.get(email=_EDITOR))
    with standing_at(now() - timedelta(days=days_ago)):
        change_entry(
            reference=service.reference,
            version=Service.objects.get(pk=service.pk).version,
            changes=changes,
            key=new_opaque_id(),
            by=editor,
        )
