"""Several at once: the clock and readers' requests bring the same version into force, editors publish together."""

import datetime
import threading

import pytest
from django.db import connection, connections
from django.utils import timezone

from kb.choices import State
from kb.models import ArticlePage, ArticleVersion, VersionState
from kb.services.versions import put_in_force

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


def together(act) -> list:
    """What ``act`` gives in several threads that start at the same moment; their failures are raised."""
    barrier = threading.Barrier(AT_ONCE)
    results: list = []
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            barrier.wait()
            results.append(act(number))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return results


@pytest.fixture
def overdue(write_article):
    """An article with two announced versions whose moments have passed."""
    article = write_article(publish=True, answer="Старый.")
    for minutes, answer in ((10, "Первый."), (5, "Второй.")):
        draft = ArticlePage.objects.get(pk=article.pk)
        draft.answer = answer
        draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
        draft.save_revision().publish()
        VersionState.objects.filter(state=State.ANNOUNCED).order_by("-number").filter(
            number=VersionState.objects.count()
        ).update(effective_at=timezone.now() - datetime.timedelta(minutes=minutes))
    return article


def test_each_version_comes_into_force_exactly_once_however_many_clocks_run(overdue):
    counts = together(lambda number: put_in_force(now=timezone.now()))

    states = dict(VersionState.objects.values_list("number", "state"))
    assert states == {1: State.SUPERSEDED, 2: State.SUPERSEDED, 3: State.IN_FORCE}
    assert sum(counts) == 2
    assert ArticlePage.objects.get(pk=overdue.pk).answer == "Второй."
    assert ArticlePage.objects.get(pk=overdue.pk).version == 3


def test_publishing_at_once_makes_one_chain_and_one_version_in_force(write_article):
    article = write_article(publish=True)
    revisions = []
    for number in range(AT_ONCE):
        draft = ArticlePage.objects.get(pk=article.pk)
        draft.answer = f"Ответ {number}."
        revisions.append(draft.save_revision().pk)

    def publish(number: int) -> None:
        revision = ArticlePage.objects.get(pk=article.pk).revisions.get(pk=revisions[number])
        revision.publish()

    together(publish)

    numbers = ArticleVersion.objects.of_article(article.uuid).values_list("seq", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]
    stored = ArticlePage.objects.get(pk=article.pk)
    in_force = VersionState.objects.get(state=State.IN_FORCE)
    assert stored.version == in_force.number == 5
    assert stored.answer == in_force.version.snapshot["answer"]


def test_unpublishing_while_a_version_comes_into_force_leaves_one_clear_end(overdue):
    def act(number: int) -> None:
        if number % 2:
            put_in_force(now=timezone.now())
        else:
            ArticlePage.objects.get(pk=overdue.pk).unpublish()

    together(act)

    stored = ArticlePage.objects.get(pk=overdue.pk)
    in_force = VersionState.objects.filter(state=State.IN_FORCE)
    assert (stored.live, stored.version is not None) in {(True, True), (False, False)}
    assert in_force.exists() == stored.live
    assert connection.vendor in {"sqlite", "postgresql"}
