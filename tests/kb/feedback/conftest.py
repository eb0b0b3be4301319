"""Fixtures of feedback: an article with an owner, readers who say something, answers."""

import uuid

import pytest
from django.core.cache import cache
from django.utils import timezone

from kb.models import ArticlePage
from kb.services import feedback as services
from notifications.extensions import kind_named
from notifications.models import Notification
from people.viewer import ANONYMOUS, Viewer


@pytest.fixture(autouse=True)
def _nobody_was_counted():
    cache.clear()


@pytest.fixture
def article(write_article, olga):
    """In force, version 1, for customers too; Olga owns it."""
    return write_article(
        "Переадресация", answer="Гудок 20 с.", publish=True, audience="public", content_owner=olga
    )


@pytest.fixture
def say(article, now, viewer_of):
    """``say(anna, "wrong", "Не 20, а 30")``: she says it of the version in force; None is a customer."""

    def _say(person, reason="wrong", words="", *, of=article, at=now, key=None, **more):
        return services.give(
            article=ArticlePage.objects.get(pk=of.pk),
            key=key or uuid.uuid4(),
            reason=reason,
            words=words,
            viewer=viewer_of(person) if person else ANONYMOUS,
            now=at,
            **more,
        )

    return _say


@pytest.fixture
def correct(article):
    """Publish the next version of the article."""

    def _correct(answer="Гудок 30 с."):
        draft = ArticlePage.objects.get(pk=article.pk)
        draft.answer = answer
        draft.save_revision().publish()
        return ArticlePage.objects.get(pk=article.pk)

    return _correct


@pytest.fixture
def answer(now, viewer_of):
    """``answer(task, olga, "done")``."""

    def _answer(task, person, state, words=""):
        return services.answer(
            task=task, state=state, words=words, viewer=viewer_of(person), now=now
        )

    return _answer


def lines_of(person) -> list[str]:
    """What stands in a person's inbox now."""
    at, viewer = timezone.now(), Viewer.of(person.user)
    rows = Notification.objects.filter(recipient=person, withdrawn_at=None)
    said = [kind_named(row.kind).render([row.params], viewer=viewer, at=at)[0] for row in rows]
    return [one.line for one in said if one is not None]
