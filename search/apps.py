"""App configuration of `search`."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """`search` in the line of apps."""

    name = "search"
