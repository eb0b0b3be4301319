"""App configuration of `competence`."""

from django.apps import AppConfig


class CompetenceConfig(AppConfig):
    """`competence` in the line of apps."""

    name = "competence"
