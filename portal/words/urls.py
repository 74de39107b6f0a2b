from django.urls import path

from portal.words import views

urlpatterns = [path("", views.working_together, name="working-together")]
