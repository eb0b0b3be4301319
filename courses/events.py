"""What courses tells the apps above it. Ids and dates only, sent after the commit."""

from dataclasses import dataclass

from common.events import Event


@dataclass(frozen=True, kw_only=True)
class Enrolled(Event):
    """Somebody is on the way through a programme."""

    enrollment_id: int


@dataclass(frozen=True, kw_only=True)
class PracticeSigned(Event):
    """Somebody signed for a showing, at target or below."""

    signoff_id: int


@dataclass(frozen=True, kw_only=True)
class EnrollmentEnded(Event):
    """A way through a programme was completed or stopped."""

    enrollment_id: int
