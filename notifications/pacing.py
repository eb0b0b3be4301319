"""When a message may go out: at once, after the quiet hours, or with the digest. Pure: the moment is passed in."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

DIGEST_AT = datetime.time(9)


class Pace(StrEnum):
    """How soon a person wants messages of a group by a channel."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A person's hours, on their own clock. Quiet ones may span midnight; two alike, or none, mean no quiet."""

    zone: ZoneInfo
    quiet_from: datetime.time | None = None
    quiet_until: datetime.time | None = None
    digest_at: datetime.time = DIGEST_AT

    def is_quiet(self, moment: datetime.datetime) -> bool:
        """Whether ``moment`` (aware) falls into the quiet hours; their end does not."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        clock = moment.astimezone(self.zone).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until

    def next_at(self, clock: datetime.time, *, after: datetime.datetime) -> datetime.datetime:
        """The first moment later than ``after`` (aware) at which the person's clock shows ``clock``.

        Where the clock skips that time in spring it is the moment the same distance after the change.
        """
        day = after.astimezone(self.zone).date()
        while True:
            moment = datetime.datetime.combine(day, clock, self.zone).astimezone(datetime.UTC)
            if moment > after:
                return moment
            day += datetime.timedelta(days=1)


def due_at(
    now: datetime.datetime, *, pace: Pace, hours: Hours, is_urgent: bool = False
) -> datetime.datetime:
    """When a message written ``now`` goes out.

    What is urgent goes at once, whatever was chosen. A digest comes at its own hour, also a quiet one: somebody
    chose that hour. Raises ValueError for a pace of OFF that is not urgent.
    """
    if is_urgent:
        return now
    if pace is Pace.OFF:
        raise ValueError("Nothing is sent to who wants nothing.")
    if pace is Pace.DIGEST:
        return hours.next_at(hours.digest_at, after=now)
    if hours.is_quiet(now) and hours.quiet_until is not None:
        return hours.next_at(hours.quiet_until, after=now)
    return now
