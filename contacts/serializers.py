"""The shapes of "who to contact" in the API: what comes in, what goes out."""

from collections.abc import Mapping
from datetime import datetime

from rest_framework import serializers

from contacts.answers import ContactAnswer
from contacts.circumstances import ABOUT_WORDS, WORDS
from contacts.entry import Entry
from contacts.facts import Authority
from contacts.presenters.checked import unchecked
from contacts.presenters.entry_words import href, open_words
from contacts.states import Basis, Channel, Kind
from portal.worktime.hours import state_at

_BASES = [str(one) for one in Basis]
_KINDS = [str(one) for one in Kind]


def _circumstance(help_text: str) -> serializers.BooleanField:
    return serializers.BooleanField(required=False, default=False, help_text=help_text)


class PlaceSerializer(serializers.Serializer[object]):
    """A place, and nothing said about the person: what is asked most."""

    postcode = serializers.CharField(
        allow_blank=True,
        help_text="As anybody would write it; of which place, the question decides.",
    )
    practice = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=40,
        help_text="ODS code of the practice where the person is registered. Without one the"
        " signed-in reader's own practice is taken.",
    )


class PlaceQuestionSerializer(PlaceSerializer):
    """What is asked."""

    about = serializers.ChoiceField(
        choices=[(str(about), words) for about, words in ABOUT_WORDS.items()],
        required=False,
        help_text="Each goes by a place of its own, whose postcode is wanted: the person's home;"
        " where the person is now (safeguarding); the home of the person cared for (carer); the"
        " home before detention (aftercare).",
    )
    in_hospital = _circumstance("The person is in hospital, which moves nothing.")
    placed = _circumstance("Another council has placed the person in this home.")
    placing_council = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=120,
        help_text="Which council has placed the person: its GSS code or its name. Without it the"
        " council where the person is acts first.",
    )
    arranged_own_home = _circumstance("The person arranged and pays for this home.")
    no_settled_home = _circumstance("The postcode is that of where the person is now.")
    under_18 = _circumstance("Children's services, another door: no service is listed.")


class AuthoritySerializer(serializers.Serializer[object]):
    """Who is responsible for adult social care."""

    gss = serializers.CharField(
        allow_null=True, help_text="GSS code; null while a new council has none."
    )
    name = serializers.CharField()


class OutOfHoursSerializer(serializers.Serializer[object]):
    """Whom to ring while it is closed."""

    id = serializers.CharField()
    name = serializers.CharField()
    telephone = serializers.CharField(allow_null=True)
    open_now = serializers.BooleanField()


class MainNumberSerializer(serializers.Serializer[object]):
    """Whom to ring where an entry may be wrong."""

    council = serializers.CharField()
    telephone = serializers.CharField()


class NoticeSerializer(serializers.Serializer[object]):
    """Words that stand beside a service for a while."""

    text = serializers.CharField()
    until = serializers.DateTimeField()


class SinglePointOfAccessSerializer(serializers.Serializer[object]):
    """A service to contact, with only the contacts the reader may see."""

    id = serializers.CharField(help_text="The entry's public reference.")
    name = serializers.CharField()
    organisation = serializers.CharField()
    kind = serializers.ChoiceField(choices=_KINDS)
    basis = serializers.ChoiceField(choices=_BASES)
    summary = serializers.CharField()
    telephone = serializers.CharField(allow_null=True)
    email = serializers.CharField(allow_null=True)
    web = serializers.CharField(allow_null=True)
    open_now = serializers.BooleanField()
    open_until = serializers.DateTimeField(allow_null=True)
    opens_next = serializers.DateTimeField(allow_null=True)
    open_words = serializers.CharField()
    notices = NoticeSerializer(many=True, help_text="Those that stand now.")
    out_of_hours = OutOfHoursSerializer(allow_null=True)
    what_it_needs = serializers.ListField(child=serializers.CharField())
    what_it_does_not_do = serializers.ListField(child=serializers.CharField())
    how_it_takes_referrals = serializers.CharField()
    ring_first = serializers.CharField(help_text="When to ring before writing.")
    threshold = serializers.CharField(
        help_text="For safeguarding: what is for them, as their Safeguarding Adults Board has it."
    )
    takes_referrals = serializers.BooleanField()
    last_checked_on = serializers.DateField(allow_null=True)
    unchecked = serializers.BooleanField(
        help_text="True where nobody has checked the entry for so long that it may be wrong."
    )
    main_number = MainNumberSerializer(
        allow_null=True,
        help_text="The council's main number, for an unchecked entry; null where it covers several"
        " councils: see main_numbers.",
    )
    main_numbers = MainNumberSerializer(
        many=True, help_text="For an unchecked entry, that of each council whose area it covers."
    )
    invented = serializers.BooleanField(help_text="True for entries of the demonstration.")
    url = serializers.CharField()


class ShareSerializer(AuthoritySerializer):
    """An authority in whose area some of the practice's people live."""

    share = serializers.FloatField(help_text="0 to 1.")


class PracticeSerializer(serializers.Serializer[object]):
    """The practice that was taken into account."""

    ods = serializers.CharField()
    name = serializers.CharField()
    covers_home = serializers.BooleanField(allow_null=True, help_text="Null where nobody has said.")
    authorities = ShareSerializer(many=True)


class WhoToContactSerializer(serializers.Serializer[object]):
    """The answer."""

    postcode = serializers.CharField()
    nation = serializers.CharField()
    basis = serializers.ChoiceField(choices=_BASES)
    authority = AuthoritySerializer(allow_null=True)
    explanation = serializers.ListField(child=serializers.CharField())
    single_points_of_access = SinglePointOfAccessSerializer(many=True)
    practice = PracticeSerializer(allow_null=True)


_BESIDE_THE_PLACE = {"about", "placing_council", *WORDS}


def asked_in(data: object) -> PlaceSerializer:
    """A serializer for what came in: the small one where only a place did, for its speed."""
    plain = isinstance(data, Mapping) and _BESIDE_THE_PLACE.isdisjoint(data)
    return PlaceSerializer(data=data) if plain else PlaceQuestionSerializer(data=data)


def answer_as_json(found: ContactAnswer, at: datetime) -> dict[str, object]:
    """The answer; the service to contact first stands first, one to be told as well last."""
    named = (found.leading, *found.others, found.also_tell)
    entries = [entry for entry in named if entry]
    authority, practice = found.answer.authority, found.practice
    return {
        "postcode": found.place.postcode,
        "nation": found.place.nation,
        "basis": found.answer.basis,
        "authority": _authority(authority) if authority else None,
        "explanation": found.sentences,
        "single_points_of_access": [_entry(entry, at) for entry in entries],
        "practice": {
            "ods": practice.ods,
            "name": practice.name,
            "covers_home": practice.covers_home,
            "authorities": [
                {**_authority(share.authority), "share": share.share} for share in practice.shares
            ],
        }
        if practice
        else None,
    }


def _authority(authority: Authority) -> dict[str, object]:
    return {"gss": authority.gss, "name": authority.name}


def _entry(entry: Entry, at: datetime) -> dict[str, object]:
    state = state_at(entry.hours, at)
    other = entry.out_of_hours
    warning = unchecked(entry, at)
    numbers = [
        {"council": one.council, "telephone": one.telephone}
        for one in (warning.numbers if warning else ())
    ]
    return {
        "id": entry.reference,
        "name": entry.name,
        "organisation": entry.organisation,
        "kind": entry.kind,
        "basis": entry.basis,
        "summary": entry.summary,
        "telephone": entry.telephone or None,
        "email": entry.first(Channel.EMAIL) or None,
        "web": entry.first(Channel.WEB) or None,
        "open_now": state.open_now,
        "open_until": state.until,
        "opens_next": state.opens_next,
        "open_words": open_words(entry, state, at),
        "notices": [{"text": one.text, "until": one.ends_at} for one in entry.notices_at(at)],
        "out_of_hours": _out_of_hours(other, at) if other else None,
        "what_it_needs": entry.needs,
        "what_it_does_not_do": entry.does_not_do,
        "how_it_takes_referrals": entry.how_it_takes_referrals,
        "ring_first": entry.ring_first,
        "threshold": entry.threshold,
        "takes_referrals": entry.takes_referrals,
        "last_checked_on": entry.last_checked_on,
        "unchecked": warning is not None,
        "main_number": numbers[0] if len(numbers) == 1 else None,
        "main_numbers": numbers,
        "invented": entry.is_invented,
        "url": href(entry),
    }


def _out_of_hours(entry: Entry, at: datetime) -> dict[str, object]:
    return {
        "id": entry.reference,
        "name": entry.name,
        "telephone": entry.telephone or None,
        "open_now": state_at(entry.hours, at).open_now,
    }
