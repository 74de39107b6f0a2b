"""The REST face of events: what happens to a referral, each at an address of its own."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from contacts.access import get_service
from portal.accounts.access import Reader, reader_of
from portal.api.preconditions import idempotency_key, required_version
from portal.core.refused import NotYours
from referrals import access
from referrals import serializers as shapes
from referrals.access import For
from referrals.actions import ask as asking
from referrals.actions import claim as claiming
from referrals.actions import decide as deciding
from referrals.actions import end as ending
from referrals.actions.hand_back import hand_back, was_handed_back
from referrals.actions.outside import hand_over_outside
from referrals.actions.redirect import redirect as redirect_referral
from referrals.actions.reopen import reopen
from referrals.actions.undo import undo
from referrals.api_frame import IF_MATCH, KEY, PROBLEMS, checked, out
from referrals.models import Referral


class _Event(APIView):
    """An event of a referral. `accepts` is the body's shape."""

    accepts: type[Serializer[Any]] = shapes.NothingIn
    for_: For = "triage"
    needs_version = True
    needs_key = False

    def perform(self, request: Request, reference: str) -> Response:
        """Check access, If-Match and body, act, answer with the referral as it is now."""
        reader = reader_of(request)
        access.get_referral(reader, reference, self.for_)
        version = required_version(request) if self.needs_version else None
        data = checked(self.accepts, request)
        if self.needs_key:
            data["key"] = idempotency_key(request)
        referral = self.act(reader, reference, version, data)
        return out(reader, referral)

    def act(
        self, reader: Reader, reference: str, version: int | None, data: dict[str, Any]
    ) -> Referral:
        """The one thing that differs."""
        raise NotImplementedError


def _event(kind: type[_Event]) -> type[_Event]:
    """Give the event its own entry in the schema."""
    decorate = extend_schema(
        operation_id=f"referral_{kind.__name__.lower()}",
        description=kind.__doc__,
        parameters=[IF_MATCH] * kind.needs_version + [KEY] * kind.needs_key,
        request=kind.accepts,
        responses={200: shapes.ReferralOut, **PROBLEMS},
    )

    # A function of its own for each: the schema keeps an operation's name on its function.
    def post(self: _Event, request: Request, reference: str) -> Response:
        return self.perform(request, reference)

    kind.post = decorate(post)  # type: ignore[attr-defined]
    return kind


@_event
class Claim(_Event):
    """Hold it. 409 with `held_by` when somebody else does. If-Match is not needed."""

    needs_version = False

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """One wins."""
        return claiming.claim(by=reader, reference=reference)


@_event
class Ask(_Event):
    """Ask the sender; the clock is paused."""

    accepts = shapes.AskIn

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """Only the holder."""
        return asking.ask(by=reader, reference=reference, version=version, **data)


@_event
class Answer(_Event):
    """Answer the open question; the clock runs on."""

    accepts = shapes.AnswerIn
    for_ = "send"

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """Only the sender's team."""
        return asking.answer(by=reader, reference=reference, version=version, **data)


@_event
class Accept(_Event):
    """Accept it: a named worker, or the waiting list with a date."""

    accepts = shapes.AcceptIn

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """Only the holder."""
        worker = data.pop("worker", None)
        worker_id = access.colleague_id(reader, worker) if worker else None
        return deciding.accept(
            by=reader, reference=reference, version=version, worker_id=worker_id, **data
        )


@_event
class Decline(_Event):
    """Decline it with a coded reason and words."""

    accepts = shapes.DeclineIn

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """Only the holder."""
        return deciding.decline(by=reader, reference=reference, version=version, **data)


@_event
class Redirect(_Event):
    """Hand it to another service; it stays with the first until the second acknowledges it."""

    accepts = shapes.RedirectIn

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """The holder; anybody of the team while nobody holds it."""
        return redirect_referral(
            by=reader,
            reference=reference,
            to_service=get_service(data["to_service"]),
            reason=data["reason"],
            version=version,
        )


@_event
class Outside(_Event):
    """Handed over outside the portal, to a service that takes no referrals here: it is closed."""

    accepts = shapes.OutsideIn

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """The holder; anybody of the team who decides while nobody holds it."""
        service = get_service(data.pop("to_service"))
        return hand_over_outside(
            by=reader, reference=reference, to_service=service, version=version, **data
        )


@_event
class Withdraw(_Event):
    """The sender takes it back, with a coded reason."""

    accepts = shapes.WithdrawIn
    for_ = "send"

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """Only the sender's team."""
        return ending.withdraw(by=reader, reference=reference, version=version, **data)


@_event
class Close(_Event):
    """The work that was accepted is done."""

    accepts = shapes.CloseIn
    for_ = "read"

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """Either side."""
        return ending.close(by=reader, reference=reference, version=version, **data)


@_event
class HandBack(_Event):
    """The second team does not take on what was redirected to it. It is no longer theirs to read,
    so the answer is empty."""

    accepts = shapes.WordsIn
    needs_key = True

    def perform(self, request: Request, reference: str) -> Response:
        """204: the first team has it, as it had all the time. The same for the same key again."""
        reader = reader_of(request)
        try:
            access.get_referral(reader, reference, self.for_)
            version = required_version(request)
            data = checked(self.accepts, request)
            data["key"] = idempotency_key(request)
            hand_back(by=reader, reference=reference, version=version, **data)
        except NotYours:
            if not self._done_before(reader, request, reference):
                raise
        return Response(status=204)

    def _done_before(self, reader: Reader, request: Request, reference: str) -> bool:
        try:
            words = checked(self.accepts, request)["words"]
        except ValidationError:
            return False
        key = request.headers.get("Idempotency-Key", "").strip()
        return was_handed_back(by=reader, reference=reference, words=words, key=key)


@_event
class Reopen(_Event):
    """What was closed goes on where it was; what was never accepted is new in the inbox."""

    accepts = shapes.WordsIn
    for_ = "read"
    needs_key = True

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """Either side."""
        return reopen(by=reader, reference=reference, version=version, **data)


@_event
class Undo(_Event):
    """Take back one's own last event within ten minutes, where nothing has been built on it."""

    for_ = "read"
    needs_key = True

    def act(self, reader: Reader, reference: str, version: int | None, data: Any) -> Referral:
        """Whoever did it. 409 with what has been built on it."""
        return undo(by=reader, reference=reference, version=version, **data)
