"""The REST face: the same access, rules and actions as the pages."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from contacts.access import get_service, service_for_referral
from portal.accounts.access import Reader, reader_of
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.api.preconditions import idempotency_key, required_version
from portal.core.clock import now
from portal.core.refused import InvalidInput
from portal.core.versions import etag
from referrals import access, queries
from referrals import serializers as shapes
from referrals.access import For
from referrals.actions import ask as asking
from referrals.actions import claim as claiming
from referrals.actions import decide as deciding
from referrals.actions import end as ending
from referrals.actions.look import open_referral
from referrals.actions.redirect import redirect as redirect_referral
from referrals.actions.send import send_referral
from referrals.models import Referral
from referrals.presenters.bodies import referral_body, row_bodies
from referrals.views.lists import record_list

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag that was read."
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="8 to 64 characters; the same key again gives the same referral.",
)
PROBLEMS = {
    code: OpenApiResponse(description=words)
    for code, words in {
        400: "Some answers need another look (problem details, `fields`).",
        401: "Not signed in.",
        403: "Another side or role does this.",
        404: "Not there, or not yours.",
        409: "Stale, held by another (`held_by`), or not possible in this status.",
        412: "A header is missing.",
    }.items()
}


def _reader(request: Request) -> Reader:
    return reader_of(request)


def _out(reader: Reader, referral: Referral, status: int = 200) -> Response:
    """One referral whole, with its ETag, as the action has left it."""
    told = queries.told(referral, access.team_in(reader, referral))
    body = referral_body(referral, told, now())
    headers = {"ETag": etag(referral)}
    if status == 201:
        headers["Location"] = f"/api/v1/referrals/{referral.reference}/"
    return Response(body, status=status, headers=headers)


def _checked(kind: type[BaseSerializer[Any]], request: Request) -> Any:
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return given


class Referrals(APIView):
    """Send a referral."""

    @extend_schema(
        operation_id="referral_send",
        parameters=[KEY],
        request=shapes.ReferralIn,
        responses={201: shapes.ReferralOut, **PROBLEMS},
    )
    def post(self, request: Request) -> Response:
        """Send it once: the same Idempotency-Key again gives the same referral."""
        key = idempotency_key(request)
        reader = _reader(request)
        reader.check(May.REFER)
        given: shapes.ReferralIn = _checked(shapes.ReferralIn, request)
        form = given.form()
        if not form.is_valid():
            raise ValidationError(
                {
                    shapes.API_NAMES.get(n, n): [str(e) for e in errors]
                    for n, errors in form.errors.items()
                }
            )
        team = _sending_team(reader, given.validated_data.get("team"))
        service = service_for_referral(reader, given.validated_data["service"])
        sent = send_referral(
            by=reader,
            team=team,
            service=service,
            answers=form.answers(body=dict(request.data)),
            key=key,
        )
        return _out(reader, sent, status=201)


def _sending_team(reader: Reader, team_id: int | None) -> Team:
    teams = reader.teams(May.REFER)
    if team_id is None and len(teams) > 1:
        raise InvalidInput("Say for which of your teams you refer.", field="team")
    found = next((team for team in teams if team_id in (None, team.pk)), None)
    if found is None:
        raise InvalidInput("That is not one of your teams.", field="team")
    return found


class OneReferral(APIView):
    """Read a referral."""

    @extend_schema(operation_id="referral_read", responses={200: shapes.ReferralOut, **PROBLEMS})
    def get(self, request: Request, reference: str) -> Response:
        """Read it whole. Being read is recorded and shown to the other side."""
        reader = _reader(request)
        return _out(reader, open_referral(by=reader, reference=reference))


class Inbox(APIView):
    """The receiving team's shared inbox."""

    @extend_schema(
        operation_id="inbox",
        parameters=[
            OpenApiParameter(
                "show",
                str,
                enum=[queries.NEEDS_DECISION, queries.OVERDUE, queries.MINE, queries.WAITING],
            ),
            OpenApiParameter("after", str, description="The `next` of the page before."),
        ],
        responses={200: shapes.InboxOut, **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        """25 at a time, soonest due first."""
        reader, at = _reader(request), now()
        access.check_has_inbox(reader)
        show = request.query_params.get("show", queries.NEEDS_DECISION)
        if show not in (queries.NEEDS_DECISION, queries.OVERDUE, queries.MINE, queries.WAITING):
            raise InvalidInput("There is no such list.", field="show")
        page = queries.inbox_page(reader, show, at, request.query_params.get("after", ""))
        record_list(reader, page.rows, "inbox")
        return Response({"results": row_bodies(page.rows, at), "next": page.next_cursor})


class _Event(APIView):
    """An event of a referral. `accepts` is the body's shape."""

    accepts: type[BaseSerializer[Any]] = shapes.NothingIn
    for_: For = "triage"
    needs_version = True

    def perform(self, request: Request, reference: str) -> Response:
        """Check access, If-Match and body, act, answer with the referral as it is now."""
        reader = _reader(request)
        access.get_referral(reader, reference, self.for_)
        version = required_version(request) if self.needs_version else None
        data = _checked(self.accepts, request).validated_data
        referral = self.act(reader, reference, version, data)
        return _out(reader, referral)

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
        parameters=[IF_MATCH] if kind.needs_version else [],
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
        """Only the holder."""
        return redirect_referral(
            by=reader,
            reference=reference,
            to_service=get_service(data["to_service"]),
            reason=data["reason"],
            version=version,
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
