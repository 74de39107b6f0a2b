"""Keyset cursors: where a list goes on, signed so that it cannot be bent, holding no person."""

import json

from django.core.signing import BadSignature, Signer

from portal.core.refused import InvalidInput

_signer = Signer(salt="cursor")


def write_cursor(*position: str | int) -> str:
    """The position of the last row shown, as text for a link."""
    return _signer.sign_object(list(position))


def read_cursor(text: str) -> list[str | int]:
    """The position in a cursor; raises InvalidInput when it is not one of ours."""
    try:
        position = _signer.unsign_object(text)
    except (BadSignature, json.JSONDecodeError, ValueError) as error:
        raise InvalidInput(
            "This list has moved on. Start again from its first page.", code="bad-cursor"
        ) from error
    return list(position)
