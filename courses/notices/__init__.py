"""What courses tells people, by subject."""

from courses.notices import learning, sessions
from notifications.extensions import kinds


def register() -> None:
    """Fill ``notifications.kinds``."""
    for kind in (*learning.KINDS, *sessions.KINDS):
        if all(known.name != kind.name for known in kinds):
            kinds.register(kind)
