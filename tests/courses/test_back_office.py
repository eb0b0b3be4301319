"""Programmes, lessons and tasks in the back office: who writes them, and what is refused in words."""

import pytest
from django.urls import reverse

from courses.models import Lesson, PracticeTask, Programme

pytestmark = pytest.mark.django_db

MODELS = ("programme", "lesson", "practicetask")


def address(model: str, view: str = "list", *args) -> str:
    """A screen of the back office."""
    return reverse(f"wagtailsnippets_courses_{model}:{view}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_a_trainer_and_the_administrator_write_them(model, ilya, administrator, client_of):
    for person in (ilya, administrator):
        client = client_of(person)
        assert client.get(address(model)).status_code == 200
        assert client.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_a_lead_reads_them_and_adds_nothing(model, sergey, client_of):
    client = client_of(sergey)
    assert client.get(address(model)).status_code == 200
    assert client.get(address(model, "add")).status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_an_operator_and_an_editor_do_not_enter(model, anna, editor, client_of):
    for person in (anna, editor):
        assert client_of(person).get(address(model)).status_code in (302, 404)


@pytest.mark.parametrize("model", MODELS)
def test_drafts_are_not_chosen_by_who_does_not_write_them(model, sergey, editor, client_of):
    choose = reverse(f"wagtailsnippetchoosers_courses_{model}:choose")
    for person in (sergey, editor):
        assert client_of(person).get(choose).status_code in (302, 404)


def programme_form(operator, steps: list[dict]) -> dict:
    """A programme as the form sends it."""
    data = {
        "name": "Вторая линия",
        "position": operator.pk,
        "working_days": 10,
        "enrolls_from": "2026-01-01",
        "steps-TOTAL_FORMS": len(steps),
        "steps-INITIAL_FORMS": 0,
        "steps-MIN_NUM_FORMS": 0,
        "steps-MAX_NUM_FORMS": 1000,
    }
    for number, step in enumerate(steps):
        data |= {f"steps-{number}-{name}": value for name, value in step.items()}
        data |= {f"steps-{number}-ORDER": number + 1, f"steps-{number}-DELETE": ""}
    return data


def test_a_programme_is_written_with_its_steps_in_their_order(
    ilya, operator, lesson, task, client_of
):
    steps = [{"day": 1, "lesson": lesson.pk, "task": ""}, {"day": 2, "lesson": "", "task": task.pk}]

    response = client_of(ilya).post(address("programme", "add"), programme_form(operator, steps))

    assert response.status_code == 302
    written = Programme.objects.get(name="Вторая линия")
    assert [step.lesson or step.task for step in written.steps.all()] == [lesson, task]


@pytest.mark.parametrize("both", [True, False])
def test_a_step_that_is_both_or_neither_is_refused_in_words(
    ilya, operator, lesson, task, client_of, both
):
    step = {"day": 1, "lesson": lesson.pk, "task": task.pk} if both else {"day": 1}

    response = client_of(ilya).post(address("programme", "add"), programme_form(operator, [step]))

    assert response.status_code == 200
    assert not Programme.objects.filter(name="Вторая линия").exists()


def test_a_lesson_twice_in_a_programme_is_refused_in_words(ilya, operator, lesson, client_of):
    steps = [{"day": day, "lesson": lesson.pk, "task": ""} for day in (1, 2)]

    response = client_of(ilya).post(address("programme", "add"), programme_form(operator, steps))

    assert response.status_code == 200
    assert not Programme.objects.filter(name="Вторая линия").exists()


def test_a_second_active_programme_for_a_position_is_refused_in_words(
    ilya, operator, programme, client_of
):
    data = programme_form(operator, []) | {"is_active": "on"}

    response = client_of(ilya).post(address("programme", "add"), data)

    assert response.status_code == 200
    assert not Programme.objects.filter(name="Вторая линия").exists()


def test_a_draft_of_a_lesson_reaches_nobody_before_it_is_published(ilya, lesson, client_of):
    data = {
        "title": "Новое название",
        "minutes": 15,
        "body-count": 0,
    }
    client = client_of(ilya)

    client.post(address("lesson", "edit", lesson.pk), data)
    assert Lesson.objects.get(pk=lesson.pk).title == "Как переводить звонок"

    client.post(address("lesson", "edit", lesson.pk), data | {"action-publish": "1"})
    assert Lesson.objects.get(pk=lesson.pk).title == "Новое название"


def test_a_task_that_somebody_has_in_their_plan_is_not_deleted(ilya, task, plan, client_of):
    response = client_of(ilya).post(address("practicetask", "delete", task.pk))

    assert response.status_code == 302
    assert PracticeTask.objects.filter(pk=task.pk).exists()
