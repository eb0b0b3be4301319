"""Plans as people read them: which day it is, what is late and why, what comes next."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from courses.loading import ItemFacts, facts_of, local_day, works_of
from courses.models import Enrollment
from courses.rule.dating import day_number
from courses.rule.standing import Standing, stand
from people.models import Employee

DAY = datetime.timedelta(days=1)
WEEK_ENDS = 6


@dataclass(frozen=True)
class ItemReading:
    """A step of a plan on a day. ``blocked_by`` is the step to be done before it, ``held`` that a signature is late."""

    facts: ItemFacts
    is_late: bool
    held: bool
    blocked_by: ItemFacts | None

    @property
    def target(self):
        """The lesson or the task."""
        return self.facts.item.lesson or self.facts.item.task

    @property
    def sign(self) -> str:
        """Its sign: done, begun, or nothing yet."""
        if self.facts.done:
            return "current"
        begun = self.facts.place or self.facts.request or self.facts.signatures
        return "learning" if begun else "none"


@dataclass(frozen=True)
class Group:
    """Steps under one heading; ``name`` is late, today, tomorrow, week or later."""

    name: str
    items: tuple[ItemReading, ...]
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class PlanReading:
    """One person's way through one programme on a day. ``day`` is 0 before it begins."""

    enrollment: Enrollment
    items: tuple[ItemReading, ...]
    standing: Standing
    day: int
    days: int
    today: datetime.date

    @property
    def groups(self) -> list[Group]:
        """What is left, by when it is due."""
        tomorrow, week_end = self.today + DAY, self.today + DAY * (WEEK_ENDS - self.today.weekday())
        bounds = (
            ("late", datetime.date.min, self.today - DAY),
            ("today", self.today, self.today),
            ("tomorrow", tomorrow, tomorrow),
            ("week", tomorrow + DAY, week_end),
            ("later", max(tomorrow, week_end) + DAY, datetime.date.max),
        )
        left = [one for one in self.items if not one.facts.done]
        found = []
        for name, first, last in bounds:
            own = tuple(one for one in left if first <= one.facts.item.due_on <= last)
            if own:
                days = [one.facts.item.due_on for one in own]
                found.append(Group(name, own, min(days), max(days)))
        return found

    @property
    def done_items(self) -> list[ItemReading]:
        """What is behind them."""
        return [one for one in self.items if one.facts.done]

    @property
    def next(self) -> ItemReading | None:
        """The step that can be done now."""
        return self._by_key.get(self.standing.next)

    @property
    def held_by(self) -> ItemReading | None:
        """The step whose missing signature holds up most of what is late."""
        causes = list(self.standing.held.values())
        return self._by_key[max(causes, key=causes.count)] if causes else None

    @property
    def _by_key(self) -> dict[int, ItemReading]:
        return {one.facts.item.pk: one for one in self.items}


def plans_of(employee: Employee, now: datetime.datetime) -> list[PlanReading]:
    """The plans that ``employee`` is on, the one that began last first. Ten queries."""
    plans = Enrollment.objects.under_way().filter(employee=employee)
    return read_plans(plans.order_by("-starts_on", "-pk"), now)


def latest_end_of(employee: Employee) -> Enrollment | None:
    """The plan that ``employee`` went through last, to say so where none is under way. One query."""
    over = Enrollment.objects.filter(employee=employee, ended_at__isnull=False)
    return over.select_related("programme__queue").order_by("-ended_at").first()


def read_plans(plans: Iterable[Enrollment], now: datetime.datetime) -> list[PlanReading]:
    """``plans`` (a query set) as they stand at ``now``. Ten queries, however many."""
    rows = list(plans.select_related("employee__user", "employee__mentor", "programme__queue"))
    if not rows:
        return []
    facts = facts_of(rows)
    works = works_of(
        list({row.employee_id: row.employee for row in rows}.values()),
        since=min(row.starts_on for row in rows),
        until=now.date() + DAY,
    )
    return [_read(row, facts[row.pk], works[row.employee_id], now) for row in rows]


def _read(row: Enrollment, facts: Collection[ItemFacts], works, now) -> PlanReading:
    today = local_day(now, row.employee)
    available = [one for one in facts if one.available]
    standing = stand([one.as_step() for one in available], today)
    by_key = {one.item.pk: one for one in available}
    items = tuple(
        ItemReading(
            facts=one,
            is_late=one.item.pk in standing.late,
            held=one.item.pk in standing.held,
            blocked_by=by_key.get(standing.blocked.get(one.item.pk, 0)),
        )
        for one in available
    )
    last_step = max((one.item.day for one in available), default=0)
    return PlanReading(
        enrollment=row,
        items=items,
        standing=standing,
        day=day_number(row.starts_on, today, works),
        days=max(row.programme.working_days, last_step),
        today=today,
    )


def next_steps_of(employee: Employee, now: datetime.datetime) -> PlanReading | None:
    """The plan that a home page shows: the one with something late, else the one that began last."""
    plans = plans_of(employee, now)
    return max(plans, key=lambda one: len(one.standing.late), default=None)
