"""The screens of learning: the plan, a lesson, ready to show, the signature on a phone, taking it back."""

import datetime
import uuid

import pytest
import time_machine
from django.urls import reverse

from certification.models import Quiz, QuizLine
from competence.models import CompetenceEvent
from competence.services.segments import refresh
from courses.models import LessonCompletion, LessonPlace, PracticeRequest, SignOff
from courses.selectors.plans import plans_of
from courses.selectors.practice import queue_of
from courses.services.asking import ask
from kb.services.archiving import archive
from people.viewer import Viewer

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def that_monday(now):
    """The site's clock stands at ``now``."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def as_newcomer(client, newcomer):
    """The trainee, signed in."""
    client.force_login(newcomer.user)
    return client


@pytest.fixture
def as_mentor(client, mentor):
    """The mentor, signed in."""
    client.force_login(mentor.user)
    return client


@pytest.fixture
def asked(task_item, newcomer, now):
    """The trainee has asked for a signature."""
    return ask(item=task_item, reference="4711-0001", by=newcomer.user, now=now)


def signature(item, **fields):
    """The fields of a signature as the form sends them."""
    return {
        "key": str(uuid.uuid4()),
        "showing": "1-1-1",
        "rating": "2",
        "reference": "4711-0823",
        "comment": "",
        "observed_on": fields.pop("day"),
    } | fields


def test_a_plan_says_the_day_and_what_comes_next(as_newcomer, plan, lesson_item):
    page = as_newcomer.get(reverse("plan"), headers={"accept-language": "ru"})
    text = page.content.decode()
    assert "День 1 из 15" in text
    assert reverse("lesson", args=[lesson_item.lesson_id]) in text


def test_a_test_waits_folded_until_its_lesson_is_done(
    as_newcomer, plan, lesson_item, transfer, operator, now
):
    refresh(employees=[plan.employee], now=now)
    quiz = Quiz.objects.create(name="Перевод звонка", minutes=20)
    QuizLine.objects.create(quiz=quiz, competence=transfer, level=2, count=5)
    quiz.positions.add(operator)
    quiz.save()
    russian = {"accept-language": "ru"}

    before = as_newcomer.get(reverse("plan"), headers=russian).content.decode()
    for step in (1, 2):
        as_newcomer.get(reverse("lesson_step", args=[lesson_item.lesson_id, step]))
    as_newcomer.post(reverse("lesson_done", args=[lesson_item.lesson_id]))
    after = as_newcomer.get(reverse("plan"), headers=russian).content.decode()

    assert "Тесты после уроков: 1" in before
    assert "Тесты, которые пора сдать" not in before
    assert "Тесты, которые пора сдать" in after


def test_a_plan_says_what_is_late_and_whose_signature_holds_it_up(
    client, plan, asked, that_monday, now
):
    that_monday.move_to(now + DAY * 7)
    client.force_login(plan.employee.user)
    reading = plans_of(plan.employee, now + DAY * 7)[0]
    assert reading.held_by is not None
    page = client.get(reverse("plan"), headers={"accept-language": "ru"})
    assert "Ольга" in page.content.decode()


def test_somebody_without_a_plan_reads_how_one_begins(client, hire, now):
    person = hire("Нина Без Плана", "nina", "operator")
    client.force_login(person.user)
    page = client.get(reverse("plan"), headers={"accept-language": "ru"})
    assert "Плана сейчас нет" in page.content.decode()


def test_a_colleague_does_not_see_somebody_elses_plan(client, hire, plan, task_item):
    stranger = hire("Чужой Человек", "stranger", "operator")
    client.force_login(stranger.user)
    assert client.get(reverse("plan_of", args=[plan.employee_id])).status_code == 404
    assert client.get(reverse("plan_task", args=[task_item.pk])).status_code == 404


def test_a_mentor_sees_the_plan_of_their_trainee(as_mentor, plan):
    assert as_mentor.get(reverse("plan_of", args=[plan.employee_id])).status_code == 200


def test_opening_a_lesson_leads_to_the_step_where_one_stopped(as_newcomer, lesson):
    first = as_newcomer.get(reverse("lesson", args=[lesson.pk]))
    assert first.url == reverse("lesson_step", args=[lesson.pk, 1])
    as_newcomer.get(reverse("lesson_step", args=[lesson.pk, 1]))
    as_newcomer.get(reverse("lesson_step", args=[lesson.pk, 2]))
    assert as_newcomer.get(reverse("lesson", args=[lesson.pk])).url.endswith("/2/")


def test_nobody_jumps_over_a_step_they_have_not_opened(as_newcomer, lesson, newcomer):
    jumped = as_newcomer.get(reverse("lesson_step", args=[lesson.pk, 2]))
    assert jumped.url == reverse("lesson_step", args=[lesson.pk, 1])
    assert not LessonPlace.objects.filter(employee=newcomer).exists()


def test_asking_for_the_head_of_a_step_opens_nothing(as_newcomer, lesson, newcomer):
    as_newcomer.head(reverse("lesson_step", args=[lesson.pk, 1]))
    assert not LessonPlace.objects.filter(employee=newcomer).exists()


def test_a_lesson_is_done_once_every_step_was_opened(as_newcomer, lesson, newcomer):
    done = reverse("lesson_done", args=[lesson.pk])
    as_newcomer.post(done)
    assert not LessonCompletion.objects.filter(employee=newcomer).exists()
    for step in (1, 2):
        as_newcomer.get(reverse("lesson_step", args=[lesson.pk, step]))
    assert as_newcomer.post(done).url == reverse("plan")
    assert LessonCompletion.objects.filter(employee=newcomer, lesson=lesson).count() == 1


def test_an_article_archived_in_the_middle_of_a_lesson_stops_nobody(
    as_newcomer, lesson, newcomer, write_article, now
):
    article = write_article("Перевод звонка", publish=True)
    lesson.body = [("heading", "Раз"), ("article", article), ("heading", "Два"), ("say", "Ждите")]
    lesson.save_revision().publish()
    step = reverse("lesson_step", args=[lesson.pk, 1])
    assert article.title in as_newcomer.get(step).content.decode()

    archive(article=article, by=None, now=now)

    assert as_newcomer.get(step).status_code == 200
    as_newcomer.get(reverse("lesson_step", args=[lesson.pk, 2]))
    as_newcomer.post(reverse("lesson_done", args=[lesson.pk]))
    event = CompetenceEvent.objects.get(employee=newcomer)
    assert list(event.basis.values_list("article_uuid", "number")) == [(article.uuid, 1)]


def test_a_step_past_the_end_is_not_there(as_newcomer, lesson):
    assert as_newcomer.get(reverse("lesson_step", args=[lesson.pk, 99])).status_code == 404


def test_a_draft_lesson_is_nobodys(as_newcomer, lesson):
    type(lesson).objects.update(live=False)
    assert as_newcomer.get(reverse("lesson", args=[lesson.pk])).status_code == 404


def test_ready_to_show_reaches_the_mentors_queue(as_newcomer, task_item, mentor, now):
    as_newcomer.post(reverse("plan_ask", args=[task_item.pk]), {"reference": "4711-0002"})
    queue = queue_of(Viewer.of(mentor.user, now), now)
    assert [(one.item.pk, one.reference) for one in queue] == [(task_item.pk, "4711-0002")]


def test_asking_twice_asks_once(as_newcomer, task_item):
    for _time in range(2):
        as_newcomer.post(reverse("plan_ask", args=[task_item.pk]))
    assert PracticeRequest.objects.count() == 1


def test_a_question_can_be_taken_back(as_newcomer, task_item, asked):
    as_newcomer.post(reverse("plan_take_back", args=[task_item.pk]))
    assert not PracticeRequest.objects.waiting().exists()


def test_nobody_asks_in_somebody_elses_name(as_mentor, task_item):
    assert as_mentor.post(reverse("plan_ask", args=[task_item.pk])).status_code == 404


def test_the_queue_shows_whoever_waits_and_the_sheet_of_the_first(as_mentor, asked):
    text = as_mentor.get(reverse("practice")).content.decode()
    assert "Марат Сабиров" in text
    assert "4711-0001" in text


def test_a_signature_is_given_in_one_form(as_mentor, asked, task_item, today):
    answer = as_mentor.post(
        reverse("practice_sign", args=[task_item.pk]), signature(task_item, day=today)
    )
    assert answer.url == reverse("practice")
    row = SignOff.objects.get()
    assert (row.rating, row.reference, row.repetition) == (2, "4711-0823", 1)
    assert not PracticeRequest.objects.waiting().exists()


def test_the_same_form_sent_twice_signs_once(as_mentor, asked, task_item, today):
    fields = signature(task_item, day=today)
    for _time in range(2):
        as_mentor.post(reverse("practice_sign", args=[task_item.pk]), fields)
    assert SignOff.objects.count() == 1


def test_a_script_hears_where_to_go_or_what_is_wrong(as_mentor, asked, task_item, today):
    address, accept = reverse("practice_sign", args=[task_item.pk]), {"accept": "application/json"}
    refused = as_mentor.post(address, signature(task_item, day=today, rating="0"), headers=accept)
    assert refused.status_code == 422
    assert refused.json()["words"]
    taken = as_mentor.post(address, signature(task_item, day=today), headers=accept)
    assert taken.json() == {"url": reverse("practice")}


@pytest.mark.parametrize("showing", ["", "1", "a-b-c", "1-1-1-1", "9999-1-1"])
def test_a_broken_form_is_refused_in_words(as_mentor, asked, task_item, today, showing):
    answer = as_mentor.post(
        reverse("practice_sign", args=[task_item.pk]),
        signature(task_item, day=today, showing=showing),
    )
    assert answer.status_code == 422
    assert not SignOff.objects.exists()


def test_nobody_opens_the_sheet_of_a_person_they_do_not_sign_for(client, hire, task_item):
    other = hire("Другой Наставник", "other-mentor", "mentor")
    client.force_login(other.user)
    assert client.get(reverse("practice_sign", args=[task_item.pk])).status_code == 404


def test_an_operator_has_no_queue(as_newcomer):
    assert as_newcomer.get(reverse("practice")).status_code in (403, 404)


def test_a_signature_is_withdrawn_without_a_reason_in_the_first_minutes(
    as_mentor, asked, task_item, mentor, sign
):
    row = sign(task_item, mentor).row
    answer = as_mentor.post(reverse("sign_off_withdraw", args=[row.pk]), {"reason": ""})
    assert answer.status_code == 302
    assert SignOff.objects.filter(withdraws=row).exists()


def test_later_a_withdrawal_says_why(as_mentor, asked, task_item, mentor, sign, that_monday, now):
    row = sign(task_item, mentor).row
    that_monday.move_to(now + datetime.timedelta(minutes=20))
    address = reverse("sign_off_withdraw", args=[row.pk])
    assert as_mentor.post(address, {"reason": ""}).status_code == 422
    assert as_mentor.post(address, {"reason": "Не тот звонок"}).status_code == 302


def test_a_second_signature_waits_in_the_queue_of_whoever_may_give_it(
    hire, task, task_item, mentor, sign, now
):
    task.needs_second = True
    task.save()
    sign(task_item, mentor)
    reviewer = hire("Вера Ревизор", "vera", "reviewer")
    queue = queue_of(Viewer.of(reviewer.user, now), now)
    assert [one.is_second for one in queue] == [True]
    assert queue_of(Viewer.of(mentor.user, now), now) == []
