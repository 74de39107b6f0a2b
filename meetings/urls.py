from django.urls import path

from meetings import references  # noqa: F401 (makes the converter known)
from meetings.views import meetings

urlpatterns = [
    path("", meetings.listing, name="meetings"),
    path("<meeting:reference>/", meetings.page, name="meeting"),
]
