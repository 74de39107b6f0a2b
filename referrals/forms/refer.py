"""The six answers on one page. Nothing else is required, ever."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError

from contacts.postcodes import parse_postcode
from portal.core.clock import today
from portal.core.refused import InvalidInput
from portal.ui.forms import (
    DateField,
    ErrorLink,
    Form,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
)
from portal.ui.forms import error_list as form_error_list
from referrals.actions.send import Answers, PersonDetails
from referrals.nhs_number import compact, what_is_wrong
from referrals.states import AGREEMENT_WORDS, Agreement, Urgency

# The words of the page: more than the bare name of the urgency.
_URGENCY_CHOICES = [
    (Urgency.ROUTINE, "Routine"),
    (Urgency.THIS_WEEK, "This week"),
    (Urgency.TODAY, "Today: I will ring as well"),
]
POINTS = ("point_1", "point_2", "point_3")


class ReferForm(Form):
    """Who, what to sort out, why now and how urgent, who is with them, agreement, call-back."""

    person_name = TextField("Name", missing="Enter the person's name", look=Look(width=30))
    born_on = DateField(
        "Date of birth",
        required=False,
        earliest=date(1880, 1, 1),
        latest=today,
    )
    nhs_number = TextField(
        "NHS number", required=False, limit=40, look=Look(width=20, inputmode="numeric")
    )
    address = TextField("Address", required=False, limit=300)
    postcode = TextField("Postcode", required=False, limit=20, look=Look(width=10))
    telephone = TextField(
        "Telephone", required=False, limit=60, look=Look(width=20, inputmode="tel")
    )
    point_1 = LongTextField("First point", required=False, limit=8000, look=Look(rows=2))
    point_2 = LongTextField("Second point", required=False, limit=8000, look=Look(rows=1))
    point_3 = LongTextField("Third point", required=False, limit=8000, look=Look(rows=1))
    urgency = RadiosField(
        "How urgent is it?",
        choices=_URGENCY_CHOICES,
        missing="Choose how urgent it is",
        look=Look(inline=True, hidden_label=True),
    )
    why_now = LongTextField(
        "Why now?",
        limit=8000,
        missing="Say why you refer now",
        look=Look(rows=2),
    )
    with_person = TextField(
        "Who is with the person today?",
        limit=500,
        missing="Say who is with the person today, or that nobody is",
        hint="For example: husband, 87. Or: nobody, lives alone.",
        look=Look(size="s", heading=2),
    )
    agreement = RadiosField(
        "Does the person know and agree?",
        choices=list(AGREEMENT_WORDS.items()),
        missing="Say whether the person knows and agrees",
        look=Look(inline=True, hidden_label=True),
    )
    agreement_note = LongTextField(
        "If they object or lack capacity: why do you refer all the same?",
        required=False,
        look=Look(rows=2),
    )
    call_back = TextField(
        "Where can they ring you?",
        missing="Enter a number and when to ring, or where else they reach you",
        hint="A number and when it suits you, for example between surgeries.",
        look=Look(size="s", heading=2, autocomplete="tel"),
    )
    for_clinician = SelectField(
        "Prepared for", choices=[], empty="Nobody in particular", required=False
    )
    version = HiddenField(required=False)

    def __init__(
        self, *args: Any, clinicians: list[tuple[int, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if clinicians:
            field = cast(SelectField, self.fields["for_clinician"])
            field.choices = [("", "Nobody in particular"), *((str(i), n) for i, n in clinicians)]
        else:
            del self.fields["for_clinician"]

    def clean_nhs_number(self) -> str:
        """Ten digits with the right check digit, or empty."""
        typed = self.cleaned_data["nhs_number"]
        if typed and (wrong := what_is_wrong(typed)):
            raise ValidationError(wrong)
        return compact(typed)

    def clean_postcode(self) -> str:
        """A postcode in its written form, or empty; it need not be one that we know."""
        typed = self.cleaned_data["postcode"]
        if not typed:
            return ""
        try:
            return parse_postcode(typed).display
        except InvalidInput as wrong:
            raise ValidationError(wrong.sentence) from wrong

    def clean(self) -> dict[str, Any]:
        """At least one point; a reason where the person objects or lacks capacity."""
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in POINTS) and not any(p in self.errors for p in POINTS):
            self.add_error("point_1", "Say at least one thing you want sorted out")
        agreement = data.get("agreement")
        if agreement and agreement != Agreement.AGREES and not data.get("agreement_note"):
            self.add_error(
                "agreement_note",
                "Say why this is in the person's best interests"
                if agreement == Agreement.BEST_INTERESTS
                else "Say why you refer although the person objects",
            )
        return data

    def error_list(self) -> list[ErrorLink]:
        """The summary's lines."""
        return form_error_list(self)

    def answers(self, body: dict[str, Any] | None = None) -> Answers:
        """What was typed, checked, as the action takes it. Only for a valid form.

        `body` is what a program sent, so that its key cannot be used for something else.
        """
        data = self.cleaned_data
        clinician = data.get("for_clinician")
        return Answers(
            person=PersonDetails(
                name=data["person_name"],
                born_on=data["born_on"],
                nhs_number=data["nhs_number"],
                address=data["address"],
                postcode=data["postcode"],
                telephone=data["telephone"],
            ),
            points=[data[name] for name in POINTS],
            urgency=Urgency(data["urgency"]),
            why_now=data["why_now"],
            with_person=data["with_person"],
            agreement=data["agreement"],
            agreement_note=data["agreement_note"],
            call_back=data["call_back"],
            for_clinician_id=int(clinician) if clinician else None,
            body=body or {},
        )


def typed_in(data: Mapping[str, str]) -> dict[str, str]:
    """The form's own inputs as they were typed, for a draft: no token, no version, no button."""
    names = {name for name in ReferForm.base_fields if name != "version"}
    dates = {f"born_on-{part}" for part in ("day", "month", "year")}
    return {name: data[name] for name in sorted(names | dates) if data.get(name, "") != ""}


def initial_from(typed: Mapping[str, str]) -> dict[str, Any]:
    """A draft's inputs as the form's initial values; a half-typed date stays half typed."""
    return {
        name: field.widget.value_from_datadict(typed, {}, name)
        for name, field in ReferForm.base_fields.items()
    }
