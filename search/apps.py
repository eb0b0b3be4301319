"""App configuration of `search`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """`search` in the line of apps: finding what readers may see."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Follow what happens to articles."""
        from search import receivers

        receivers.connect()
