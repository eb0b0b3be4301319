"""``manage.py serve``: the whole product in one process, for the embedded profile."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from waitress import create_server

from lms.background import BackgroundWork
from search.engines.filelock import FileLock, LockHeld


class Command(BaseCommand):
    """Web server, Celery worker and beat, and the keeper of the search index."""

    help = "Serve the site with its background work in one process."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8)

    def handle(self, *, host: str, port: int, threads: int, **options) -> None:
        refuse_port_in_use(host, port)
        # Built now and not at import: it lists the static files once, and `make demo` imports this module before
        # it has collected them.
        application = get_wsgi_application()
        background = BackgroundWork(in_process_worker=settings.IN_PROCESS_WORKER)
        server = create_server(
            application,
            host=host,
            port=port,
            threads=threads,
            ident="Opora",
            clear_untrusted_proxy_headers=True,
        )
        with only_server(settings.OPORA_VAR):
            background.start()
            self.stdout.write(f"Opora serves at http://{host}:{port}/ (Ctrl+C stops it)")
            try:
                server.run()
            finally:
                background.stop()


@contextmanager
def only_server(folder: Path) -> Iterator[None]:
    """Serve alone from ``folder``: SQLite wants one writing process. Raises CommandError if another serves."""
    try:
        handle = FileLock(folder / "serve.lock").acquire(wait=False)
    except LockHeld:
        raise CommandError(
            f"Another Opora serves from {folder}. Stop it, or give this one a folder of its own: OPORA_VAR=path."
        ) from None
    try:
        yield
    finally:
        FileLock.release(handle)


def refuse_port_in_use(host: str, port: int) -> None:
    """Raise CommandError with one clear sentence if somebody listens at ``host:port`` already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another: --port 8001."
            ) from None
