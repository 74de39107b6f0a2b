"""Asking for a visit: whom, what to see, how long; then one of the times that fit."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from meetings.actions.arrange import Invited
from meetings.colleagues import Colleague
from meetings.forms.booking import ButtonForm
from meetings.presenters.times import long_when
from meetings.visiting import TO_SEE
from portal.ui.forms import (
    Form,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
)
from portal.worktime.states import SessionKind

_LENGTHS = [("30", "half an hour"), ("60", "an hour"), ("120", "two hours")]
Times = Sequence[tuple[datetime, datetime]]


class StartField(RadiosField):
    """One of the times that are offered, as a moment."""

    def __init__(self, times: Times, **kwargs: Any) -> None:
        choices = [(mark_of(start), long_when(start, end)) for start, end in times]
        super().__init__(
            "When?",
            choices=choices,
            missing="Choose one of the times",
            look=Look(size="s"),
            **kwargs,
        )


def mark_of(start: datetime) -> str:
    """How a form knows a time."""
    return start.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


class _WithStart(Form):
    """A form with a choice among times; without any, nothing can be chosen."""

    def offer(self, times: Times) -> None:
        """Let one of these be chosen. One that is not offered is refused where it is acted on."""
        self.fields["start"] = StartField(times)

    def moment(self) -> datetime:
        """The chosen moment."""
        return datetime.strptime(self.cleaned_data["start"], "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)


class VisitForm(_WithStart):
    """`people` are those of the other team; `start` is there once times have been looked for."""

    key = HiddenField(limit=64)
    kind = RadiosField(
        "What would you like to see?",
        choices=[(kind.value, words) for kind, words in TO_SEE.items()],
        missing="Choose what you would like to see",
        look=Look(size="s", small=True),
    )
    minutes = SelectField(
        "For how long?", choices=_LENGTHS, empty="", initial="60", look=Look(size="s")
    )
    words = LongTextField(
        "What are you curious about? (optional)",
        limit=1000,
        required=False,
        hint="Your host reads it. Name nobody whom either of you looks after.",
        look=Look(rows=2, size="s"),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Sequence[Colleague],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.known = {one.key: one for one in people}
        self.fields["host"] = SelectField(
            "Whom would you like to visit?",
            choices=[(one.key, one.name_and_job) for one in people],
            empty="Choose",
            missing="Choose whom you would like to visit",
            look=Look(size="s"),
        )
        self.order_fields(["key", "host", "kind", "minutes", "words", "start"])

    def clean_host(self) -> Colleague:
        """The colleague who was chosen."""
        found = self.known.get(self.cleaned_data["host"])
        if found is None:
            raise ValidationError("Choose whom you would like to visit")
        return found

    @property
    def asked(self) -> dict[str, Any]:
        """Whose time is looked at, for what."""
        return {
            "host_id": self.cleaned_data["host"].user_id,
            "kind": SessionKind(self.cleaned_data["kind"]),
            "minutes": int(self.cleaned_data["minutes"]),
        }

    def given(self) -> dict[str, Any]:
        """What the action takes, but for the teams."""
        host = self.cleaned_data["host"]
        return {
            "host": Invited(host.user_id, host.team_id),
            "kind": SessionKind(self.cleaned_data["kind"]),
            "minutes": int(self.cleaned_data["minutes"]),
            "words": self.cleaned_data["words"],
            "key": self.cleaned_data["key"],
            "start": self.moment(),
        }


class VisitAgainForm(ButtonForm, _WithStart):
    """Another time for a visit that is asked for already."""


class VisitSayForm(ButtonForm):
    """What the host says."""

    words = LongTextField(
        "What would suit you better? (optional)",
        limit=500,
        required=False,
        look=Look(rows=2, size="s"),
    )
