"""Where people must ask the apps above it: what must be handed over before somebody leaves?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.utils.functional import Promise

from common.extensions import ExtensionPoint

if TYPE_CHECKING:
    from people.models import Employee


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """One thing that somebody else must take on: what it is ("Article: owner"), its name, where to change it."""

    kind: str | Promise
    title: str
    url: str = ""


class DepartureProvider(Protocol):
    """Lists what ``employee`` holds that would be nobody's once they are gone; empty if nothing."""

    def __call__(self, employee: "Employee") -> Sequence[HandOver]: ...


departures: ExtensionPoint[DepartureProvider] = ExtensionPoint("people.departures")
