"""How gunicorn serves the site in the scale profile. WEB_CONCURRENCY sets the number of processes."""

import multiprocessing
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

bind = "0.0.0.0:8000"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(2 * multiprocessing.cpu_count() + 1, 9))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
# Memory that a library lost comes back with a fresh process, not with all of them at once.
max_requests = 5000
max_requests_jitter = 500
# A heartbeat file on a slow disk would make a busy worker look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Nobody would use it, and it wants a home folder.
control_socket_disable = True
accesslog = None
errorlog = "-"


def on_starting(server):
    """Read the settings before any process is made: a refused one is one sentence, not a traceback for each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    try:
        _ = settings.INSTALLED_APPS  # reading one reads them all
    except ImproperlyConfigured as refusal:
        sys.exit(f"Opora cannot start: {refusal}")


def post_worker_init(worker):
    """Each web process offers to keep the search indexes of its host; a file lock for each lets one of them."""
    from search.keeper import Keepers  # noqa: PLC0415 -- once Django is set up

    worker.keepers = Keepers()
    worker.keepers.start()


def worker_exit(server, worker):
    """Hand the index over to another web process at once, not when the lock is noticed to be free."""
    keepers = getattr(worker, "keepers", None)
    if keepers is not None:
        keepers.stop()
