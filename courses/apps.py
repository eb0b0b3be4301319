"""App configuration of `courses`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common.navigation import navigation


class CoursesConfig(AppConfig):
    """`courses` in the line of apps: programmes, lessons, plans, practice."""

    name = "courses"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from competence.extensions import sources
        from courses import notices, receivers
        from courses.departures import handovers
        from courses.evidence import learning_links
        from courses.rail import ENTRIES
        from people.extensions import departures

        receivers.connect()
        notices.register()
        departures.register(handovers)
        sources.register(learning_links)
        for entry in ENTRIES:
            navigation.register(entry)
