"""The inbox and its choices."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="inbox_read_all"),
    path("inbox/preferences/", views.preferences, name="notification_preferences"),
    path("inbox/<int:notification_id>/", views.open_notification, name="notification_open"),
    path("inbox/<int:notification_id>/read/", views.read, name="notification_read"),
]
