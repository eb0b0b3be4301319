"""The tests that somebody is offered, each with how its competences stand and when it may be taken."""

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch

from certification.loading import failed_days, retake_of
from certification.models import Attempt, Quiz, QuizLine, Submission
from certification.rules.retakes import Retake
from competence.choices import StateChoice
from competence.loading import local_day
from competence.models import CellSegment
from people.models import Assignment, Employee

DUE = {
    StateChoice.NONE,
    StateChoice.LEARNING,
    StateChoice.LAPSED,
    StateChoice.DUE_SOON,
    StateChoice.STALE,
}


@dataclass(frozen=True)
class Offer:
    """A test as it stands for one person: ``running`` if they are in the middle, ``last`` how it ended before."""

    quiz: Quiz
    questions: int
    cells: tuple[CellSegment, ...]
    running: Attempt | None
    last: Submission | None
    retake: Retake | None
    today: datetime.date

    @property
    def is_due(self) -> bool:
        """Whether a competence of it is to be shown or renewed."""
        return bool(self.due_cells)

    @property
    def is_ahead(self) -> bool:
        """Whether something of it has not been begun: a newcomer learns that first."""
        return not self.running and any(cell.state == StateChoice.NONE for cell in self.due_cells)

    @property
    def due_cells(self) -> list[CellSegment]:
        """The competences of it that are to be shown or renewed."""
        return [cell for cell in self.cells if cell.state in DUE]

    @property
    def may_start(self) -> bool:
        """Whether it can be begun today."""
        return self.retake is None or self.retake.may_start(self.today)

    @property
    def until(self) -> datetime.date | None:
        """The first day on which a competence of it ends."""
        return min((cell.until for cell in self.cells if cell.until), default=None)


def offers_for(employee: Employee, at: datetime.datetime) -> list[Offer]:
    """The tests of the person's position: those in the middle first, then those that are due. Five queries."""
    today = local_day(at, employee.tz)
    position = Assignment.objects.filter(employee=employee).in_force_on(today).values("position")
    lines = QuizLine.objects.select_related("competence")
    quizzes = list(
        Quiz.objects.filter(is_active=True, positions__in=position).prefetch_related(
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
    offers = [_offer(quiz, running, last, failed, cells, today) for quiz in quizzes]
    return sorted(
        offers,
        key=lambda one: (
            one.running is None,
            not one.is_due,
            one.until or datetime.date.max,
            one.quiz.name,
        ),
    )


def _offer(quiz, running, last, failed, cells, today) -> Offer:
    lines = list(quiz.lines.all())
    return Offer(
        quiz=quiz,
        questions=sum(line.count for line in lines),
        cells=tuple(cells[line.competence_id] for line in lines if line.competence_id in cells),
        running=running.get(quiz.pk),
        last=last.get(quiz.pk),
        retake=retake_of([line.competence_id for line in lines], failed),
        today=today,
    )
