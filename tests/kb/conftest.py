"""Fixtures of the knowledge base: submitting and approving as people do, moments, what readers get."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from common.events import Event, subscribe, unsubscribe
from kb.models import ArticlePage


@pytest.fixture
def told():
    """The events of some types, as they are told: ``told(ArticlePutInForce)`` is a list that grows."""
    subscriptions = []

    def _told(*types: type[Event]) -> list[Event]:
        events: list[Event] = []
        for event_type in types:
            subscribe(event_type, events.append, in_transaction=True)
            subscriptions.append((event_type, events.append))
        return events

    yield _told
    for event_type, receiver in subscriptions:
        unsubscribe(event_type, receiver)


@pytest.fixture
def later():
    """Travel: ``with later(hours=2): …``."""

    def _later(**delta):
        return time_machine.travel(timezone.now() + datetime.timedelta(**delta), tick=False)

    return _later


@pytest.fixture
def fresh():
    """An article as it stands in the database."""
    return lambda article: ArticlePage.objects.get(pk=article.pk)


@pytest.fixture
def submit():
    """Save a draft of an article as an employee and submit it: ``submit(article, editor, answer="…")``."""

    def _submit(article: ArticlePage, employee, **changes):
        draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
        for name, value in changes.items():
            setattr(draft, name, value)
        draft.save_revision(user=employee.user, log_action=True)
        return draft.get_workflow().start(ArticlePage.objects.get(pk=article.pk), employee.user)

    return _submit


@pytest.fixture
def approve():
    """Approve what is submitted of an article, as the task does it."""

    def _approve(article: ArticlePage, employee) -> None:
        page = ArticlePage.objects.get(pk=article.pk)
        page.current_workflow_task.on_action(
            page.current_workflow_task_state, employee.user, "approve"
        )

    return _approve
