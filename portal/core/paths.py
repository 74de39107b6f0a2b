"""Addresses of pages that are the same for everybody, looked up once.

A page names a dozen of them; Django's reverse() goes through its resolvers each time.
"""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse


def path_of(name: str) -> str:
    """The address of a page without arguments; NoReverseMatch for an unknown name."""
    return _found(name, settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=1024)
def _found(name: str, urlconf: str, prefix: str) -> str:
    return reverse(name, urlconf=urlconf)
