"""One calendar, fetched over https: bounded in redirects, bytes and seconds.

To be called in a process that is ended when it takes too long (reading.py): the time limits here
are for each wait, and a server that sends a byte a second passes them.
"""

import http.client
import socket
import ssl
import zlib
from typing import NamedTuple
from urllib.parse import urljoin

from portal.worktime.calendars.guard import BadAddressError, OwnMachine, Place, place_of, resolve
from portal.worktime.calendars.limits import LARGEST
from portal.worktime.calendars.trouble import TroubleError
from portal.worktime.states import CalendarTrouble

MOST_REDIRECTS = 5
_WAIT = 8.0
_PIECE = 64 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})
_WHY = {
    401: CalendarTrouble.NOT_ALLOWED,
    403: CalendarTrouble.NOT_ALLOWED,
    404: CalendarTrouble.NOT_FOUND,
    410: CalendarTrouble.NOT_FOUND,
}
_LONGEST_ETAG = 200


class Fetched(NamedTuple):
    """What came back. `data` is None where it has not changed since `etag`."""

    data: bytes | None
    etag: str


def fetch(address: str, etag: str = "", *, own: OwnMachine | None = None) -> Fetched:
    """The calendar at an address; raises TroubleError with the reason.

    `etag` is that of the last time, when what was read then still serves. `own` is for tests.
    """
    for _ in range(MOST_REDIRECTS + 1):
        try:
            place = place_of(address, own)
        except BadAddressError as error:
            raise TroubleError(CalendarTrouble.NOT_ALLOWED) from error
        found = _ask(place, etag, own)
        if isinstance(found, Fetched):
            return found
        address = urljoin(address, found)
    raise TroubleError(CalendarTrouble.NO_ANSWER)


class _Connection(http.client.HTTPSConnection):
    """To an address that was checked; the certificate is that of the name."""

    def __init__(self, place: Place, address: str, context: ssl.SSLContext) -> None:
        super().__init__(place.host, place.port, timeout=_WAIT, context=context)
        self._address, self._tls = address, context

    def connect(self) -> None:
        line = socket.create_connection((self._address, self.port), self.timeout)
        try:
            self.sock = self._tls.wrap_socket(line, server_hostname=self.host)
        except BaseException:
            line.close()
            raise


def _ask(place: Place, etag: str, own: OwnMachine | None) -> Fetched | str:
    """The calendar, or where it has moved to."""
    context = ssl.create_default_context()
    if own is not None:
        context.load_verify_locations(own.authority)
    headers = {
        "User-Agent": "CommonGround (calendar)",
        "Accept": "text/calendar",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if etag:
        headers["If-None-Match"] = etag
    for address in resolve(place, own):
        connection = _Connection(place, address, context)
        try:
            connection.connect()
        except OSError:
            connection.close()
            continue
        try:
            connection.request("GET", place.path, headers=headers)
            with connection.getresponse() as response:
                return _answer(response, etag)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise TroubleError(CalendarTrouble.NO_ANSWER) from error
        finally:
            connection.close()
    raise TroubleError(CalendarTrouble.NO_ANSWER)


def _answer(response: http.client.HTTPResponse, etag: str) -> Fetched | str:
    location = response.headers.get("Location", "")
    if response.status in _MOVED and location:
        return str(location)
    if response.status == http.client.NOT_MODIFIED and etag:
        return Fetched(None, etag)
    if response.status != http.client.OK:
        raise TroubleError(_WHY.get(response.status, CalendarTrouble.NO_ANSWER))
    return Fetched(_body(response), _etag_of(response))


def _etag_of(response: http.client.HTTPResponse) -> str:
    etag = str(response.headers.get("ETag", ""))
    return etag if len(etag) <= _LONGEST_ETAG and etag.isascii() and etag.isprintable() else ""


def _body(response: http.client.HTTPResponse) -> bytes:
    """All of it, decompressed although that was not asked for; raises TOO_LARGE."""
    coding = str(response.headers.get("Content-Encoding", "identity")).lower()
    if coding not in ("identity", "gzip", "deflate"):
        raise TroubleError(CalendarTrouble.NOT_A_CALENDAR)
    # 32: whichever of gzip and zlib it is.
    unpack = None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    kept = bytearray()
    while piece := response.read(_PIECE):
        while piece:
            kept += piece if unpack is None else _unpacked(unpack, piece)
            if len(kept) > LARGEST:
                raise TroubleError(CalendarTrouble.TOO_LARGE)
            piece = b"" if unpack is None else unpack.unconsumed_tail
    return bytes(kept)


def _unpacked(unpack: "zlib._Decompress", piece: bytes) -> bytes:
    try:
        return unpack.decompress(piece, _PIECE)
    except zlib.error as error:
        raise TroubleError(CalendarTrouble.NOT_A_CALENDAR) from error
