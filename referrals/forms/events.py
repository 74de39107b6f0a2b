"""The forms of triage: each with a one-time key and the version it was made from."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from portal.core.clock import today
from portal.ui.forms import (
    DateField,
    Form,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
)
from referrals.states import DECLINE_WORDS, WITHDRAW_WORDS, Audience


class EventForm(Form):
    """What every form about a referral carries unseen."""

    key = HiddenField(limit=64)
    version = HiddenField(limit=9)

    def clean_version(self) -> int:
        """The version as a number."""
        typed = self.cleaned_data["version"]
        if not (typed.isascii() and typed.isdigit()):
            raise ValidationError("Open this page again: a part of the form was lost.")
        return int(typed)


class WriteForm(EventForm):
    """A message to both sides, or for one's own team only."""

    body = LongTextField(
        "Write to both sides",
        limit=8000,
        missing="Write something first",
        look=Look(rows=3, size="s"),
    )
    audience = RadiosField(
        "Who reads it?",
        choices=[(Audience.BOTH, "Both sides"), (Audience.OWN_TEAM, "Only your own team")],
        initial=Audience.BOTH,
        look=Look(inline=True, small=True, hidden_label=True),
    )


class AnswerForm(EventForm):
    """The answer to the question that is open."""

    body = LongTextField(
        "Your answer", limit=8000, missing="Write your answer", look=Look(rows=4, size="s")
    )


def _in_two_days() -> date:
    return today() + timedelta(days=2)


class AskForm(EventForm):
    """A question, by when the answer is needed, and who is with the person until then."""

    body = LongTextField(
        "What do you need to know?",
        limit=8000,
        missing="Write your question",
        hint="The practice or ward sees this at once, and answers in the same thread.",
        look=Look(rows=4, size="s"),
    )
    until = DateField(
        "When do you need the answer?",
        hint="The clock is paused until it comes.",
        initial=_in_two_days,
        earliest=today,
        look=Look(size="s"),
    )
    with_person = LongTextField(
        "Who is with the person until then?",
        limit=500,
        missing="Say who is with the person until then",
        look=Look(rows=1, size="s"),
    )


class AcceptForm(EventForm):
    """A named worker of the team, or the waiting list with a date."""

    WAITING_LIST = "waiting-list"

    how = RadiosField(
        "Who will work with the person?",
        choices=[("worker", "A named worker"), (WAITING_LIST, "Nobody yet: the waiting list")],
        missing="Choose a named worker or the waiting list",
        look=Look(size="s"),
    )
    worker = SelectField("Named worker", choices=[], empty="Choose", required=False)
    waiting_until = DateField(
        "If on the waiting list: expected by",
        required=False,
        earliest=today,
        look=Look(size="s"),
    )
    words = LongTextField(
        "Anything the sender should know (optional)", required=False, look=Look(rows=3, size="s")
    )

    def __init__(self, *args: Any, workers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", "Choose"), *((str(i), n) for i, n in workers)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two, with what belongs to it."""
        data = super().clean() or self.cleaned_data
        if data.get("how") == "worker" and not data.get("worker"):
            self.add_error("worker", "Choose who will work with the person")
        missing = not data.get("waiting_until") and "waiting_until" not in self.errors
        if data.get("how") == self.WAITING_LIST and missing:
            self.add_error("waiting_until", "Enter the date by which you expect to begin")
        return data

    def chosen(self) -> tuple[int | None, date | None]:
        """(worker's user id, waiting-list date): exactly one of the two."""
        if self.cleaned_data["how"] == "worker":
            return int(self.cleaned_data["worker"]), None
        return None, self.cleaned_data["waiting_until"]


class DeclineForm(EventForm):
    """A coded reason and words."""

    reason = RadiosField(
        "Why do you decline it?",
        choices=list(DECLINE_WORDS.items()),
        missing="Choose a reason",
        look=Look(size="s"),
    )
    words = LongTextField(
        "In your own words: why, and what the sender can do now",
        missing="Say in your own words why, and what the sender can do now",
        look=Look(rows=4, size="s"),
    )


class RedirectForm(EventForm):
    """To which service, and why."""

    to_service = RadiosField(
        "Which service should have it?",
        choices=[],
        missing="Choose a service",
        look=Look(size="s"),
    )
    reason = LongTextField(
        "Why? The other service and the sender read this",
        missing="Say why you redirect it",
        look=Look(rows=3, size="s"),
    )

    def __init__(self, *args: Any, services: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_service"].choices = services  # type: ignore[attr-defined]


class WithdrawForm(EventForm):
    """A coded reason; words where it is another one."""

    reason = RadiosField(
        "Why do you withdraw it?",
        choices=list(WITHDRAW_WORDS.items()),
        missing="Choose a reason",
        look=Look(size="s"),
    )
    words = LongTextField(
        "Anything the team should know (optional)", required=False, look=Look(rows=3, size="s")
    )


class CloseForm(EventForm):
    """How it ended, in a line."""

    words = LongTextField("How did it end? (optional)", required=False, look=Look(rows=3, size="s"))
