"""The forms of triage: each with a one-time key and the version it was made from."""

from datetime import date, datetime, timedelta
from typing import Any

from portal.core.clock import today
from portal.core.numbers import typed_number
from portal.ui.forms import (
    DateField,
    Form,
    HiddenField,
    HiddenNumberField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
)
from referrals.states import (
    CLOSE_WORDS,
    DECLINE_WORDS,
    HOSPITAL_REASONS,
    WITHDRAW_WORDS,
    Audience,
)


class EventForm(Form):
    """What every form about a referral carries unseen."""

    key = HiddenField(limit=64)
    version = HiddenNumberField()
    made = HiddenField(limit=40, required=False)

    def given(self) -> dict[str, Any]:
        """What the action takes: all that was typed, with key and version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "made"}

    @property
    def made_at(self) -> datetime | None:
        """When the page with this form was made; None where nobody can say."""
        try:
            moment = datetime.fromisoformat(str(self["made"].value() or ""))
        except ValueError:
            return None
        return moment if moment.tzinfo else None


class WriteForm(EventForm):
    """A message to both sides, or for one's own team only."""

    body = LongTextField(
        "Write a message",
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
    """The answer to one question: the one that was open when the page was made."""

    question = HiddenField(limit=19, required=False)
    body = LongTextField(
        "Your answer", limit=8000, missing="Write your answer", look=Look(rows=4, size="s")
    )

    def clean_question(self) -> int:
        """The question's number; 0, nobody's, for what is none."""
        return typed_number(self.cleaned_data["question"]) or 0

    def put_to(self, question: int) -> None:
        """Sent again, what was typed answers the question that the reader sees now."""
        self.data = {**self.data.dict(), "question": str(question)}  # type: ignore[attr-defined]


_FRIDAY = 4


def _in_two_days() -> date:
    """The day after tomorrow; Monday where that is a weekend."""
    day = today() + timedelta(days=2)
    return day + timedelta(days=7 - day.weekday() if day.weekday() > _FRIDAY else 0)


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
        hint="Then fill in the one line below that goes with it; the other is not used.",
        missing="Choose a named worker or the waiting list",
        look=Look(size="s"),
    )
    worker = SelectField("With a named worker: who?", choices=[], empty="Choose", required=False)
    waiting_until = DateField(
        "On the waiting list: expected by when?",
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
        if data.get("how") == "worker" and "waiting_until" in self.errors:
            del self.errors["waiting_until"]  # the other is not used
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
        hint="Where the person lives is no reason: redirect it to the other council's service.",
        choices=list(DECLINE_WORDS.items()),
        missing="Choose a reason",
        look=Look(size="s"),
    )
    words = LongTextField(
        "In your own words: why, and what the sender can do now",
        missing="Say in your own words why, and what the sender can do now",
        look=Look(rows=4, size="s"),
    )


class HandBackForm(EventForm):
    """Why the second team does not take it on."""

    words = LongTextField(
        "Why does your team not take it on?",
        hint="The first team and the sender read this. Say who could help, where you know.",
        missing="Say why your team does not take it on",
        look=Look(rows=4, size="s"),
    )


class WithdrawForm(EventForm):
    """A coded reason; words where it is another one. A ward has reasons of its own."""

    reason = RadiosField(
        "Why do you withdraw it?",
        choices=list(WITHDRAW_WORDS.items()),
        missing="Choose a reason",
        look=Look(size="s"),
    )
    words = LongTextField(
        "Anything the team should know (optional)", required=False, look=Look(rows=3, size="s")
    )

    def __init__(self, *args: Any, from_hospital: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not from_hospital:
            self.fields["reason"].choices = [  # type: ignore[attr-defined]
                (code, words)
                for code, words in WITHDRAW_WORDS.items()
                if code not in HOSPITAL_REASONS
            ]


class CloseForm(EventForm):
    """A coded reason; the side that waits says in words why."""

    reason = RadiosField(
        "Why is it closed?",
        choices=list(CLOSE_WORDS.items()),
        missing="Choose why it is closed",
        look=Look(size="s"),
    )
    words = LongTextField("How did it end? (optional)", required=False, look=Look(rows=3, size="s"))

    def __init__(self, *args: Any, by_sender: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_sender:
            self.fields["words"].label = "Why? The team that has a place for the person reads this"


class ReopenForm(EventForm):
    """Why what had ended goes on."""

    words = LongTextField(
        "Why is it reopened?",
        hint="The other side reads this.",
        missing="Say why it is reopened",
        look=Look(rows=4, size="s"),
    )
