"""The engines of this process, as the settings choose them."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from search.engines.base import Engine, Index, Searchable
from search.engines.embedded import EmbeddedEngine
from search.engines.fallback import FallbackEngine

if TYPE_CHECKING:
    from search.engines.cluster.engine import ClusterEngine

_made: dict[Any, Any] = {}
_lock = threading.RLock()


def local() -> EmbeddedEngine:
    """The index on this machine's disk: the engine of most sites, the fallback of the others."""
    root = Path(settings.SEARCH_INDEX_DIR)
    return _once(root, lambda: EmbeddedEngine(root))


def cluster() -> "ClusterEngine | None":
    """The cluster, if this site has one."""
    if settings.SEARCH_ENGINE == "embedded":
        return None
    # A site without a cluster does without the memory and the start-up time of its client.
    from search.engines.cluster.connection import Address  # noqa: PLC0415
    from search.engines.cluster.engine import ClusterEngine  # noqa: PLC0415

    address = Address(
        urls=tuple(settings.SEARCH_CLUSTER_URLS),
        product=settings.SEARCH_ENGINE,
        prefix=settings.SEARCH_CLUSTER_PREFIX,
        api_key=settings.SEARCH_CLUSTER_API_KEY,
        ca_certs=settings.SEARCH_CLUSTER_CA,
    )
    words = local()
    return _once((address, words.root), lambda: ClusterEngine(address, words))


def asked() -> Searchable:
    """What readers' questions go to."""
    remote, here = cluster(), local()
    if remote is None:
        return here
    return _once(("asked", remote), lambda: FallbackEngine(remote, here))


def kept() -> list[Index]:
    """Every index this site must keep true; the local one first."""
    remote = cluster()
    return [local()] if remote is None else [local(), remote]


def called(name: str) -> Engine:
    """The engine with this name. Raises ``KeyError`` if this site has none of it."""
    return {index.name: index for index in kept()}[name]


def _once(key: Any, make: Any) -> Any:
    with _lock:
        if key not in _made:
            _made[key] = make()
        return _made[key]
