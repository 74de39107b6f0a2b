"""What was typed into a draft that a colleague has sent meanwhile: what of it the other side does
not have, and the form by which it is added."""

from collections.abc import Collection
from datetime import date

from portal.ui.forms import Form, HiddenField, LongTextField, Look
from portal.ui.said import bare
from portal.ui.words import clock_time, long_date, titled
from referrals.forms.refer import URGENCY_CHOICES, ReferForm
from referrals.letters import LETTER_AT_MOST
from referrals.models import Referral
from referrals.states import AGREEMENT_WORDS, Agreement, Urgency

# All answers of a page together.
LEFT_OVER_AT_MOST = LETTER_AT_MOST + 60_000


class LeftOverForm(Form):
    """The words that were left over, to be read once more before they are added."""

    left_over = LongTextField(
        "What you had typed",
        limit=LEFT_OVER_AT_MOST,
        missing="Write something first, or leave it out",
        look=Look(rows=10, size="s"),
    )
    key = HiddenField(limit=64)
    urgent = HiddenField(limit=1, required=False)


def left_over_of(form: ReferForm, sent: Referral) -> str:
    """The answers of `form` that the referral does not give in the same words; "" for none."""
    return form.words_to_add(known=_answers_of(sent))


def left_over_beside(form: ReferForm, written: Collection[str]) -> str:
    """All answers of `form`, unless one of the messages says just that; "" then."""
    words = form.words_to_add()
    return "" if bare(words) in {bare(body) for body in written} else words


def _answers_of(sent: Referral) -> frozenset[str]:
    person = sent.person
    rung_at = clock_time(sent.rung_at) if sent.rung_at else ""
    clinician = sent.for_clinician
    texts = [
        person.name,
        *_dates(person.born_on),
        person.nhs_number,
        person.address,
        person.postcode,
        person.telephone,
        *(point.text for point in sent.points.all()),
        sent.letter,
        dict(URGENCY_CHOICES)[Urgency(sent.urgency)],
        sent.why_now,
        sent.rung_whom,
        rung_at,
        sent.with_person,
        AGREEMENT_WORDS[Agreement(sent.agreement)],
        sent.agreement_note,
        sent.call_back,
        titled(clinician.name, clinician.job_title) if clinician else "",
    ]
    return frozenset(bare(text) for text in texts)


def _dates(day: date | None) -> list[str]:
    """As it is read, and as it was typed with a zero before the day."""
    return [long_date(day), f"0{long_date(day)}"] if day else []
