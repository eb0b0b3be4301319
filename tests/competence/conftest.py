"""Fixtures of the tests about the living app: a catalogue, a requirement, and evidence by one call."""

import datetime

import pytest
from django.utils import timezone

from competence.choices import EventType, Kind
from competence.models import Area, CellSegment, Competence, PositionRequirement, Queue
from competence.services.record import Entry, record
from people.models import Position


@pytest.fixture
def today() -> datetime.date:
    """The day of the test, in the site's zone, which is everybody's."""
    return timezone.localdate()


@pytest.fixture
def area(db) -> Area:
    """An area."""
    return Area.objects.create(name="Телефония")


@pytest.fixture
def telephony(area) -> Competence:
    """A skill of normal risk."""
    return Competence.objects.create(area=area, name="IP-телефония")


@pytest.fixture
def tariffs(area) -> Competence:
    """A piece of knowledge."""
    return Competence.objects.create(area=area, name="Тарифы", kind=Kind.KNOWLEDGE)


@pytest.fixture
def calls(db) -> Queue:
    """A queue whose gate advises."""
    return Queue.objects.create(name="Звонки первой линии")


@pytest.fixture
def operator(db) -> Position:
    """The position of everybody in the cast."""
    return Position.objects.get_or_create(name="Оператор")[0]


@pytest.fixture
def require(operator, calls):
    """``require(telephony, 2)``: the operator's position asks for it, and the queue's gate stands on it."""

    def _require(competence, level=2, *, gate=True, starts_on=datetime.date(2024, 1, 1), **fields):
        return PositionRequirement.objects.create(
            position=fields.pop("position", operator),
            competence=competence,
            level=level,
            queue=calls if gate else None,
            starts_on=starts_on,
            **fields,
        )

    return _require


@pytest.fixture
def happened(now):
    """``happened(anna, telephony, EventType.QUIZ, level=2, passed=True, days_ago=3)``: an event as it was then."""
    count = iter(range(1_000_000))

    def _happened(employee, competence, event_type: EventType, *, days_ago: int = 0, **fields):
        moment = now - datetime.timedelta(days=days_ago)
        return record(
            Entry(
                employee=employee,
                competence=competence,
                type=event_type,
                source=("test", str(next(count))),
                recorded_at=moment,
                **fields,
            ),
            now=now,
        )

    return _happened


@pytest.fixture
def at_level_2(happened, reviewer):
    """Evidence that makes a skill 2: a quiz and three observations on two days."""

    def _at_level_2(employee, competence, *, days_ago: int = 3):
        happened(employee, competence, EventType.QUIZ, level=2, passed=True, days_ago=days_ago)
        for ago in (days_ago + 2, days_ago + 1, days_ago):
            happened(
                employee,
                competence,
                EventType.OBSERVATION,
                rating=2,
                by=reviewer.user,
                days_ago=ago,
            )

    return _at_level_2


@pytest.fixture
def cell_of(today):
    """The segment that holds today."""

    def _cell_of(employee, competence) -> CellSegment | None:
        return (
            CellSegment.objects.filter(employee=employee, competence=competence)
            .covering(today)
            .first()
        )

    return _cell_of
