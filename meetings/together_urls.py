"""Addresses under /meetings/together/: what is arranged with a team that one works with."""

from django.urls import path

from meetings.views import together, visits

urlpatterns = [
    path("", together.together, name="together"),
    path("<int:team>/<int:other>/reflection/", together.reflection, name="together-reflection"),
    path("<int:team>/<int:other>/visit/", visits.visit, name="together-visit"),
    path("<int:team>/<int:other>/first/", together.first, name="together-first"),
    path(
        "<int:team>/<int:other>/first/not-now/",
        together.first_not_now,
        name="together-first-not-now",
    ),
]
