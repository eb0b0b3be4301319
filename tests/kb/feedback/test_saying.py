"""Saying that an article helped or why not: two actions; customers without an account; the same said twice."""

import datetime
import uuid

import pytest
from django.urls import reverse

from kb.choices import Kind, TaskState
from kb.masking import masked
from kb.models import ContentTask, Feedback
from kb.refusals import NotMerged, TooMuchFeedback
from kb.services import feedback as services
from tests.kb.feedback.conftest import lines_of

pytestmark = pytest.mark.django_db


# --- saying it -----------------------------------------------------------------------------------------------------


def test_yes_is_one_click_and_counts_once_for_a_person_and_version(client_of, anna, article):
    client = client_of(anna)
    for _twice in range(2):
        values = {"key": uuid.uuid4(), "verdict": "helped", "number": 1}
        assert client.post(reverse("feedback_give", args=[article.uuid]), values).status_code == 302

    [feedback] = Feedback.objects.all()
    assert feedback.helped
    assert (feedback.employee, feedback.number) == (anna, 1)
    assert not ContentTask.objects.exists()


def test_no_with_a_reason_becomes_a_task_of_the_owner_who_is_told(say, anna, olga):
    feedback = say(anna, "wrong", "Не 20, а 30 секунд")

    task = feedback.task
    assert (task.owner, task.state, task.kind) == (olga, TaskState.OPEN, "feedback")
    assert feedback.number == 1
    assert lines_of(olga) == [task.said]
    assert task.title == "Не 20, а 30 секунд"


def test_the_page_asks_and_thanks_with_the_name_and_the_moment(client_of, anna, olga, article):
    client = client_of(anna)
    client.cookies["language"] = "en"
    page = client.get(article.url).content.decode()
    assert reverse("feedback_give", args=[article.uuid]) in page

    reply = client.post(
        reverse("feedback_give", args=[article.uuid]),
        {"key": uuid.uuid4(), "verdict": "unclear", "number": 1},
        headers={"HX-Request": "true"},
    )

    assert "Ольга Рябова" in reply.content.decode()
    assert reply.status_code == 200


def test_a_second_click_finds_the_first(say, anna):
    key = uuid.uuid4()
    assert say(anna, "wrong", key=key) == say(anna, "wrong", key=key)


def test_the_version_that_was_read_is_kept_not_the_one_in_force(say, anna, correct):
    correct()

    assert say(anna, "wrong", number=1).number == 1
    assert say(anna, "unclear", number=99).number == 2


def test_what_is_wrong_in_a_tariff_is_answered_within_four_hours_else_in_two_days(
    say, anna, olga, write_article
):
    monday = datetime.datetime(2026, 11, 23, 7, 0, tzinfo=datetime.UTC)
    tariff = write_article(
        "Тариф", publish=True, kind=Kind.TARIFF, content_owner=olga, answer="490 ₽"
    )

    urgent = say(anna, "wrong", of=tariff, at=monday).task
    usual = say(anna, "unclear", of=tariff, at=monday).task

    assert urgent.due_at - monday == datetime.timedelta(hours=4)
    assert usual.due_at - monday == datetime.timedelta(days=2)


# --- customers -----------------------------------------------------------------------------------------------------


def test_a_customer_says_it_without_an_account_and_nothing_of_them_is_kept(client, article):
    reply = client.post(
        reverse("feedback_give", args=[article.uuid]),
        {
            "key": uuid.uuid4(),
            "verdict": "missing",
            "words": "Я Иван, +7 (912) 345-67-89, ivan@example.test, код 488",
        },
        headers={"HX-Request": "true"},
    )

    [feedback] = Feedback.objects.all()
    assert reply.status_code == 200
    assert feedback.employee is None
    assert feedback.words == "Я Иван, …, … код 488"
    assert "345" not in feedback.task.title


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("позвоните 8 800 555-35-35", "позвоните …"),
        ("договор 12345", "договор …"),
        ("ошибка 488, тариф 1490", "ошибка 488, тариф 1490"),
        ("ivan@mail.ru не видит", "… не видит"),
    ],
)
def test_long_numbers_and_addresses_are_taken_out_codes_and_prices_stay(words, kept):
    assert masked(words) == kept


def test_a_customer_cannot_speak_of_what_they_may_not_read(client, write_article):
    internal = write_article(publish=True)
    reply = client.post(
        reverse("feedback_give", args=[internal.uuid]), {"key": uuid.uuid4(), "verdict": "helped"}
    )

    assert reply.status_code == 404
    assert not Feedback.objects.exists()


def test_from_one_address_only_so_much_an_hour(say):
    for _time in range(services.MOST_OF_CUSTOMER):
        say(None, "wrong", address="203.0.113.7")

    with pytest.raises(TooMuchFeedback):
        say(None, "wrong", address="203.0.113.7")
    say(None, "wrong", address="203.0.113.8")


def test_behind_a_trusted_proxy_customers_are_told_apart_by_their_own_addresses(
    client, article, settings, monkeypatch
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(services, "MOST_OF_CUSTOMER", 1)

    def status(address: str) -> int:
        return client.post(
            reverse("feedback_give", args=[article.uuid]),
            {"key": uuid.uuid4(), "verdict": "helped"},
            headers={"HX-Request": "true", "X-Forwarded-For": f"198.51.100.9, {address}"},
        ).status_code

    assert [status("203.0.113.7"), status("203.0.113.8"), status("203.0.113.7")] == [200, 200, 422]


def test_the_page_says_so_and_keeps_the_words(client, article, monkeypatch):
    monkeypatch.setattr(services, "MOST_OF_CUSTOMER", 0)
    reply = client.post(
        reverse("feedback_give", args=[article.uuid]),
        {"key": uuid.uuid4(), "verdict": "wrong", "words": "Кнопки нет"},
        headers={"HX-Request": "true"},
    )

    assert reply.status_code == 422
    assert "Кнопки нет" in reply.content.decode()


def test_many_customers_make_one_thing_for_each_reason_once_too_much_is_open(say, monkeypatch):
    monkeypatch.setattr(services, "MOST_OPEN", 2)
    for number in range(5):
        say(None, "wrong", f"Слова раз{number}", address=f"203.0.113.{number}")

    assert ContentTask.objects.count() == 3
    assert Feedback.objects.count() == 5


# --- duplicates ----------------------------------------------------------------------------------------------------


def test_the_same_said_twice_is_one_thing_with_both_readers(say, anna, denis, olga):
    first = say(anna, "wrong", "Не 20, а 30 секунд.")
    second = say(denis, "wrong", "не 20, а 30 секунд")

    assert first.task == second.task
    assert {report.employee for report in first.task.reports.all()} == {anna, denis}
    assert len(lines_of(olga)) == 1


def test_other_words_are_another_thing_until_the_owner_joins_them(
    say, anna, denis, olga, viewer_of, now
):
    first, second = say(anna, "wrong", "Гудок 30"), say(denis, "outdated", "Гудок давно 30")
    assert first.task != second.task

    services.merge(task=second.task, into=first.task, viewer=viewer_of(olga), now=now)

    assert set(first.task.feedback.all()) == {first, second}
    second.task.refresh_from_db()
    assert second.task.merged_into == first.task
    assert not second.task.is_open


def test_what_is_answered_or_about_another_article_is_not_joined(
    say, anna, olga, viewer_of, now, write_article, answer
):
    other = write_article("Эхо", publish=True, content_owner=olga)
    task, elsewhere = say(anna).task, say(anna, of=other).task
    closed = say(anna, "unclear").task
    answer(closed, olga, "answered", "Шаг 3")

    for into in (task, elsewhere, closed):
        with pytest.raises(NotMerged):
            services.merge(task=task, into=into, viewer=viewer_of(olga), now=now)
