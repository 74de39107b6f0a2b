"""Addresses under /meetings/series/: meetings that recur."""

from django.urls import path

from meetings import references  # noqa: F401 (makes the converter known)
from meetings.views import series

urlpatterns = [
    path("", series.listing, name="series"),
    path("new/", series.new, name="series-new"),
    path("<meeting:reference>/", series.page, name="series-page"),
    path("<meeting:reference>/change/", series.change, name="series-change"),
    path("<meeting:reference>/make/", series.make, name="series-make"),
    path("<meeting:reference>/end/", series.end, name="series-end"),
]
