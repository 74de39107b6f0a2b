"""What programs send and get. The same checks as the page: one form, one set of rules."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from referrals.forms.refer import POINTS, ReferForm
from referrals.letters import LETTER_AT_MOST
from referrals.states import (
    AGREEMENT_WORDS,
    CLOSE_WORDS,
    DECLINE_WORDS,
    STATUS_WORDS,
    URGENCY_WORDS,
    WITHDRAW_WORDS,
    Audience,
    Event,
    Voice,
)


class PersonIn(serializers.Serializer[Any]):
    """Who it is about; only the name is needed."""

    name = serializers.CharField(max_length=200)
    born_on = serializers.DateField(required=False, allow_null=True)
    nhs_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    address = serializers.CharField(required=False, allow_blank=True, max_length=300)
    postcode = serializers.CharField(required=False, allow_blank=True, max_length=20)
    telephone = serializers.CharField(required=False, allow_blank=True, max_length=60)


class ReferralIn(serializers.Serializer[Any]):
    """The six answers, the service, and (where one has several) the sending team."""

    service = serializers.CharField(max_length=20, help_text="Reference of a directory entry.")
    team = serializers.IntegerField(required=False, help_text="Sending team, where several.")
    person = PersonIn()
    points = serializers.ListField(
        child=serializers.CharField(max_length=8000),
        max_length=3,
        required=False,
        help_text="One to three; none are needed with a letter.",
    )
    letter = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LETTER_AT_MOST,
        help_text="A letter already written, whole, in place of the points.",
    )
    urgency = serializers.ChoiceField(choices=list(URGENCY_WORDS.items()))
    why_now = serializers.CharField(max_length=8000)
    with_person = serializers.CharField(max_length=500)
    agreement = serializers.ChoiceField(choices=list(AGREEMENT_WORDS.items()))
    agreement_note = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    call_back = serializers.CharField(max_length=200)
    rung_whom = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=150,
        help_text="Whom the sender has rung, where it is urgent; empty: nobody yet.",
    )
    rung_at = serializers.DateTimeField(required=False, allow_null=True)


def form_of(given: Mapping[str, Any]) -> ReferForm:
    """The page's form with the answers of a ReferralIn: its checks are the only ones."""
    person = given["person"]
    there = {name: value for name, value in given.items() if value is not None}
    typed = {name: str(value) for name, value in there.items() if name != "points"}
    typed |= dict(zip(POINTS, given.get("points", []), strict=False))
    typed |= {
        "person_name": person["name"],
        "born_on": str(person.get("born_on") or ""),
        **{k: v for k, v in person.items() if k not in ("name", "born_on")},
    }
    return ReferForm(typed)


# Where the form's field is called otherwise in the API.
API_NAMES = {"person_name": "person.name", "point_1": "points", "point_2": "points"} | {
    name: f"person.{name}" for name in ("born_on", "nhs_number", "address", "postcode", "telephone")
}


class PersonOut(serializers.Serializer[Any]):
    """The person as the sender described them."""

    name = serializers.CharField()
    born_on = serializers.DateField(allow_null=True)
    nhs_number = serializers.CharField()
    address = serializers.CharField()
    postcode = serializers.CharField()
    telephone = serializers.CharField()


class ReferralRow(serializers.Serializer[Any]):
    """A referral in a list: what a row of the inbox shows."""

    reference = serializers.CharField()
    url = serializers.CharField(help_text="Its page.")
    status = serializers.ChoiceField(choices=list(STATUS_WORDS.items()))
    urgency = serializers.ChoiceField(choices=list(URGENCY_WORDS.items()))
    person = PersonOut()
    points = serializers.ListField(
        child=serializers.CharField(), help_text="The points to sort out, in order."
    )
    service = serializers.CharField(help_text="Reference of the directory entry.")
    sending_team = serializers.CharField()
    receiving_team = serializers.CharField()
    held_by = serializers.CharField(allow_null=True)
    sent_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    due_words = serializers.CharField(help_text="When the answer is due, in words.")
    version = serializers.IntegerField()


class MessageOut(serializers.Serializer[Any]):
    """One message of the thread."""

    by = serializers.CharField()
    team = serializers.CharField()
    at = serializers.DateTimeField()
    voice = serializers.ChoiceField(choices=[(v, v.value) for v in Voice])
    audience = serializers.ChoiceField(choices=[(a, a.value) for a in Audience])
    body = serializers.CharField()


class ChangeOut(serializers.Serializer[Any]):
    """One thing that happened."""

    event = serializers.ChoiceField(choices=[(e, e.value) for e in Event])
    status = serializers.ChoiceField(choices=list(STATUS_WORDS.items()))
    by = serializers.CharField()
    team = serializers.CharField()
    at = serializers.DateTimeField()
    note = serializers.CharField(allow_blank=True)


class ReferralOut(ReferralRow):
    """One referral whole."""

    why_now = serializers.CharField()
    with_person = serializers.CharField()
    agreement = serializers.ChoiceField(choices=list(AGREEMENT_WORDS.items()))
    agreement_note = serializers.CharField(allow_blank=True)
    call_back = serializers.CharField()
    letter = serializers.CharField(allow_blank=True, help_text="In place of the points.")
    rung_whom = serializers.CharField(allow_blank=True, help_text="Empty: nobody yet.")
    rung_at = serializers.DateTimeField(allow_null=True)
    under_18 = serializers.BooleanField(help_text="By the birth date, on the day it was sent.")
    readable_from = serializers.DateTimeField()
    thread = MessageOut(many=True, help_text="What the reader's team may see, oldest first.")
    timeline = ChangeOut(many=True, help_text="What happened, oldest first.")


class InboxOut(serializers.Serializer[Any]):
    """A page of the inbox; `next` is a cursor, empty at the end."""

    results = ReferralRow(many=True)
    next = serializers.CharField(allow_blank=True)


class NothingIn(serializers.Serializer[Any]):
    """No body is needed."""


class AskIn(serializers.Serializer[Any]):
    """A question, by when the answer is needed, and who is with the person until then."""

    body = serializers.CharField(max_length=8000)
    until = serializers.DateField()
    with_person = serializers.CharField(max_length=500)


class AnswerIn(serializers.Serializer[Any]):
    """The answer to the open question."""

    body = serializers.CharField(max_length=8000)


class AcceptIn(serializers.Serializer[Any]):
    """`worker` (e-mail address of a member of the team) or `waiting_until`: one of the two."""

    worker = serializers.EmailField(required=False)
    waiting_until = serializers.DateField(required=False)
    words = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")


class DeclineIn(serializers.Serializer[Any]):
    """A coded reason and words."""

    reason = serializers.ChoiceField(choices=list(DECLINE_WORDS.items()))
    words = serializers.CharField(max_length=4000)


class RedirectIn(serializers.Serializer[Any]):
    """To which service, and why."""

    to_service = serializers.CharField(max_length=20)
    reason = serializers.CharField(max_length=4000)


class OutsideIn(serializers.Serializer[Any]):
    """To which service that takes no referrals here, to whom one spoke there, and when."""

    to_service = serializers.CharField(max_length=20)
    spoke_to = serializers.CharField(max_length=150)
    spoken_at = serializers.DateTimeField()
    words = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")


class WithdrawIn(serializers.Serializer[Any]):
    """A coded reason; words where it is another one."""

    reason = serializers.ChoiceField(choices=list(WITHDRAW_WORDS.items()))
    words = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")


class CloseIn(serializers.Serializer[Any]):
    """Why and how it ended. Without a `reason`, the team that works with the person is done."""

    reason = serializers.ChoiceField(choices=list(CLOSE_WORDS.items()), required=False)
    words = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")


class WordsIn(serializers.Serializer[Any]):
    """Why, for the other side to read."""

    words = serializers.CharField(max_length=4000)
