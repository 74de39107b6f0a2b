"""Who to contact, for programs."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.answers import Asked, asked_by, contact_answer
from contacts.circumstances import question_of
from contacts.serializers import (
    PlaceQuestionSerializer,
    WhoToContactSerializer,
    answer_as_json,
    asked_in,
)
from portal.accounts.access import reader_of
from portal.core.clock import now


class WhoToContactView(APIView):
    """`POST /api/v1/who-to-contact/`: a postcode, a practice, and what can move the answer."""

    # For everybody: it holds no person, and shows public contacts only without a sign-in.
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="who_to_contact",
        summary="Who to contact for a postcode",
        request=PlaceQuestionSerializer,
        responses={
            200: WhoToContactSerializer,
            400: OpenApiResponse(
                description="Not a postcode, an unknown council, or circumstances that cannot be"
                " together; `detail` says what is wrong."
            ),
            404: OpenApiResponse(
                description="A postcode that is not loaded; `detail` says what holds in its area."
            ),
            429: OpenApiResponse(description="Too many requests; `Retry-After` in seconds."),
        },
    )
    def post(self, request: Request) -> Response:
        """The responsible authority for this question and why, and its single points of access.

        A postcode that is not loaded is answered with 404, whether its area exists or not: a
        program that takes any 200 for an answer would name nobody. Where the area is known,
        `detail` says what holds there, as the page does. Nothing is kept or logged.
        """
        asked_for = asked_in(request.data)
        asked_for.is_valid(raise_exception=True)
        at = now()
        given = asked_for.validated_data
        found = contact_answer(
            postcode=given["postcode"],
            practice_ods=given.get("practice", ""),
            question=question_of(given),
            placing_council=given.get("placing_council", ""),
            asked=self._asked(request),
            at=at,
        )
        return Response(answer_as_json(found, at))

    def _asked(self, request: Request) -> Asked:
        if not request.user.is_authenticated:
            return Asked()
        # Django's own request: the session's middleware may have read the reader already.
        return asked_by(reader_of(request._request))
