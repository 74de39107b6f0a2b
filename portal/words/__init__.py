"""The words of both sides, and who does what: data and the one page that shows them."""

from portal.words.glossary import find

__all__ = ["find"]
