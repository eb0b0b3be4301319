"""Archiving: what people have read is kept, by every road."""

import pytest
from django.db import transaction
from wagtail.models import Page, PageLogEntry

from kb.choices import State
from kb.models import ArticlePage, ArticleVersion, SectionPage, VersionState
from kb.refusals import ArticleKept
from kb.services.archiving import archive

pytestmark = pytest.mark.django_db


def test_an_archived_article_is_off_and_its_versions_stay(write_article, administrator, fresh, now):
    article = write_article(publish=True)

    archive(article=article, by=administrator.user, now=now)

    stored = fresh(article)
    assert not stored.live
    assert stored.archived_at == now
    assert VersionState.objects.get().state == State.WITHDRAWN
    assert ArticleVersion.objects.count() == 1
    assert PageLogEntry.objects.get(action="kb.archive").user_id == administrator.user_id


def test_archiving_twice_is_the_same_as_once(write_article, fresh, now):
    article = write_article(publish=True)

    archive(article=article, by=None, now=now)
    archive(article=article, by=None, now=now)

    assert PageLogEntry.objects.filter(action="kb.archive").count() == 1


def test_publishing_an_archived_article_brings_it_back(write_article, fresh, now):
    article = write_article(publish=True)
    archive(article=article, by=None, now=now)

    fresh(article).get_latest_revision().publish()

    assert fresh(article).archived_at is None
    assert fresh(article).version == 2


def test_an_article_with_versions_cannot_be_deleted(write_article, fresh):
    article = write_article(publish=True)

    with pytest.raises(ArticleKept), transaction.atomic():
        fresh(article).delete()
    with pytest.raises(ArticleKept), transaction.atomic():
        Page.objects.get(pk=article.pk).delete()

    assert fresh(article).live


def test_an_article_with_versions_cannot_be_deleted_by_a_queryset(write_article, fresh):
    article = write_article(publish=True)

    with pytest.raises(ArticleKept), transaction.atomic():
        ArticlePage.objects.filter(pk=article.pk).delete()

    assert fresh(article).live


def test_a_section_with_such_an_article_in_it_cannot_be_deleted(write_article, section, fresh):
    article = write_article(publish=True)

    with pytest.raises(ArticleKept), transaction.atomic():
        SectionPage.objects.get(pk=section.pk).delete()

    assert fresh(article).live
    assert SectionPage.objects.filter(pk=section.pk).exists()


def test_an_archived_article_cannot_be_deleted_either(write_article, fresh, now):
    article = write_article(publish=True)
    archive(article=article, by=None, now=now)

    with pytest.raises(ArticleKept), transaction.atomic():
        fresh(article).delete()


def test_a_draft_that_nobody_has_read_can_be_deleted(write_article, fresh):
    article = write_article()

    fresh(article).delete()

    assert not ArticlePage.objects.exists()
