from django.urls import path

from contacts import views

urlpatterns = [
    path("", views.who_to_contact, name="who-to-contact"),
    path("services/<str:reference>/", views.service, name="service"),
]
