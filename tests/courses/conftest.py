"""Fixtures of the tests about learning: a catalogue, a programme, somebody on the way, a mentor who may sign."""

import datetime
import uuid

import pytest
from django.utils import timezone

from competence.choices import EventType
from competence.models import Area, Competence, PositionRequirement, Queue
from competence.services.record import Entry, record
from courses.models import Lesson, PlanItem, PracticeTask, Programme, Step
from courses.services.enrolling import enroll
from courses.services.signing import sign_off
from people.models import Position

DAY = datetime.timedelta(days=1)


@pytest.fixture
def now():
    """A Monday at noon that has passed, so that records of later days are not in the future."""
    today = timezone.localdate()
    monday = today - DAY * (today.weekday() + 14)
    return timezone.make_aware(datetime.datetime.combine(monday, datetime.time(12)))


@pytest.fixture
def today(now) -> datetime.date:
    """The day of ``now``."""
    return timezone.localtime(now).date()


@pytest.fixture
def operator(db) -> Position:
    """The position of everybody in the cast."""
    return Position.objects.get_or_create(name="Оператор")[0]


@pytest.fixture
def calls(db) -> Queue:
    """The queue the programme leads to."""
    return Queue.objects.create(name="Звонки первой линии")


@pytest.fixture
def transfer(operator, calls) -> Competence:
    """A skill that the operator's position requires at 2, a gate of the queue."""
    area = Area.objects.create(name="Телефония")
    competence = Competence.objects.create(area=area, name="Перевод звонка")
    PositionRequirement.objects.create(
        position=operator,
        competence=competence,
        level=2,
        queue=calls,
        starts_on=datetime.date(2020, 1, 1),
    )
    return competence


@pytest.fixture
def lesson(transfer) -> Lesson:
    """A published lesson of two steps."""
    lesson = Lesson(
        title="Как переводить звонок",
        minutes=10,
        body=[
            ("heading", "Зачем"),
            ("say", "Я переведу вас на коллегу"),
            ("heading", "Как"),
            ("say", "Оставайтесь на линии"),
        ],
        live=True,
    )
    lesson.save()
    lesson.competences.add(transfer)
    lesson.save()
    lesson.save_revision().publish()
    return Lesson.objects.get(pk=lesson.pk)


@pytest.fixture
def task(transfer) -> PracticeTask:
    """Shown three times on three days."""
    task = PracticeTask.objects.create(
        name="Перевод звонка с сопровождением",
        done_when="предупреждает клиента\nдожидается ответа коллеги",
        repetitions=3,
    )
    task.competences.add(transfer)
    task.save()
    return task


@pytest.fixture
def programme(operator, calls, lesson, task) -> Programme:
    """A lesson on day one, practice until day three."""
    programme = Programme.objects.create(
        name="Оператор первой линии",
        position=operator,
        queue=calls,
        enrolls_from=datetime.date(2020, 1, 1),
    )
    Step.objects.create(programme=programme, lesson=lesson, day=1, sort_order=0)
    Step.objects.create(programme=programme, task=task, day=3, sort_order=1)
    return programme


@pytest.fixture
def newcomer(hire, olga, now, today):
    """Somebody hired for the day of ``now``, Olga's trainee."""
    return hire("Марат Сабиров", "marat", "operator", mentor=olga, hired_on=today)


@pytest.fixture
def plan(newcomer, programme, now):
    """The newcomer on the programme."""
    return enroll(employee=newcomer, programme=programme, now=now)


@pytest.fixture
def lesson_item(plan) -> PlanItem:
    """The lesson of the plan."""
    return plan.items.get(lesson__isnull=False)


@pytest.fixture
def task_item(plan) -> PlanItem:
    """The practice of the plan."""
    return plan.items.get(task__isnull=False)


@pytest.fixture
def may_sign(now):
    """``may_sign(olga, transfer)``: the evidence that makes somebody's cell good for signing."""

    def _may_sign(employee, competence, level=2):
        for ago in (5, 4, 3):
            moment = now - DAY * ago
            common = {
                "employee": employee,
                "competence": competence,
                "recorded_at": moment,
            }
            record(
                Entry(
                    type=EventType.QUIZ, source=("t", f"q{ago}"), level=level, passed=True, **common
                ),
                now=now,
            )
            record(
                Entry(type=EventType.OBSERVATION, source=("t", f"o{ago}"), rating=level, **common),
                now=now,
            )

    return _may_sign


@pytest.fixture
def mentor(olga, transfer, may_sign):
    """Olga, whose own cell reaches the trainee's target."""
    may_sign(olga, transfer)
    return olga


@pytest.fixture
def sign(now):
    """``sign(item, by, rating=2, days=1)``: somebody signs, so many days after ``now``."""

    def _sign(item, by, *, rating=2, days=0, reference="4711-0823", **fields):
        return sign_off(
            item=PlanItem.objects.select_related("enrollment__employee", "task").get(pk=item.pk),
            rating=rating,
            reference=reference,
            by=by.user,
            key=fields.pop("key", None) or uuid.uuid4(),
            now=now + DAY * days,
            **fields,
        )

    return _sign
