"""App configuration of the project: the last app, which wires what all the others declare."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from common.access import registry


class LmsConfig(AppConfig):
    """Collects access lines, applies grants and installs triggers once everything else exists."""

    name = "lms"

    def ready(self) -> None:
        from lms.permissions import collect_access
        from lms.receivers import after_migrate

        collect_access(registry)
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="lms.after_migrate")
