"""What every test can ask for. Nothing is faked that can be real; nothing leaves the machine."""

import gc
import socket
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client

from portal.accounts.access import Reader
from referrals.actions.send import Answers, PersonDetails, send_referral
from referrals.models import Referral
from referrals.states import Agreement, Urgency
from tests import migrated, side_by_side, spared
from tests.cast import Cast, make_cast
from tests.side_by_side import pytest_xdist_make_scheduler  # noqa: F401 (a hook)

_connect = socket.socket.connect


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On several workers, what takes longest begins first."""
    if side_by_side.is_worker():
        items[:] = side_by_side.in_order(items)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: Python need not look through it for rubbish."""
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What is waited for before a test's own time begins: the database, and to be alone."""
    if migrated.asks_for_it(item):
        migrated.prepare()
    if not side_by_side.is_worker():
        return (yield)
    with side_by_side.turn(alone=item.get_closest_marker(side_by_side.ALONE) is not None):
        return (yield)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The database for tests is a copy, under a name of its own on each worker."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated.NAME


def pytest_configure() -> None:
    """Passwords of the cast are hashed hundreds of times, and examples are made while others work:
    how slowly is not what is tested."""
    hypothesis.settings.register_profile(
        "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("portal")
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    spared.empty_what_has_rows()
    spared.look_at_static_files_once()


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere else is a mistake, and fails."""

    def connect(self: socket.socket, address: Any) -> None:
        outside = self.family in (socket.AF_INET, socket.AF_INET6) and not (
            str(address[0]).startswith("127.") or address[0] in ("::1", "localhost")
        )
        if outside:
            raise AssertionError(f"A test connected to {address[0]}.")
        _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast, in the test's own transaction."""
    return make_cast()


@pytest.fixture
def as_(client: Client, cast: Cast) -> Callable[[str], Client]:
    """`as_("sam").get(...)`: a browser in which somebody of the cast is signed in."""

    def signed_in(name: str) -> Client:
        browser = Client()
        browser.force_login(cast.users[name])
        return browser

    return signed_in


def answers(**changes: Any) -> Answers:
    """Six good answers; `changes` replace single ones."""
    given: dict[str, Any] = {
        "person": PersonDetails(name="Margaret Example", nhs_number="9990123454"),
        "points": ["Can she stay at home safely?", "A carer's assessment for her husband?"],
        "urgency": Urgency.ROUTINE,
        "why_now": "Two falls in ten days",
        "with_person": "Husband, 87",
        "agreement": Agreement.AGREES,
        "call_back": "0161 496 0321, between surgeries",
    }
    return Answers(**{**given, **changes})


_numbers: Iterator[int] = iter(range(1, 1_000_000))


def send(cast: Cast, by: str = "alice", team: str = "park", to: str = "front_door", **changes: Any):
    """A referral from Park to Trafford's front door, unless said otherwise."""
    reader: Reader = cast.reader(by)
    sent: Referral = send_referral(
        by=reader,
        team=cast.teams[team],
        service=cast.services[to],
        answers=answers(**changes),
        key=f"test-key-{next(_numbers):08}",
    )
    return sent
