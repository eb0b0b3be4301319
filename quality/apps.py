"""App configuration of `quality`."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """`quality` in the line of apps."""

    name = "quality"
