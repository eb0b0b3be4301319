"""App configuration of `common`."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from common.sqlite import teach_unicode


class CommonConfig(AppConfig):
    """`common` in the line of apps: the floor."""

    name = "common"

    def ready(self) -> None:
        connection_created.connect(teach_unicode, dispatch_uid="common.teach_unicode")
