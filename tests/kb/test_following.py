"""Following an article or a section: one is told what came into force there, and nothing that is not for one."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.choices import ChangeSize
from kb.models import ArticlePage, ArticleTag, ChangeNotice, Subscription, Tag, TagSubscription
from kb.services.audience import set_audience
from kb.services.changes import describe, withdraw_notice
from kb.services.following import follow, unfollow, unfollow_tag
from kb.services.tags import merge_tags
from kb.services.versions import put_in_force
from notifications.extensions import kind_named
from notifications.models import Notification
from people.viewer import ANONYMOUS, Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(write_article):
    """In force, version 1."""
    return write_article(publish=True, answer="Гудок 20 с.")


@pytest.fixture
def follows(viewer_of, now):
    """``follows(anna, section)``."""

    def _follows(person, page):
        return follow(page=page, viewer=viewer_of(person), now=now)

    return _follows


@pytest.fixture
def change(article, editor):
    """``change(ChangeSize.NOTIFY)``: the next version, with a word on it."""

    def _change(size=ChangeSize.NOTIFY, **fields):
        draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
        draft.answer = "Гудок 30 с."
        for name, value in fields.items():
            setattr(draft, name, value)
        revision = draft.save_revision()
        describe(
            article=ArticlePage.objects.get(pk=article.pk),
            size=size,
            now_holds="Гудок 30",
            by=editor.user,
            now=timezone.now(),
        )
        revision.publish()

    return _change


def told(person) -> list:
    """What the inbox of a person says now of what they follow."""
    at, viewer = timezone.now(), Viewer.of(person.user)
    kind = kind_named("kb.followed_changed")
    rows = Notification.objects.filter(recipient=person, kind=kind.name, withdrawn_at=None)
    said = kind.render([row.params for row in rows], viewer=viewer, at=at)
    return [one for one in said if one is not None]


def test_who_follows_an_article_is_told_what_holds_now_and_why(follows, anna, article, change):
    follows(anna, article)
    change()

    [said] = told(anna)
    assert "Гудок 30" in said.line
    assert article.title in said.why


def test_who_follows_a_section_is_told_of_anything_below_it(
    follows, anna, denis, section, root_section, article, change
):
    follows(anna, section)
    follows(denis, root_section)
    change()

    assert section.title in told(anna)[0].why
    assert len(told(denis)) == 1


def test_a_new_article_in_a_section_is_told_one_in_another_is_not(
    follows, anna, section, write_article
):
    follows(anna, section)
    new = write_article("Новая", publish=True)
    write_article("Черновик")

    assert [(one.title, one.url) for one in told(anna)] == [("Новая", new.url)]


def test_a_minor_change_tells_nobody(follows, anna, article, change):
    follows(anna, article)
    change(ChangeSize.MINOR)

    assert told(anna) == []


def test_what_waits_is_told_when_it_comes_into_force_and_not_before(
    follows, anna, article, change, later
):
    follows(anna, article)
    change(go_live_at=timezone.now() + datetime.timedelta(hours=2))
    assert told(anna) == []

    with later(hours=3):
        put_in_force(now=timezone.now())
        assert len(told(anna)) == 1


def test_who_may_not_read_it_is_told_nothing_even_afterwards(
    follows, anna, article, section, change, line_two, now, write_article
):
    follows(anna, section)
    change()
    set_audience(article=article, audience="teams", teams=[line_two], by=None, now=now)
    assert told(anna) == []

    change(ChangeSize.NOTIFY)
    assert not Notification.objects.filter(recipient=anna, params__number=3).exists()


def test_who_follows_no_more_reads_nothing_of_it(follows, anna, article, change, viewer_of, now):
    follows(anna, article)
    change()
    unfollow(page=article, viewer=viewer_of(anna), now=now)

    assert told(anna) == []


def test_a_withdrawn_change_says_nothing(follows, anna, article, change, editor):
    follows(anna, article)
    change()
    notice = ChangeNotice.objects.get()
    withdraw_notice(notice=notice, reason="Ошибка", by=editor.user, now=timezone.now())

    assert told(anna) == []


def test_following_twice_is_the_same_as_once_and_customers_follow_nothing(
    follows, anna, article, now
):
    assert follows(anna, article)
    assert follows(anna, article)
    assert not follow(page=article, viewer=ANONYMOUS, now=now)
    assert Subscription.objects.count() == 1


def test_the_switch_works_on_the_page_and_the_list_lets_go(client_of, anna, article):
    client, address = client_of(anna), reverse("follow", args=[article.pk])
    assert 'aria-checked="false"' in client.get(article.url).content.decode()

    pressed = client.post(address, {"on": "1"}, headers={"HX-Request": "true"})
    assert 'aria-checked="true"' in pressed.content.decode()
    assert 'aria-checked="true"' in client.get(article.url).content.decode()
    assert article.title in client.get(reverse("following")).content.decode()

    client.post(address, {"list": "1"})
    assert not Subscription.objects.exists()


def test_what_is_not_for_somebody_cannot_be_followed(client_of, anna, article, line_two, now):
    set_audience(article=article, audience="teams", teams=[line_two], by=None, now=now)

    reply = client_of(anna).post(reverse("follow", args=[article.pk]), {"on": "1"})

    assert reply.status_code == 404
    assert not Subscription.objects.exists()


def test_what_others_follow_is_nobodys_business(
    follows, anna, article, administrator, viewer_of, now
):
    follows(anna, article)

    assert not Subscription.objects.visible_to(viewer_of(administrator), now).exists()


# --- tags ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def tag(article) -> Tag:
    """The article has it, in force and in its draft."""
    tag = Tag.objects.create(name="Гудок")
    article.tags.add(tag)
    article.save_revision().publish()
    assert ArticleTag.objects.filter(tag=tag).exists()
    return tag


def test_a_tag_is_followed_by_its_name_and_told_of_with_the_reason(tag, anna, client_of, change):
    client = client_of(anna)
    client.post(reverse("follow_tag"), {"name": " гудок ", "on": "1"})
    assert "Гудок" in client.get(reverse("following")).content.decode()
    change()

    [said] = told(anna)
    assert "«Гудок»" in said.why or "“Гудок”" in said.why

    client.post(reverse("follow_tag"), {"name": "Гудок"})
    assert told(anna) == []
    assert not TagSubscription.objects.exists()


def test_a_tag_that_one_meets_nowhere_cannot_be_followed(
    tag,
    anna,
    article,
    line_two,
    client_of,
    now,
):
    set_audience(article=article, audience="teams", teams=[line_two], by=None, now=now)
    client = client_of(anna)

    client.post(reverse("follow_tag"), {"name": "Гудок", "on": "1"})

    assert not TagSubscription.objects.exists()
    assert "Гудок" not in client.get(reverse("following")).content.decode()


def test_whoever_followed_a_merged_tag_follows_the_one_that_stands(
    tag, anna, editor, viewer_of, now
):
    other = Tag.objects.create(name="Сигнал")
    TagSubscription.objects.create(employee=anna, tag=tag, since=now)

    merge_tags(source=tag, target=other, by=editor.user)

    assert TagSubscription.objects.get().tag == other
    unfollow_tag(tag=other, viewer=viewer_of(anna), now=timezone.now())
    assert not TagSubscription.objects.exists()
