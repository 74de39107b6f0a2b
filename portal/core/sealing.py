"""Short texts that the database keeps but may not read: sealed with keys made from SECRET_KEY.

What was sealed under a key in SECRET_KEY_FALLBACKS still opens, so the key can be changed. Every
purpose has keys of its own: what was sealed for one does not open for another.
"""

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


class UnreadableError(ValueError):
    """It was sealed with another key, for another purpose, or is not ours at all."""


def seal(text: str, *, purpose: str, secret: str = "") -> str:
    """The text, sealed. With `secret`, only who holds the same secret opens it again."""
    return _keys(purpose, secret).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str, secret: str = "") -> str:
    """The text again; raises UnreadableError."""
    try:
        return _keys(purpose, secret).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnreadableError("Sealed with another key, or for another purpose.") from error


def _keys(purpose: str, secret: str) -> MultiFernet:
    # The purpose is ours and has no ":"; the secret may be anything.
    label = f"sealing:{purpose}:{secret}".encode()
    roots = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hmac.digest(force_bytes(root), label, "sha256") for root in roots)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
