"""What the tests of search share: an index of their own, and a way to ask it."""

import pytest
from django.utils import timezone

from people.viewer import ANONYMOUS, EVERYTHING, Viewer
from search import indexing, log, services


@pytest.fixture(autouse=True)
def index(settings, tmp_path, monkeypatch):
    """An empty place for the index; the log writes only when a test says so."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    monkeypatch.setattr(log.waiting, "delay", None)
    yield
    log.waiting._entries.clear()


@pytest.fixture
def find(db):
    """Ask as somebody, with an index that is true: ``find("эхо", anna_viewer)`` gives a ``Found``."""

    def _find(query: str, viewer: Viewer = EVERYTHING, **options) -> services.Found:
        indexing.catch_up()
        return services.find(viewer=viewer, query=query, at=timezone.now(), **options)

    return _find


@pytest.fixture
def titles(find):
    """The titles found, best first."""

    def _titles(query: str, viewer: Viewer = EVERYTHING, **options) -> list[str]:
        return [result.article.title for result in find(query, viewer, **options).results]

    return _titles


@pytest.fixture
def customer() -> Viewer:
    """Somebody without an account."""
    return ANONYMOUS


@pytest.fixture
def staff(viewer_of, anna) -> Viewer:
    """An operator of line one."""
    return viewer_of(anna)


def body(*blocks):
    """A stored body from pairs of block type and value."""
    return [{"type": kind, "value": value} for kind, value in blocks]
