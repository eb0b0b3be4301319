"""The history readers get: what was in force, what differs, what changed since they last read; never a draft."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.choices import ChangeSize
from kb.models import ArticlePage, Reading
from kb.selectors.history import compare_versions, history_of
from kb.services.audience import set_audience
from kb.services.changes import describe, withdraw_notice
from kb.services.versions import withdraw
from people.viewer import ANONYMOUS

pytestmark = pytest.mark.django_db

WAS, NOW, SAY = "Гудок 20 секунд", "Гудок 30 секунд", "Подождите"


@pytest.fixture
def article(write_article):
    """In force, version 1, for customers too."""
    return write_article(answer="Гудок 20 секунд.", publish=True, audience="public")


@pytest.fixture
def publish(article, editor):
    """``publish("Гудок 30 секунд.")`` is the next version; with ``told`` people are told of it."""

    def _publish(answer, *, told=False, **fields):
        draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
        draft.answer = answer
        for name, value in fields.items():
            setattr(draft, name, value)
        revision = draft.save_revision()
        if told:
            describe(
                article=ArticlePage.objects.get(pk=article.pk),
                size=ChangeSize.NOTIFY,
                was=WAS,
                now_holds=NOW,
                say=SAY,
                by=editor.user,
                now=timezone.now(),
            )
        revision.publish()
        return ArticlePage.objects.get(pk=article.pk)

    return _publish


@pytest.fixture
def history(article, viewer_of):
    """What somebody gets of the article's history now."""

    def _history(person):
        viewer = viewer_of(person) if person else ANONYMOUS
        return history_of(article.uuid, viewer, timezone.now())

    return _history


@pytest.fixture
def open_as(client_of, article):
    """The page of the article as somebody reads it, in English."""

    def _open(person):
        client = client_of(person)
        client.cookies["language"] = "en"
        return client.get(ArticlePage.objects.get(pk=article.pk).url)

    return _open


def words(comparison) -> str:
    return " ".join(part.words() for part in comparison.text)


# --- versions ------------------------------------------------------------------------------------------------------


def test_the_newest_version_comes_first_with_its_dates_and_what_was_said(publish, history, anna):
    publish("Гудок 30 секунд.", told=True)

    newest, first = history(anna).editions

    assert (newest.number, first.number) == (2, 1)
    assert newest.is_in_force
    assert (newest.notice.was, newest.notice.now, newest.notice.say) == (WAS, NOW, SAY)
    assert first.notice is None
    assert first.state.ended_at == newest.state.in_force_at


def test_what_is_announced_or_was_called_off_is_not_history(
    publish, history, anna, article, editor
):
    ahead = timezone.now() + datetime.timedelta(days=1)
    publish("Гудок 40 секунд.", go_live_at=ahead, told=True)
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    draft.answer = "Черновик"
    draft.save_revision()

    for person in (anna, editor):
        assert [one.number for one in history(person).editions] == [1]
        assert compare_versions(history(person), 1, 2) is None

    withdraw(article=article, now=timezone.now())
    publish("Гудок 50 секунд.", go_live_at=None)
    assert [one.number for one in history(anna).editions] == [3, 1]
    assert "40" not in words(compare_versions(history(anna), 1, 3))


def test_what_a_withdrawn_notice_said_is_history_no_more(publish, history, anna, editor):
    publish("Гудок 30 секунд.", told=True)
    withdraw_notice(
        notice=history(anna).editions[0].notice,
        reason="Ошибка",
        by=editor.user,
        now=timezone.now(),
    )

    assert history(anna).editions[0].notice is None


def test_customers_get_no_history_even_of_what_they_may_read(client, publish, article, history):
    publish("Гудок 30 секунд.")

    assert history(None) is None
    for name in ("article_history", "article_compare"):
        assert client.get(reverse(name, args=[article.uuid])).status_code in (302, 404)


def test_the_history_of_what_is_for_others_is_missing(
    publish, article, history, anna, line_two, client_of
):
    publish("Гудок 30 секунд.")
    set_audience(article=article, audience="teams", teams=[line_two], by=None, now=timezone.now())

    assert history(anna) is None
    for name in ("article_history", "article_compare"):
        assert client_of(anna).get(reverse(name, args=[article.uuid])).status_code == 404


# --- the difference ------------------------------------------------------------------------------------------------


def test_any_two_versions_are_compared_word_by_word(publish, history, anna):
    for seconds in (30, 40, 50):
        publish(f"Гудок {seconds} секунд.")

    comparison = compare_versions(history(anna), 1, 3)

    assert (comparison.older, comparison.newer) == (1, 3)
    [changed] = [part for part in comparison.text if part.is_changed]
    assert [piece.text for piece in changed.pieces if piece.op == "gone"] == ["20"]
    assert [piece.text for piece in changed.pieces if piece.op == "new"] == ["40"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ((None, None), (3, 4)),
        ((4, 1), (1, 4)),
        ((None, 2), (1, 2)),
        ((2, None), (2, 4)),
        ((None, 1), (1, 2)),
        ((4, 4), (3, 4)),
        ((77, 99), (3, 4)),
    ],
)
def test_whatever_is_asked_two_versions_are_shown_the_older_first(
    publish, history, anna, asked, shown
):
    for seconds in (30, 40, 50):
        publish(f"Гудок {seconds} секунд.")

    comparison = compare_versions(history(anna), *asked)

    assert (comparison.older, comparison.newer) == shown


def test_the_page_shows_what_people_were_told_above_the_difference(
    publish, article, anna, client_of
):
    publish("Гудок 30 секунд.", told=True)

    page = client_of(anna).get(reverse("article_compare", args=[article.uuid])).content.decode()

    assert SAY in page
    assert "<del>20</del><ins>30</ins>" in page


def test_of_an_article_with_one_version_there_is_nothing_to_compare(article, anna, client_of):
    reply = client_of(anna).get(reverse("article_compare", args=[article.uuid]))

    assert reply.status_code == 302


# --- since one last read it ----------------------------------------------------------------------------------------


def test_the_first_time_nothing_has_changed(article, open_as, anna):
    assert open_as(anna).context["read_before"] is None
    assert open_as(anna).context["read_before"] is None
    assert Reading.objects.count() == 1


def test_a_newer_version_says_so_with_a_link_to_the_difference(publish, open_as, anna, article):
    open_as(anna)
    publish("Гудок 30 секунд.")

    page = open_as(anna)

    assert page.context["read_before"] == 1
    link = reverse("article_compare", args=[article.uuid])
    assert f"{link}?from=1&amp;to=2" in page.content.decode()
    # It stays until the difference was looked at.
    assert open_as(anna).context["read_before"] == 1


def test_once_the_difference_was_looked_at_the_page_says_it_no_more(
    publish, open_as, anna, article, client_of
):
    open_as(anna)
    publish("Гудок 30 секунд.")
    open_as(anna)

    client_of(anna).get(reverse("article_compare", args=[article.uuid]) + "?from=1&to=2")

    assert open_as(anna).context["read_before"] is None


def test_two_changes_that_were_not_looked_at_are_shown_together(publish, open_as, anna):
    open_as(anna)
    publish("Гудок 30 секунд.")
    open_as(anna)
    publish("Гудок 40 секунд.")

    assert open_as(anna).context["read_before"] == 1


def test_after_a_day_the_version_is_not_new_to_its_reader(publish, open_as, anna, later):
    open_as(anna)
    publish("Гудок 30 секунд.")
    open_as(anna)

    with later(hours=25):
        assert open_as(anna).context["read_before"] is None


def test_what_others_read_is_nobodys_business(
    publish, open_as, anna, denis, administrator, now, viewer_of
):
    open_as(anna)
    publish("Гудок 30 секунд.")

    assert open_as(denis).context["read_before"] is None
    assert not Reading.objects.visible_to(viewer_of(administrator), now).exists()


def test_a_customer_reads_without_a_trace(client, article):
    client.get(article.url)

    assert not Reading.objects.exists()


def test_looking_again_writes_nothing(open_as, anna, django_assert_max_num_queries):
    open_as(anna)
    before = Reading.objects.get()
    open_as(anna)

    assert Reading.objects.get().since == before.since
