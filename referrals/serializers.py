"""What programs send and get. The same checks as the page: one form, one set of rules."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rest_framework import serializers

from portal.core.clock import london
from referrals.forms.refer import POINTS, ReferForm
from referrals.listed import Listed
from referrals.models import Referral
from referrals.presenters.rows import due_of
from referrals.states import (
    AGREEMENT_WORDS,
    DECLINE_WORDS,
    STATUS_WORDS,
    URGENCY_WORDS,
    WITHDRAW_WORDS,
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
        child=serializers.CharField(max_length=8000), min_length=1, max_length=3
    )
    urgency = serializers.ChoiceField(choices=list(URGENCY_WORDS.items()))
    why_now = serializers.CharField(max_length=8000)
    with_person = serializers.CharField(max_length=500)
    agreement = serializers.ChoiceField(choices=list(AGREEMENT_WORDS.items()))
    agreement_note = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    call_back = serializers.CharField(max_length=200)

    def form(self) -> ReferForm:
        """The page's form with these answers: its checks are the only ones."""
        data = self.validated_data
        person = data["person"]
        typed = {name: str(value) for name, value in data.items() if name != "points"}
        typed |= dict(zip(POINTS, data["points"], strict=False))
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
    url = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=list(STATUS_WORDS.items()))
    urgency = serializers.ChoiceField(choices=list(URGENCY_WORDS.items()))
    person = PersonOut()
    points = serializers.SerializerMethodField()
    service = serializers.CharField(source="service.reference")
    sending_team = serializers.CharField(source="sending_team.name")
    receiving_team = serializers.CharField(source="receiving_team.name")
    held_by = serializers.CharField(source="held_by.name", default=None, allow_null=True)
    sent_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    due_words = serializers.SerializerMethodField()
    version = serializers.IntegerField()

    def get_url(self, referral: Referral) -> str:
        """Its page."""
        return f"/referrals/{referral.reference}/"

    def get_points(self, referral: Referral) -> list[str]:
        """The points to sort out, in order."""
        return [point.text for point in referral.points.all()]

    def get_due_words(self, referral: Referral) -> str:
        """When the answer is due, in words."""
        return due_of(referral, referral.service.hours(), self.context["at"])[0]


class ReferralOut(ReferralRow):
    """One referral whole."""

    why_now = serializers.CharField()
    with_person = serializers.CharField()
    agreement = serializers.ChoiceField(choices=list(AGREEMENT_WORDS.items()))
    agreement_note = serializers.CharField()
    call_back = serializers.CharField()
    readable_from = serializers.DateTimeField()
    thread = serializers.SerializerMethodField()
    timeline = serializers.SerializerMethodField()

    def get_thread(self, referral: Referral) -> list[dict[str, str]]:
        """The messages that the reader's team may see, oldest first."""
        return [
            {
                "by": message.author.name,
                "team": message.team.name,
                "at": message.at.isoformat(),
                "voice": message.voice,
                "audience": message.audience,
                "body": message.body,
            }
            for message in self.context["detail"].messages
        ]

    def get_timeline(self, referral: Referral) -> list[dict[str, str]]:
        """What happened, oldest first."""
        return [
            {
                "event": change.event,
                "status": change.to_status,
                "by": change.by.name,
                "team": change.by_team.name,
                "at": change.at.isoformat(),
                "note": change.note,
            }
            for change in self.context["detail"].changes
        ]


class InboxOut(serializers.Serializer[Any]):
    """A page of the inbox; `next` is a cursor, empty at the end."""

    results = ReferralRow(many=True)
    next = serializers.CharField(allow_blank=True)


def rows_as_json(rows: Iterable[Listed], at: datetime) -> list[dict[str, object]]:
    """Rows in the shape of ReferralRow. By hand: a serializer takes several times as long."""
    return [_row_as_json(row, at) for row in rows]


def _row_as_json(row: Listed, at: datetime) -> dict[str, object]:
    return {
        "reference": row.reference,
        "url": f"/referrals/{row.reference}/",
        "status": row.status,
        "urgency": row.urgency,
        "person": {
            "name": row.person_name,
            "born_on": row.born_on.isoformat() if row.born_on else None,
            "nhs_number": row.nhs_number,
            "address": row.address,
            "postcode": row.postcode,
            "telephone": row.telephone,
        },
        "points": row.points,
        "service": row.service_reference,
        "sending_team": row.sending_team,
        "receiving_team": row.receiving_team,
        "held_by": row.held_by,
        "sent_at": _moment(row.sent_at),
        "due_at": _moment(row.due_at) if row.due_at else None,
        "due_words": due_of(row, row.hours, at)[0],
        "version": row.version,
    }


def _moment(at: datetime) -> str:
    """As the framework writes one: London's clocks, Z for UTC."""
    return london(at).isoformat().replace("+00:00", "Z")


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


class WithdrawIn(serializers.Serializer[Any]):
    """A coded reason; words where it is another one."""

    reason = serializers.ChoiceField(choices=list(WITHDRAW_WORDS.items()))
    words = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")


class CloseIn(serializers.Serializer[Any]):
    """How it ended."""

    words = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
