"""The forms of handing a referral on: to a service here, or to one outside the portal."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, cast

from portal.core.clock import LONDON, today
from portal.ui.forms import DateField, LongTextField, Look, RadiosField, TextField
from referrals.forms.events import EventForm
from referrals.ringing import time_of_day


class _ToService(EventForm):
    """To which service, of those that were found."""

    to_service = RadiosField(
        "Which service should have it?",
        choices=[],
        missing="Choose a service",
        look=Look(size="s"),
    )
    find = TextField(
        "Another one: its name, what it does, or a place", required=False, look=Look(width=20)
    )

    def __init__(
        self,
        *args: Any,
        services: list[tuple[str, str]],
        beside: Mapping[str, str],
        words: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast(RadiosField, self.fields["to_service"])
        field.choices, field.look = services, Look(size="s", hints=dict(beside))
        field.help_text = words


class RedirectForm(_ToService):
    """To which service, and why."""

    reason = LongTextField(
        "Why? The other service and the sender read this",
        missing="Say why you redirect it",
        look=Look(rows=3, size="s"),
    )


class OutsideForm(_ToService):
    """To which service that takes no referrals here, to whom one spoke, and when."""

    spoke_to = TextField(
        "To whom did you speak?",
        limit=150,
        hint="Their name or desk. The sender reads this.",
        missing="Say to whom you spoke",
        look=Look(size="s"),
    )
    spoken_on = DateField(
        "On which day?",
        initial=today,
        latest=today,
        too_late="That day lies ahead. Speak to them first",
        look=Look(size="s"),
    )
    spoken_at = TextField(
        "At about what time?",
        limit=20,
        hint="For example 14:05",
        missing="Give the time, for example 14:05",
        look=Look(size="s", width=5),
    )
    words = LongTextField(
        "What happens now? The sender reads this (optional)",
        required=False,
        look=Look(rows=3, size="s"),
    )

    def clean(self) -> dict[str, Any]:
        """`spoken_at` becomes the moment on that day."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        day, typed = given.pop("spoken_on", None), given.get("spoken_at")
        if day and typed:
            noon = datetime.combine(day, time(12), LONDON)
            given["spoken_at"] = time_of_day(" ".join(typed.split()), noon)
            if given["spoken_at"] is None:
                self.add_error("spoken_at", "Give the time, for example 14:05")
        return given
