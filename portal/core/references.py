"""Public references: random, easy to read aloud, meaning nothing."""

import secrets

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what people mishear or mistype on a telephone.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"


def new_reference(prefix: str, groups: int = 2) -> str:
    """A reference as `CG-7K4M-9QXT`: four letters a group, 18 bits each. Not a secret."""
    parts = ["".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(groups)]
    return "-".join([prefix, *parts])


def new_opaque_id() -> str:
    """An identifier that cannot be guessed: 128 random bits, safe in a URL."""
    return secrets.token_urlsafe(16)
