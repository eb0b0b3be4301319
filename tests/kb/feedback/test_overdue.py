"""What nobody answered in time: who owes it and their lead hear of it once a day."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kb.models import ContentTask
from kb.services.late_answers import tell_of_late_answers
from notifications.extensions import kind_named
from notifications.models import Notification

pytestmark = pytest.mark.django_db


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
