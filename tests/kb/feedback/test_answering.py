"""An owner who answers, and an answer that comes back."""

import uuid

import pytest

from kb.choices import TaskState
from kb.models import ContentTask
from kb.refusals import NotAnswered, NotReopened
from kb.services import feedback as services
from tests.kb.feedback.conftest import lines_of

pytestmark = pytest.mark.django_db


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
