from django.contrib.auth.decorators import login_not_required
from django.urls import path

from referrals import (
    api,
    api_events,
    references,  # noqa: F401 (makes the converter known)
)

# The REST framework asks for the sign-in itself: a stranger gets 401, not a page.
_EVENTS = {
    "claim": api_events.Claim,
    "ask": api_events.Ask,
    "answer": api_events.Answer,
    "accept": api_events.Accept,
    "decline": api_events.Decline,
    "redirect": api_events.Redirect,
    "outside": api_events.Outside,
    "withdraw": api_events.Withdraw,
    "close": api_events.Close,
    "hand-back": api_events.HandBack,
    "reopen": api_events.Reopen,
    "undo": api_events.Undo,
}

urlpatterns = [
    path("inbox/", login_not_required(api.Inbox.as_view()), name="api-inbox"),
    path("referrals/", login_not_required(api.Referrals.as_view()), name="api-referrals"),
    path(
        "referrals/<reference:reference>/",
        login_not_required(api.OneReferral.as_view()),
        name="api-referral",
    ),
    *[
        path(
            f"referrals/<reference:reference>/{name}/",
            login_not_required(view.as_view()),
            name=f"api-referral-{name}",
        )
        for name, view in _EVENTS.items()
    ],
]
