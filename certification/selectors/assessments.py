"""Open answers: the queue of assessors, and one answer with its rubric."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from certification.models import Assessment, OpenAnswer
from certification.rules.rubrics import Criterion, Mark, rubric_of
from kb.models import ArticlePage
from people.viewer import Viewer

ASSESSED = 20


@dataclass(frozen=True)
class Case:
    """What an assessor looks at: what was asked and written, by which rubric; not who wrote it."""

    answer: OpenAnswer
    text: str
    written: str
    rubric: Sequence[Criterion]
    model: str
    article: ArticlePage | None
    number: int | None
    # How many other answers to the same question wait.
    alike: int
    assessment: Assessment | None

    @property
    def marked(self) -> list[tuple[Criterion, Mark]]:
        """What was given for each criterion; nothing while it waits."""
        if self.assessment is None:
            return []
        return list(zip(self.rubric, self.assessment.given, strict=True))


def queue_for(viewer: Viewer) -> tuple[list[OpenAnswer], list[OpenAnswer]]:
    """What waits for ``viewer``, the oldest first; and what they themselves assessed last. Two queries."""
    rows = OpenAnswer.objects.judged_by(viewer).select_related("version", "assessment")
    waiting = rows.waiting().order_by("at", "pk")
    own = rows.filter(assessment__by=viewer.user_id).order_by("-assessment__at", "-pk")
    return list(waiting), list(own[:ASSESSED])


def waiting_count(viewer: Viewer) -> int:
    """How many wait for ``viewer``. One query, none for who assesses nothing."""
    return OpenAnswer.objects.judged_by(viewer).waiting().count()


def next_after(answer: OpenAnswer, viewer: Viewer) -> OpenAnswer | None:
    """Which one to read next: to the same question first, so that like is judged like; then the oldest. Two queries."""
    waiting = OpenAnswer.objects.judged_by(viewer).waiting().order_by("at", "pk")
    return waiting.filter(version=answer.version_id).first() or waiting.first()


def case_of(answer: OpenAnswer, viewer: Viewer, at: datetime.datetime) -> Case:
    """What is to be assessed, or was. Three queries."""
    submission = answer.submission
    asked = submission.attempt.paper["slots"][answer.slot - 1]
    article = None
    if asked["article"]:
        seen = ArticlePage.objects.visible_to(viewer, at).filter(uuid=asked["article"])
        article = seen.defer("body").first()
    others = OpenAnswer.objects.judged_by(viewer).waiting().filter(version=answer.version_id)
    return Case(
        answer=answer,
        text=asked["text"],
        written=submission.answers[str(answer.slot)][0],
        rubric=rubric_of(asked["body"]),
        model=asked["body"]["model"],
        article=article,
        number=asked["number"],
        alike=others.exclude(pk=answer.pk).count(),
        assessment=Assessment.objects.select_related("by").filter(answer=answer).first(),
    )
