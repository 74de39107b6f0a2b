"""Which addresses the portal's workers may be sent to: those of the public internet, and https.

A name is resolved once, every address that it has is checked, and the connection goes to the one
that was checked. So neither a redirect nor a name server that changes its mind leads inside.
"""

import ipaddress
import re
import socket
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from portal.worktime.calendars.trouble import TroubleError
from portal.worktime.states import CalendarTrouble

LONGEST_ADDRESS = 2000
_PORT = 443
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
# Addresses in which an address of the other kind is wrapped up.
_WRAPS = tuple(ipaddress.ip_network(one) for one in ("2002::/16", "2001::/32"))
_SEEN = re.compile(r"[\x21-\x7e]+")


class Place(NamedTuple):
    """What an address leads to. `path` has the query."""

    host: str
    port: int
    path: str


class OwnMachine(NamedTuple):
    """A server of a test on this machine, which is no public address: its port, and who signs for
    it. Nothing but a test makes one; no setting leads here."""

    port: int
    authority: str


class BadAddressError(ValueError):
    """What somebody typed is no address of a calendar; the text is a sentence for them."""


def place_of(address: str, own: OwnMachine | None = None) -> Place:
    """Where an address leads. Raises BadAddressError, without asking any name server."""
    address = address.strip()
    if len(address) > LONGEST_ADDRESS:
        raise BadAddressError(f"The address can have {LONGEST_ADDRESS:,} characters at most")
    if re.match(r"webcals?://", address, re.IGNORECASE):
        address = "https://" + address.partition("://")[2]
    try:
        parts = urlsplit(address)
        port = parts.port
        host = _host(parts)
    except ValueError:
        raise BadAddressError("Check the address: it is not one that can be opened") from None
    if parts.scheme.lower() != "https":
        raise BadAddressError("The address must begin with https:// or webcal://")
    if not host or parts.username is not None or parts.password is not None:
        raise BadAddressError("Check the address: it is not one that can be opened")
    if own is not None and port == own.port:
        return Place(host, own.port, _path(parts))
    if port not in (None, _PORT):
        raise BadAddressError(f"The address must not have a port: take “:{port}” away")
    return Place(host, _PORT, _path(parts))


def resolve(place: Place, own: OwnMachine | None = None) -> list[str]:
    """The addresses of its host, each checked. Raises TroubleError: INSIDE, or NO_ANSWER."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TroubleError(CalendarTrouble.NO_ANSWER) from error
    addresses = list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
    for address in addresses:
        if not (is_public(address) or _is_own(address, place, own)):
            raise TroubleError(CalendarTrouble.INSIDE)
    return addresses


def is_public(address: str) -> bool:
    """Whether it is an address of the public internet. False also for what is no address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (
        ip not in _PUBLIC_V6 or any(ip in wrap for wrap in _WRAPS)
    ):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def is_inside(host: str) -> bool:
    """Whether a host is written so that it plainly leads inside. What a name leads to is seen only
    when it is resolved."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.lower() == "localhost"
    return not is_public(host)


def _is_own(address: str, place: Place, own: OwnMachine | None) -> bool:
    if own is None or place.port != own.port:
        return False
    return ipaddress.ip_address(address).is_loopback


def _host(parts: SplitResult) -> str:
    """The host as name servers and certificates have it; ValueError for none."""
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode()
    if len(host) > 253 or not _SEEN.fullmatch(host) or "%" in host:
        raise ValueError("no host")
    return host


def _path(parts: SplitResult) -> str:
    """Path and query as they go over the line: nothing in them can begin a new one."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return path + (f"?{quote(parts.query, safe=_QUERY)}" if parts.query else "")


_QUERY = "/%:@!$&'()*+,;=~-._?"
