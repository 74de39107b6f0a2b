"""The addresses of the directory. Those of its editors are in editing_urls.py."""

from django.urls import path

from contacts.views import directory, service, upkeep

urlpatterns = [
    path("", directory.directory, name="directory"),
    path("upkeep/", upkeep.listing, name="directory-upkeep"),
    path(
        "upkeep/<int:organisation>/main-number/", upkeep.main_number, name="directory-main-number"
    ),
    path("reports/<str:reference>/", upkeep.one_report, name="directory-report"),
    path("reports/<str:reference>/words/", upkeep.report_words, name="directory-report-words"),
    path("<str:reference>/", service.entry, name="directory-entry"),
    path("<str:reference>/report/", upkeep.report, name="directory-entry-report"),
    path("<str:reference>/checked/", upkeep.checked, name="directory-entry-checked"),
    path("<str:reference>/rhythm/", upkeep.rhythm, name="directory-entry-rhythm"),
]
