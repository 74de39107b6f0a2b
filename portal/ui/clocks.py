"""A clock time typed into one box: `8:30`, `08.30`, `0830` and `8` are all understood."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.ui.groups import Look

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.h ]?([0-5][0-9]))?")


class ClockField(forms.Field):
    """Cleans to a time, or None where nothing was typed and it is not required."""

    widget = forms.TextInput

    def __init__(self, label: str, *, hint: str = "", missing: str = "", **kwargs: Any) -> None:
        look = kwargs.pop("look", None) or Look(width=5)
        super().__init__(label=label, help_text=hint, **kwargs)
        self.look = look
        self.error_messages["required"] = missing or f"“{label}” needs a time, such as 08:30"

    def to_python(self, value: Any) -> time | None:
        """The time; raises ValidationError for what is no time of a day."""
        text = str(value or "").strip()
        if not text:
            return None
        found = _CLOCK.fullmatch(text)
        if found is None:
            raise ValidationError(f"“{self.label}” must be a time such as 08:30", code="clock")
        return time(int(found[1]), int(found[2] or 0))

    def prepare_value(self, value: Any) -> Any:
        """What was typed as it was typed, a time as `08:30`."""
        return f"{value:%H:%M}" if isinstance(value, time) else value
