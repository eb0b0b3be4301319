"""What the apps above report of learning: quizzes, checks, progress, and ratings that only stand beside.

Their callers have verified that it happened; nobody's judgement is needed here.
"""

import datetime
import uuid
from collections.abc import Sequence

from competence.choices import EventType, Rater
from competence.models import Competence, CompetenceEvent
from competence.services.record import Entry, record
from people.models import Employee, User

Versions = Sequence[tuple[uuid.UUID, int]]


def quiz(
    *,
    employee: Employee,
    competence: Competence,
    level: int,
    passed: bool,
    source: tuple[str, str],
    covers_changes: bool = False,
    basis: Versions = (),
    on: datetime.date | None = None,
    valid_months: int | None = None,
    by: User | None = None,
    now: datetime.datetime,
) -> CompetenceEvent:
    """A full quiz of one competence at a level was passed or failed. The validity in force now goes with it.

    ``valid_months`` is given where an old quiz is judged anew: a changed validity touches new evidence only.
    Raises Impossible for a level no quiz has.
    """
    return record(
        Entry(
            employee=employee,
            type=EventType.QUIZ,
            source=source,
            competence=competence,
            on=on,
            level=level,
            passed=passed,
            covers_changes=covers_changes,
            basis=basis,
            valid_months=valid_months,
            by=by,
        ),
        now=now,
    )


def take_back(
    *, event: CompetenceEvent, source: tuple[str, str], by: User | None, now: datetime.datetime
) -> CompetenceEvent:
    """What stood behind ``event`` was judged anew: from today on the cell is judged without it, for every day.

    The same ``source`` again finds the withdrawal that stands. It follows what is behind it: nobody undoes it by hand.
    """
    return record(
        Entry(
            employee=event.employee,
            type=EventType.WITHDRAWAL,
            source=source,
            competence=event.competence,
            withdraws=event,
            by=by,
        ),
        now=now,
    )


def check(
    *,
    employee: Employee,
    competence: Competence,
    source: tuple[str, str],
    on: datetime.date | None = None,
    basis: Versions = (),
    by: User | None = None,
    now: datetime.datetime,
) -> CompetenceEvent:
    """A changed article was confirmed, or its short check passed: clears stale, gives no level, moves no date."""
    return record(
        Entry(
            employee=employee,
            type=EventType.CHECK,
            source=source,
            competence=competence,
            on=on,
            basis=basis,
            by=by,
        ),
        now=now,
    )


def progress(
    *,
    employee: Employee,
    competence: Competence,
    source: tuple[str, str],
    on: datetime.date | None = None,
    basis: Versions = (),
    by: User | None = None,
    now: datetime.datetime,
) -> CompetenceEvent:
    """A lesson, attendance, practice quiz or external course: "not started" becomes "learning"."""
    return record(
        Entry(
            employee=employee,
            type=EventType.PROGRESS,
            source=source,
            competence=competence,
            on=on,
            basis=basis,
            by=by,
        ),
        now=now,
    )


def rate_beside(
    *,
    employee: Employee,
    competence: Competence,
    rating: int,
    rater: Rater,
    source_id: str,
    by: User | None = None,
    now: datetime.datetime,
) -> CompetenceEvent:
    """A rating by oneself, a colleague or a customer: shown beside the level, never part of it."""
    return record(
        Entry(
            employee=employee,
            type=EventType.RATING,
            source=(rater.value, source_id),
            competence=competence,
            rating=rating,
            by=by,
        ),
        now=now,
    )
