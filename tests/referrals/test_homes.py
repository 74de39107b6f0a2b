"""A home in another area than the service's."""

from datetime import date

from contacts.models import Postcode, Responsibility
from referrals.models import Referral
from tests.cast import Cast
from tests.referrals.test_pages import SIX, As, started


def manchester_is_known(cast: Cast) -> None:
    """A postcode of Manchester, and who answers there."""
    Postcode.objects.create(key="M139WL", nation="England", district_gss="E08000003")
    Responsibility.objects.create(
        area_gss="E08000003",
        area_name="Manchester",
        authority=cast.organisations["manchester"],
        authority_gss="E08000003",
        how="council",
        from_date=date(2015, 4, 1),
    )


def test_a_home_in_another_area_is_said_to_both_sides(cast: Cast, as_: As) -> None:
    manchester_is_known(cast)
    browser, address = started(cast, as_)
    browser.post(f"{address}save/", {"postcode": "M13 9WL", "version": "1"})
    says = "adult social care for this home comes from Manchester City Council"
    assert says in browser.get(address).content.decode()
    browser.post(address, {**SIX, "postcode": "m139wl", "version": "2"})
    page = f"/referrals/{Referral.objects.get().reference}/"
    assert all(says in as_(name).get(page).content.decode() for name in ("sam", "alice"))


def test_a_home_that_is_typed_later_is_said_too(cast: Cast, as_: As) -> None:
    manchester_is_known(cast)
    browser, address = started(cast, as_)
    typed = {"person_name": "Margaret Example", "postcode": "M13 9WL"}
    said = browser.post(f"{address}known/", typed).content.decode()
    assert "comes from Manchester City Council" in said
    empty = browser.post(f"{address}known/", {**typed, "postcode": ""}).content.decode()
    assert "comes from Manchester City Council" not in empty
