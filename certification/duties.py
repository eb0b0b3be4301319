"""Where the papers of rounds stand: passed, failed, late, waiting or on leave, read from the ledger and from dates."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from certification.loading import failed_days, retake_of, waiting_competences
from certification.models import DutyLine, DutyPaper, Quiz, RecertificationDuty, Submission
from certification.rules.duties import Standing, standing, worst
from certification.rules.retakes import Retake
from competence.choices import EventType
from competence.loading import local_day
from competence.models import CompetenceEvent
from people.models import Employee, Leave


@dataclass(frozen=True)
class PaperReading:
    """One paper: where it stands, on which day each line of it was passed, and when it may be tried again.

    ``is_assessed``: what was answered of it waits for an assessor.
    """

    paper: DutyPaper
    standing: Standing
    lines: Sequence[tuple[DutyLine, datetime.date | None]]
    retake: Retake | None
    last: Submission | None
    is_assessed: bool = False

    @property
    def left(self) -> list[DutyLine]:
        """What of it is still to be passed."""
        return [line for line, passed_on in self.lines if passed_on is None]

    @property
    def shown(self) -> list[DutyLine]:
        """What of it a lead looks at: what is left, or once nothing is, all of it."""
        return self.left or [line for line, _passed_on in self.lines]

    @property
    def passed_on(self) -> datetime.date | None:
        """The day on which the last of it was passed; None while something is left."""
        days = [passed_on for _line, passed_on in self.lines if passed_on]
        return max(days) if days and not self.left else None

    @property
    def is_open(self) -> bool:
        """Something of it is still to be passed."""
        return bool(self.left)


@dataclass(frozen=True)
class DutyReading:
    """One person's round and its papers; it stands as the worst of them."""

    duty: RecertificationDuty
    papers: Sequence[PaperReading]

    @property
    def standing(self) -> Standing:
        """Where the person stands."""
        return worst(one.standing for one in self.papers)

    @property
    def next(self) -> PaperReading | None:
        """The first paper that is still open."""
        return next((one for one in self.papers if one.is_open), None)


def with_papers(duties: QuerySet[RecertificationDuty]) -> QuerySet[RecertificationDuty]:
    """``duties`` with everything that reading them needs. Three queries once they are evaluated."""
    lines = DutyLine.objects.select_related("competence")
    papers = DutyPaper.objects.select_related("quiz").prefetch_related(
        Prefetch("lines", queryset=lines)
    )
    return duties.select_related("campaign", "employee", "team").prefetch_related(
        Prefetch("papers", queryset=papers.order_by("number"))
    )


def read_duties(
    duties: Collection[RecertificationDuty], at: datetime.datetime
) -> list[DutyReading]:
    """Where each of ``duties``, loaded ``with_papers``, stands at ``at``. Three queries."""
    duties = list(duties)
    if not duties:
        return []
    passed = _passed(duties)
    taken = _taken(duties)
    away = set(
        Leave.objects.filter(employee__in=[one.employee_id for one in duties])
        .meeting(at.date() - datetime.timedelta(days=1), at.date() + datetime.timedelta(days=1))
        .values_list("employee_id", "starts_on", "ends_on")
    )
    found = []
    for duty in duties:
        today = local_day(at, duty.employee.tz)
        on_leave = any(
            person == duty.employee_id and first <= today <= last for person, first, last in away
        )
        found.append(
            DutyReading(
                duty,
                [
                    _read(paper, duty, passed, taken[duty.employee_id], today, on_leave=on_leave)
                    for paper in duty.papers.all()
                ],
            )
        )
    return found


def own_rounds(employee: Employee, at: datetime.datetime) -> list[DutyReading]:
    """The rounds of ``employee`` in which something is still to be passed. Six queries at most, one without any.

    Of an earlier half-year nothing is asked any more once a later round has begun.
    """
    duties = RecertificationDuty.objects.standing().filter(employee=employee)
    found = read_duties(with_papers(duties.order_by("-round")[:1]), at)
    return [one for one in found if one.next]


def paper_of(quiz: Quiz, employee: Employee, at: datetime.datetime) -> PaperReading | None:
    """The paper by which ``employee`` is called to a test of a campaign; None for who is not."""
    duties = RecertificationDuty.objects.standing().filter(employee=employee, papers__quiz=quiz)
    papers = [one for duty in read_duties(with_papers(duties), at) for one in duty.papers]
    return next((one for one in papers if one.paper.quiz_id == quiz.pk), None)


def opened_on(duty: RecertificationDuty) -> datetime.date:
    """The day from which on a pass counts for the round."""
    return local_day(duty.campaign.opened_at, duty.employee.tz)


def _read(paper: DutyPaper, duty, passed, taken, today, *, on_leave: bool) -> PaperReading:
    lines = [
        (
            line,
            min(
                (
                    on
                    for level, on in passed.get((duty.employee_id, line.competence_id), ())
                    if level >= line.level and on >= opened_on(duty)
                ),
                default=None,
            ),
        )
        for line in paper.lines.all()
    ]
    left = [line.competence_id for line, passed_on in lines if passed_on is None]
    since = [one for one in taken if one.submitted_at >= duty.campaign.opened_at]
    last = next((one for one in reversed(since) if one.attempt.quiz_id == paper.quiz_id), None)
    retake = retake_of(left, failed_days(since, duty.employee))
    is_assessed = bool(waiting_competences(since).intersection(left))
    where = standing(
        paper.day,
        today,
        passed=not left,
        retake=retake,
        on_leave=on_leave,
        is_assessed=is_assessed,
    )
    return PaperReading(paper, where, lines, retake, last, is_assessed)


def _passed(duties) -> Mapping[tuple[int, int], list[tuple[int, datetime.date]]]:
    """By person and competence the levels passed since the first of the campaigns was opened, whatever the test."""
    since = min(one.campaign.opened_at for one in duties).date() - datetime.timedelta(days=1)
    rows = CompetenceEvent.objects.standing().filter(
        type=EventType.QUIZ,
        passed=True,
        employee__in=[one.employee_id for one in duties],
        on__gte=since,
    )
    found: dict[tuple[int, int], list[tuple[int, datetime.date]]] = defaultdict(list)
    for person, competence, level, on in rows.values_list(
        "employee_id", "competence_id", "level", "on"
    ):
        found[person, competence].append((level, on))
    return found


def _taken(duties) -> Mapping[int, list[Submission]]:
    """By person the tests taken since the first of the campaigns was opened, oldest first, each as it counts now."""
    rows = (
        Submission.objects.counting()
        .filter(
            submitted_at__gte=min(one.campaign.opened_at for one in duties),
            attempt__employee__in=[one.employee_id for one in duties],
        )
        .select_related("attempt")
        .defer("attempt__paper", "answers")
        .order_by("submitted_at", "pk")
    )
    found: dict[int, list[Submission]] = defaultdict(list)
    for one in rows:
        found[one.attempt.employee_id].append(one)
    return found
