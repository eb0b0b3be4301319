"""App configuration of `kb`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KbConfig(AppConfig):
    """`kb` in the line of apps: what the company knows."""

    name = "kb"
    verbose_name = _("Knowledge base")
