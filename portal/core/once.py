"""One-time keys: the same key twice does the thing once and gives the same result.

The key is a unique row in the caller's transaction. A second request with the same key waits in
the index until the first has ended, then finds its row.
"""

import hashlib
import json
from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection

from portal.core.models import OneTimeKey
from portal.core.refused import InvalidInput, Refused

_TAKE = """
INSERT INTO core_onetimekey (user_id, purpose, key, fingerprint, result, created_at)
VALUES (%s, %s, %s, %s, %s, now())
ON CONFLICT DO NOTHING
RETURNING id, created_at
"""


_MADE = """
SELECT result FROM core_onetimekey
WHERE user_id = %s AND purpose = %s AND key = %s AND fingerprint = %s
""".strip()


def fingerprint(body: Mapping[str, object]) -> str:
    """A hash of what was asked for, so that a key cannot be used for something else."""
    text = json.dumps(body, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def take(
    *, key: str, by: AbstractBaseUser, purpose: str, body: Mapping[str, object], result: str = ""
) -> tuple[OneTimeKey, bool]:
    """Take the key inside the caller's transaction: (its row, whether this is the first time).

    `result` is what the first request will make, where it can name that beforehand (keep_result
    otherwise). When it is not the first time, `row.result` holds what the first one made. Raises
    InvalidInput for a key that is no key, Refused when the key was used for something else.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A one-time key is taken inside the transaction that it protects.")
    if not (8 <= len(key) <= 64) or not key.isascii() or not key.isprintable():
        raise InvalidInput(
            "The one-time key must be 8 to 64 printable characters.", code="bad-idempotency-key"
        )
    mark = fingerprint(body)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [by.pk, purpose, key, mark, result])
        taken = cursor.fetchone()
    if taken:
        pk, created_at = taken
        return OneTimeKey(
            pk=pk,
            user_id=by.pk,
            purpose=purpose,
            key=key,
            fingerprint=mark,
            result=result,
            created_at=created_at,
        ), True
    row = OneTimeKey.objects.get(user_id=by.pk, purpose=purpose, key=key)
    if row.fingerprint != mark:
        raise Refused(
            "This has been sent before with other contents. Reload the page and try again.",
            code="idempotency-key-reused",
        )
    return row, False


def done_before(
    *, key: str, by: AbstractBaseUser, purpose: str, body: Mapping[str, object]
) -> bool:
    """Whether exactly this has been done with the key. One query, and it takes no key.

    For what ends the caller's own access: asked again, the first answer still holds.
    """
    return made_before(key=key, by=by, purpose=purpose, body=body) is not None


def made_before(
    *, key: str, by: AbstractBaseUser, purpose: str, body: Mapping[str, object]
) -> str | None:
    """What exactly this made when it was asked for with the key before; None where it did not.

    One query, and it takes no key. With another body it is None: `take` refuses that.
    """
    if not key.isascii() or not key.isprintable():
        return None
    with connection.cursor() as cursor:
        cursor.execute(_MADE, [by.pk, purpose, key, fingerprint(body)])
        row = cursor.fetchone()
    return str(row[0]) if row else None


def keep_result(row: OneTimeKey, result: str) -> None:
    """Write down what the first request made, for those that follow."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_onetimekey SET result = %s WHERE id = %s", [result, row.pk])
