from django.contrib.auth.decorators import login_not_required
from django.urls import path

from referrals import (
    api,
    references,  # noqa: F401 (makes the converter known)
)

# The REST framework asks for the sign-in itself: a stranger gets 401, not a page.
_EVENTS = {
    "claim": api.Claim,
    "ask": api.Ask,
    "answer": api.Answer,
    "accept": api.Accept,
    "decline": api.Decline,
    "redirect": api.Redirect,
    "withdraw": api.Withdraw,
    "close": api.Close,
}

urlpatterns = [
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
    path("inbox/", login_not_required(api.Inbox.as_view()), name="api-inbox"),
]
