"""Where the portal's workers may be sent to, and how much they take from there."""

import gzip
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.worktime.calendars.fetch import MOST_REDIRECTS, fetch
from portal.worktime.calendars.guard import BadAddressError, is_public, place_of
from portal.worktime.calendars.limits import LARGEST
from portal.worktime.calendars.reading import Read, read_address, read_upload
from portal.worktime.calendars.trouble import TroubleError
from portal.worktime.packing import unpack_pairs
from portal.worktime.states import CalendarTrouble
from tests.worktime.calendar_server import CalendarServer, calendar_server, sends, write_certificate
from tests.worktime.calendar_texts import HORIZON, calendar, event, google


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarServer]:
    with calendar_server(Path(tmp_path_factory.mktemp("calendars"))) as running:
        yield running


def trouble(server: CalendarServer, path: str, **changes: str) -> CalendarTrouble:
    """Why the calendar there cannot be read."""
    with pytest.raises(TroubleError) as found:
        fetch(server.address(path, **changes), own=server.own)
    return found.value.why


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 (nothing listens there)
        "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254",
        "172.16.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:10.0.0.1", "::ffff:8.8.8.8",
        "64:ff9b::a00:1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1",
        "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "fe80::1%eth0", "rubbish", "",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.62.193.80", "2606:4700::1111"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "host", "path"),
    [
        ("https://example.org", "example.org", "/"),
        (" HTTPS://Example.ORG./a/b.ics?key=1#x ", "example.org", "/a/b.ics?key=1"),
        ("webcal://example.org:443/a b.ics", "example.org", "/a%20b.ics"),
        ("webcals://example.org/%E2%82%AC/€", "example.org", "/%E2%82%AC/%E2%82%AC"),
        ("https://bücher.example/x", "xn--bcher-kva.example", "/x"),
    ],
)
def test_good_addresses(address: str, host: str, path: str) -> None:
    assert place_of(address) == (host, 443, path)


@pytest.mark.parametrize(
    "address",
    [
        "", "example.org/a.ics", "http://example.org/a.ics", "ftp://example.org/", "file:///etc/passwd",
        "https://", "https:///a", "https://example.org:8443/", "https://example.org:x/",
        "https://user:secret@example.org/", "https://[::1", "https://exa mple.org/",
        "https://example.org:99999/", "https://" + "a" * 300 + "/",
        "https://example.org/" + "a" * 3000,
        "https://exam\nple.org\r\nHost: x/", "https://[fe80::1%25eth0]/",
    ],
)  # fmt: skip
def test_bad_addresses(address: str) -> None:
    with pytest.raises(BadAddressError):
        place_of(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_nothing_leads_inside(host: str) -> None:
    with pytest.raises(TroubleError) as found:
        fetch(f"https://{host}/calendar.ics")
    assert found.value.why is CalendarTrouble.INSIDE


def test_a_calendar_comes_back_with_its_etag(server: CalendarServer) -> None:
    server.answers["/good"] = sends(google(), ETag='"one"')
    found = fetch(server.address("/good?secret=1"), own=server.own)
    assert (found.data, found.etag) == (google(), '"one"')
    assert server.asked[-1] == ("/good?secret=1", "")


def test_not_changed_since(server: CalendarServer) -> None:
    server.answers["/same"] = sends(b"", 304)
    found = fetch(server.address("/same"), '"one"', own=server.own)
    assert (found.data, found.etag) == (None, '"one"')
    assert server.asked[-1] == ("/same", '"one"')
    # Who was not asked whether it has changed cannot say that it has not.
    assert trouble(server, "/same") is CalendarTrouble.NO_ANSWER


def test_redirects_are_followed_and_counted(server: CalendarServer) -> None:
    server.answers["/end"] = sends(google())
    server.answers["/to-end"] = sends(b"", 301, Location="/end")
    assert fetch(server.address("/to-end"), own=server.own).data == google()
    server.answers["/round"] = sends(b"", 302, Location="/round")
    before = len(server.asked)
    assert trouble(server, "/round") is CalendarTrouble.NO_ANSWER
    assert len(server.asked) - before == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("https://10.0.0.1/x", CalendarTrouble.INSIDE),
        ("https://169.254.169.254/latest/meta-data", CalendarTrouble.INSIDE),
        ("https://[::ffff:127.0.0.1]/", CalendarTrouble.INSIDE),
        ("https://localhost/", CalendarTrouble.INSIDE),
        ("http://example.org/", CalendarTrouble.NOT_ALLOWED),
        ("https://example.org:6379/", CalendarTrouble.NOT_ALLOWED),
        ("file:///etc/passwd", CalendarTrouble.NOT_ALLOWED),
    ],
)
def test_no_redirect_leads_inside(
    server: CalendarServer, location: str, why: CalendarTrouble
) -> None:
    server.answers["/away"] = sends(b"", 302, Location=location)
    assert trouble(server, "/away") is why


def test_the_connection_goes_to_the_address_that_was_checked(
    server: CalendarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that gives another answer the second time is not asked a second time."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def changing(host: str, port: int, *args: object, **kwargs: object) -> object:
        asked.append(host)
        if len(asked) > 1 and host == "localhost":
            raise AssertionError("asked again")
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    server.answers["/good"] = sends(google())
    assert fetch(server.address("/good"), own=server.own).data
    assert asked.count("localhost") == 1


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, CalendarTrouble.NOT_ALLOWED),
        (403, CalendarTrouble.NOT_ALLOWED),
        (404, CalendarTrouble.NOT_FOUND),
        (410, CalendarTrouble.NOT_FOUND),
        (429, CalendarTrouble.NO_ANSWER),
        (500, CalendarTrouble.NO_ANSWER),
        (204, CalendarTrouble.NO_ANSWER),
    ],
)
def test_other_answers(server: CalendarServer, status: int, why: CalendarTrouble) -> None:
    server.answers["/other"] = sends(b"", status)
    assert trouble(server, "/other") is why


def test_a_certificate_of_another_name_or_authority(server: CalendarServer) -> None:
    server.answers["/good"] = sends(google())
    assert trouble(server, "/good", host="127.1") is CalendarTrouble.NO_ANSWER
    stranger = server.own._replace(authority=_other_authority(server))
    with pytest.raises(TroubleError) as found:
        fetch(server.address("/good"), own=stranger)
    assert found.value.why is CalendarTrouble.NO_ANSWER


def _other_authority(server: CalendarServer) -> str:
    other = Path(server.own.authority).with_name("other.pem")
    write_certificate(other)
    return str(other)


def test_too_large_plain_or_squeezed(server: CalendarServer) -> None:
    server.answers["/large"] = sends(b"x" * (LARGEST + 1))
    assert trouble(server, "/large") is CalendarTrouble.TOO_LARGE
    bomb = gzip.compress(bytes(200 * 1024 * 1024), 9)
    assert len(bomb) < 300_000
    server.answers["/bomb"] = sends(bomb, Content_Encoding="gzip")
    began = time.monotonic()
    assert trouble(server, "/bomb") is CalendarTrouble.TOO_LARGE
    assert time.monotonic() - began < 5
    server.answers["/squeezed"] = sends(gzip.compress(google()), Content_Encoding="gzip")
    assert fetch(server.address("/squeezed"), own=server.own).data == google()
    server.answers["/broken"] = sends(b"rubbish", Content_Encoding="gzip")
    assert trouble(server, "/broken") is CalendarTrouble.NOT_A_CALENDAR


def test_read_in_a_process_of_its_own(server: CalendarServer) -> None:
    server.answers["/good"] = sends(google(), ETag='"two"')
    found = read_address(server.address("/good"), "", HORIZON, own=server.own)
    assert found.trouble is None
    assert found.etag == '"two"'
    assert len(unpack_pairs(found.busy)) == 5
    server.answers["/good"] = sends(b"", 304)
    again = read_address(server.address("/good"), '"two"', HORIZON, own=server.own)
    assert again == Read(etag='"two"', unchanged=True)
    server.answers["/page"] = sends(b"<html>Sign in</html>")
    found = read_address(server.address("/page"), "", HORIZON, own=server.own)
    assert found.trouble is CalendarTrouble.NOT_A_CALENDAR


def test_a_server_that_dribbles_is_left(
    server: CalendarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.worktime.calendars.reading.WALL_SECONDS", 3)
    server.answers["/slow"] = sends(google(), pause=0.5)
    began = time.monotonic()
    found = read_address(server.address("/slow"), "", HORIZON, own=server.own)
    assert found.trouble is CalendarTrouble.NO_ANSWER
    assert time.monotonic() - began < 6


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24)))
        + ";BYMINUTE=" + ",".join(map(str, range(60)))
        + ";BYSECOND=" + ",".join(map(str, range(60))),
        "FREQ=HOURLY",
    ],
)  # fmt: skip
def test_endless_work_is_ended(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.worktime.calendars.reading.UPLOAD_SECONDS", 3)
    long_ago = event("DTSTART:00010101T090000Z", "DURATION:PT1M", f"RRULE:{rule}")
    began = time.monotonic()
    found = read_upload(calendar(long_ago), HORIZON)
    assert found == Read(trouble=CalendarTrouble.TOO_MANY)
    assert time.monotonic() - began < 6
