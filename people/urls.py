"""URLs about oneself and other people."""

from django.urls import path

from people import views

urlpatterns = [path("profile/", views.profile, name="profile")]
