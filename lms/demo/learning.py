"""Puts the demo's newcomer on their programme: day six of fifteen, two tasks behind for want of one signature."""

import datetime
import random
import uuid

from django.utils import timezone

from competence.models import Competence, Queue
from courses.models import Lesson, PlanItem, PracticeTask, Programme, Step
from courses.services.asking import ask
from courses.services.enrolling import enroll
from courses.services.learning import complete, open_part
from courses.services.signing import sign_off
from kb.models import ArticlePage
from lms.demo import cast
from lms.demo.competence_catalogue import CALLS_ONE
from lms.demo.programme import PROGRAMME, STEPS, WORKING_DAYS, LessonDraft, TaskDraft
from people.models import Employee, Position

# What the newcomer has behind them, by title and how many working days ago it was.
READ = {
    "Первый день: кому мы отвечаем": 5,
    "Приветствие и завершение разговора": 5,
    "Кто звонит: проверяем абонента": 4,
    "Удержание и перевод": 3,
    "Переадресация": 2,
    "Слышно в одну сторону": 1,
}
SHOWN = (
    ("Слушаем звонки рядом с наставником", 5, 2, ""),
    ("Приветствие и имя клиента", 4, 2, "4711-0764"),
    ("Перевод звонка с сопровождением", 3, 2, "4711-0788"),
    ("Перевод звонка с сопровождением", 2, 2, "4711-0801"),
)
WAITS = ("Перевод звонка с сопровождением", 1, "4711-0823")
BEGUN = ("Коды ошибок", 3)


def seed_learning(
    *, cast_by_handle: dict[str, Employee], today: datetime.date, now: datetime.datetime, seed: int
) -> None:
    """Write the programme and the newcomer's first days, each act at its own moment."""
    newcomer, mentor = cast_by_handle["denis"], cast_by_handle["olga"]
    programme = _programme(enrolls_from=newcomer.hired_on)
    days = _working_days(newcomer.hired_on, today)
    rng = random.Random(seed + 5)

    def moment(ago: int, hour: int) -> datetime.datetime:
        # At the demo's own hours; today nothing is later than the moment of seeding.
        clock = datetime.time(hour, rng.randrange(60))
        at = timezone.make_aware(datetime.datetime.combine(days[-1 - ago], clock))
        return min(at, now)

    hired = timezone.make_aware(datetime.datetime.combine(newcomer.hired_on, datetime.time(9)))
    plan = enroll(employee=newcomer, programme=programme, now=min(hired, now))
    items = {str(item.lesson or item.task): item for item in _items(plan)}
    for title, ago in READ.items():
        lesson, at = items[title].lesson, moment(ago, 10)
        _read(newcomer, lesson, len(lesson.parts), at)
        complete(employee=newcomer, lesson=lesson, by=newcomer.user, now=at)
    for name, ago, rating, reference in SHOWN:
        sign_off(
            item=items[name],
            rating=rating,
            reference=reference,
            by=mentor.user,
            key=uuid.UUID(int=rng.getrandbits(128)),
            now=moment(ago, 15),
        )
    name, ago, reference = WAITS
    ask(item=items[name], reference=reference, by=newcomer.user, now=moment(ago, 16))
    title, step = BEGUN
    _read(newcomer, items[title].lesson, step, moment(0, 9))


def _read(newcomer: Employee, lesson: Lesson, steps: int, at: datetime.datetime) -> None:
    for number in range(1, steps + 1):
        shown = [one.value for one in lesson.parts[number - 1] if one.block_type == "article"]
        versions = {one.specific.uuid: one.specific.version for one in shown if one is not None}
        open_part(employee=newcomer, lesson=lesson, part=number, versions=versions, now=at)


def _items(plan) -> list[PlanItem]:
    rows = plan.items.select_related("lesson", "task", "enrollment__employee__user")
    return list(rows.select_related("enrollment__employee__mentor"))


def _working_days(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    every = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if day.weekday() < 5]


def _programme(*, enrolls_from: datetime.date) -> Programme:
    competences = {one.name: one for one in Competence.objects.all()}
    articles = {one.source_id: one for one in ArticlePage.objects.exclude(source_id=None)}
    programme = Programme.objects.create(
        name=PROGRAMME,
        position=Position.objects.get(name=cast.OPERATOR),
        queue=Queue.objects.get(name=CALLS_ONE),
        working_days=WORKING_DAYS,
        enrolls_from=enrolls_from,
    )
    for place, draft in enumerate(STEPS):
        made = (
            {"lesson": _lesson(draft, competences, articles)}
            if isinstance(draft, LessonDraft)
            else {"task": _task(draft, competences)}
        )
        Step.objects.create(
            programme=programme,
            day=draft.day,
            sort_order=place,
            after_previous=getattr(draft, "after_previous", False),
            **made,
        )
    return programme


def _lesson(
    draft: LessonDraft, competences: dict[str, Competence], articles: dict[str, ArticlePage]
) -> Lesson:
    body = [(kind, articles[value] if kind == "article" else value) for kind, value in draft.blocks]
    lesson = Lesson(title=draft.title, minutes=draft.minutes, body=body, live=False)
    lesson.save()
    lesson.competences.set([competences[name] for name in draft.competences])
    lesson.save()
    lesson.save_revision().publish()
    return Lesson.objects.get(pk=lesson.pk)


def _task(draft: TaskDraft, competences: dict[str, Competence]) -> PracticeTask:
    task = PracticeTask.objects.create(
        name=draft.name,
        done_when=draft.done_when,
        proof=draft.proof,
        repetitions=draft.repetitions,
        needs_second=draft.needs_second,
        minutes=draft.minutes,
    )
    task.competences.set([competences[name] for name in draft.competences])
    task.save()
    return task
