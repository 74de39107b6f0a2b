from django.urls import include, path

from meetings import references  # noqa: F401 (makes the converter known)
from meetings.views import answering, arrange, feeds, finding, meetings, people, place, visits

urlpatterns = [
    path("", meetings.listing, name="meetings"),
    path("arrange/", arrange.arrange, name="meeting-arrange"),
    path("answer/<str:token>/", answering.by_link, name="meeting-answer-link"),
    path("feed/", feeds.settings_page, name="meeting-feed"),
    path("feed/<str:token>.ics", feeds.file, name="meeting-feed-file"),
    path("series/", include("meetings.series_urls")),
    path("together/", include("meetings.together_urls")),
    path("<meeting:reference>/", meetings.page, name="meeting"),
    path("<meeting:reference>/find/", finding.find, name="meeting-find"),
    path("<meeting:reference>/book/", finding.book, name="meeting-book"),
    path("<meeting:reference>/cancel/", finding.cancel, name="meeting-cancel"),
    path("<meeting:reference>/visit/accept/", visits.accept, name="meeting-visit-accept"),
    path("<meeting:reference>/visit/decline/", visits.decline, name="meeting-visit-decline"),
    path("<meeting:reference>/visit/again/", visits.again, name="meeting-visit-again"),
    path("", include("meetings.outcome_urls")),
    path("<meeting:reference>/answer/", answering.by_button, name="meeting-answer"),
    path("<meeting:reference>/people/", people.people, name="meeting-people"),
    path("<meeting:reference>/place/", place.place, name="meeting-place"),
]
