"""App configuration of `competence`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common.navigation import navigation


class CompetenceConfig(AppConfig):
    """`competence` in the line of apps: the rule, the ledger, the matrix, the record."""

    name = "competence"
    verbose_name = _("Competences")

    def ready(self) -> None:
        from competence import receivers
        from competence.rail import ENTRIES

        receivers.connect()
        for entry in ENTRIES:
            navigation.register(entry)
