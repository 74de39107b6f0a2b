"""Addresses of pages, looked up once.

A page names a dozen of them; Django's reverse() goes through its resolvers each time.
"""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse


def path_of(name: str, *args: str) -> str:
    """The address of a page; NoReverseMatch for an unknown name.

    With `args` for what there are few of (directory entries), and for nothing about a person.
    """
    return _found(name, args, settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=4096)
def _found(name: str, args: tuple[str, ...], urlconf: str, prefix: str) -> str:
    return reverse(name, urlconf=urlconf, args=args)
