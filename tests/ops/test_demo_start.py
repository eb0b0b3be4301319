"""What stops `make demo` is said in one sentence, before anything is written."""

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import RequestFactory

from lms.management.commands import serve
from lms.management.commands.serve import only_server
from ops.environment import ROOT


def demo(var: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the demo as the Makefile does, with its state in ``var``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name
        not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER")
    }
    return subprocess.run(
        [sys.executable, "-m", "ops.demo", *arguments],
        cwd=ROOT,
        env={**kept, "OPORA_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def assert_one_sentence(outcome: subprocess.CompletedProcess[str], *words: str) -> None:
    """The last thing said is one line with ``words``, and the exit status is not zero."""
    assert outcome.returncode != 0
    assert len(outcome.stderr.strip().splitlines()) == 1, outcome.stderr
    for word in words:
        assert word in outcome.stderr


def test_a_port_in_use_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert_one_sentence(demo(tmp_path, "--port", str(port)), str(port))

    assert not (tmp_path / "opora.sqlite3").exists()


def test_a_second_server_on_the_same_data_is_refused(tmp_path, unused_port):
    with only_server(tmp_path):
        outcome = demo(tmp_path, "--port", str(unused_port))

    assert_one_sentence(outcome, "Another Opora serves", str(tmp_path))
    assert not (tmp_path / "opora.sqlite3").exists()


def test_a_corpus_that_is_not_there_is_named(tmp_path, unused_port):
    outcome = demo(tmp_path, "--port", str(unused_port), "--corpus", "nowhere.jsonl.gz")

    assert_one_sentence(outcome, "nowhere.jsonl.gz does not exist")
    assert not (tmp_path / "opora.sqlite3").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path, unused_port):
    (tmp_path / "file").touch()

    outcome = demo(tmp_path / "file" / "var", "--port", str(unused_port))

    assert_one_sentence(outcome, "OPORA_VAR")


def test_a_wrong_setting_is_named(tmp_path, unused_port):
    outcome = demo(tmp_path, "--port", str(unused_port), TIME_ZONE="Mars/Phobos")

    assert_one_sentence(outcome, "TIME_ZONE", "Mars/Phobos")


@pytest.mark.django_db
def test_style_sheets_collected_after_the_start_began_are_served(
    tmp_path, settings, monkeypatch, unused_port
):
    """The first `make demo` collects them into an empty folder when the server's module is loaded already."""
    settings.OPORA_VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "late.css").write_text("body{}")
    built = []
    monkeypatch.setattr(serve, "BackgroundWork", lambda **options: Idle())
    monkeypatch.setattr(
        serve, "create_server", lambda application, **options: built.append(application) or Idle()
    )

    call_command("serve", port=unused_port, stdout=io.StringIO())

    said = []
    request = RequestFactory().get("/static/late.css")
    response = built[0](request.environ, lambda status, headers, *rest: said.append(status))
    response.close()
    assert said == ["200 OK"]


class Idle:
    """A server and its background work that do nothing and end at once."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def run(self) -> None: ...
