"""Where notifications ask the apps above: what does this kind say to this person, if anything?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise

from common.extensions import ExtensionPoint
from people.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Group:
    """Kinds that a person switches on or off together. ``key`` is stored, the words are shown."""

    key: str
    label: str | Promise
    note: str | Promise = ""


@dataclass(frozen=True, kw_only=True)
class MailFile:
    """A file that goes with a mail."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What a notification says to its recipient now. ``subject`` heads the mail and names nothing internal.

    ``attach`` makes the file that goes with the mail; it is asked when the mail is written, not at each reading.
    """

    title: str
    line: str
    url: str
    why: str
    subject: str
    attach: Callable[[], MailFile] | None = None


class Kind(Protocol):
    """A kind of notification, known by its name.

    ``render`` is asked at send and again at every read, in the recipient's language: for each of ``params``
    what it says to ``viewer`` at ``at``, or None when it is not theirs to see, or no longer of any concern.
    Its queries do not grow with the number of ``params``.
    """

    name: str
    group: Group

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime
    ) -> Sequence[Rendered | None]: ...


kinds: ExtensionPoint[Kind] = ExtensionPoint("notifications.kinds")


class UnknownKind(LookupError):
    """No app has registered a kind of this name."""


def kind_named(name: str) -> Kind:
    """The kind called ``name``. Raises UnknownKind."""
    for kind in kinds:
        if kind.name == name:
            return kind
    raise UnknownKind(name)


def groups() -> list[Group]:
    """The groups of all kinds, each once, in the order their apps registered."""
    return list({kind.group.key: kind.group for kind in kinds}.values())
