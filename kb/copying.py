"""Customers print without an account, and a PDF costs time: so many from one address, then they wait."""

import hashlib

from django.core.cache import cache

COPIES, SECONDS = 30, 600


def may_print(address: str) -> bool:
    """Whether one more copy may be made for ``address``; it is counted. The time runs from the first."""
    key = "article-copies:" + hashlib.sha256(address.encode()).hexdigest()
    if cache.add(key, 1, SECONDS):
        return True
    try:
        return cache.incr(key) <= COPIES
    except ValueError:
        # It ran out between the two.
        return cache.add(key, 1, SECONDS)
