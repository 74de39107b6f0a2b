"""Addresses. Each room brings its own; they are included by string."""

from django.urls import include, path

# Django tries them one after the other: what programs ask comes first, what has no beginning of its
# own comes last.
urlpatterns = [
    path("api/v1/", include("portal.api.urls")),
    path("api/v1/", include("contacts.api_urls")),
    path("api/v1/", include("referrals.api_urls")),
    path("account/", include("portal.accounts.urls")),
    path("who-to-contact/", include("contacts.urls")),
    path("directory/own/", include("contacts.editing_urls")),
    path("directory/", include("contacts.directory_urls")),
    path("referrals/", include("referrals.urls")),
    path("meetings/", include("meetings.urls")),
    path("working-together/", include("portal.words.urls")),
    path("notifications/", include("portal.notifications.urls")),
    path("", include("portal.home.urls")),
]

handler400 = "portal.home.errors.bad_request"
handler403 = "portal.home.errors.forbidden"
handler404 = "portal.home.errors.not_found"
handler500 = "portal.home.errors.server_error"
