"""Where competence must ask the apps above it: what stands behind an event, and where to open it?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from common.extensions import ExtensionPoint
from people.viewer import Viewer


@dataclass(frozen=True)
class SourceRef:
    """What stands behind an event: its kind ("article", "attempt", …) and its id there."""

    kind: str
    id: str


@dataclass(frozen=True)
class SourceLink:
    """How it is called, and where it opens for this viewer; "" where it does not."""

    label: str
    url: str = ""


class SourceProvider(Protocol):
    """Names those of ``refs`` that it knows and ``viewer`` may see; a constant number of queries."""

    def __call__(
        self, refs: Collection[SourceRef], viewer: Viewer
    ) -> Mapping[SourceRef, SourceLink]: ...


sources: ExtensionPoint[SourceProvider] = ExtensionPoint("competence.sources")


def links_of(refs: Collection[SourceRef], viewer: Viewer) -> dict[SourceRef, SourceLink]:
    """What the apps above say of ``refs``; those that nobody knows are missing."""
    found: dict[SourceRef, SourceLink] = {}
    if refs:
        for provider in sources:
            found |= provider(refs, viewer)
    return found
