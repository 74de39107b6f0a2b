"""The forms of the directory, by what they are for."""

from contacts.forms.who import PostcodeForm

__all__ = ["PostcodeForm"]
