"""Open answers: that some wait for an assessor, and that one's own are assessed."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certification.models import Assessment, OpenAnswer, Submission
from certification.notices.results import TESTS
from certification.results import is_waiting
from notifications.extensions import Group, Rendered
from people.viewer import Viewer

OPEN_ANSWERS = Group(key="certification.open_answers", label=gettext_lazy("Open answers to assess"))


class AnswersWait:
    """To assessors, as long as something waits for them that day."""

    name = "certification.answers_wait"
    group = OPEN_ANSWERS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing of a day that is over, nor once everything is assessed. One query."""
        today = at.astimezone(viewer.tz).date().isoformat()
        if not any(item["day"] == today for item in params):
            return [None] * len(params)
        said = self._said(OpenAnswer.objects.judged_by(viewer).waiting().count())
        return [said if item["day"] == today else None for item in params]

    def _said(self, count: int) -> Rendered | None:
        if not count:
            return None
        words = ngettext(
            "%(n)s open answer waits for an assessor",
            "%(n)s open answers wait for an assessor",
            count,
        )
        return Rendered(
            title=words % {"n": count},
            line=_("Until then whoever wrote them has no result"),
            url=reverse("assessments"),
            why=_("To you: you write questions"),
            subject=_("Open answers wait for an assessor"),
        )


class Assessed:
    """To whoever took the test: all of it is assessed, and how it ended."""

    name = "certification.assessed"
    group = TESTS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing while an answer waits again. Two queries."""
        own = Assessment.objects.filter(
            answer__submission__attempt__employee=viewer.employee_id or 0,
            pk__in=[item["assessment"] for item in params],
        )
        of = dict(own.values_list("pk", "answer__submission"))
        rows = Submission.objects.counting().select_related("attempt__quiz")
        found = {
            row.pk: row
            for row in rows.defer("attempt__paper", "answers").filter(pk__in=of.values())
            if not is_waiting(row)
        }
        return [
            self._said(found[of[item["assessment"]]])
            if of.get(item["assessment"]) in found
            else None
            for item in params
        ]

    def _said(self, row: Submission) -> Rendered:
        return Rendered(
            title=row.attempt.quiz.name,
            line=_("Your answers are assessed: passed")
            if row.counted_passed
            else _("Your answers are assessed: not passed this time"),
            url=reverse("attempt", args=[row.attempt_id]),
            why=_("To you: you took this test"),
            subject=_("Your answers are assessed"),
        )


ANSWERS_WAIT, ASSESSED = AnswersWait(), Assessed()
