"""The keeper: one per host, following changes by itself; and the log's own keeping."""

import datetime
import threading
import time

import pytest
from django.utils import timezone

from kb.choices import Audience
from people.viewer import ANONYMOUS
from search import indexing, keeper, log, services
from search.engines.filelock import FileLock
from search.models import LogKey, SearchLog

PATIENCE = 20


def until(holds) -> bool:
    """Wait until ``holds()``; False if it never does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.django_db(transaction=True)
def test_a_change_is_found_without_anybody_asking_for_it(write_article):
    mine = keeper.Keeper()
    mine.start()
    try:
        write_article("Эхо в трубке", publish=True, audience=Audience.PUBLIC)

        def is_found() -> bool:
            found = services.find(viewer=ANONYMOUS, query="эхо", at=timezone.now())
            return found.total == 1

        assert until(is_found)
    finally:
        mine.stop()


@pytest.mark.django_db(transaction=True)
def test_there_is_one_keeper_and_another_takes_over(root_section):
    first, second = keeper.Keeper(), keeper.Keeper()
    first.start()
    try:
        assert until(lambda: first.elected)
        second.start()
        time.sleep(2 * keeper.INTERVAL)
        assert not second.elected
        first.stop()
        assert until(lambda: second.elected)
    finally:
        first.stop()
        second.stop()


def test_a_lock_is_free_again_once_its_holder_lets_go(tmp_path):
    lock = FileLock(tmp_path / "a.lock")
    handle = lock.acquire(wait=False)
    waited = []
    other = threading.Thread(target=lambda: waited.append(lock.acquire(wait=True)))
    other.start()

    lock.release(handle)
    other.join(timeout=PATIENCE)

    assert waited
    lock.release(waited[0])


@pytest.mark.django_db
def test_catching_up_twice_does_nothing_the_second_time(write_article):
    write_article("Эхо", publish=True)

    assert indexing.catch_up() == 1
    assert keeper.catch_up() == 0


def entry_at(moment: datetime.datetime, query: str = "эхо") -> SearchLog:
    """A settled query of Anna's at ``moment``, written."""
    log.record(
        token=log.token_for(query=query, hits=0, milliseconds=1),
        ending="paused",
        opened="",
        viewer=ANONYMOUS,
        address="10.0.0.7",
        now=moment,
    )
    log.waiting.flush()
    return SearchLog.objects.latest("pk")


@pytest.mark.django_db
def test_the_same_person_is_the_same_for_fourteen_days_and_then_never_again(now):
    first = entry_at(now)
    same = entry_at(now + datetime.timedelta(days=13))
    later = entry_at(now + datetime.timedelta(days=15))

    assert first.who == same.who != later.who
    assert LogKey.objects.count() == 1


@pytest.mark.django_db
def test_old_searches_are_forgotten(now):
    entry_at(now - datetime.timedelta(days=500))
    entry_at(now)

    assert log.forget(now=now) == 1
    assert SearchLog.objects.count() == 1


@pytest.mark.django_db
def test_searches_can_be_counted_by_question(now):
    entry_at(now, "Эхо")
    entry_at(now, "эхо")
    entry_at(now, "шум")

    rows = list(SearchLog.objects.finding_nothing().by_query())

    assert [(row["query"].lower(), row["times"], row["empty_times"]) for row in rows] == [
        ("эхо", 2, 2),
        ("шум", 1, 1),
    ]


@pytest.mark.django_db
def test_an_editor_reads_what_was_asked_and_found_nothing(
    now, editor, client_of, anna, root_section
):
    entry_at(now, "эхо в трубке")
    client = client_of(editor)

    page = client.get("/admin/reports/searches/?outcome=empty&since=7")

    assert "эхо в трубке" in page.content.decode()
    assert client.get("/admin/reports/searches/?export=csv").status_code == 200
    assert client.get("/admin/reports/searches/?outcome=unopened").status_code == 200


@pytest.mark.django_db
def test_an_operator_does_not_read_the_log(now, anna, client_of, root_section):
    entry_at(now)

    assert client_of(anna).get("/admin/reports/searches/").status_code in (302, 403, 404)
