"""The scene and those who walk through it, once a module: seeding it for every test would take minutes."""

import gc
import warnings

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from lms.api import per_key
from search import log
from tests.access.scene import Scene
from tests.access.walking import Walk


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    """The scene, in a transaction that is rolled back after the module; every walk leaves it as it was."""
    places = tmp_path_factory.mktemp("scene")
    settings = override_settings(SEARCH_INDEX_DIR=places / "search", MEDIA_ROOT=places / "media")
    delay, log.waiting.delay = log.waiting.delay, None
    # A walk asks more in a minute than any program: what is refused for that is not judged.
    rate, per_key.num_requests = per_key.num_requests, 10**6
    with django_db_blocker.unblock(), settings:
        cache.clear()
        with transaction.atomic():
            with warnings.catch_warnings():
                # Pictures leave temporary files to the collector.
                warnings.simplefilter("ignore", ResourceWarning)
                built = Scene.build()
                gc.collect()
            yield built
            transaction.set_rollback(True)
        connection.close()
    log.waiting.delay = delay
    per_key.num_requests = rate
    log.waiting._entries.clear()


@pytest.fixture(scope="module")
def walked(scene):
    """What a role met on its walk through every URL: ``walked("operator")``. Each role walks once."""
    walks: dict[str, Walk] = {}

    def _walked(role: str) -> Walk:
        if role not in walks:
            walks[role] = Walk(scene, role).through_everything()
        return walks[role]

    return _walked
