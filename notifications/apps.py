"""App configuration of `notifications`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common.navigation import navigation


class NotificationsConfig(AppConfig):
    """`notifications` in the line of apps: inbox, e-mail, preferences."""

    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from notifications import receivers
        from notifications.rail import INBOX

        receivers.connect()
        navigation.register(INBOX)
