"""Reading a lesson: resume, opened is not learned, what was read stands behind the progress."""

import uuid

import pytest

from competence.choices import EventType
from competence.models import CompetenceEvent
from courses.choices import EnrollmentState
from courses.models import LessonCompletion
from courses.refusals import StepsUnread
from courses.services.learning import complete, open_part

ARTICLE = uuid.UUID(int=7)


@pytest.fixture
def read(newcomer, lesson, now):
    """``read(2)``: the newcomer opens a step."""

    def _read(part, versions=None):
        return open_part(
            employee=newcomer, lesson=lesson, part=part, versions=versions or {}, now=now
        )

    return _read


def test_each_heading_begins_a_step(lesson):
    assert [len(part) for part in lesson.parts] == [2, 2]


def test_the_place_is_kept(read):
    read(1)

    assert read(2).step == 2
    place = read(1)
    assert (place.step, place.furthest) == (1, 2)


def test_nobody_jumps_ahead(read):
    assert read(2).step == 1 or read(2).furthest <= 2
    assert read(99).step == 2


def test_opened_is_not_learned(read, newcomer, lesson, now):
    read(1)

    with pytest.raises(StepsUnread):
        complete(employee=newcomer, lesson=lesson, by=newcomer.user, now=now)
    assert not CompetenceEvent.objects.exists()


def test_a_lesson_never_opened_cannot_be_completed(newcomer, lesson, now):
    with pytest.raises(StepsUnread):
        complete(employee=newcomer, lesson=lesson, by=newcomer.user, now=now)


def test_completing_records_progress_with_the_versions_that_were_read(
    read, newcomer, lesson, transfer, now
):
    read(1, {ARTICLE: 7})
    read(2)

    complete(employee=newcomer, lesson=lesson, by=newcomer.user, now=now)

    event = CompetenceEvent.objects.get()
    assert (event.type, event.competence) == (EventType.PROGRESS, transfer)
    assert list(event.basis.values_list("article_uuid", "number")) == [(ARTICLE, 7)]


def test_completing_twice_counts_once(read, newcomer, lesson, now):
    read(1)
    read(2)
    first = complete(employee=newcomer, lesson=lesson, by=newcomer.user, now=now)

    assert complete(employee=newcomer, lesson=lesson, by=newcomer.user, now=now) == first
    assert LessonCompletion.objects.count() == CompetenceEvent.objects.count() == 1


def test_the_last_step_completes_the_plan(
    read, plan, task_item, mentor, sign, newcomer, lesson, now
):
    for days in range(3):
        sign(task_item, mentor, days=days, reference=f"4711-000{days}")
    read(1)
    read(2)
    plan.refresh_from_db()
    assert plan.state == EnrollmentState.OPEN

    complete(employee=newcomer, lesson=lesson, by=newcomer.user, now=now)

    plan.refresh_from_db()
    assert plan.state == EnrollmentState.COMPLETED
