"""App configuration of `search`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """`search` in the line of apps: finding what readers may see."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Follow what happens to articles."""
        from common.navigation import navigation
        from search import notices, receivers
        from search.rail import ENTRIES

        receivers.connect()
        notices.register()
        for entry in ENTRIES:
            navigation.register(entry)
