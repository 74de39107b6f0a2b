from django.urls import path

from contacts.views import service, who

urlpatterns = [
    path("", who.who_to_contact, name="who-to-contact"),
    path("services/<str:reference>/", service.service, name="service"),
]
