"""Saying that an article helped or why not: two actions, an owner who answers, an answer that comes back."""

import datetime
import uuid

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kb.choices import Kind, Reason, TaskState
from kb.masking import masked
from kb.models import ArticlePage, ContentTask, Feedback
from kb.refusals import NotAnswered, NotMerged, NotReopened, TooMuchFeedback
from kb.selectors.feedback import queue_of
from kb.services import feedback as services
from kb.services.audience import set_audience
from kb.services.late_answers import tell_of_late_answers
from notifications.extensions import kind_named
from notifications.models import Notification
from people.viewer import ANONYMOUS, Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_was_counted():
    cache.clear()


@pytest.fixture
def article(write_article, olga):
    """In force, version 1, for customers too; Olga owns it."""
    return write_article(
        "Переадресация", answer="Гудок 20 с.", publish=True, audience="public", content_owner=olga
    )


@pytest.fixture
def say(article, now, viewer_of):
    """``say(anna, "wrong", "Не 20, а 30")``: she says it of the version in force; None is a customer."""

    def _say(person, reason="wrong", words="", *, of=article, at=now, key=None, **more):
        return services.give(
            article=ArticlePage.objects.get(pk=of.pk),
            key=key or uuid.uuid4(),
            reason=reason,
            words=words,
            viewer=viewer_of(person) if person else ANONYMOUS,
            now=at,
            **more,
        )

    return _say


@pytest.fixture
def correct(article):
    """Publish the next version of the article."""

    def _correct(answer="Гудок 30 с."):
        draft = ArticlePage.objects.get(pk=article.pk)
        draft.answer = answer
        draft.save_revision().publish()
        return ArticlePage.objects.get(pk=article.pk)

    return _correct


@pytest.fixture
def answer(now, viewer_of):
    """``answer(task, olga, "done")``."""

    def _answer(task, person, state, words=""):
        return services.answer(
            task=task, state=state, words=words, viewer=viewer_of(person), now=now
        )

    return _answer


def lines_of(person) -> list[str]:
    """What stands in a person's inbox now."""
    at, viewer = timezone.now(), Viewer.of(person.user)
    rows = Notification.objects.filter(recipient=person, withdrawn_at=None)
    said = [kind_named(row.kind).render([row.params], viewer=viewer, at=at)[0] for row in rows]
    return [one.line for one in said if one is not None]


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


# --- answering -----------------------------------------------------------------------------------------------------


def test_corrected_in_a_version_comes_back_to_everybody_who_reported_it(
    say, anna, denis, olga, correct, answer
):
    task = say(anna, "wrong").task
    say(denis, "wrong")
    correct()

    answer(task, olga, "done")

    task.refresh_from_db()
    assert (task.state, task.fixed_in, task.closed_by) == (TaskState.DONE, 2, olga)
    for reader in (anna, denis):
        assert len(lines_of(reader)) == 1
        assert "2" in lines_of(reader)[0]
    assert lines_of(olga) == []


def test_nothing_is_corrected_while_readers_get_the_same_version(say, anna, olga, answer):
    task = say(anna).task

    with pytest.raises(NotAnswered):
        answer(task, olga, "done")
    assert ContentTask.objects.get().is_open


@pytest.mark.parametrize("state", ["answered", "dropped"])
def test_an_answer_or_a_no_needs_words_and_they_come_back(say, anna, olga, answer, state):
    task = say(anna).task
    with pytest.raises(NotAnswered):
        answer(task, olga, state)

    answer(task, olga, state, "Это в шаге 3")

    assert "Это в шаге 3" in lines_of(anna)[0]


def test_only_its_owner_or_an_editor_answers(say, anna, denis, editor, answer):
    task = say(anna).task
    for person in (anna, denis):
        with pytest.raises(NotAnswered):
            answer(task, person, "answered", "Так и есть")

    answer(task, editor, "answered", "Так и есть")


def test_two_who_answer_at_once_give_one_answer(say, anna, olga, editor, answer):
    task = say(anna).task
    answer(task, olga, "answered", "Первый ответ")

    with pytest.raises(NotAnswered):
        answer(task, editor, "dropped", "Второй ответ")
    assert ContentTask.objects.get().outcome == "Первый ответ"


def test_an_editor_takes_it_and_answers_from_then_on(say, anna, editor, viewer_of, now):
    task = say(anna).task

    assert services.take(task=task, viewer=viewer_of(editor), now=now)

    task.refresh_from_db()
    assert (task.owner, task.state) == (editor, TaskState.DOING)


def test_whoever_asked_opens_it_again_with_a_word(say, anna, denis, olga, answer, viewer_of, now):
    task = say(anna).task
    answer(task, olga, "answered", "Это в шаге 3")
    again = {"task": task, "key": uuid.uuid4(), "now": now}
    task.refresh_from_db()
    with pytest.raises(NotReopened):
        services.reopen(viewer=viewer_of(denis), words="И у меня", **again)
    with pytest.raises(NotReopened):
        services.reopen(viewer=viewer_of(anna), words=" ", **again)

    services.reopen(viewer=viewer_of(anna), words="В шаге 3 другое", **again)

    task.refresh_from_db()
    assert task.is_open
    assert [one.words for one in task.feedback.order_by("pk")] == ["", "В шаге 3 другое"]
    assert len(lines_of(olga)) == 1
    assert lines_of(anna) == []


# --- who sees what -------------------------------------------------------------------------------------------------


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


# --- overdue ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def overdue(say, anna, article, olga, line_one):
    """Anna said that it is wrong; Olga owes the answer since an hour."""
    task = say(anna, "wrong", "Секретные слова Анны").task
    ContentTask.objects.filter(pk=task.pk).update(
        owner=olga, due_at=timezone.now() - datetime.timedelta(hours=1)
    )
    return ContentTask.objects.get(pk=task.pk)


def late_rows(person) -> list:
    return list(Notification.objects.filter(recipient=person, kind="kb.feedback_late"))


def test_who_owes_an_answer_and_their_lead_hear_of_it_once_a_day_at_work(
    overdue, olga, anna, sergey, editor, viewer_of
):
    monday = datetime.datetime(2026, 11, 30, 7, tzinfo=olga.tz)
    ContentTask.objects.update(due_at=monday)
    with time_machine.travel(monday + datetime.timedelta(hours=1), tick=False):
        assert tell_of_late_answers(now=timezone.now()) == 0
    with time_machine.travel(monday + datetime.timedelta(hours=3), tick=False):
        assert tell_of_late_answers(now=timezone.now()) == 2
        assert tell_of_late_answers(now=timezone.now()) == 0
        assert not late_rows(anna)
        assert not late_rows(editor)
        (row,) = late_rows(sergey)

        def said(person):
            with override("en"):
                kind = kind_named(row.kind)
                return kind.render([row.params], viewer=viewer_of(person), at=timezone.now())[0]

        assert said(sergey).line == "Whose: Ольга Рябова: 1"
        assert said(olga).line == "Whose: you: 1"
        assert "Секретные" not in str(said(sergey))
        ContentTask.objects.update(state="dropped", closed_at=timezone.now())
        assert said(sergey) is None
    ContentTask.objects.update(state="open", closed_at=None)
    with time_machine.travel(monday + datetime.timedelta(days=1, hours=3), tick=False):
        assert tell_of_late_answers(now=timezone.now()) == 2


def test_a_lead_sees_what_is_overdue_among_their_people_without_a_word_of_the_readers(
    overdue, olga, sergey, denis, client_of
):
    client = client_of(sergey)
    page = client.get(reverse("feedback_queue")).content.decode()

    assert "Ольга Рябова" in page
    assert overdue.article.title in page
    assert "Секретные" not in page
    assert client.get(reverse("feedback_item", args=[overdue.pk])).status_code == 404
    assert "Ольга Рябова" not in client_of(denis).get(reverse("feedback_queue")).content.decode()
