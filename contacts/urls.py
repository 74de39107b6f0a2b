from django.urls import path

from contacts.views import card, service, who

urlpatterns = [
    path("", who.who_to_contact, name="who-to-contact"),
    path("practices/<str:ods>/", card.page, name="practice-card"),
    path("practices/<str:ods>/card.pdf", card.pdf, name="practice-card-pdf"),
    path("services/<str:reference>/", service.service, name="service"),
]
