"""Extension points: where a lower app must ask the apps above it before it acts.

A point is declared in the lower app's ``extensions.py`` and filled by upper apps in ``AppConfig.ready()``.
The list of points is closed: a new one is an architecture decision.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Provider = TypeVar("Provider")


class ExtensionPoint(Generic[Provider]):
    """A named question of a lower app and the providers that answer it, in the order they registered."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._providers: list[Provider] = []

    def register(self, provider: Provider) -> None:
        """Add ``provider``; registering it twice is the same as once."""
        if provider not in self._providers:
            self._providers.append(provider)

    def unregister(self, provider: Provider) -> None:
        """Take ``provider`` out again; unknown providers are ignored."""
        if provider in self._providers:
            self._providers.remove(provider)

    def __iter__(self) -> Iterator[Provider]:
        return iter(list(self._providers))

    def __repr__(self) -> str:
        return f"ExtensionPoint({self.name!r}, {len(self._providers)} providers)"
