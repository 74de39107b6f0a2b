"""The parts of an entry that are lists with marks: its districts, its notices."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from contacts.forms.editing import PartForm
from contacts.hours_text import clock_typed
from contacts.parts import BY_SLUG
from contacts.rules import NOTICE_LIMIT, NoticeFacts
from contacts.states import BASIS_WORDS, Visibility, choices
from contacts.whole import notice_as_data
from portal.core.clock import LONDON, now, today
from portal.core.refused import InvalidInput
from portal.ui.forms import (
    CheckboxesField,
    DateField,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    TextField,
)
from portal.worktime.hours import MIDNIGHT

_READ_BY = [(Visibility.PUBLIC, "Everybody"), (Visibility.PROFESSIONAL, "Signed-in colleagues")]


class AreaForm(PartForm):
    """The districts it is for, and what decides whether it is this service."""

    part = BY_SLUG["area"]

    covers = CheckboxesField("Districts it is for", choices=[], required=False, look=Look(size="s"))
    more = CheckboxesField("Found", choices=[], required=False, look=Look(size="s"))
    find = TextField(
        "Find a district or a council by name",
        limit=80,
        required=False,
        look=Look(width=20, autocomplete="off", spellcheck=False),
    )
    basis = RadiosField(
        "It goes by",
        choices=choices(BASIS_WORDS),
        hint="By the practice a person is registered with: the area is where the practice stands.",
        look=Look(size="s"),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        areas: Sequence[tuple[str, str]] = (),
        found: Sequence[tuple[str, str]] = (),
        words: str = "",
    ) -> None:
        super().__init__(data, initial=initial)
        self.words = words
        self.fields["covers"].choices = list(areas)  # type: ignore[attr-defined]
        self.fields["more"].choices = list(found)  # type: ignore[attr-defined]
        self.fields["more"].label = f"Found for “{words}”"

    def changes(self) -> dict[str, Any]:
        """Codes of districts."""
        return {name: self.cleaned_data[name] for name in self.part.fields}


class NoticesForm(PartForm):
    """The notices that stand, each to be taken down, and a new one.

    What is taken down and what is added goes on top of whatever stands by then: so two editors
    at once both get theirs.
    """

    part = BY_SLUG["notices"]

    merges = True

    drop = CheckboxesField("Take down now", choices=[], required=False, look=Look(size="s"))
    begins = HiddenField(limit=40, required=False)
    text = LongTextField(
        "What do people need to know for now?",
        limit=NOTICE_LIMIT,
        required=False,
        hint="For example: Our telephones are down. If it cannot wait, ring 0161 496 0199.",
        look=Look(rows=2, size="s", count=True),
    )
    day = DateField(
        "Until which day?",
        required=False,
        hint="Leave it empty for today.",
        look=Look(size="s"),
    )
    clock = TextField(
        "Until what time?",
        limit=10,
        required=False,
        hint="For example 14:00. The notice then goes away by itself.",
        look=Look(width=5, size="s", autocomplete="off"),
    )
    visibility = RadiosField("Who reads it?", choices=_READ_BY, look=Look(inline=True, size="s"))

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        standing: Sequence[tuple[dict[str, str], str]] = (),
    ) -> None:
        super().__init__(data, initial=initial)
        self.standing = [notice for notice, _ in standing]
        words = [(notice_mark(notice), text) for notice, text in standing]
        drop = self.fields["drop"]
        drop.choices = words  # type: ignore[attr-defined]
        # One that is over by now is down already.
        drop.valid_value = lambda value: True  # type: ignore[attr-defined]

    def clean_begins(self) -> datetime:
        """When this form was opened, to the minute; so that sent again it is the same notice."""
        try:
            begins = datetime.fromisoformat(self.cleaned_data["begins"]).astimezone(UTC)
        except (ValueError, OverflowError):
            begins = now()
        return min(begins, now()).replace(second=0, microsecond=0)

    def clean(self) -> dict[str, Any]:
        """A text with an end that lies ahead, or no new notice at all."""
        given = self.cleaned_data
        if not given.get("text"):
            if "text" not in self.errors and (given.get("day") or given.get("clock")):
                self.add_error("text", "Write what people need to know.")
            return given
        if {"clock", "day"} & self.errors.keys():
            return given
        try:
            clock = clock_typed(given["clock"])
        except InvalidInput as wrong:
            said = wrong.sentence if given["clock"] else "Say until what time, like 14:00."
            self.add_error("clock", said)
            return given
        until = datetime.combine(given.get("day") or today(), clock, LONDON)
        if clock == MIDNIGHT:
            until += timedelta(days=1)
        given["until"] = until.astimezone(UTC)
        if given["until"] <= now():
            self.add_error("clock", f"{until:%H:%M} on that day is over: say a later end.")
        return given

    def changes(self) -> dict[str, Any]:
        """The notices that stay, and the new one."""
        given = self.cleaned_data
        notices = [one for one in self.standing if notice_mark(one) not in given["drop"]]
        if given.get("until"):
            new = NoticeFacts(
                given["text"], given["begins"], given["until"], Visibility(given["visibility"])
            )
            notices.append(notice_as_data(new))
        return {"notices": notices}


def notice_mark(notice: Mapping[str, str]) -> str:
    """A short mark by which a form names one notice."""
    text = "|".join(notice[name] for name in ("text", "from", "until", "visibility"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
