"""The parts of an entry as forms: each with a one-time key and the version it was made from."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from contacts.parts import BY_SLUG, FIELD_NAMES, Part
from contacts.rules import LIMITS, LONGEST_LINE, MOST_LINES
from contacts.standards import exact_words, minutes_typed
from contacts.states import KIND_WORDS, choices
from portal.core.refused import InvalidInput
from portal.ui.forms import (
    ErrorLink,
    Form,
    HiddenField,
    HiddenNumberField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    error_list,
)
from portal.worktime.hours import WeeklyHours

MINE, THEIRS = "mine", "theirs"
_LIST_HINT = f"One on each line, {MOST_LINES} lines at most."


class EntryForm(Form):
    """What every form about an entry carries unseen."""

    key = HiddenField(limit=64)
    version = HiddenNumberField()


class PartForm(EntryForm):
    """One part of an entry. `changes()` are the fields of a whole (contacts/whole.py) it says.

    After a clash, the fields that two have changed come with a question each: whose text stays.
    """

    part: Part
    # Its changes are made from what stands now, not from what stood when it was opened.
    merges = False

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        clashing = data.getlist("clash") if data is not None else []
        self.clashing = [name for name in self.part.fields if name in clashing]
        self.ask_about(self.clashing)

    def ask_about(self, fields: Sequence[str]) -> None:
        """Ask for each of these fields whose text stays."""
        self.clashing = list(fields)
        for name in fields:
            self.fields[f"take-{name}"] = RadiosField(
                f"{FIELD_NAMES[name]}: which one stays?",
                choices=[
                    (THEIRS, "The one that is there now"),
                    (MINE, "Mine, as it stands below"),
                ],
                look=Look(size="s", inline=True),
            )

    def wanted(self) -> dict[str, Any]:
        """The changes, less those fields in which the other's text stays."""
        theirs = [n for n in self.clashing if self.cleaned_data.get(f"take-{n}") == THEIRS]
        return {name: value for name, value in self.changes().items() if name not in theirs}

    def changes(self) -> dict[str, Any]:
        """The fields of a whole that were typed here; of a valid form."""
        raise NotImplementedError

    def typed(self) -> dict[str, str]:
        """What was typed, whatever stands beside it: the same once more is the same change."""
        return {name: str(self.cleaned_data.get(name)) for name in self.own_fields()} | {
            "wanted": "" if self.merges else str(sorted(self.wanted().items()))
        }

    def quiet(self) -> None:
        """Show what was typed again without saying what is wrong with it: it is not done yet."""
        self._errors = ErrorDict()

    def all_errors(self) -> list[ErrorLink]:
        """What the page's error summary says."""
        return error_list(self)

    def own_fields(self) -> list[str]:
        """The names of the fields that this part asks for, in order."""
        return [n for n in self.fields if n not in ("key", "version") and "take-" not in n]


def as_lines(text: str) -> list[str]:
    """Every line that is not empty, without the dash or dot that lists are pasted with."""
    found = (line.strip().lstrip("•–-*").strip() for line in text.split("\n"))
    return [line for line in found if line]


def _lines_field(label: str) -> LongTextField:
    return LongTextField(
        label,
        limit=MOST_LINES * (LONGEST_LINE + 2),
        required=False,
        hint=_LIST_HINT,
        look=Look(rows=4, size="s"),
    )


def _checked_lines(text: str) -> list[str]:
    found = as_lines(text)
    if len(found) > MOST_LINES:
        raise ValidationError(f"{MOST_LINES} lines at most: this has {len(found)}.")
    for line in found:
        if len(line) > LONGEST_LINE:
            raise ValidationError(
                f"A line has {LONGEST_LINE} characters at most: “{line[:30]}…” has {len(line)}."
            )
    return found


class AboutForm(PartForm):
    """What the service is."""

    part = BY_SLUG["about"]

    name = TextField(
        "Name of the service",
        limit=LIMITS["name"],
        missing="Enter the name of the service.",
        look=Look(size="s"),
    )
    kind = SelectField(
        "Kind of service",
        choices=choices(KIND_WORDS),
        missing="Choose what kind of service it is",
        look=Look(size="s"),
    )
    summary = LongTextField(
        "In one or two sentences",
        limit=LIMITS["summary"],
        required=False,
        hint="For whom it is, in words that both professions use. Everybody reads it: never write"
        " where a refuge is, or where one person lives.",
        look=Look(rows=3, size="s", count=True),
    )
    is_single_point_of_access = TickField(
        "Show it among the first answers to “Who to contact”",
        hint="For single points of access. Other entries are found by searching the directory.",
    )

    def changes(self) -> dict[str, Any]:
        """Name, kind, summary, and whether it is a first answer."""
        return {name: self.cleaned_data[name] for name in self.part.fields}


class NeedsForm(PartForm):
    """What is for the service, and what it needs to know."""

    part = BY_SLUG["needs"]

    what_it_needs = _lines_field("What they need to know")
    what_it_does_not_do = _lines_field("What they do not do, and who does")
    ring_first = LongTextField(
        "When to ring first",
        limit=LIMITS["ring_first"],
        required=False,
        hint="For example: Ring before you write when somebody may not be safe tonight.",
        look=Look(rows=2, size="s"),
    )
    threshold = LongTextField(
        "Threshold",
        limit=LIMITS["threshold"],
        required=False,
        hint="For safeguarding: when it is for them, as your Safeguarding Adults Board has it.",
        look=Look(rows=4, size="s"),
    )

    def clean_what_it_needs(self) -> list[str]:
        """As a list."""
        return _checked_lines(self.cleaned_data["what_it_needs"])

    def clean_what_it_does_not_do(self) -> list[str]:
        """As a list."""
        return _checked_lines(self.cleaned_data["what_it_does_not_do"])

    def changes(self) -> dict[str, Any]:
        """The two lists and the two texts."""
        return {name: self.cleaned_data[name] for name in self.part.fields}


class ReferralsForm(PartForm):
    """How it takes referrals, who reads them, and how soon they are answered."""

    part = BY_SLUG["referrals"]

    how_it_takes_referrals = LongTextField(
        "How it takes referrals",
        limit=LIMITS["how_it_takes_referrals"],
        required=False,
        hint="For example: Refer here. Ring when it is for today.",
        look=Look(rows=2, size="s"),
    )
    receiving_team = SelectField(
        "Which team reads referrals sent here?",
        choices=[],
        empty="None: referrals are not taken here",
        required=False,
        look=Look(size="s"),
    )
    routine = TextField(
        "Routine",
        limit=40,
        required=False,
        hint="For example 2 working days, or 4 hours.",
        look=Look(width=20),
    )
    this_week = TextField("This week", limit=40, required=False, look=Look(width=20))
    today = TextField("Today", limit=40, required=False, look=Look(width=20))
    times = ("routine", "this_week", "today")

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        teams: Sequence[tuple[str, str]] = (),
        hours: WeeklyHours,
    ) -> None:
        super().__init__(data, initial=initial)
        self.hours = hours
        field = self.fields["receiving_team"]
        field.choices = [*field.choices[:1], *teams]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """All three times or none, and all where a team reads referrals."""
        given = self.cleaned_data
        typed = [name for name in self.times if given.get(name)]
        for name in self.times:
            if (typed or given.get("receiving_team")) and not given.get(name):
                words = self.fields[name].label
                if name not in self.errors:
                    self.add_error(name, f"Say how soon “{words}” is answered.")
            elif given.get(name):
                try:
                    given[f"{name}_minutes"] = minutes_typed(given[name], self.hours)
                except InvalidInput as wrong:
                    self.add_error(name, wrong.sentence)
        return given

    def changes(self) -> dict[str, Any]:
        """The words, the team and the minutes."""
        given = self.cleaned_data
        minutes = [given.get(f"{name}_minutes") for name in self.times]
        return {
            "how_it_takes_referrals": given["how_it_takes_referrals"],
            "receiving_team": int(given["receiving_team"]) if given["receiving_team"] else None,
            "standards": minutes if all(minutes) else None,
        }


def standards_as_typed(standards: Sequence[int] | None, hours: WeeklyHours) -> dict[str, str]:
    """The minutes as they stand in the three boxes."""
    if not standards:
        return {}
    words = [exact_words(minutes, hours) for minutes in standards]
    return dict(zip(ReferralsForm.times, words, strict=True))
