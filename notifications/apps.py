"""App configuration of `notifications`."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """`notifications` in the line of apps."""

    name = "notifications"
