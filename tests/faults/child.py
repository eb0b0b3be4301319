"""A process that does one act of the product and is killed at one point of it; run by the tests beside it.

python -m tests.faults.child DATABASE POINT ACT JSON

``before_commit`` is the last moment at which nothing is kept; ``after_commit`` the first at which all of it is, while
nothing that follows from it (mail, notices, tasks) has happened and nobody has been answered.
"""

import datetime
import json
import os
import signal
import sys
import uuid

import django
from django.conf import settings

BEFORE, AFTER = "before_commit", "after_commit"


def die() -> None:
    """What a power cut, an out-of-memory killer or an impatient operator does."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(point: str) -> None:
    """Die at the first commit: before it, or after it and before what was to follow."""
    from django.db import connection

    commit = connection._commit

    def _commit() -> None:
        if point == BEFORE:
            die()
        commit()
        die()

    connection._commit = _commit


def begin(*, quiz: int, employee: int, key: str, now: datetime.datetime) -> None:
    """Begin a test."""
    from certification.models import Quiz
    from certification.services.attempts import start
    from people.models import Employee

    person = Employee.objects.get(pk=employee)
    start(quiz=Quiz.objects.get(pk=quiz), employee=person, key=uuid.UUID(key), now=now)


def answer(*, attempt: int, given: list[str], now: datetime.datetime) -> None:
    """Save the answer to the first question."""
    from certification.models import Attempt
    from certification.services.answering import save_answer

    row = Attempt.objects.get(pk=attempt)
    save_answer(attempt=row, slot=1, given=given, client="tab-one-0001", seq=1, now=now)


def submit(*, attempt: int, now: datetime.datetime) -> None:
    """Hand the attempt in."""
    from certification.models import Attempt
    from certification.services import submitting

    row = Attempt.objects.select_related("employee__user").get(pk=attempt)
    submitting.submit(attempt=row, by=row.employee.user, now=now)


def rescore(*, submission: int, now: datetime.datetime) -> None:
    """Judge a test anew whose question was suspended."""
    from certification.services import rescoring

    rescoring.rescore(submission_id=submission, now=now)


def sign(*, item: int, by: int, key: str, now: datetime.datetime) -> None:
    """Sign for a showing."""
    from courses.models import PlanItem
    from courses.services.signing import sign_off
    from people.models import User

    row = PlanItem.objects.select_related("enrollment__employee__user", "task").get(pk=item)
    sign_off(
        item=row,
        rating=2,
        reference="4711-0823",
        by=User.objects.get(pk=by),
        key=uuid.UUID(key),
        now=now,
    )


def publish(*, article: int, now: datetime.datetime) -> None:
    """Publish the latest draft, as an approval does."""
    from kb.models import ArticlePage

    ArticlePage.objects.get(pk=article).get_latest_revision().publish()


ACTS = {
    "begin": begin,
    "answer": answer,
    "submit": submit,
    "rescore": rescore,
    "sign": sign,
    "publish": publish,
}


def main(database: str, point: str, act: str, values: str) -> None:
    """Do ``act`` in ``database`` and die at ``point``."""
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    found = json.loads(values)
    found["now"] = datetime.datetime.fromisoformat(found["now"])
    from django.db import connection

    connection.ensure_connection()
    arm(point)
    ACTS[act](**found)


if __name__ == "__main__":
    main(*sys.argv[1:])
