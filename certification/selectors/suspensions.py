"""What a suspension made of the attempts that had its question."""

import datetime
from dataclasses import dataclass

from certification.models import Attempt, QuestionSuspension, Rescoring
from certification.rules.rescoring import Change
from certification.services.rescoring import waiting
from competence.models import Competence
from people.viewer import Viewer

SHOWN = 200


@dataclass(frozen=True)
class Step:
    """One attempt judged anew: the result before and after, and what it changed for each competence."""

    rescoring: Rescoring
    before_asked: int
    before_points: str
    before_passed: bool
    changed: tuple[tuple[str, Change], ...]
    before_waiting: int = 0


@dataclass(frozen=True)
class Log:
    """What a suspension did: its steps that a viewer may read, how many there are, and how many still wait."""

    steps: tuple[Step, ...]
    total: int
    waiting: int
    gained: int
    lost: int

    @property
    def hidden(self) -> int:
        """Those of records that the viewer may not read."""
        return self.total - len(self.steps)


def log_of(suspension: QuestionSuspension, viewer: Viewer, at: datetime.datetime) -> Log:
    """What became of the attempts that had the question, those of readable records by name. Seven queries."""
    rows = Rescoring.objects.filter(suspension=suspension)
    people: dict[bool, set[int]] = {True: set(), False: set()}
    total = 0
    for found, lifted, employee in rows.values_list(
        "changes", "lifted", "submission__attempt__employee"
    ):
        total += 1
        for change in _as_changes(found):
            # What lifting gives back is not gained.
            if not lifted and (change.gains or change.loses):
                people[change.gains].add(employee)
    readable = Attempt.objects.visible_to(viewer, at).values("pk")
    shown = rows.filter(submission__attempt__in=readable)
    return Log(
        steps=tuple(steps_of(shown.order_by("-at", "-pk")[:SHOWN])),
        total=total,
        waiting=waiting(suspension).count(),
        gained=len(people[True]),
        lost=len(people[False]),
    )


def steps_of(rows) -> list[Step]:
    """These rescorings with what stood before each. Three queries."""
    rows = list(
        rows.select_related(
            "suspension__version",
            "appeal",
            "assessment__answer",
            "submission__attempt__employee",
            "submission__attempt__quiz",
        )
    )
    if not rows:
        return []
    earlier: dict[tuple[int, int], Rescoring] = {
        (one.submission_id, one.number): one
        for one in Rescoring.objects.filter(submission__in=[row.submission_id for row in rows])
    }
    named = {change.competence for row in rows for change in _as_changes(row.changes)}
    names = dict(Competence.objects.filter(pk__in=named).values_list("pk", "name"))
    found = []
    for row in rows:
        previous = earlier.get((row.submission_id, row.number - 1))
        before = previous.result if previous else row.submission.result
        found.append(
            Step(
                rescoring=row,
                before_asked=before["asked"],
                before_points=before["points"],
                before_passed=before["passed"],
                before_waiting=before.get("waiting", 0),
                changed=tuple(
                    (names.get(change.competence, ""), change)
                    for change in _as_changes(row.changes)
                ),
            )
        )
    return found


def _as_changes(kept) -> list[Change]:
    return [Change(competence, before, after) for competence, before, after in kept]
