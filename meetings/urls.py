from django.urls import include, path

from meetings import references  # noqa: F401 (makes the converter known)
from meetings.views import arrange, finding, meetings

urlpatterns = [
    path("", meetings.listing, name="meetings"),
    path("arrange/", arrange.arrange, name="meeting-arrange"),
    path("<meeting:reference>/", meetings.page, name="meeting"),
    path("<meeting:reference>/find/", finding.find, name="meeting-find"),
    path("<meeting:reference>/book/", finding.book, name="meeting-book"),
    path("<meeting:reference>/cancel/", finding.cancel, name="meeting-cancel"),
    path("", include("meetings.outcome_urls")),
]
