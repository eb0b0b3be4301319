"""From rows to what the rules judge: plans of many people at once, in a constant number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from courses.choices import RequestState
from courses.models import Enrollment, LessonCompletion, LessonPlace, PlanItem, PracticeRequest
from courses.models.practice import SignOff
from courses.rule.showing import Signature, count_done
from courses.rule.standing import PlanStep
from people.models import Employee
from people.selectors import working_times
from people.working_hours import WorkingTime

DAY = datetime.timedelta(days=1)


def local_day(moment: datetime.datetime, employee: Employee) -> datetime.date:
    """The day ``moment`` belongs to where ``employee`` is."""
    return moment.astimezone(employee.tz).date()


def works_of(
    employees: Collection[Employee], *, since: datetime.date, until: datetime.date
) -> dict[int, Callable[[datetime.date], bool]]:
    """For each of ``employees`` whether they work on a day, by roster, usual week and leave. Three queries.

    Hiring and leaving are left aside: a plan has days whoever it is for.
    """
    noon = datetime.time(12, tzinfo=datetime.UTC)
    times = working_times(
        employees,
        since=datetime.datetime.combine(since, noon),
        until=datetime.datetime.combine(until, noon),
    )
    return {pk: _works(time) for pk, time in times.items()}


def _works(time: WorkingTime) -> Callable[[datetime.date], bool]:
    free = WorkingTime(zone=time.zone, shifts=time.shifts, roster=time.roster, away=time.away)
    known: dict[datetime.date, bool] = {}

    def works(day: datetime.date) -> bool:
        if day not in known:
            known[day] = bool(free.shifts_on(day))
        return known[day]

    return works


@dataclass
class ItemFacts:
    """A plan item with everything that happened to it."""

    item: PlanItem
    completed_at: datetime.datetime | None = None
    place: LessonPlace | None = None
    request: PracticeRequest | None = None
    signatures: list[SignOff] = field(default_factory=list)

    @property
    def judged_signatures(self) -> list[Signature]:
        """The signatures as the rule sees them."""
        return [as_judged(row) for row in self.signatures]

    @property
    def repetitions_done(self) -> int:
        """How often a task was shown and signed by all who have to."""
        if self.item.task is None:
            return 0
        return count_done(self.judged_signatures, self.item.repetitions, self.item.task.places)

    @property
    def done(self) -> bool:
        """Nothing is left to do."""
        if self.item.lesson_id:
            return self.completed_at is not None
        return self.repetitions_done >= self.item.repetitions

    @property
    def available(self) -> bool:
        """A lesson that was taken down asks nothing of anybody; one that was done stays done."""
        return self.item.lesson is None or self.item.lesson.live or self.done

    def as_step(self) -> PlanStep:
        """As the rule sees it."""
        target = self.item.lesson or self.item.task
        return PlanStep(
            key=self.item.pk,
            due_on=self.item.due_on,
            minutes=target.minutes,
            done=self.done,
            waits=self.request is not None,
            after_previous=self.item.after_previous,
            available=self.available,
        )


def as_judged(row: SignOff) -> Signature:
    """A signature as the rule sees it. The row must come from ``with_withdrawn``."""
    return Signature(
        repetition=row.repetition,
        place=row.place,
        round=row.round,
        on=row.observed_on,
        passes=row.passes,
        withdrawn=row.is_withdrawn,
        by=row.signed_by_id,
    )


def facts_of(enrollments: Iterable[Enrollment]) -> dict[int, list[ItemFacts]]:
    """The items of each of ``enrollments`` in their order, with what happened. Five queries, however many."""
    enrollments = list(enrollments)
    people = {one.employee_id for one in enrollments}
    items = list(
        PlanItem.objects.filter(enrollment__in=[one.pk for one in enrollments])
        .select_related("lesson", "task", "enrollment")
        .defer("lesson__body")
        .order_by("day", "order", "pk")
    )
    lessons = {item.lesson_id for item in items if item.lesson_id}
    completed = {
        (row.employee_id, row.lesson_id): row.completed_at
        for row in LessonCompletion.objects.filter(employee__in=people, lesson__in=lessons).defer(
            "basis"
        )
    }
    places = {
        (row.employee_id, row.lesson_id): row
        for row in LessonPlace.objects.filter(employee__in=people, lesson__in=lessons)
    }
    signed: dict[tuple[int, int], list[SignOff]] = defaultdict(list)
    rows = SignOff.objects.filter(enrollment__in=[one.pk for one in enrollments])
    for row in rows.with_withdrawn().select_related("signed_by").order_by("recorded_at", "pk"):
        signed[row.enrollment_id, row.task_id].append(row)
    waiting = {
        row.item_id: row
        for row in PracticeRequest.objects.filter(
            item__enrollment__in=[one.pk for one in enrollments], state=RequestState.WAITING
        )
    }
    found: dict[int, list[ItemFacts]] = {one.pk: [] for one in enrollments}
    for item in items:
        person = (item.enrollment.employee_id, item.lesson_id)
        found[item.enrollment_id].append(
            ItemFacts(
                item=item,
                completed_at=completed.get(person),
                place=places.get(person),
                request=waiting.get(item.pk),
                signatures=signed.get((item.enrollment_id, item.task_id), []),
            )
        )
    return found


def facts_of_item(item: PlanItem) -> ItemFacts:
    """What happened to one item."""
    return next(one for one in facts_of([item.enrollment])[item.enrollment_id] if one.item == item)
