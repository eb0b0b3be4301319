"""What waits for a signature: the queue of whoever signs, oldest first, and what they signed today."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.choices import EnrollmentState
from courses.loading import ItemFacts, facts_of, facts_of_item
from courses.models import Enrollment, PlanItem, PracticeRequest, SignOff
from courses.rule.showing import SECOND, Showing, showing_for
from courses.services.signing import WINDOW
from people.models import Employee
from people.roles import Role
from people.viewer import Viewer

SHOWN = 50


@dataclass(frozen=True)
class Wanted:
    """A signature that somebody waits for: of whom, for which showing, since when."""

    item: PlanItem
    facts: ItemFacts
    showing: Showing
    since: datetime.datetime
    reference: str = ""

    @property
    def is_second(self) -> bool:
        """Somebody has signed already; a second assessor does as well."""
        return self.showing.place == SECOND


@dataclass(frozen=True)
class Given:
    """A signature the viewer gave; ``until`` is when it may still be taken back without a reason, if it may."""

    row: SignOff
    until: datetime.datetime | None


def trainees_of(viewer: Viewer, at: datetime.datetime) -> QuerySet[Employee]:
    """Whose practice ``viewer`` looks after: a mentor's own trainees, the people of the teams a lead leads."""
    others = Employee.objects.exclude(pk=viewer.employee_id or 0)
    if viewer.employee_id is None:
        return others.none()
    mine = Q(mentor=viewer.employee_id) if viewer.has_role(Role.MENTOR) else Q(pk__in=[])
    if viewer.led_team_ids:
        day = at.astimezone(viewer.tz).date()
        led = Employee.objects.in_teams_on(list(viewer.led_team_ids), day)
        mine |= Q(pk__in=led.values("pk"))
    return others.filter(mine)


def second_for(viewer: Viewer, at: datetime.datetime) -> QuerySet[Employee]:
    """Whom ``viewer`` may assess as the second one: a reviewer everybody, others those they look after."""
    if viewer.employee_id is not None and viewer.has_role(Role.REVIEWER):
        return Employee.objects.exclude(pk=viewer.employee_id)
    return trainees_of(viewer, at)


def asked_count(viewer: Viewer) -> int:
    """How many own trainees wait for a signature: the number at the rail's entry. One query."""
    waiting = PracticeRequest.objects.waiting().filter(
        item__enrollment__employee__mentor=viewer.employee_id or 0
    )
    return waiting.count()


def queue_of(viewer: Viewer, at: datetime.datetime) -> list[Wanted]:
    """What waits for a signature that ``viewer`` may give, the longest waiting first, at most fifty. Nine queries.

    A reviewer gets those that a second assessor signs as well; what a mentor signs alone is not their work.
    """
    waiting = PracticeRequest.objects.waiting().filter(
        item__enrollment__employee__in=trainees_of(viewer, at)
    )
    asked = {row.item_id: row for row in waiting.order_by("asked_at")[:SHOWN]}
    seconds = second_for(viewer, at)
    shown_once = SignOff.objects.filter(enrollment=OuterRef("enrollment"), task=OuterRef("task"))
    items = PlanItem.objects.filter(
        Q(pk__in=list(asked))
        | Q(Exists(shown_once), task__needs_second=True, enrollment__employee__in=seconds),
        enrollment__state=EnrollmentState.OPEN,
    )
    wanted_items = dict(items.values_list("pk", "enrollment"))
    enrollments = Enrollment.objects.select_related("employee__mentor", "employee__user").in_bulk(
        set(wanted_items.values())
    )
    facts = facts_of(enrollments.values())
    found = []
    for enrollment_id, own in facts.items():
        for one in own:
            if one.item.pk not in wanted_items:
                continue
            one.item.enrollment = enrollments[enrollment_id]
            wanted = _wanted(one, asked.get(one.item.pk), viewer)
            if wanted is not None:
                found.append(wanted)
    found.sort(key=lambda one: (one.since, one.item.pk))
    return found[:SHOWN]


def _wanted(
    facts: ItemFacts, request: PracticeRequest | None, viewer: Viewer, *, unasked: bool = False
) -> Wanted | None:
    item = facts.item
    showing = showing_for(
        facts.judged_signatures, item.repetitions, item.task.places, signer=viewer.user_id
    )
    if showing is None:
        return None
    if showing.place == SECOND:
        first = next(
            row
            for row in reversed(facts.signatures)
            if (row.repetition, row.round) == (showing.repetition, showing.round)
        )
        return Wanted(item, facts, showing, first.recorded_at, first.reference)
    if request is not None:
        return Wanted(item, facts, showing, request.asked_at, request.reference)
    return Wanted(item, facts, showing, item.enrollment.created_at) if unasked else None


def signed_today(viewer: Viewer, now: datetime.datetime) -> list[Given]:
    """What ``viewer`` signed today and stands, the latest first. One query."""
    midnight = now.astimezone(viewer.tz).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = SignOff.objects.standing().filter(signed_by=viewer.user_id, recorded_at__gte=midnight)
    rows = rows.select_related("employee", "task").order_by("-recorded_at")[:SHOWN]
    return [
        Given(row, until if (until := row.may_be_withdrawn_until(WINDOW)) >= now else None)
        for row in rows
    ]


def wanted_of(item: PlanItem, viewer: Viewer) -> Wanted | None:
    """What ``viewer`` may sign of one item now, asked for or not; None if nothing is left for them."""
    facts = facts_of_item(item)
    return _wanted(facts, facts.request, viewer, unasked=True)


def practice_item(item_id: int) -> PlanItem | None:
    """A plan item that is practice, with all its pages show."""
    rows = PlanItem.objects.filter(task__isnull=False)
    rows = rows.select_related("enrollment__employee__user", "enrollment__employee__mentor", "task")
    return rows.filter(pk=item_id).first()


def under_way(viewer: Viewer, at: datetime.datetime) -> QuerySet[Enrollment]:
    """The plans of one's trainees and, for a lead, of their people, by name."""
    plans = Enrollment.objects.under_way().filter(employee__in=trainees_of(viewer, at))
    return plans.order_by("employee__full_name", "pk")
