"""Confirming a version: the questions that rest on it, or a word after reading; one act, one row, one check."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.events import emit
from competence.models import Competence, CompetenceEvent
from competence.services.learning import check
from kb.addressees import Addressee, circles_of, joint_circles, together
from kb.choices import Manner
from kb.events import VersionConfirmed
from kb.extensions import Asked, confirmation
from kb.models import Acknowledgement, ArticleVersion, ChangeNotice
from kb.refusals import NothingToConfirm, QuestionsLeft
from people.models import Employee, User

# So many questions at most, however many articles a change touches.
MOST = 3


@dataclass(frozen=True)
class Outcome:
    """What came of an answer: whether it was right, and the row once everything is confirmed."""

    right: bool
    acknowledgement: Acknowledgement | None = None


def questions_of(notice: ChangeNotice, employee: Employee, at: datetime.datetime) -> Asked:
    """What ``employee`` is asked to confirm this version, or all of its package; nothing where no app has questions.

    Of a package the first question of each article in turn, up to three.
    """
    asked = [one for _version, one in _asked_of(notice, employee, at)]
    if len(asked) < 2:
        return asked[0] if asked else Asked()
    rounds = zip_longest(*(one.questions for one in asked))
    chosen = [question for row in rounds for question in row if question is not None][:MOST]
    refs = {question.ref for question in chosen}
    return Asked(tuple(chosen), frozenset(refs & set().union(*(one.answered for one in asked))))


def _asked_of(
    notice: ChangeNotice, employee: Employee, at: datetime.datetime
) -> list[tuple[ArticleVersion, Asked]]:
    """The questions of each version that ``employee`` confirms together with ``notice``, where an app has some."""
    found = []
    for one in _own_of(notice, employee, at):
        for provider in confirmation:
            asked = provider.asked(one.version, employee)
            if asked.questions:
                found.append((one.version, asked))
                break
    return found


@transaction.atomic
def answer(
    *,
    notice: ChangeNotice,
    employee: Employee,
    ref: str,
    given: Sequence[str],
    key: uuid.UUID,
    by: User,
    now: datetime.datetime,
) -> Outcome:
    """Answer one question. The last right one confirms the version; the same key again finds the first result.

    Raises NothingToConfirm; a foreign question is refused by its app.
    """
    standing = _standing(notice, employee)
    if standing is not None:
        return Outcome(right=True, acknowledgement=standing)
    _addressee(notice, employee, now)
    asked = questions_of(notice, employee, now)
    if ref not in {question.ref for question in asked.questions}:
        raise NothingToConfirm(_("This question does not belong to this change."))
    right = False
    for version, own in _asked_of(notice, employee, now):
        if ref not in {one.ref for one in own.questions}:
            continue
        for provider in confirmation:
            if ref in {one.ref for one in provider.asked(version, employee).questions}:
                right = provider.answer(
                    version=version,
                    employee=employee,
                    ref=ref,
                    given=given,
                    key=key,
                    by=by,
                    now=now,
                )
    if not right:
        return Outcome(right=False)
    if questions_of(notice, employee, now).next is not None:
        return Outcome(right=True)
    row = _acknowledge_together(
        notice=notice,
        employee=employee,
        manner=Manner.ANSWERED,
        questions=len(asked.questions),
        key=key,
        by=by,
        now=now,
    )
    return Outcome(right=True, acknowledgement=row)


@transaction.atomic
def state(
    *,
    notice: ChangeNotice,
    employee: Employee,
    key: uuid.UUID,
    by: User,
    now: datetime.datetime,
) -> Acknowledgement:
    """Say that one has read and understood it, where nothing is asked. Twice is the same as once.

    Raises NothingToConfirm, or QuestionsLeft where there are questions.
    """
    standing = _standing(notice, employee)
    if standing is not None:
        return standing
    _addressee(notice, employee, now)
    if questions_of(notice, employee, now).questions:
        raise QuestionsLeft(_("This change has questions: answer them."))
    return _acknowledge_together(
        notice=notice,
        employee=employee,
        manner=Manner.STATED,
        questions=0,
        key=key,
        by=by,
        now=now,
    )


def _standing(notice: ChangeNotice, employee: Employee) -> Acknowledgement | None:
    return Acknowledgement.objects.filter(version=notice.version_id, employee=employee).first()


def _addressee(notice: ChangeNotice, employee: Employee, now: datetime.datetime) -> Addressee:
    """The person among those whom the change concerns. Raises NothingToConfirm."""
    if not ChangeNotice.objects.standing().asking().filter(pk=notice.pk).exists():
        raise NothingToConfirm(_("This change was withdrawn: there is nothing to confirm."))
    circle = joint_circles([notice], now, employee_id=employee.pk)[notice.pk]
    addressee = circle.people.get(employee.pk)
    if addressee is None:
        raise NothingToConfirm(
            _("This change does not concern you: nothing of it is in your record.")
        )
    return addressee


def _own_of(notice: ChangeNotice, employee: Employee, at: datetime.datetime) -> list[ChangeNotice]:
    """Of the package of ``notice`` what asks ``employee``, who may not be meant by every article; else itself."""
    group = together([notice])[notice.pk]
    if len(group) == 1:
        return group
    circles = circles_of(group, at, employee_id=employee.pk)
    places = {one.pk: circles[one.pk].people.get(employee.pk) for one in group}
    return [one for one in group if one.asks and (place := places[one.pk]) and place.must_confirm]


def _acknowledge_together(
    *, notice: ChangeNotice, employee: Employee, key: uuid.UUID, now: datetime.datetime, **fields
) -> Acknowledgement:
    """A row for this version, and one for each other of its package that asks this person."""
    row = _acknowledge(notice=notice, employee=employee, key=key, now=now, **fields)
    for one in _own_of(notice, employee, now):
        if one != notice and _standing(one, employee) is None:
            # Its own key, the same at every repetition.
            own = uuid.uuid5(key, str(one.version_id))
            _acknowledge(notice=one, employee=employee, key=own, now=now, **fields)
    return row


def _acknowledge(
    *, notice: ChangeNotice, employee: Employee, by: User, now: datetime.datetime, **fields
) -> Acknowledgement:
    try:
        with transaction.atomic():
            row = Acknowledgement.append(
                recorded_at=now,
                employee_id=employee.pk,
                version_id=notice.version_id,
                article_uuid=notice.article_uuid,
                number=notice.number,
                actor_id=by.pk,
                **fields,
            )
    except IntegrityError:
        # Another tab was quicker by a moment; theirs is the row.
        standing = _standing(notice, employee)
        if standing is None:
            raise
        return standing
    record_checks(acknowledgement=row, now=now)
    emit(
        VersionConfirmed(
            employee_id=employee.pk, article_uuid=notice.article_uuid, number=notice.number
        )
    )
    return row


def record_checks(
    *, acknowledgement: Acknowledgement, now: datetime.datetime
) -> list[CompetenceEvent]:
    """The check that goes with a confirmation: of each cell that the change concerns. Safe to repeat."""
    notice = acknowledgement.version.notice
    employee = Employee.objects.get(pk=acknowledgement.employee_id)
    circle = circles_of([notice], now, employee_id=employee.pk)[notice.pk]
    addressee = circle.people.get(employee.pk)
    named = f"{acknowledgement.article_uuid}:{acknowledgement.number}"
    competences: list[Competence] = (
        [cell.competence for cell in addressee.cells] if addressee else []
    )
    return [
        check(
            employee=employee,
            competence=competence,
            source=("confirmation", named),
            basis=((acknowledgement.article_uuid, acknowledgement.number),),
            on=timezone.localdate(acknowledgement.recorded_at, employee.tz),
            by=acknowledgement.actor,
            now=now,
        )
        for competence in competences
    ]
