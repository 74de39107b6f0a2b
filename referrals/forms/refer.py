"""The six answers on one page. Nothing else is required, ever."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError

from contacts.postcodes import parse_postcode
from portal.core.clock import now, today
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
from portal.ui.said import bare, said
from referrals.actions.send import Answers, PersonDetails
from referrals.banner import LONGEST
from referrals.letters import LETTER_AT_MOST
from referrals.nhs_number import compact, what_is_wrong
from referrals.ringing import rung
from referrals.states import AGREEMENT_WORDS, URGENCY_WORDS, Agreement, Urgency

# The words of the page: more than the bare name of the urgency.
URGENCY_CHOICES = [
    (Urgency.ROUTINE, "Routine"),
    (Urgency.THIS_WEEK, "This week"),
    (Urgency.TODAY, "Today: I will ring as well"),
]
POINTS = ("point_1", "point_2", "point_3")
# What every answer but the points is called in a message, in its order; what is left is the
# person's, by its own label.
_ADDED = {
    "why_now": "Why now",
    "letter": "Letter",
    "with_person": "With the person today",
    "urgency": "How urgent",
    "rung_whom": "Rung",
    "rung_at": "Rung when",
    "agreement": "Does the person know and agree",
    "agreement_note": "Why all the same",
    "call_back": "Ring",
    "for_clinician": "Prepared for",
}
# With no more than this there is nothing to add: it only says who it is.
_ONLY_WHO = {"person_name", "born_on", "nhs_number", "postcode", "for_clinician"}
# What an answer that is not there yet is called among the errors.
MISSING = ("required", "missing")


class BannerForm(Form):
    """The banner of a record, pasted to be read; it is not kept."""

    banner = LongTextField(
        "Paste the banner of the record",
        required=False,
        limit=LONGEST,
        hint="The line with name, birth date and NHS number. What is found is filled in below.",
        look=Look(rows=2, spellcheck=False),
    )


class ReferForm(Form):
    """Who, what to sort out, why now and how urgent, who is with them, agreement, call-back."""

    person_name = TextField("Name", missing="Enter the person's name", look=Look(width=30))
    born_on = DateField(
        "Date of birth",
        required=False,
        earliest=date(1880, 1, 1),
        latest=today,
        too_late="The date of birth cannot be in the future",
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
    letter = LongTextField(
        "Your letter",
        required=False,
        limit=LETTER_AT_MOST,
        hint="The whole text. Then the points above can stay empty.",
        look=Look(rows=8),
    )
    urgency = RadiosField(
        "How urgent is it?",
        choices=URGENCY_CHOICES,
        missing="Choose how urgent it is",
        look=Look(inline=True, hidden_label=True),
    )
    why_now = LongTextField(
        "Why now?",
        limit=8000,
        missing="Say why you refer now",
        look=Look(rows=2),
    )
    rung_whom = TextField(
        "Whom have you rung?",
        required=False,
        limit=150,
        hint="Nobody yet? Leave it empty: the next page says whom to ring.",
        look=Look(width=20),
    )
    rung_at = TextField(
        "When?", required=False, limit=40, hint="For example 14:05", look=Look(width=10)
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
    seen_open = HiddenField(required=False, limit=400)

    def __init__(
        self, *args: Any, clinicians: Sequence[tuple[int, str]] = (), **kwargs: Any
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
        """At least one point, or a letter; a reason where the person objects or lacks capacity."""
        data = super().clean() or self.cleaned_data
        asked = (*POINTS, "letter")
        if not any(data.get(name) or name in self.errors for name in asked):
            self.miss("point_1", "Say at least one thing you want sorted out, or paste a letter")
        agreement = data.get("agreement")
        if agreement and agreement != Agreement.AGREES and not data.get("agreement_note"):
            self.miss(
                "agreement_note",
                "Say why this is in the person's best interests"
                if agreement == Agreement.BEST_INTERESTS
                else "Say why you refer although the person objects",
            )
        return data

    def miss(self, name: str, sentence: str) -> None:
        """Say that an answer is not there yet: nothing that is typed is wrong."""
        self.add_error(name, ValidationError(sentence, code="missing"))

    def say_only(self, name: str | None, sentence: str) -> None:
        """This and nothing else is wrong: what is not asked for may be missing."""
        self.errors.clear()
        self.add_error(name, ValidationError(sentence, code="missing"))

    def is_usable(self) -> bool:
        """Whether what is there can be kept, though answers may be missing."""
        codes = [error.code for errors in self.errors.as_data().values() for error in errors]
        return all(code in MISSING for code in codes)

    def words_to_add(self, known: Collection[str] = ()) -> str:
        """What is new, for the thread of a referral that is open: labels and text, of any length.

        Every answer that is there, since the draft is emptied; "" where it only says who it is.
        Where answers are `known` (bare), all others are new, whatever they are.
        """
        found = {
            one.name: one for one in said(self.fields, self.data) if bare(one.words) not in known
        }
        if not known and not found.keys() - _ONLY_WHO:
            return ""
        points = [found.pop(name).words for name in POINTS if name in found]
        parts = [("To sort out", "\n".join(f"{i}. {text}" for i, text in enumerate(points, 1)))]
        if "urgency" in found and self.is_urgent():
            found["urgency"] = found["urgency"]._replace(words=URGENCY_WORDS[Urgency.TODAY])
        parts += [(label, found.pop(name).words) for name, label in _ADDED.items() if name in found]
        about = "\n".join(f"{one.label}: {one.words}" for one in found.values())
        return "\n\n".join(
            f"{label}: {text}" if "\n" not in text else f"{label}:\n{text}"
            for label, text in [*parts, ("About the person", about)]
            if text
        )

    def is_urgent(self) -> bool:
        """Whether it is for today."""
        return bool(self.cleaned_data.get("urgency") == Urgency.TODAY)

    def error_list(self) -> list[ErrorLink]:
        """The summary's lines."""
        return form_error_list(self)

    def answers(self, body: dict[str, Any] | None = None) -> Answers:
        """What was typed, checked, as the action takes it. Only for a valid form.

        `body` is what a program sent, so that its key cannot be used for something else.
        """
        data = self.cleaned_data
        clinician = data.get("for_clinician")
        whom, rung_at = self._rung()
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
            letter=data["letter"],
            rung_whom=whom,
            rung_at=rung_at,
            for_clinician_id=int(clinician) if clinician else None,
            body=body or {},
        )

    def _rung(self) -> tuple[str, datetime | None]:
        """Whom and when, for what is urgent."""
        return rung(self.cleaned_data["rung_whom"], self.cleaned_data["rung_at"], now())


# Hidden fields of the page itself.
UNKEPT = {"version", "seen_open"}


def typed_in(data: Mapping[str, str]) -> dict[str, str]:
    """The form's own inputs as they were typed, for a draft: no token, no version, no button."""
    names = ReferForm.base_fields.keys() - UNKEPT
    dates = {f"born_on-{part}" for part in ("day", "month", "year")}
    return {name: data[name] for name in sorted(names | dates) if data.get(name, "") != ""}


def initial_from(typed: Mapping[str, str]) -> dict[str, Any]:
    """A draft's inputs as the form's initial values; a half-typed date stays half typed."""
    return {
        name: field.widget.value_from_datadict(typed, {}, name)
        for name, field in ReferForm.base_fields.items()
    }
