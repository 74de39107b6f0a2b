"""A rule says no: with a sentence for the reader, never a stack trace."""

from collections.abc import Callable

from django.http import Http404


class Refused(Exception):  # noqa: N818 (a refusal is an answer, not an error)
    """The action is not possible now; `str()` is a whole sentence for the reader.

    `code` is for programs, `field` names the form field it is about, `details` goes into the
    problem document of the API (no person in it).
    """

    status = 409
    code = "refused"

    def __init__(
        self,
        sentence: str,
        *,
        code: str | None = None,
        field: str | None = None,
        **details: object,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.code
        self.field = field
        self.details = details


class NotAllowed(Refused):
    """The reader may see this, but another role acts on it.

    `subject_kind` and `subject` (a public reference) are for the audit of refusals.
    """

    status = 403
    code = "not-allowed"

    def __init__(self, sentence: str, *, subject_kind: str = "page", subject: str = "") -> None:
        super().__init__(sentence)
        self.subject_kind, self.subject = subject_kind, subject


class NotYours(Http404):
    """Not there, or not the reader's to see: the answer is the same, the audit knows."""

    def __init__(self, subject_kind: str, subject: str) -> None:
        super().__init__("Not there, or not yours.")
        self.subject_kind, self.subject = subject_kind, subject[:40]


class Stale(Refused):
    """Somebody else changed the row since the reader looked; `details` may carry both texts."""

    code = "stale"


class HeldByAnother(Refused):
    """Somebody else holds it: the sentence says who."""

    code = "held-by-another"


class PreconditionMissing(Refused):
    """A change needs to say which version it was made from."""

    status = 412
    code = "precondition-missing"


class TooMany(Refused):
    """A rate limit; `retry_after` in seconds."""

    status = 429
    code = "too-many"

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class InvalidInput(Refused):
    """What was given cannot be used, whatever the state of things."""

    status = 400
    code = "invalid"


def passes(check: Callable[[], object]) -> bool:
    """Whether a rule lets it pass: what `can_x()` is beside `check_x()`."""
    try:
        check()
    except Refused:
        return False
    return True
