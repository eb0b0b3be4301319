"""Who asks for numbers of certificates that are none is guessing, and is stopped for a while."""

import hashlib
import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MISSES, SECONDS = 20, 600
# Whoever has an address of the new kind has as many as they like of one network.
NETWORK = 64


def is_stopped(request: HttpRequest) -> bool:
    """Whether too many numbers that are none came from there: nothing is answered then, not even of one that is."""
    return cache.get(_key(request), 0) >= MISSES


def count_miss(request: HttpRequest) -> None:
    """One more. The time runs from the first."""
    key = _key(request)
    if cache.add(key, 1, SECONDS):
        return
    try:
        cache.incr(key)
    except ValueError:
        # It ran out between the two.
        cache.add(key, 1, SECONDS)


def _key(request: HttpRequest) -> str:
    came_from = get_adapter().get_client_ip(request) or ""
    try:
        address = ipaddress.ip_address(came_from)
    except ValueError:
        pass
    else:
        if address.version == 6:
            came_from = str(ipaddress.ip_network((address, NETWORK), strict=False))
    return "certificate-guess:" + hashlib.sha256(came_from.encode()).hexdigest()
