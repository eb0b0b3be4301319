"""Reads one module of every app of the line, where the app has it."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.conf import settings


def modules_named(name: str) -> Iterator[ModuleType]:
    """Module ``name`` of each of our apps, from the floor up; apps without one are skipped."""
    for app in settings.LINE_OF_APPS:
        try:
            yield import_module(f"{app}.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"{app}.{name}":
                raise
