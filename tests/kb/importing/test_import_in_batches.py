"""Batches: whole or not at all, objections of other apps, other writers meanwhile, the next run goes on."""

import pytest
from django.db import DatabaseError, IntegrityError

from kb.events import ArticlesImported
from kb.extensions import publishing
from kb.importing import batches, run
from kb.importing.documents import SourceUnreadable
from kb.importing.services import ImportStopped
from kb.models import ArticlePage, ArticleVersion, VersionState
from tests.kb.importing.conftest import row

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_batches(monkeypatch):
    """Three rows a batch."""
    for name in ("SMALLEST", "USUAL", "LARGEST"):
        monkeypatch.setattr(run, name, 3)


@pytest.fixture
def fails_at(monkeypatch):
    """Let the nth batch fail in the middle of its transaction."""

    def _fails_at(number: int, error: BaseException) -> None:
        count = iter(range(1, 1000))

        def emit(event) -> None:
            if next(count) == number:
                raise error

        monkeypatch.setattr(batches, "emit", emit)

    return _fails_at


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "no room left on the disk"),
        (DatabaseError("database or disk is full"), "no room left on the disk"),
        (DatabaseError("database is locked"), "locked by another program"),
        (DatabaseError("disk I/O error"), "Writing failed: disk I/O error"),
        (SourceUnreadable("It is gone."), "It is gone"),
        (KeyboardInterrupt(), "Stopped"),
    ],
)
def test_an_import_that_is_stopped_leaves_whole_batches_and_the_next_run_goes_on(
    jsonl, bring_in, small_batches, fails_at, error, words, monkeypatch
):
    path = jsonl(*[row(number) for number in range(1, 9)])
    fails_at(2, error)

    with pytest.raises(ImportStopped, match=words) as stopped:
        bring_in(path)

    assert stopped.value.report.imported == 3
    assert ArticlePage.objects.count() == ArticleVersion.objects.count() == 3
    monkeypatch.undo()
    report = bring_in(path)
    assert (report.imported, report.unchanged) == (5, 3)
    assert VersionState.objects.count() == 8


def test_links_that_waited_for_a_stopped_import_are_mended_by_the_next_run(
    jsonl, bring_in, small_batches, fails_at, article_of, monkeypatch
):
    rows = [row(number) for number in range(1, 8)]
    rows[0]["body"] = "См. [последнюю](7.md)."
    path = jsonl(*rows)
    fails_at(2, KeyboardInterrupt())
    with pytest.raises(ImportStopped):
        bring_in(path)
    monkeypatch.undo()

    bring_in(path)

    assert f'id="{article_of("row-7").pk}"' in article_of("row-1").body.raw_data[0]["value"]


def test_a_batch_that_met_another_writer_is_tried_again(jsonl, bring_in, fails_at):
    fails_at(1, IntegrityError("UNIQUE constraint failed: wagtailcore_page.path"))

    assert bring_in(jsonl(row(1))).imported == 1


def test_one_batch_tells_of_all_its_articles_at_once(jsonl, bring_in, small_batches, told):
    events = told(ArticlesImported)

    bring_in(jsonl(*[row(number) for number in range(1, 6)]))

    assert [len(event.article_ids) for event in events] == [3, 2]


def test_a_version_an_app_above_objects_to_is_refused_and_the_rest_goes_in(jsonl, bring_in):
    def object_to_the_second(article, version):
        if article.source_id == "row-2":
            yield "A question rests on it."

    publishing.register(object_to_the_second)
    try:
        report = bring_in(jsonl(row(1), row(2), row(3)))
    finally:
        publishing.unregister(object_to_the_second)

    assert (report.imported, report.refused_count) == (2, 1)
    assert report.refused[0].reason == "A question rests on it."
    assert ArticleVersion.objects.count() == 2
