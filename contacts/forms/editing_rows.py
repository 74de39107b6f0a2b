"""The parts of an entry that are several: ways to reach it, days, districts, notices."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.forms.utils import ErrorDict

from contacts.forms.editing import PartForm
from contacts.hours_text import openings_typed
from contacts.parts import BY_SLUG
from contacts.rules import (
    MOST_CONTACTS,
    ContactFacts,
    check_contact,
    check_no_overlap,
)
from contacts.states import (
    CHANNEL_WORDS,
    Channel,
    Visibility,
    choices,
)
from contacts.whole import openings_as_data
from portal.core.refused import InvalidInput
from portal.ui.forms import (
    ErrorLink,
    Form,
    Look,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    error_list,
)
from portal.worktime.words import WEEKDAYS

_SEEN_BY = [
    (Visibility.PUBLIC, "Everybody"),
    (Visibility.PROFESSIONAL, "Signed-in colleagues"),
    (Visibility.PROTECTED, "Nobody: protected"),
]
DAYS = tuple(day.lower() for day in WEEKDAYS)


class ContactRow(Form):
    """One way to reach a service. Without a number or address it is no row."""

    value = TextField(
        "Number or address",
        limit=200,
        required=False,
        look=Look(autocomplete="off", spellcheck=False),
    )
    kind = SelectField("What it is", choices=choices(CHANNEL_WORDS), empty="")
    visibility = SelectField("Who sees it", choices=_SEEN_BY, empty="")
    label = TextField(
        "What it is for, if not plain", limit=80, required=False, look=Look(autocomplete="off")
    )

    def quiet(self) -> None:
        """Show what was typed again without saying what is wrong with it."""
        self._errors = ErrorDict()

    def clean(self) -> dict[str, Any]:
        """The shape of a number, an address, a page; what is typed is kept as typed."""
        given = self.cleaned_data
        if given.get("value") and given.get("kind"):
            try:
                check_contact(ContactFacts(Channel(given["kind"]), given["value"]))
            except InvalidInput as wrong:
                self.add_error("value", wrong.sentence)
        return given


class ReachForm(PartForm):
    """The ways to reach a service, in the order of the page: the first telephone number leads."""

    part = BY_SLUG["reach"]

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        if data is None:
            rows = [
                {"kind": kind, "value": value, "label": label, "visibility": visibility}
                for kind, value, label, visibility in self.initial.get("contacts", [])
            ]
            new = {"kind": Channel.TELEPHONE, "visibility": Visibility.PUBLIC}
            self.rows = [
                ContactRow(initial=row, prefix=f"contact-{place}")
                for place, row in enumerate([*rows, new])
            ]
        else:
            self.rows = [ContactRow(data, prefix=f"contact-{n}") for n in rows_in(data)]

    def is_valid(self) -> bool:
        """Itself and every row."""
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    def quiet(self) -> None:
        """Itself and every row."""
        super().quiet()
        for row in self.rows:
            row.quiet()

    def all_errors(self) -> list[ErrorLink]:
        """Its own and those of every row."""
        return error_list(self, *self.rows)

    def clean(self) -> dict[str, Any]:
        """No contact twice."""
        seen = set()
        for row in self.rows:
            if row.is_valid() and row.cleaned_data["value"]:
                key = row.cleaned_data["kind"], row.cleaned_data["value"]
                if key in seen:
                    row.add_error("value", f"{key[1]} is there twice: remove one of them.")
                seen.add(key)
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        """The rows that say something."""
        rows = (row.cleaned_data for row in self.rows)
        return {
            "contacts": [
                [one["kind"], one["value"], one["label"], one["visibility"]]
                for one in rows
                if one["value"]
            ]
        }


def rows_in(data: Mapping[str, Any]) -> list[int]:
    """The numbers of the rows in what was sent, in order; no more than may be."""
    found = {int(m[1]) for name in data if (m := re.fullmatch(r"contact-(\d{1,2})-value", name))}
    return sorted(found)[: MOST_CONTACTS + 1]


class HoursForm(PartForm):
    """The week, one line a day; bank holidays; whom to ring while it is closed."""

    part = BY_SLUG["hours"]

    always_open = TickField("Open day and night, on every day")
    closed_on_bank_holidays = RadiosField(
        "On bank holidays it is",
        choices=[("closed", "Closed"), ("open", "Open as on other days")],
        look=Look(inline=True, size="s"),
    )
    out_of_hours = SelectField(
        "Whom to ring while it is closed",
        choices=[],
        empty="Nobody is named",
        required=False,
        look=Look(size="s"),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        instead: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["out_of_hours"]
        field.choices = [*field.choices[:1], *instead]  # type: ignore[attr-defined]
        for day in WEEKDAYS:
            self.fields[day.lower()] = TextField(
                day,
                limit=120,
                required=False,
                look=Look(width=20, autocomplete="off", spellcheck=False),
            )

    def clean(self) -> dict[str, Any]:
        """Every day can be read, nothing overlaps, and always open says it all."""
        given = self.cleaned_data
        given["openings"] = []
        for weekday, day in enumerate(DAYS):
            try:
                openings = openings_typed(given.get(day, ""), weekday)
                check_no_overlap(openings)
            except InvalidInput as wrong:
                self.add_error(day, wrong.sentence)
            else:
                given["openings"] += openings
        if given.get("always_open") and given["openings"]:
            self.add_error(
                "always_open",
                "A service that is always open has no opening hours beside that: empty the days,"
                " or take the tick away.",
            )
        return given

    def changes(self) -> dict[str, Any]:
        """The openings and what goes with them."""
        given = self.cleaned_data
        return {
            "openings": openings_as_data(given["openings"]),
            "always_open": given["always_open"],
            "closed_on_bank_holidays": given["closed_on_bank_holidays"] == "closed",
            "out_of_hours": given["out_of_hours"],
        }
