"""How often something came from one place lately: what floods and guesses are stopped by."""

import ipaddress
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.crypto import salted_hmac

# Whoever has an address of the new kind has as many as they like of one network.
NETWORK = 64


@dataclass(frozen=True)
class Tally:
    """A count for each place within ``seconds``; the time runs from the first. Nobody can turn its keys back."""

    name: str
    seconds: int

    def count(self, origin: str) -> int:
        """One more from ``origin`` (an IP address, or whatever names somebody); how many that makes."""
        key = self._key(origin)
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key)
        except ValueError:
            # The time ended between the two lines.
            cache.add(key, 1, self.seconds)
            return 1

    def so_far(self, origin: str) -> int:
        """How many came from ``origin``."""
        return cache.get(self._key(origin), 0)

    def _key(self, origin: str) -> str:
        return f"{self.name}:{salted_hmac(self.name, _place(origin)).hexdigest()}"


def _place(origin: str) -> str:
    """An address of the new kind as its network; anything else as it is."""
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return origin
    if address.version == 4:
        return origin
    return str(ipaddress.ip_network((address, NETWORK), strict=False))
