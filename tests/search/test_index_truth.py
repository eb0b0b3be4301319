"""The index says what the database says, after every kind of change, and mends itself when it does not."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from common.events import emit
from kb.choices import Audience
from kb.events import ArticlesImported, ArticlesMoved, AudienceChanged
from kb.models import ArticlePage, SectionPage
from kb.services.versions import withdraw
from people.viewer import ANONYMOUS
from search import changes, indexing, services
from search.audience import EVERYTHING
from search.engines.base import Filters, Scope
from search.models import IndexChange, IndexClock

pytestmark = pytest.mark.django_db


def expire(article: ArticlePage, at: datetime.datetime) -> None:
    """Let ``article`` end at ``at``."""
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=at)
    changes.note(article_ids=[article.pk], now=timezone.now())


def in_index() -> dict[int, str]:
    """What the index holds, by article."""
    return {article: entry.version for article, entry in indexing.engine().inventory()}


def test_publishing_puts_an_article_in_and_withdrawing_takes_it_out(write_article, titles, now):
    article = write_article("Эхо в трубке", publish=True)
    assert titles("эхо") == ["Эхо в трубке"]

    withdraw(article=article, now=now)

    assert titles("эхо") == []
    assert in_index() == {}


def test_unpublishing_takes_an_article_out(write_article, titles):
    article = write_article("Эхо в трубке", publish=True)
    assert titles("эхо")

    article.unpublish()

    assert titles("эхо") == []
    assert list(indexing.differences()) == []


def test_a_new_version_replaces_the_words_of_the_old_one(write_article, titles, find):
    article = write_article("Эхо", publish=True, answer="Смените кодек.")
    assert titles("кодек") == ["Эхо"]
    assert titles("громкость") == []

    article.answer = "Уменьшите громкость."
    article.save_revision().publish()

    assert titles("громкость") == ["Эхо"]
    assert titles("кодек") == []
    assert find("кодех").notes == ()


def test_a_draft_changes_nothing(write_article, titles):
    article = write_article("Эхо", publish=True, answer="Смените кодек.")
    article.answer = "Другое."
    article.save_revision()

    assert titles("кодек") == ["Эхо"]


def test_an_article_is_found_in_the_section_it_was_moved_to(write_article, root_section, titles):
    article = write_article("Эхо", publish=True)
    other = root_section.add_child(instance=SectionPage(title="Оборудование", slug="hardware"))
    assert titles("эхо", filters=Filters(section_id=other.pk)) == []

    ArticlePage.objects.get(pk=article.pk).move(other, pos="last-child")
    emit(ArticlesMoved(article_ids=(article.pk,)))

    assert titles("эхо", filters=Filters(section_id=other.pk)) == ["Эхо"]
    assert list(indexing.differences()) == []


def test_a_narrowed_audience_holds_at_once(write_article, titles):
    article = write_article("Эхо", publish=True, audience=Audience.PUBLIC)
    assert titles("эхо", ANONYMOUS) == ["Эхо"]

    ArticlePage.objects.filter(pk=article.pk).update(audience=Audience.INTERNAL)
    emit(AudienceChanged(article_id=article.pk))

    assert titles("эхо", ANONYMOUS) == []
    assert list(indexing.differences()) == []


def test_an_expired_article_is_not_found_though_nothing_has_run_yet(write_article, now):
    expire(write_article("Акция", publish=True), now + datetime.timedelta(hours=1))
    indexing.catch_up(now)
    later = now + datetime.timedelta(hours=2)

    _, before = services.ranked(Scope(EVERYTHING, now), "акция")
    _, after = services.ranked(Scope(EVERYTHING, later), "акция")

    assert (len(before), len(after)) == (1, 0)


def test_an_expired_article_is_taken_out_with_its_words(write_article, now):
    expire(write_article("Акция", publish=True), now + datetime.timedelta(hours=1))
    indexing.catch_up(now)

    indexing.catch_up(now + datetime.timedelta(hours=2))

    assert in_index() == {}


def test_imported_articles_are_followed(write_article, titles):
    article = write_article("Эхо", publish=True)
    indexing.catch_up()
    ArticlePage.objects.filter(pk=article.pk).update(title="Шум", version=2)
    emit(ArticlesImported(article_ids=(article.pk,)))

    assert titles("шум") == ["Шум"]


def test_changes_are_numbered_without_gaps(write_article, now):
    start = changes.position().seq
    changes.note(article_ids=[5, 6, 5], now=now)
    changes.note(article_ids=[7], now=now)

    assert list(IndexChange.objects.after(start).values_list("seq", "article_id")) == [
        (start + 1, 5),
        (start + 2, 6),
        (start + 3, 7),
    ]
    assert changes.position().seq == start + 3


def test_an_index_that_missed_changes_is_built_anew(write_article, now):
    article = write_article("Эхо", publish=True)
    indexing.catch_up()
    IndexChange.objects.all().delete()
    ArticlePage.objects.filter(pk=article.pk).update(title="Шум")
    IndexClock.objects.update(seq=100)

    indexing.catch_up()

    assert list(indexing.differences()) == []


def test_an_index_of_another_database_is_built_anew(write_article):
    write_article("Эхо", publish=True)
    indexing.catch_up()
    IndexClock.objects.all().delete()
    IndexChange.objects.all().delete()
    ArticlePage.objects.update(title="Шум")

    indexing.catch_up()

    assert list(indexing.differences()) == []


def test_a_crash_between_index_and_position_is_mended_by_the_next_run(write_article, titles):
    write_article("Эхо", publish=True)
    indexing.catch_up()
    at = indexing.engine().position()
    article = write_article("Шум", publish=True)
    # The index has the change, its position does not say so: as after a kill between the two.
    indexing._apply(indexing.chosen.local(), [article.pk], at, timezone.now())

    assert titles("шум") == ["Шум"]
    assert list(indexing.differences()) == []
    assert find_df("шум") == 1


def find_df(word: str) -> int:
    """In how many articles the dictionary counts ``word``."""
    everything = Scope(EVERYTHING, timezone.now())
    return indexing.engine().session(everything).vocabulary.counts([word]).get(word, 0)


def test_check_search_prints_differences_and_fails(write_article):
    article = write_article("Эхо", publish=True)
    call_command("rebuild_search", stdout=StringIO())
    call_command("check_search", stdout=StringIO())
    ArticlePage.objects.filter(pk=article.pk).update(audience=Audience.PUBLIC)
    out = StringIO()

    with pytest.raises(CommandError, match="1 differences"):
        call_command("check_search", stdout=out)

    assert f"article {article.pk} has the audience internal instead of public" in out.getvalue()


def test_check_search_mends_what_differs(write_article):
    article = write_article("Эхо", publish=True)
    gone = write_article("Шум", publish=True)
    call_command("rebuild_search", stdout=StringIO())
    ArticlePage.objects.filter(pk=article.pk).update(title="Отзвук")
    ArticlePage.objects.filter(pk=gone.pk).update(live=False)

    call_command("check_search", "--fix", stdout=StringIO())

    assert list(indexing.differences()) == []
    call_command("check_search", stdout=StringIO())


def test_check_search_without_an_index_says_what_to_do(db):
    with pytest.raises(CommandError, match="rebuild_search"):
        call_command("check_search", stdout=StringIO())
