"""Keyset cursors: where a list goes on, signed so that it cannot be bent, holding no person."""

import json

from django.core.signing import BadSignature, Signer

from portal.core.refused import InvalidInput


def _signer(of: str) -> Signer:
    """One for each list, so that a place in one is none in another."""
    return Signer(salt=f"cursor {of}")


def write_cursor(of: str, *position: str | int) -> str:
    """The position of the last row shown in the list `of`, as text for a link."""
    return _signer(of).sign_object(list(position))


def read_cursor(of: str, text: str) -> list[str | int]:
    """The position in a cursor of the list `of`; raises InvalidInput when it is none of its."""
    try:
        position = _signer(of).unsign_object(text)
    except (BadSignature, json.JSONDecodeError, ValueError) as error:
        raise InvalidInput(
            "This list has moved on. Start again from its first page.", code="bad-cursor"
        ) from error
    return list(position)
