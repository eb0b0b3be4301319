"""The demo's sessions: a lecture and a case review that are over, a class that is full, a weekly question hour."""

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.utils import timezone

from competence.models import Competence
from courses.choices import SessionKind, Usefulness
from courses.models import Invitation, TheorySession
from courses.services.attending import take_attendance
from courses.services.inviting import answer, invite
from courses.services.opining import say
from courses.services.scheduling import SessionDraft, schedule
from kb.models import ArticlePage
from lms.demo import cast
from lms.demo.calendar import ONE_DAY, working_days_before
from lms.demo.competence_catalogue import CODES, HARD_TALK, TRANSFER
from people.models import Employee

HOUR = datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)

LECTURE: dict[str, Any] = {
    "title": "Коды ошибок SIP: 403, 408, 488 и 503",
    "kind": SessionKind.LECTURE,
    "room": "Аудитория 2",
    "capacity": 8,
    "about": "Возьмите номера двух своих обращений, где клиент называл код. Разберём, на чьей стороне был сбой.",
}
REVIEW: dict[str, Any] = {
    "title": "Разбор жалобы: входящие пропадали четыре дня",
    "kind": SessionKind.CASE_REVIEW,
    "room": "Переговорная линии 1",
    "about": (
        "Клиент звонил нам пять раз, и каждый раз мы начинали с перезагрузки роутера. "
        "Слушаем второй и четвёртый звонок, ищем, где можно было остановиться и посмотреть журнал вызовов."
    ),
}
PRACTICE: dict[str, Any] = {
    "title": "Перевод звонка с сопровождением: работаем парами",
    "kind": SessionKind.PRACTICAL,
    "room": "Аудитория 2",
    "capacity": 4,
    "about": "Нужна гарнитура. Один говорит за клиента, другой переводит и представляет его; потом меняемся.",
}
QUESTIONS: dict[str, Any] = {
    "title": "Вопросы недели: спрашивает первая линия, отвечает вторая",
    "kind": SessionKind.WEBINAR,
    "link": "https://meet.opora.test/voprosy-nedeli",
    "about": "Присылайте номера обращений до обеда: берём три самых непонятных.",
}
# How useful it was, and what stayed unclear.
SAID_OF_LECTURE = (
    (Usefulness.VERY, "Чем 408 от оператора отличается от 408 от нашего сервера?"),
    (Usefulness.VERY, ""),
    (Usefulness.RATHER, "Хочется увидеть журнал вызова с 488 целиком"),
    (Usefulness.RATHER, ""),
)


def seed_sessions(
    *, cast_by_handle: dict[str, Employee], today: datetime.date, now: datetime.datetime
) -> None:
    """Write the sessions, each act at its own moment; the newcomer was at the lecture and is invited to the class."""
    trainer, lead, newcomer = (cast_by_handle[name] for name in ("ilya", "sergey", "denis"))
    anna, mentor = cast_by_handle["anna"], cast_by_handle["olga"]
    line = _line_one(today, besides=(newcomer, anna, mentor, lead))
    articles = {one.source_id: one for one in ArticlePage.objects.exclude(source_id=None)}
    competences = {one.name: one for one in Competence.objects.all()}

    lecture = _planned(
        LECTURE,
        trainer,
        _at(working_days_before(today, 3), 16),
        90,
        article=articles["telephony-sip-codes"],
        materials=[articles["telephony-error-488"], articles["telephony-registration-errors"]],
        competences=[competences[CODES]],
    )
    group = [newcomer, anna, *line[:5]]
    _invited(lecture, group, coming=group[:6])
    _held(lecture, group[:5])
    for person, (useful, words) in zip(group, SAID_OF_LECTURE, strict=False):
        said_at = min(lecture.ends_at + HOUR, now)
        say(session=lecture, employee=person, useful=useful, unclear=words, now=said_at)

    review = _planned(
        REVIEW,
        lead,
        _at(working_days_before(today, 7), 10),
        60,
        article=articles["telephony-inbound-missing"],
        competences=[competences[HARD_TALK]],
    )
    _invited(review, [anna, mentor, *line[5:9]], coming=[anna, mentor, *line[5:9]])
    _held(review, [anna, mentor, *line[5:8]])

    ahead = _working_day_after(today, 1)
    practice = _planned(
        PRACTICE,
        trainer,
        _at(ahead, 15),
        60,
        article=articles["service-hold-transfer"],
        competences=[competences[TRANSFER]],
        scheduled_at=now,
    )
    _invited(practice, [newcomer, *line[:5]], coming=line[:2], at=now)
    weekly = _at(_working_day_after(today, 3), 12)
    made = schedule(
        draft=SessionDraft(
            **QUESTIONS, trainer=trainer, starts_at=weekly, ends_at=weekly + 40 * MINUTE
        ),
        until=weekly.date() + 14 * ONE_DAY,
        key=uuid.uuid5(uuid.NAMESPACE_DNS, QUESTIONS["title"]),
        by=trainer.user,
        now=now,
    )
    for session in made:
        _invited(session, [anna, *line[8:12]], coming=[], at=now)


def _planned(
    draft: dict[str, Any],
    trainer: Employee,
    starts_at: datetime.datetime,
    minutes: int,
    *,
    scheduled_at: datetime.datetime | None = None,
    **more,
) -> TheorySession:
    [session] = schedule(
        draft=SessionDraft(
            **draft,
            trainer=trainer,
            starts_at=starts_at,
            ends_at=starts_at + minutes * MINUTE,
            **more,
        ),
        key=uuid.uuid5(uuid.NAMESPACE_DNS, draft["title"]),
        by=trainer.user,
        now=scheduled_at or starts_at - 2 * ONE_DAY,
    )
    return session


def _invited(
    session: TheorySession,
    people: Collection[Employee],
    *,
    coming: Collection[Employee],
    at: datetime.datetime | None = None,
) -> None:
    at = at or session.starts_at - 2 * ONE_DAY
    invite(session=session, employees=people, now=at)
    rows = Invitation.objects.filter(session=session, employee__in=coming)
    for row in rows.select_related("session", "employee__user"):
        answer(invitation=row, comes=True, by=row.employee.user, now=at)


def _held(session: TheorySession, there: Collection[Employee]) -> None:
    take_attendance(
        session=session,
        present={one.pk for one in there},
        by=session.trainer.user,
        now=session.ends_at,
    )
    session.refresh_from_db()


def _line_one(today: datetime.date, *, besides: Collection[Employee]) -> list[Employee]:
    people = Employee.objects.working_on(today).exclude(pk__in=[one.pk for one in besides])
    operators = people.filter(
        assignments__team__name=cast.LINE_ONE, assignments__position__name=cast.OPERATOR
    )
    return list(operators.select_related("user").distinct().order_by("full_name"))


def _working_day_after(day: datetime.date, count: int) -> datetime.date:
    while count:
        day += ONE_DAY
        count -= day.weekday() < 5
    return day


def _at(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
