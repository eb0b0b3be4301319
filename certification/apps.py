"""App configuration of `certification`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common.navigation import navigation


class CertificationConfig(AppConfig):
    """`certification` in the line of apps: questions, tests, attempts."""

    name = "certification"
    verbose_name = _("Certification")

    def ready(self) -> None:
        from certification import notices, receivers
        from certification.evidence import attempt_links
        from certification.rail import ENTRIES
        from certification.services.checking import checks
        from competence.extensions import sources
        from kb.extensions import confirmation

        receivers.connect()
        notices.register()
        confirmation.register(checks)
        sources.register(attempt_links)
        for entry in ENTRIES:
            navigation.register(entry)
