"""App configuration of `certification`."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    """`certification` in the line of apps."""

    name = "certification"
