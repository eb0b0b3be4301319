"""Collecting what attempts say of questions: a row for each question of each paper, then the figures of each version.

All of it is derived from submissions and safe to run at any time; a run that was killed goes on where it stopped.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from certification import papers
from certification.choices import CohortKind
from certification.kinds import kind_of
from certification.loading import marks_of
from certification.models import (
    AnswerSave,
    AskedVersion,
    ItemResponse,
    ItemStatistic,
    OpenAnswer,
    Question,
    Submission,
)
from certification.rules.items import Answer, Item, Option, analyse, seconds_of
from certification.rules.rounds import round_of
from common.ledger import sha256_of
from competence.loading import local_day
from people.models import Assignment

AT_ONCE = 40
LONGEST_KEPT = 200
ASKED = ("kind", "text", "body")


def collect(*, now: datetime.datetime) -> int:
    """Take in every attempt that was handed in and not taken in yet, and count anew what it touches; how many.

    One that waits for an assessor is taken in once it is judged.
    """
    known = ItemResponse.objects.filter(submission=OuterRef("pk"))
    unjudged = OpenAnswer.objects.waiting().filter(submission=OuterRef("pk"))
    waiting = Submission.objects.filter(~Exists(known), ~Exists(unjudged))
    waiting = waiting.order_by("submitted_at", "pk")
    pks = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(pks), AT_ONCE):
        with transaction.atomic():
            _take_in(pks[start : start + AT_ONCE])
    for version in _behind():
        count(version, now=now)
    return len(pks)


def version_of(asked: dict[str, Any]) -> tuple[uuid.UUID, str]:
    """Which version of which question a slot of a paper holds."""
    return uuid.UUID(asked["uuid"]), sha256_of({name: asked[name] for name in ASKED})


def known_version(asked: dict[str, Any], at: datetime.datetime) -> AskedVersion:
    """The row of the version that ``asked`` is, written if it is new."""
    name, sha256 = version_of(asked)
    row, _created = AskedVersion.objects.get_or_create(
        question_uuid=name,
        sha256=sha256,
        defaults={
            **{field: asked[field] for field in ASKED},
            "question": Question.objects.filter(uuid=name).first(),
            "first_asked_at": at,
        },
    )
    return row


def _take_in(pks: Sequence[int]) -> None:
    """Write the responses of these submissions."""
    submissions = list(
        Submission.objects.filter(pk__in=pks)
        .select_related("attempt__employee")
        .order_by("submitted_at", "pk")
    )
    times = _times([one.attempt for one in submissions])
    places = _places([one.attempt.employee_id for one in submissions])
    versions: dict[tuple[uuid.UUID, str], int] = {}
    rows = []
    for submission in submissions:
        for asked in submission.attempt.paper["slots"]:
            key = version_of(asked)
            if key not in versions:
                versions[key] = known_version(asked, submission.attempt.started_at).pk
        rows += _responses(submission, versions, times, places)
    ItemResponse.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)


def _responses(submission: Submission, versions, times, places) -> Iterable[ItemResponse]:
    attempt = submission.attempt
    answers = {int(slot): given for slot, given in submission.answers.items()}
    to_assess = papers.to_assess(attempt.paper, answers)
    marks = marks_of(submission) if to_assess else {}
    scores, _result = papers.score(attempt.paper, answers, marks=marks)
    total, others = sum(scores, Fraction(0)), len(scores) - 1
    day = local_day(submission.submitted_at, attempt.employee.tz)
    team, position = places(attempt.employee_id, day)
    for slot, (asked, score) in enumerate(zip(attempt.paper["slots"], scores, strict=True), 1):
        if slot in to_assess and slot not in marks:
            # Its question was suspended before anybody read it: that says nothing of the question.
            continue
        given, kind = answers.get(slot, ()), kind_of(asked["kind"])
        # What somebody wrote in their own words is no choice that can be counted.
        told = kind.told(asked["body"], asked["keys"], given) if given and not kind.assessed else []
        yield ItemResponse(
            submission=submission,
            slot=slot,
            version_id=versions[version_of(asked)],
            employee_id=attempt.employee_id,
            team_id=team,
            position_id=position,
            round=round_of(day),
            score=float(score),
            rest=float((total - score) / others) if others else None,
            chosen=[text[:LONGEST_KEPT] for text in told],
            seconds=times[attempt.pk].get(slot),
            answered_at=submission.submitted_at,
        )


def _times(attempts) -> dict[int, dict[int, int]]:
    """By attempt and question how long it took."""
    saves: dict[int, list[tuple[int, float]]] = defaultdict(list)
    rows = AnswerSave.objects.filter(attempt__in=attempts, refused=False).order_by("pk")
    for attempt, slot, at in rows.values_list("attempt_id", "slot", "received_at"):
        saves[attempt].append((slot, at.timestamp()))
    return {one.pk: seconds_of(one.started_at.timestamp(), saves[one.pk]) for one in attempts}


def _places(employees: Collection[int]):
    """Where each of them worked on a day: a function of person and day."""
    held: dict[int, list[tuple]] = defaultdict(list)
    rows = Assignment.objects.filter(employee__in=set(employees)).order_by("starts_on")
    for employee, starts_on, team, position in rows.values_list(
        "employee_id", "starts_on", "team_id", "position_id"
    ):
        held[employee].append((starts_on, team, position))

    def on(employee: int, day: datetime.date) -> tuple[int | None, int | None]:
        begun = [(team, position) for start, team, position in held[employee] if start <= day]
        return begun[-1] if begun else (None, None)

    return on


def _behind() -> list[int]:
    """The versions that have more answers than their figures know of."""
    counted = ItemStatistic.objects.filter(version=OuterRef("pk"), cohort_kind=CohortKind.ALL)
    rows = AskedVersion.objects.annotate(
        given=Count("responses"),
        known=Coalesce(Subquery(counted.values("answers")[:1]), 0),
    )
    return list(rows.exclude(given=F("known")).order_by("pk").values_list("pk", flat=True))


def count(version_id: int, *, now: datetime.datetime) -> None:
    """Count the figures of one version anew, for everybody and for each cohort."""
    version = AskedVersion.objects.get(pk=version_id)
    options = [
        Option(text[:LONGEST_KEPT], right)
        for text, right in kind_of(version.kind).options(version.body)
    ]
    cohorts: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    rows = ItemResponse.objects.filter(version=version_id).order_by("answered_at", "pk")
    for row in rows.iterator(chunk_size=2000):
        answer = Answer(
            person=row.employee_id,
            score=_exact(row.score),
            rest=None if row.rest is None else _exact(row.rest),
            chosen=tuple(row.chosen),
            seconds=row.seconds,
        )
        for cohort in _cohorts(row):
            cohorts[cohort].append(answer)
    fresh = [
        _statistic(version_id, cohort, len(answers), analyse(answers, options), now)
        for cohort, answers in sorted(cohorts.items())
    ]
    with transaction.atomic():
        ItemStatistic.objects.filter(version=version_id).delete()
        ItemStatistic.objects.bulk_create(fresh, batch_size=200)


def _cohorts(row: ItemResponse) -> Iterable[tuple[str, str]]:
    yield CohortKind.ALL.value, ""
    yield CohortKind.ROUND.value, row.round
    if row.team_id:
        yield CohortKind.TEAM.value, str(row.team_id)
    if row.position_id:
        yield CohortKind.POSITION.value, str(row.position_id)


def _exact(number: float) -> Fraction:
    return Fraction(number).limit_denominator(10_000)


def _statistic(
    version_id: int, cohort: tuple[str, str], answers: int, item: Item, now: datetime.datetime
) -> ItemStatistic:
    return ItemStatistic(
        version_id=version_id,
        cohort_kind=cohort[0],
        cohort=cohort[1],
        answers=answers,
        people=item.people,
        facility=None if item.facility is None else float(item.facility),
        discrimination=item.discrimination,
        seconds=item.seconds,
        rates=[[one.option.text, one.option.right, one.chosen] for one in item.rates],
        flags=[[flag.weakness.value, flag.option] for flag in item.flags],
        weaknesses=" ".join(sorted({flag.weakness.value for flag in item.flags})),
        counted_at=now,
    )
