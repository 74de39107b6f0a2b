"""The REST face of sending, reading and listing: access, rules and actions are the pages' own."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.access import service_for_referral
from portal.accounts.access import Reader, reader_of
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.api.preconditions import idempotency_key
from portal.core.clock import now
from portal.core.refused import InvalidInput
from referrals import access, queries
from referrals import serializers as shapes
from referrals.actions.look import open_referral
from referrals.actions.send import send_referral, sent_before
from referrals.api_frame import KEY, PROBLEMS, checked, out
from referrals.presenters.bodies import row_bodies
from referrals.views.lists import record_list


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
        reader = reader_of(request)
        reader.check(May.REFER)
        given = checked(shapes.ReferralIn, request)
        body = dict(request.data)
        if sent := sent_before(by=reader, key=key, body=body):
            return out(reader, sent, status=201)
        form = shapes.form_of(given)
        if not form.is_valid():
            raise ValidationError(
                {
                    shapes.API_NAMES.get(n, n): [str(e) for e in errors]
                    for n, errors in form.errors.items()
                }
            )
        team = _sending_team(reader, given.get("team"))
        service = service_for_referral(reader, given["service"])
        sent = send_referral(
            by=reader,
            team=team,
            service=service,
            answers=form.answers(body=body),
            key=key,
        )
        return out(reader, sent, status=201)


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
        reader = reader_of(request)
        return out(reader, open_referral(by=reader, reference=reference))


class Inbox(APIView):
    """The receiving team's shared inbox."""

    @extend_schema(
        operation_id="inbox",
        parameters=[
            OpenApiParameter(
                "show",
                str,
                enum=list(queries.FILTERS),
            ),
            OpenApiParameter("after", str, description="The `next` of the page before."),
        ],
        responses={200: shapes.InboxOut, **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        """25 at a time, soonest due first."""
        reader, at = reader_of(request), now()
        access.check_has_inbox(reader)
        show = request.query_params.get("show", queries.NEEDS_DECISION)
        if show not in queries.FILTERS:
            raise InvalidInput("There is no such list.", field="show")
        page = queries.inbox_page(reader, show, at, request.query_params.get("after", ""))
        record_list(reader, page.rows, "inbox")
        return Response({"results": row_bodies(page.rows, at), "next": page.next_cursor})
