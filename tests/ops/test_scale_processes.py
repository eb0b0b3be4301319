"""The processes of the compose file, started for real on PostgreSQL and Redis: migrate, web, worker."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from ops import healthcheck
from ops.environment import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
DATABASE = f"opora_processes_{os.getpid()}"


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Iterator[dict[str, str]]:
    """The environment of the scale profile, with a database of its own."""
    server = os.environ["DATABASE_URL"]
    redis = os.environ["REDIS_URL"].rsplit("/", 1)[0]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    yield {
        "PATH": os.environ["PATH"],
        "OPORA_PROFILE": "scale",
        "OPORA_VAR": str(tmp_path_factory.mktemp("var")),
        "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnop",
        "ALLOWED_HOSTS": "opora.example.com",
        "OPORA_BASE_URL": "https://opora.example.com",
        "DATABASE_URL": urlsplit(server)._replace(path=f"/{DATABASE}").geturl(),
        "REDIS_URL": f"{redis}/7",
        "CELERY_BROKER_URL": f"{redis}/8",
        "WEB_CONCURRENCY": "1",
    }
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the image to its end."""
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def migrated(environment) -> dict[str, str]:
    """The environment after the migrate service has left."""
    outcome = run(environment, "manage.py", "migrate", "--noinput", "-v0")
    assert outcome.returncode == 0, outcome.stderr
    return environment


@pytest.fixture
def start(migrated, tmp_path) -> Iterator:
    """Start a process of the image; ended with the test."""
    started: list[subprocess.Popen] = []

    def _start(*words: str) -> Path:
        log = tmp_path / f"{len(started)}.log"
        with log.open("w") as output:
            started.append(
                subprocess.Popen(
                    [sys.executable, *words],
                    cwd=ROOT,
                    env=migrated,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
            )
        return log

    yield _start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=30)


def eventually(question, log: Path):
    """The answer of ``question`` once it is true; how fast is not what is tested."""
    for _attempt in range(120):
        if answer := question():
            return answer
        time.sleep(0.5)
    raise AssertionError(log.read_text())


def test_a_web_process_becomes_ready(start, migrated, unused_port, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", migrated["ALLOWED_HOSTS"])
    bind = f"127.0.0.1:{unused_port}"

    log = start(
        *(
            "-m",
            "gunicorn",
            "--config",
            "python:ops.gunicorn",
            "--bind",
            bind,
            "lms.wsgi:application",
        )
    )

    assert eventually(lambda: healthcheck.healthy("/readyz", unused_port), log)
    assert healthcheck.healthy("/livez", unused_port)


def test_a_worker_takes_what_another_process_sends(start, migrated):
    log = start("-m", "celery", "--app", "lms", "worker", "--concurrency", "1", "-n", "test@here")
    ping = ("-m", "celery", "--app", "lms", "inspect", "ping", "-d", "test@here", "--timeout", "2")
    eventually(lambda: run(migrated, *ping).returncode == 0, log)

    sent = run(migrated, "-m", "celery", "--app", "lms", "call", "kb.put_versions_in_force")

    assert sent.returncode == 0, sent.stderr
    stats = ("-m", "celery", "--app", "lms", "inspect", "stats", "-d", "test@here", "--json")

    def taken() -> bool:
        answer = run(migrated, *stats).stdout
        counts = json.loads(answer)["test@here"]["total"] if answer else {}
        # What the migration had sent before there was a worker has been waiting for one.
        return counts.get("kb.put_versions_in_force") == 1 and "common.run_django_task" in counts

    assert eventually(taken, log)
