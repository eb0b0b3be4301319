"""The background work of the embedded profile: a Celery worker, beat and the keepers of search as threads."""

import threading

import structlog
from celery.beat import Service

from lms.celery import app
from search.keeper import Keepers

logger = structlog.get_logger(__name__)


class BackgroundWork:
    """Threads beside the web server. The messages they carry are doorbells: nothing lives in them."""

    def __init__(self, *, in_process_worker: bool) -> None:
        self.in_process_worker = in_process_worker
        self._worker = None
        self._beat: Service | None = None
        self._keepers = Keepers()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start what this process must run besides the web server."""
        self._keepers.start()
        if self.in_process_worker:
            self._start(self._work, "celery-worker")
            self._start(self._tick, "celery-beat")

    def stop(self) -> None:
        """Ask the threads to end and wait a little for them."""
        self._keepers.stop()
        if self._beat is not None:
            self._beat.stop(wait=False)
        if self._worker is not None:
            self._worker.stop()
        for thread in self._threads:
            thread.join(timeout=3)

    def _start(self, target, name: str) -> None:
        thread = threading.Thread(target=target, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        self._worker = app.WorkController(
            app=app,
            pool="solo",
            concurrency=1,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            loglevel="WARNING",
        )
        self._worker.start()

    def _tick(self) -> None:
        # The schedule stays in memory: every job is "do all that is due", so a restart loses nothing.
        self._beat = Service(app, scheduler_cls="celery.beat:Scheduler", max_interval=5)
        self._beat.start(embedded_process=False)
