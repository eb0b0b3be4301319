"""One attempt as its person sees it: the map of its questions, one question, the result."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from certification import papers
from certification.loading import marks_of
from certification.models import AnswerSave, Appeal, Attempt, QuestionSuspension, Submission
from certification.papers import Reviewed, Sheet
from certification.results import breakdowns, is_waiting, may_review
from certification.rules.scoring import Breakdown
from certification.selectors.suspensions import Step, steps_of
from certification.services.rescoring import remedies_in
from competence.models import Competence
from kb.models import ArticlePage
from people.viewer import Viewer

FINISHED = 20


@dataclass(frozen=True)
class Place:
    """One question in the map of an attempt."""

    slot: int
    answered: bool
    flagged: bool


@dataclass(frozen=True)
class Sitting:
    """An attempt that is under way, with what is saved."""

    attempt: Attempt
    places: tuple[Place, ...]
    given: Mapping[int, Sequence[str]]

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(one.answered for one in self.places)

    @property
    def open_places(self) -> list[Place]:
        """Those without an answer, and those put aside."""
        return [one for one in self.places if not one.answered or one.flagged]

    @property
    def to_assess(self) -> int:
        """How many of the answers an assessor will read."""
        return len(papers.to_assess(self.attempt.paper, self.given))

    @property
    def first(self) -> int:
        """Where one goes on: the first question without an answer, else the last."""
        return next((one.slot for one in self.places if not one.answered), len(self.places))


@dataclass(frozen=True)
class Outcome:
    """A result as its person may see it; ``reviewed`` is empty where the review rule says no."""

    submission: Submission
    competences: tuple[tuple[Competence, Breakdown], ...]
    reviewed: tuple[Reviewed, ...] = ()
    articles: Mapping[str, ArticlePage] = field(default_factory=dict)
    # How it was judged anew, in order, and the questions that do not count as they were answered.
    steps: tuple[Step, ...] = ()
    suspended: frozenset[int] = frozenset()
    appeals: Mapping[int, Appeal] = field(default_factory=dict)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer of it still waits for an assessor."""
        return is_waiting(self.submission)

    @property
    def slots(self) -> range:
        """The numbers of its questions."""
        return range(1, papers.slot_count(self.submission.attempt.paper) + 1)


def own_attempt(viewer: Viewer, attempt_id: int) -> Attempt | None:
    """An attempt of the viewer's own; of anybody else's there is none. One query."""
    found = Attempt.objects.own_of(viewer).filter(pk=attempt_id)
    return found.select_related("quiz", "employee").first()


def sitting_of(attempt: Attempt) -> Sitting:
    """What is saved of ``attempt``. One query."""
    saved = {row.slot: row for row in AnswerSave.objects.current(attempt.pk)}
    places = tuple(
        Place(
            slot,
            answered=slot in saved and bool(saved[slot].given),
            flagged=slot in saved and saved[slot].flagged,
        )
        for slot in range(1, papers.slot_count(attempt.paper) + 1)
    )
    return Sitting(attempt, places, {slot: row.given for slot, row in saved.items()})


def sheet_of(attempt: Attempt, slot: int) -> Sheet | None:
    """Question ``slot`` as it may leave the server; None for one that is not there."""
    try:
        return papers.sheet(attempt.paper, slot)
    except IndexError:
        return None


def outcome_of(submission: Submission, viewer: Viewer, at: datetime.datetime) -> Outcome:
    """How an attempt ended: each competence, and each question where the review rule lets it be seen.

    Five queries, and four more for one that was judged anew.
    """
    attempt = submission.attempt
    rows = breakdowns(submission.counted)
    competences = Competence.objects.in_bulk([one.competence for one in rows])
    steps = steps_of(submission.rescorings.order_by("number"))
    lifted = {one.rescoring.suspension_id for one in steps if one.rescoring.lifted}
    causes = [one.rescoring.cause for one in steps if one.rescoring.suspension_id not in lifted]
    suspended = [one for one in causes if isinstance(one, QuestionSuspension)]
    reviewed: tuple[Reviewed, ...] = ()
    articles: dict[str, ArticlePage] = {}
    if may_review(submission):
        answers = {int(slot): given for slot, given in submission.answers.items()}
        marks = marks_of(submission)
        reviewed = tuple(papers.review(attempt.paper, answers, marks=marks))
        wanted = [one.article for one in reviewed if one.article]
        found = ArticlePage.objects.visible_to(viewer, at).filter(uuid__in=wanted).defer("body")
        articles = {str(article.uuid): article for article in found}
    return Outcome(
        submission,
        tuple((competences[one.competence], one) for one in rows if one.competence in competences),
        reviewed,
        articles,
        tuple(steps),
        frozenset(remedies_in(attempt.paper, suspended)),
        {one.slot: one for one in submission.appeals.all()},
    )


def finished_by(viewer: Viewer) -> list[Submission]:
    """The viewer's attempts that ended, the latest first. One query."""
    rows = Submission.objects.counting().filter(attempt__employee=viewer.employee_id or 0)
    return list(
        rows.select_related("attempt__quiz")
        .defer("attempt__paper", "answers")
        .order_by("-submitted_at", "-pk")[:FINISHED]
    )
