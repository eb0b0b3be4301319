"""What is said of feedback: to the owner of an article that it did not help, to who reported it what came of it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.choices import TaskState
from kb.models import ContentTask
from notifications.extensions import Group, Rendered
from people.viewer import Viewer

FEEDBACK = Group(
    key="kb.feedback",
    label=gettext_lazy("Feedback on articles"),
    note=gettext_lazy("On yours from readers, on theirs what came of what you said"),
)
LINE = 160


def _tasks(
    params: Sequence[dict[str, Any]], viewer: Viewer, at: datetime.datetime
) -> dict[int, ContentTask]:
    """The tasks named in ``params`` that the viewer may see. One query."""
    found = ContentTask.objects.visible_to(viewer, at).filter(article__isnull=False)
    found = found.select_related("article", "closed_by").defer("article__body")
    return found.in_bulk([item["task"] for item in params])


class FeedbackGiven:
    """To whoever answers, as long as it waits for an answer."""

    name = "kb.feedback_given"
    group = FEEDBACK

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is answered, or somebody else answers. One query."""
        tasks = _tasks(params, viewer, at)
        return [self._said(tasks.get(item["task"]), viewer) for item in params]

    def _said(self, task: ContentTask | None, viewer: Viewer) -> Rendered | None:
        if task is None or not task.is_open or task.owner_id != viewer.employee_id:
            return None
        return Rendered(
            title=task.article.title,
            line=task.said,
            url=reverse("feedback_item", args=[task.pk]),
            why=_("To you: you own the article"),
            subject=_("A reader says that an article did not help"),
        )


class FeedbackAnswered:
    """To whoever reported it."""

    name = "kb.feedback_answered"
    group = FEEDBACK

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is open again, or for who may not read the article any more. One query."""
        tasks = _tasks(params, viewer, at)
        return [self._said(tasks.get(item["task"])) for item in params]

    def _said(self, task: ContentTask | None) -> Rendered | None:
        if task is None or task.is_open:
            return None
        return Rendered(
            title=task.article.title,
            line=Truncator(what_came_of_it(task)).chars(LINE),
            url=reverse("feedback_item", args=[task.pk]),
            why=_("To you: you said that the article did not help"),
            subject=_("What came of your feedback"),
        )


def what_came_of_it(task: ContentTask) -> str:
    """The outcome in a line, as whoever reported it reads it."""
    name = task.closed_by.full_name if task.closed_by else _("Editors")
    words = {"name": name, "words": task.outcome, "number": task.fixed_in}
    if task.state == TaskState.DONE and task.fixed_in:
        said = _("You reported it, corrected in version %(number)s") % words
        return f"{said}. {task.outcome}" if task.outcome else said
    if task.state == TaskState.DROPPED:
        return _("%(name)s: it stays as it is. %(words)s") % words
    return _("%(name)s answers: %(words)s") % words


FEEDBACK_GIVEN = FeedbackGiven()
FEEDBACK_ANSWERED = FeedbackAnswered()
