"""Tags: the same word in any case is one tag, and two that mean the same become one."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry

from kb.models import ArticlePage, ArticleTag, Tag
from kb.refusals import TagsNotMerged
from kb.services.tags import merge_tags

pytestmark = pytest.mark.django_db


@pytest.fixture
def tagged(write_article):
    """An article in force with tags."""

    def _tagged(title: str, *tags: str) -> ArticlePage:
        article = write_article(title)
        draft = ArticlePage.objects.get(pk=article.pk)
        draft.tags.add(*tags)
        draft.save_revision().publish()
        return ArticlePage.objects.get(pk=article.pk)

    return _tagged


def names(article) -> set[str]:
    return {tag.name for tag in ArticlePage.objects.get(pk=article.pk).tags.all()}


def test_the_same_word_in_another_case_is_the_same_tag(tagged):
    tagged("А", "Переадресация")
    other = tagged("Б", "ПЕРЕАДРЕСАЦИЯ")

    assert Tag.objects.count() == 1
    assert names(other) == {"Переадресация"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name="переадресация")


def test_merging_moves_the_articles_and_removes_the_tag(tagged, editor):
    only, both = tagged("А", "сип"), tagged("Б", "сип", "SIP")
    source, target = Tag.objects.get(name="сип"), Tag.objects.get(name="SIP")

    assert merge_tags(source=source, target=target, by=editor.user) == 2

    assert names(only) == names(both) == {"SIP"}
    assert ArticleTag.objects.count() == 2
    assert not Tag.objects.filter(name="сип").exists()
    entry = registry.get_logs_for_instance(target).get(action="kb.merge_tags")
    assert entry.user_id == editor.user_id
    assert entry.data == {"merged": "сип", "articles": 2}


def test_a_draft_published_after_the_merger_keeps_the_tag(tagged, editor):
    article = tagged("А", "сип")
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.answer = "Дополнено."
    draft.save_revision()
    tagged("Б", "SIP")

    merge_tags(
        source=Tag.objects.get(name="сип"), target=Tag.objects.get(name="SIP"), by=editor.user
    )
    ArticlePage.objects.get(pk=article.pk).get_latest_revision().publish()

    assert names(article) == {"SIP"}


def test_a_tag_is_not_merged_into_itself(tagged):
    tagged("А", "сип")
    tag = Tag.objects.get()

    with pytest.raises(TagsNotMerged):
        merge_tags(source=tag, target=tag, by=None)

    assert Tag.objects.exists()


# --- the screens -------------------------------------------------------------------------------------------------


def test_editors_list_rename_and_merge_tags(tagged, editor):
    tagged("А", "сип")
    tagged("Б", "SIP")
    client = Client()
    client.force_login(editor.user)
    source, target = Tag.objects.get(name="сип"), Tag.objects.get(name="SIP")

    listed = client.get(reverse("tags:index")).content.decode()
    assert "сип" in listed
    edited = client.get(reverse("tags:edit", args=[source.pk])).content.decode()
    merging = reverse("kb_merge_tag", args=[source.pk])
    assert merging in edited
    assert client.get(merging).status_code == 200
    client.post(reverse("tags:edit", args=[target.pk]), {"name": "SIP-телефония"})
    client.post(merging, {"target": target.pk})

    assert list(Tag.objects.values_list("name", flat=True)) == ["SIP-телефония"]


def test_a_name_that_is_taken_in_another_case_is_refused_by_the_form(tagged, editor):
    tagged("А", "сип")
    tagged("Б", "voip")
    client = Client()
    client.force_login(editor.user)

    response = client.post(
        reverse("tags:edit", args=[Tag.objects.get(name="voip").pk]), {"name": "СИП"}
    )

    assert response.status_code == 200
    assert Tag.objects.filter(name="voip").exists()


def test_others_do_not_merge_tags(tagged, sergey):
    tagged("А", "сип")
    tagged("Б", "SIP")
    client = Client()
    client.force_login(sergey.user)

    client.post(
        reverse("kb_merge_tag", args=[Tag.objects.get(name="сип").pk]),
        {"target": Tag.objects.get(name="SIP").pk},
    )

    assert Tag.objects.count() == 2
