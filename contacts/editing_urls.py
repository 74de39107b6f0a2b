"""The addresses of directory editors."""

from django.urls import path

from contacts.views import editing, editing_whole

urlpatterns = [
    path("", editing.entries, name="own-entries"),
    path("new/", editing_whole.new, name="own-entry-new"),
    path("<str:reference>/", editing.entry, name="own-entry"),
    path("<str:reference>/close/", editing_whole.close, name="own-entry-close"),
    path("<str:reference>/history/", editing_whole.history, name="own-entry-history"),
    path(
        "<str:reference>/history/<int:version>/undo/",
        editing_whole.undo,
        name="own-entry-undo",
    ),
    path("<str:reference>/<slug:slug>/", editing.part, name="own-entry-part"),
]
