"""The tests that somebody is offered, each with how its competences stand and when it may be taken."""

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from certification.duties import PaperReading, own_rounds
from certification.loading import failed_days, retake_of, waiting_competences
from certification.models import Attempt, Quiz, QuizLine, Submission
from certification.results import breakdowns
from certification.rules.retakes import Retake
from competence.choices import StateChoice
from competence.loading import local_day
from competence.models import CellSegment, CompetenceArticle
from kb.models import ArticlePage
from people.models import Assignment, Employee
from people.viewer import Viewer

# Of what is to be read again, so much is named: more is a lesson.
MOST_ARTICLES = 8
DUE = {
    StateChoice.NONE,
    StateChoice.LEARNING,
    StateChoice.LAPSED,
    StateChoice.DUE_SOON,
    StateChoice.STALE,
}


@dataclass(frozen=True)
class Offer:
    """A test as it stands for one person: ``running`` if they are in the middle, ``last`` how it ended before.

    ``paper`` is there if a campaign calls them to it; ``asked_elsewhere`` are the competences that a paper asks anyway.
    """

    quiz: Quiz
    cells: tuple[CellSegment, ...]
    running: Attempt | None
    last: Submission | None
    retake: Retake | None
    today: datetime.date
    paper: PaperReading | None = None
    asked_elsewhere: frozenset[int] = frozenset()
    # What was answered of it the last time waits for an assessor.
    is_assessed: bool = False

    @property
    def is_due(self) -> bool:
        """Whether a competence of it is to be shown or renewed."""
        return self.paper is not None or bool(self.due_cells)

    @property
    def is_ahead(self) -> bool:
        """Whether something of it has not been begun: a newcomer learns that first."""
        return not self.running and any(cell.state == StateChoice.NONE for cell in self.due_cells)

    @property
    def due_cells(self) -> list[CellSegment]:
        """The competences of it that are to be shown or renewed, and not by a paper the person is called to."""
        return [
            cell
            for cell in self.cells
            if cell.state in DUE and cell.competence_id not in self.asked_elsewhere
        ]

    @property
    def lines(self) -> list[QuizLine]:
        """What it asks: of a paper what is still to be passed."""
        lines = list(self.quiz.lines.all())
        if self.paper is None:
            return lines
        left = {line.competence_id for line in self.paper.left}
        return [line for line in lines if line.competence_id in left]

    @property
    def questions(self) -> int:
        """How many questions, besides those about what changed."""
        return sum(line.count for line in self.lines)

    @property
    def day(self) -> datetime.date | None:
        """The day for which the person is called."""
        return self.paper.paper.day if self.paper else None

    @property
    def day_is_over(self) -> bool:
        """Whether that day has passed."""
        return self.day is not None and self.day < self.today

    @property
    def is_too_early(self) -> bool:
        """Whether that day has not come yet."""
        return self.day is not None and self.today < self.day

    @property
    def may_start(self) -> bool:
        """Whether it can be begun today."""
        if self.is_assessed and not self.running:
            return False
        return not self.is_too_early and (self.retake is None or self.retake.may_start(self.today))

    @property
    def until(self) -> datetime.date | None:
        """The first day on which a competence of it ends."""
        return min((cell.until for cell in self.cells if cell.until), default=None)


def offers_for(employee: Employee, at: datetime.datetime) -> list[Offer]:
    """The tests of the person's position, and the papers they are called to.

    Those in the middle first, then papers by their day, then what is due. Six queries, eleven for who is called.
    """
    today = local_day(at, employee.tz)
    position = Assignment.objects.filter(employee=employee).in_force_on(today).values("position")
    lines = QuizLine.objects.select_related("competence")
    papers = {
        paper.paper.quiz_id: paper
        for one in own_rounds(employee, at)
        for paper in one.papers
        if paper.is_open
    }
    kept = Quiz.objects.kept().filter(is_active=True, positions__in=position).values("pk")
    quizzes = list(
        Quiz.objects.filter(Q(pk__in=kept) | Q(pk__in=papers)).prefetch_related(
            Prefetch("lines", queryset=lines)
        )
    )
    if not quizzes:
        return []
    running = {
        one.quiz_id: one
        for one in Attempt.objects.running(at).filter(employee=employee).defer("paper")
    }
    taken = list(
        Submission.objects.counting()
        .filter(attempt__employee=employee)
        .select_related("attempt")
        .defer("attempt__paper", "answers")
        .order_by("submitted_at", "pk")
    )
    last = {one.attempt.quiz_id: one for one in taken}
    failed = failed_days(taken, employee)
    cells: dict[int, CellSegment] = {}
    for cell in CellSegment.objects.filter(employee=employee).covering(today):
        cells[cell.competence_id] = cell
    asked = frozenset(line.competence_id for paper in papers.values() for line in paper.left)
    waiting = waiting_competences(taken)
    offers = [
        _offer(quiz, running, last, failed, waiting, cells, today, papers.get(quiz.pk), asked)
        for quiz in quizzes
    ]
    return sorted(
        offers,
        key=lambda one: (
            one.running is None,
            one.day or datetime.date.max,
            not one.is_due,
            one.until or datetime.date.max,
            one.quiz.name,
        ),
    )


def to_read_again(offer: Offer, viewer: Viewer, at: datetime.datetime) -> list[ArticlePage]:
    """The articles of what was not passed last time, as far as ``viewer`` may read them. One query."""
    if offer.retake is None or offer.last is None:
        return []
    missed = [one.competence for one in breakdowns(offer.last.counted) if not one.passed]
    uuids = CompetenceArticle.objects.filter(competence__in=missed).values("article_uuid")
    found = ArticlePage.objects.visible_to(viewer, at).filter(uuid__in=uuids)
    return list(found.defer("body").order_by("title")[:MOST_ARTICLES])


def _offer(quiz, running, last, failed, waiting, cells, today, paper, asked) -> Offer:
    lines = list(quiz.lines.all())
    return Offer(
        quiz=quiz,
        cells=tuple(cells[line.competence_id] for line in lines if line.competence_id in cells),
        running=running.get(quiz.pk),
        last=last.get(quiz.pk),
        retake=retake_of([line.competence_id for line in lines], failed),
        today=today,
        paper=paper,
        asked_elsewhere=frozenset() if paper else asked,
        is_assessed=any(line.competence_id in waiting for line in lines),
    )
