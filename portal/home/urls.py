from django.urls import path

from portal.home import health, mails, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("demonstration/mails/", mails.listing, name="demonstration-mails"),
    path("demonstration/mails/<slug:key>/", mails.one, name="demonstration-mail"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
