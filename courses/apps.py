"""App configuration of `courses`."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """`courses` in the line of apps."""

    name = "courses"
