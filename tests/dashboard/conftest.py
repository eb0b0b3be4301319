"""Fixtures of the home pages: competences that a position requires, and people who hold them or not."""

import datetime
from itertools import count

import pytest

from competence.choices import GateMode, Kind
from competence.models import Area, Competence, PositionRequirement, Queue
from competence.services.learning import quiz
from people.models import Position


@pytest.fixture
def calls(db) -> Queue:
    """A queue whose gate advises."""
    return Queue.objects.create(name="Звонки первой линии", gate_mode=GateMode.ADVISE)


@pytest.fixture
def required(db, calls):
    """``required("Тарифы")``: a piece of knowledge that every operator must have to take calls."""
    area = Area.objects.create(name="Правила")
    position = Position.objects.get_or_create(name="Оператор")[0]

    def _required(name: str) -> Competence:
        competence = Competence.objects.create(area=area, name=name, kind=Kind.KNOWLEDGE)
        PositionRequirement.objects.create(
            position=position,
            competence=competence,
            level=2,
            queue=calls,
            starts_on=datetime.date(2024, 1, 1),
        )
        return competence

    return _required


@pytest.fixture
def passes(now):
    """``passes(anna, tariffs, days_ago=3)``: a full quiz, passed then."""
    number = count()

    def _passes(employee, competence, *, days_ago: int = 0):
        return quiz(
            employee=employee,
            competence=competence,
            level=2,
            passed=True,
            source=("test", str(next(number))),
            now=now - datetime.timedelta(days=days_ago),
        )

    return _passes
