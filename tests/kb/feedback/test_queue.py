"""Who sees which feedback, and how it is worked through."""

import datetime

import pytest
from django.urls import reverse

from kb.choices import Kind, Reason
from kb.models import ContentTask
from kb.selectors.feedback import queue_of
from kb.services.audience import set_audience
from tests.kb.feedback.conftest import lines_of

pytestmark = pytest.mark.django_db


def test_a_reader_sees_their_own_words_and_never_those_of_others(say, anna, denis, client_of, olga):
    task = say(anna, "wrong", "Слово Анны").task
    say(denis, "wrong", "слово анны!")

    page = client_of(denis).get(reverse("feedback_item", args=[task.pk])).content.decode()
    assert "слово анны!" in page
    assert "Слово Анны" not in page
    assert "Слово Анны" not in client_of(denis).get(reverse("feedback_queue")).content.decode()
    assert "Анна Кравцова" not in page


def test_who_neither_said_nor_answers_finds_nothing(say, anna, denis, client_of):
    task = say(anna, "wrong", "Слово Анны").task
    client = client_of(denis)

    assert client.get(reverse("feedback_item", args=[task.pk])).status_code == 404
    assert client.post(reverse("feedback_answer", args=[task.pk])).status_code == 404
    assert "Слово Анны" not in client.get(reverse("feedback_queue")).content.decode()


def test_once_the_article_is_for_others_its_feedback_is_too(
    say, anna, olga, answer, article, line_two, now, client_of
):
    task = say(anna, "wrong").task
    answer(task, olga, "answered", "Верно")
    set_audience(article=article, audience="teams", teams=[line_two], by=None, now=now)

    assert lines_of(anna) == []
    assert client_of(anna).get(reverse("feedback_item", args=[task.pk])).status_code == 404


def test_the_owner_works_through_the_queue_on_the_page(say, anna, olga, correct, client_of):
    task = say(anna, "wrong", "Не 20").task
    client = client_of(olga)
    assert "Не 20" in client.get(reverse("feedback_queue")).content.decode()
    bare = client.post(reverse("feedback_answer", args=[task.pk]), {"state": "answered"})
    assert bare.status_code == 422
    correct()

    client.post(reverse("feedback_answer", args=[task.pk]), {"state": "done", "words": ""})

    assert ContentTask.objects.get().fixed_in == 2
    assert "Не 20" in client.get(reverse("feedback_queue") + "?show=closed").content.decode()


def test_a_newer_version_asks_in_the_queue_whether_it_put_it_right(
    say, anna, olga, correct, client_of
):
    say(anna, "wrong", "Не 20")
    client = client_of(olga)
    client.cookies["language"] = "en"
    asked = "corrected in version 2?"
    assert asked not in client.get(reverse("feedback_queue")).content.decode()
    correct()

    assert asked in client.get(reverse("feedback_queue")).content.decode()


def test_whoever_edits_the_article_sees_what_is_open_about_it(
    say, anna, editor, client_of, article
):
    client, edit = client_of(editor), reverse("wagtailadmin_pages:edit", args=[article.pk])
    queue = f"{reverse('feedback_queue')}?article={article.pk}"
    assert queue not in client.get(edit).content.decode()
    say(anna, "wrong")

    assert queue in client.get(edit).content.decode()


def test_in_the_back_office_feedback_is_not_closed_past_those_who_reported_it(
    say, anna, editor, client_of
):
    task = say(anna, "wrong").task
    page = client_of(editor).get(reverse("content_tasks:edit", args=[task.pk])).content.decode()

    assert 'name="owner"' in page
    assert 'name="state"' not in page


def test_the_queue_has_the_most_urgent_first_and_says_how_long_answers_took(
    say, anna, olga, editor, viewer_of, now, write_article, answer
):
    tariff = write_article("Тариф", publish=True, kind=Kind.TARIFF, content_owner=olga)
    usual, urgent = say(anna, "unclear").task, say(anna, "wrong", of=tariff).task
    hours = datetime.timedelta(hours=3)
    ContentTask.objects.filter(pk=answer(say(anna).task, olga, "answered", "Да").pk).update(
        created_at=now - hours
    )

    queue = queue_of(viewer_of(editor), now)

    assert list(queue.page.object_list) == [urgent, usual]
    assert (queue.open, queue.late, queue.median_hours) == (2, 0, 3.0)


def test_the_queue_takes_as_many_queries_for_many_as_for_one(
    say, anna, denis, editor, client_of, django_assert_max_num_queries
):
    for reason in Reason.values:
        for person in (anna, denis):
            say(person, reason, f"Слова {person} о {reason}")
    client = client_of(editor)
    client.get(reverse("feedback_queue"))

    with django_assert_max_num_queries(20):
        client.get(reverse("feedback_queue"))
