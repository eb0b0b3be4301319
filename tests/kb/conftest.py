"""Fixtures of the knowledge base: submitting and approving as people do, moments, what readers get."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from common.events import Event, subscribe, unsubscribe
from kb.choices import Audience
from kb.models import ArticlePage, VersionState

EMPTY_FORM = {
    "title": "",
    "slug": "",
    "answer": "",
    "kind": "how-to",
    "risk": "normal",
    "language": "ru",
    "tags": "",
    "search_description": "",
    "body-count": "0",
    "content_owner": "",
    "verifier": "",
    "review_interval_days": "",
    "go_live_at": "",
    "expire_at": "",
    "comment_notifications": "",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "",
}


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


@pytest.fixture
def as_person():
    """A client of their own for an employee."""

    def _as_person(employee) -> Client:
        client = Client()
        client.force_login(employee.user)
        return client

    return _as_person


@pytest.fixture
def edit_form():
    """The edit form of an article as a browser would send it, with changes."""

    def _edit_form(article: ArticlePage, **changes) -> dict:
        draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
        values = {
            name: getattr(draft, name)
            for name in ("title", "slug", "answer", "kind", "risk", "language")
        }
        return {**EMPTY_FORM, **values, **changes}

    return _edit_form


@pytest.fixture
def new_form():
    """The form of a new page as a browser would send it, with changes."""
    return lambda **changes: {**EMPTY_FORM, **changes}


@pytest.fixture
def words_of():
    """What the messages on a page of the admin say."""
    return lambda response: " ".join(str(message) for message in response.context["messages"])


@pytest.fixture
def states():
    """The numbers and states of an article's versions."""

    def _states(article: ArticlePage) -> list[tuple[int, str]]:
        found = VersionState.objects.filter(article_uuid=article.uuid)
        return list(found.order_by("number").values_list("number", "state"))

    return _states


@pytest.fixture
def schedule(write_article, fresh):
    """Announce a change of an article: ``schedule(article, answer="…", hours=2)``; without one, a new article."""

    def _schedule(article=None, *, answer="Новый ответ.", hours=1, **fields):
        if article is None:
            article = write_article(audience=Audience.PUBLIC, answer="Черновик.")
        draft = fresh(article).get_latest_revision_as_object()
        draft.answer = answer
        draft.go_live_at = timezone.now() + datetime.timedelta(hours=hours)
        for name, value in fields.items():
            setattr(draft, name, value)
        revision = draft.save_revision()
        revision.publish()
        return article, revision

    return _schedule
