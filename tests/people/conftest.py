"""Fixtures of the tests about people."""

import datetime

import pytest
from django.utils import timezone

from common import events
from people.models import Position, User
from people.services.employment import NewEmployee


@pytest.fixture
def today() -> datetime.date:
    """The day of the test, in the site's zone."""
    return timezone.localdate()


@pytest.fixture
def position(db) -> Position:
    """A position."""
    return Position.objects.get_or_create(name="Оператор")[0]


@pytest.fixture
def senior(db) -> Position:
    """Another position."""
    return Position.objects.create(name="Старший оператор")


@pytest.fixture
def superuser(db) -> User:
    """Somebody who keeps the house without working in it."""
    return User.objects.create_superuser("root@example.test", "correct horse battery")


@pytest.fixture
def newcomer(line_one, position, today):
    """Somebody to be hired: ``newcomer(email="…")``."""

    def _newcomer(**fields) -> NewEmployee:
        given = {
            "full_name": "Зоя Лапина",
            "email": "zoya@example.test",
            "hired_on": today,
            "team": line_one,
            "position": position,
        }
        return NewEmployee(**(given | fields))

    return _newcomer


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    """The events of some types that were sent: ``with heard(EmployeeHired) as events: …``."""
    from contextlib import contextmanager

    @contextmanager
    def _heard(*types):
        found = []
        for event_type in types:
            events.subscribe(event_type, found.append)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                yield found
        finally:
            for event_type in types:
                events.unsubscribe(event_type, found.append)

    return _heard
