from django.urls import path

from portal.notifications import views

urlpatterns = [
    path("", views.listing, name="notifications"),
    path("latest/", views.latest, name="notifications-latest"),
    path("seen/", views.see, name="notifications-seen"),
]
