"""Time zones by name: which ones there are, and what stands in for one this machine does not know."""

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """The names of all zones this machine knows."""
    return frozenset(available_timezones())


def zone_or_default(name: str) -> ZoneInfo:
    """The zone called ``name``, or the site's own if there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def zones_to_choose(current: str = "") -> list[tuple[str, str]]:
    """The zones a form offers: the usual ones of the settings, with ``current`` kept if it is another."""
    names = list(settings.WAGTAIL_USER_TIME_ZONES)
    if current and current not in names:
        names.insert(0, current)
    return [(name, name.replace("_", " ")) for name in names]
