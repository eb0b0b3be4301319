"""A real Chromium against a live server with the index keeper running: whole stories, at two widths."""

import io
import os
import threading
import time

import pytest
from celery.worker import state as worker_state
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from common import events
from lms.celery import app as celery
from notifications.models import Delivery
from ops.testing import chromium
from search import changes, indexing, log
from search.engines.base import IndexUnavailable
from search.keeper import Keeper
from tests.conftest import PASSWORD

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# A worker alone with its broker.
BARE = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
# Without these Chromium looks for its maker's hosts at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    """One browser for all journeys."""
    # Playwright runs an event loop in this thread, and Django would refuse the test's own queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield started
        started.close()


@pytest.fixture
def site(live_server, settings, tmp_path, root_section, monkeypatch):
    """The address of a running site whose search index follows every change; its search log stays unwritten."""
    # A delayed writing would come when the database of the test is gone.
    monkeypatch.setattr(log.waiting, "delay", None)
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    keeper = Keeper()
    keeper.start()
    yield live_server.url
    keeper.stop()
    log.waiting._entries.clear()


@pytest.fixture
def wait_for_index(site):
    """Return when the keeper has followed every change made so far; fail after a while."""

    def _wait() -> None:
        for _attempt in range(300):
            try:
                if indexing.engine().position() == changes.position():
                    return
            except IndexUnavailable:
                pass
            time.sleep(0.1)
        pytest.fail("the search index does not follow")

    return _wait


@pytest.fixture(params=[DESK, PHONE], ids=["1440", "390"])
def screen(request) -> dict:
    """Both widths that every page must hold."""
    return request.param


@pytest.fixture
def open_page(browser: Browser, site):
    """A fresh visitor: ``open_page(screen, locale="ru-RU")``. Any error in the page fails the test."""
    contexts = []
    problems: list[str] = []

    def _open(screen: dict = DESK, locale: str = "ru-RU") -> Page:
        context = browser.new_context(viewport=screen, locale=locale, base_url=site)
        context.grant_permissions(["clipboard-read"])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda message: (
                problems.append(message.text)
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        return page

    yield _open
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def sign_in():
    """Type e-mail and password on the login page."""

    def _sign_in(page: Page, employee) -> None:
        page.goto("/accounts/login/")
        page.fill("input[name=login]", employee.user.email)
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "/accounts/" not in address)

    return _sign_in


@pytest.fixture(params=["heard", "lost", "worker stopped"])
def catch_up(request):
    """Every event arrives; or none does after a commit; or the worker stands still and messages wait for it.

    ``catch_up()`` is what comes back: the sweeps, or the worker, which is stopped again when it has nothing left
    to do. A story that asks for it is told all three ways, and must end the same.
    """
    if request.param == "heard":
        yield lambda: None
    elif request.param == "lost":
        request.getfixturevalue("monkeypatch").setattr(
            events, "_deliver", lambda receiver, event: None
        )
        yield lambda: call_command("run_scheduled", stdout=io.StringIO())
    else:
        celery.conf.task_always_eager = False
        yield _work_off
        celery.conf.task_always_eager = True
        # Nobody was told twice, and nothing is left behind.
        assert not Delivery.objects.due(timezone.now()).exists()
        assert not Delivery.objects.filter(attempts__gt=1).exists()


def _work_off() -> None:
    """Start the worker of the embedded profile, wait until every message is worked off, and stop it."""
    worker = celery.WorkController(app=celery, pool="solo", concurrency=1, **BARE)
    thread = threading.Thread(target=_work, args=(worker,), daemon=True)
    thread.start()
    with celery.connection_for_read() as broker:
        quiet = 0
        for _attempt in range(600):
            left = broker.default_channel.queue_declare("celery").message_count
            quiet = 0 if left or worker_state.reserved_requests else quiet + 1
            if quiet > 3:
                break
            time.sleep(0.1)
        else:
            pytest.fail("the worker does not come to an end")
    worker.stop()
    thread.join(timeout=30)


def _work(worker) -> None:
    try:
        worker.start()
    finally:
        connections.close_all()
