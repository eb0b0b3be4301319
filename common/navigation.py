"""The entries of the frame's rail: each app registers its own, the frame asks which a viewer gets.

Only screens that exist are registered, in the ``AppConfig.ready()`` of the app that owns them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise


class Visitor(Protocol):
    """What an entry may look at to decide whether it is shown."""

    is_authenticated: bool
    is_employee: bool
    may_enter_admin: bool
    employee_id: int | None
    roles: frozenset[str]


def always(viewer: Visitor) -> bool:
    """Shown to everybody who has a rail."""
    return True


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A screen in the rail: where it is, how it is called, and who gets it.

    ``letter`` opens it after ``g`` on the keyboard; ``on_phone`` gives it a place in the bar at the bottom.
    ``count`` says how many things in it are new, in one cheap query.
    """

    name: str
    path: str
    label: str | Promise
    icon: str
    order: int
    letter: str = ""
    on_phone: bool = False
    shown_to: Callable[[Visitor], bool] = always
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class Link:
    """An entry as one request sees it; ``count`` is None for an entry that counts nothing."""

    entry: Entry
    is_current: bool
    count: int | None = None


class Navigation:
    """The entries of all apps."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def register(self, entry: Entry) -> None:
        """Add ``entry``; registering the same again changes nothing, another one of its name is an error."""
        known = self._entries.setdefault(entry.name, entry)
        if known != entry:
            raise ValueError(f"the rail already has another entry called {entry.name!r}")

    def unregister(self, name: str) -> None:
        """Take the entry called ``name`` out again; unknown names are ignored."""
        self._entries.pop(name, None)

    def links_for(self, viewer: Visitor, path: str) -> list[Link]:
        """The viewer's entries in order; at most one is current, the one nearest to ``path``."""
        entries = sorted(
            (entry for entry in self._entries.values() if entry.shown_to(viewer)),
            key=lambda entry: entry.order,
        )
        around = [entry for entry in entries if _contains(entry.path, path)]
        current = max(around, key=lambda entry: len(entry.path), default=None)
        return [
            Link(entry, entry is current, entry.count(viewer) if entry.count else None)
            for entry in entries
        ]


def _contains(section: str, path: str) -> bool:
    return path == section or (section != "/" and path.startswith(section))


navigation = Navigation()
