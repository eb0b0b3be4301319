"""Asking the cluster, and the local index whenever the cluster does not answer well and in time."""

import threading
import time
from typing import Protocol

import structlog

from search.engines.base import (
    EngineTrouble,
    IndexUnavailable,
    NoTimeLeft,
    Scope,
    Searchable,
    Session,
)
from search.engines.breaker import Breaker
from search.ranking import Candidate
from search.understanding import Understood

logger = structlog.get_logger(__name__)

PAUSE = 1.0
"""Seconds between two probes while the cluster is not asked."""

PROBED_WITHIN = 1.0
"""Seconds a probe may take: a server that has just started is slow."""

QUICK = 0.08
"""A cluster that answers so soon is fit for readers at once; a slower one after some probes."""

SLOW_PROBES = 5


class Remote(Searchable, Protocol):
    """An engine that can be away."""

    def probe(self, seconds: float) -> float:
        """Ask something like what readers ask; how many seconds it took. Raises ``EngineTrouble``."""


class FallbackEngine:
    """What is asked for readers where there is a cluster. Failures of the cluster never reach the reader.

    While the breaker is open a thread of this process probes, so no reader waits to learn that nothing has changed.
    """

    def __init__(self, cluster: Remote, local: Searchable) -> None:
        self.breaker = Breaker()
        self._cluster = cluster
        self._local = local

    def session(self, scope: Scope) -> "FallbackSession":
        """A view of the cluster that turns into one of the local index if it must."""
        return FallbackSession(self, self._cluster.session(scope), scope)

    def local_session(self, scope: Scope) -> Session:
        """A view of the local index. Raises ``IndexUnavailable``."""
        return self._local.session(scope)

    def failed(self, reason: Exception) -> None:
        """The cluster did not answer a reader."""
        if self.breaker.failed():
            logger.warning("search_cluster_left_alone", reason=str(reason))
            threading.Thread(target=self._probe, name="search-probe", daemon=True).start()

    def _probe(self) -> None:
        slow = 0
        while self.breaker.is_open:
            time.sleep(PAUSE)
            try:
                took = self._cluster.probe(PROBED_WITHIN)
            except (EngineTrouble, IndexUnavailable):
                slow = 0
                continue
            slow += 1
            if took <= QUICK or slow >= SLOW_PROBES:
                self.breaker.succeeded()
                logger.info("search_cluster_asked_again")


class FallbackSession:
    """A ``Session`` that asks the cluster until it fails, and from then on the local index."""

    def __init__(self, engine: FallbackEngine, cluster: Session, scope: Scope) -> None:
        self._engine = engine
        self._cluster = cluster
        self._scope = scope
        self._local: Session | None = None
        self.vocabulary = cluster.vocabulary
        self.weight_of = cluster.weight_of
        # A deadline that is over, or a cluster that is left alone: local from the start.
        overdue = scope.deadline is not None and scope.deadline <= time.monotonic()
        self.simplified = overdue or engine.breaker.is_open

    def candidates(self, understood: Understood) -> list[Candidate]:
        """The candidates of the cluster, else those of the local index."""
        if not self.simplified:
            try:
                found = self._cluster.candidates(understood)
            except (EngineTrouble, IndexUnavailable) as reason:
                self._note(reason)
            else:
                self._engine.breaker.succeeded()
                return found
        self.simplified = True
        return self._fallback().candidates(understood)

    def finds(self, term: str) -> bool:
        """Whether any text within the scope holds ``term``."""
        if not self.simplified:
            try:
                return self._cluster.finds(term)
            except (EngineTrouble, IndexUnavailable) as reason:
                self._note(reason)
        return self._fallback().finds(term)

    def _note(self, reason: Exception) -> None:
        """Count a failure of the cluster; one that has no index yet is well and has to be filled."""
        if isinstance(reason, EngineTrouble) and not isinstance(reason, NoTimeLeft):
            self._engine.failed(reason)

    def _fallback(self) -> Session:
        if self._local is None:
            self._local = self._engine.local_session(self._scope)
        return self._local
