"""What is secret is kept as a digest: it can be recognised by it, and not read from it."""

import hashlib


def digest_of(secret: str) -> str:
    """How a token or a code is kept.

    A token has 256 random bits, so a plain hash is enough. What is shorter has to be short-lived,
    with few tries.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
