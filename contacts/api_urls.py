from django.urls import path

from contacts.api import WhoToContactView

urlpatterns = [
    path("who-to-contact/", WhoToContactView.as_view(), name="api-who-to-contact"),
]
