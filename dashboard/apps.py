"""App configuration of `dashboard`."""

from django.apps import AppConfig

from common.navigation import navigation


class DashboardConfig(AppConfig):
    """`dashboard` in the line of apps: home for each role, the frame around every page."""

    name = "dashboard"

    def ready(self) -> None:
        from dashboard.rail import ENTRIES

        for entry in ENTRIES:
            navigation.register(entry)
