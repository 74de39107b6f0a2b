"""What another process has changed is in the next answer of this one."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection

from contacts.answers import Asked, contact_answer
from contacts.models import Contact, Postcode, Responsibility
from portal.core.clock import now
from tests.cast import make_cast


def telephone() -> str:
    found = contact_answer(postcode="M33 2RH", asked=Asked(), at=now())
    assert found.leading is not None
    return found.leading.telephone


@pytest.mark.django_db(transaction=True)
def test_a_change_committed_elsewhere() -> None:
    trafford = make_cast().organisations["trafford"]
    Postcode.objects.create(key="M332RH", nation="England", district_gss="E08000009")
    Responsibility.objects.create(
        area_gss="E08000009",
        area_name="Trafford",
        authority=trafford,
        authority_gss="E08000009",
        how="council",
        from_date=date(2015, 4, 1),
    )
    assert telephone() == "0161 496 0123"

    def elsewhere() -> None:
        Contact.objects.filter(value="0161 496 0123").update(value="0161 496 0555")
        connection.close()

    # A thread has a connection of its own, as another process would.
    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert telephone() == "0161 496 0555"
