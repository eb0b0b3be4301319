"""App configuration of `people`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """`people` in the line of apps: who works here."""

    name = "people"
    verbose_name = _("People")
