"""Readers say that an article helped or why not; its owner answers; whoever asked hears of it."""

import contextlib
import datetime
import hashlib
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.tallies import Tally
from kb.choices import Kind, Reason, Risk, TaskKind, TaskState
from kb.masking import masked, sameness
from kb.models import ArticlePage, ContentTask, Feedback, TaskReport
from kb.models.feedback import WORDS_LENGTH
from kb.models.tasks import READERS
from kb.notices.feedback import FEEDBACK_ANSWERED, FEEDBACK_GIVEN
from kb.refusals import NotAnswered, NotMerged, NotReopened, TooMuchFeedback
from kb.services.content_tasks import About, join, open_task
from notifications.services.notifying import notify
from notifications.services.notifying import withdraw as take_back
from people.models import Employee
from people.selectors import due_after
from people.viewer import Viewer
from people.working_hours import NoWorkingTime

# So much within an hour from one reader. A customer is told apart by a code that nobody can turn back.
MOST_OF_EMPLOYEE, MOST_OF_CUSTOMER = 60, 10
GIVEN = Tally("kb.feedback", 3600)
# With so many things open about an article, a customer's next one joins those with its reason.
MOST_OPEN = 20
URGENT_HOURS, USUAL_HOURS = 4, 18
CANNOT_WAIT = frozenset({Reason.WRONG, Reason.OUTDATED})


def give(
    *,
    article: ArticlePage,
    key: uuid.UUID,
    reason: str,
    viewer: Viewer,
    now: datetime.datetime,
    words: str = "",
    number: int | None = None,
    address: str = "",
) -> Feedback:
    """Keep what a reader says of the version they read; without a ``reason`` it helped. A second click changes nothing.

    Call it for an article that ``viewer`` may read. Of customers nothing is kept that says who they are, and
    ``address`` only tells them apart for an hour. Raises TooMuchFeedback.
    """
    found = Feedback.objects.filter(key=key).first()
    if found is not None:
        return found
    _refuse_flood(viewer, address)
    words = words.strip()[:WORDS_LENGTH]
    said = {
        "article": article,
        "number": min(number or article.version, article.version),
        "words": words if viewer.is_employee else masked(words),
        "employee_id": viewer.employee_id,
    }
    try:
        with transaction.atomic():
            if not reason:
                return _helped(key, said, now)
            return _did_not_help(key, Reason(reason), said, now)
    except IntegrityError:
        # The same click from another tab, quicker by a moment.
        return Feedback.objects.get(key=key)


def _helped(key: uuid.UUID, said: dict, now: datetime.datetime) -> Feedback:
    if said["employee_id"] is None:
        return Feedback.objects.create(key=key, helped=True, given_at=now, **said)
    whose = {name: said.pop(name) for name in ("article", "number", "employee_id")}
    feedback, _created = Feedback.objects.get_or_create(
        helped=True, **whose, defaults={"key": key, "given_at": now, **said}
    )
    return feedback


def _did_not_help(key: uuid.UUID, reason: Reason, said: dict, now: datetime.datetime) -> Feedback:
    article = said["article"]
    task = open_task(
        kind=TaskKind.FEEDBACK,
        about=About(article=article),
        title=" ".join(said["words"].split()) or article.title,
        source=READERS,
        source_key=_source_key(reason, said),
        now=now,
    )
    if task.due_at is None:
        _promise(task, reason, now)
    feedback = Feedback.objects.create(
        key=key, helped=False, reason=reason, task=task, given_at=now, **said
    )
    if said["employee_id"] is not None:
        join(task=task, employee_id=said["employee_id"], now=now)
    _tell_owner(task, now, said_by=said["employee_id"])
    return feedback


def _source_key(reason: Reason, said: dict) -> str:
    """Remarks without words, or with the same, are one thing as long as nobody has answered it."""
    article, same = said["article"], sameness(said["words"])
    if same and said["employee_id"] is None:
        about = ContentTask.objects.still_open().filter(article=article, source=READERS)
        same = "" if about.count() >= MOST_OPEN else same
    digest = hashlib.sha256(same.encode()).hexdigest()[:16] if same else ""
    return f"{article.uuid}:{reason}:{digest}"


def _promise(task: ContentTask, reason: Reason, now: datetime.datetime) -> None:
    """By when its owner answers, in their working hours; where nobody owns it, in days."""
    hours = URGENT_HOURS if _cannot_wait(task.article, reason) else USUAL_HOURS
    due_at = now + datetime.timedelta(days=1 if hours == URGENT_HOURS else 2)
    if task.owner is not None:
        with contextlib.suppress(NoWorkingTime):
            due_at = due_after(task.owner, start=now, hours=hours)
    task.due_at, task.due_on = due_at, timezone.localdate(due_at)
    task.save(update_fields=["due_at", "due_on"])


def _cannot_wait(article: ArticlePage, reason: Reason) -> bool:
    """What is wrong about a price, an outage or something that a wrong answer makes dear."""
    dear = article.kind in (Kind.TARIFF, Kind.INCIDENT) or article.risk in (
        Risk.HIGH,
        Risk.CRITICAL,
    )
    return dear and reason in CANNOT_WAIT


def _refuse_flood(viewer: Viewer, address: str) -> None:
    who, most = f"user {viewer.user_id}", MOST_OF_EMPLOYEE
    if not viewer.is_authenticated:
        who, most = address, MOST_OF_CUSTOMER
    if GIVEN.count(who) > most:
        raise TooMuchFeedback(_("So much within an hour is more than we can read. Try later."))


# --- whoever answers -----------------------------------------------------------------------------------------------


def may_answer(task: ContentTask, viewer: Viewer) -> bool:
    """Editors and administrators, and whose task it is."""
    if viewer.edits_knowledge:
        return True
    return viewer.employee_id is not None and task.owner_id == viewer.employee_id


@transaction.atomic
def take(*, task: ContentTask, viewer: Viewer, now: datetime.datetime) -> bool:
    """From now on it is ``viewer`` who answers. False if it is closed, or theirs already."""
    if viewer.employee_id is None or not may_answer(task, viewer):
        return False
    still = ContentTask.objects.still_open().filter(pk=task.pk).exclude(owner=viewer.employee_id)
    return bool(still.update(owner=viewer.employee_id, state=TaskState.DOING))


@transaction.atomic
def answer(
    *, task: ContentTask, state: str, words: str, viewer: Viewer, now: datetime.datetime
) -> ContentTask:
    """Answer all who said it: put right in a version, answered in words, or declined in words.

    Raises NotAnswered: not by this person; without words; put right though no newer version is in force; closed
    meanwhile by somebody else.
    """
    words = words.strip()
    if not may_answer(task, viewer):
        raise NotAnswered(_("The owner of the article answers, or an editor."))
    if state not in (TaskState.DONE, TaskState.ANSWERED, TaskState.DROPPED):
        raise NotAnswered(_("Choose what came of it."))
    if state != TaskState.DONE and not words:
        raise NotAnswered(_("Say it in words: whoever reported it will read them."))
    fixed_in = newer_version(task) if state == TaskState.DONE else None
    if state == TaskState.DONE and fixed_in is None:
        raise NotAnswered(
            _("Readers still get the version it was said of. Publish the correction, then say so.")
        )
    changed = (
        ContentTask.objects.still_open()
        .filter(pk=task.pk)
        .update(
            state=state,
            closed_at=now,
            closed_by=viewer.employee_id,
            outcome=words,
            fixed_in=fixed_in,
        )
    )
    if not changed:
        raise NotAnswered(_("Somebody has answered it meanwhile."))
    task.refresh_from_db()
    take_back(event_key=_given_key(task), now=now)
    _tell_reporters(task, besides=viewer.employee_id, now=now)
    return task


def newer_version(task: ContentTask) -> int | None:
    """The number of the version in force, if it is newer than all that this was said of."""
    said_of = max(task.feedback.values_list("number", flat=True), default=0)
    number = ArticlePage.objects.values_list("version", flat=True).get(pk=task.article_id)
    return number if number is not None and number > said_of else None


@transaction.atomic
def merge(*, task: ContentTask, into: ContentTask, viewer: Viewer, now: datetime.datetime) -> None:
    """The same thing said twice: from now on they are one, with one answer for all. Raises NotMerged."""
    if not (may_answer(task, viewer) and may_answer(into, viewer)):
        raise NotMerged(_("The owner of the article answers, or an editor."))
    alike = task.pk != into.pk and task.article_id == into.article_id
    if not (alike and task.source == into.source == READERS and into.is_open):
        raise NotMerged(_("Only open feedback on the same article can be one."))
    changed = (
        ContentTask.objects.still_open()
        .filter(pk=task.pk)
        .update(
            state=TaskState.DROPPED, closed_at=now, closed_by=viewer.employee_id, merged_into=into
        )
    )
    if not changed:
        raise NotMerged(_("Somebody has answered it meanwhile."))
    task.feedback.update(task=into)
    for report in task.reports.all():
        join(task=into, employee_id=report.employee_id, now=report.reported_at)
    task.reports.all().delete()
    if task.due_at and into.due_at and task.due_at < into.due_at:
        ContentTask.objects.filter(pk=into.pk).update(due_at=task.due_at, due_on=task.due_on)
    take_back(event_key=_given_key(task), now=now)


@transaction.atomic
def reopen(
    *, task: ContentTask, words: str, viewer: Viewer, key: uuid.UUID, now: datetime.datetime
) -> ContentTask:
    """The answer did not settle it: whoever reported it says why, and it is open again. Gives the open task.

    Raises NotReopened.
    """
    words = words.strip()
    mine = task.feedback.filter(employee=viewer.employee_id).order_by("given_at").last()
    if viewer.employee_id is None or mine is None:
        raise NotReopened(_("Whoever reported it can open it again."))
    if not words:
        raise NotReopened(_("Say what is still wrong."))
    if Feedback.objects.filter(key=key).exists():
        return task
    article = ArticlePage.objects.get(pk=task.article_id)
    if article.version is None or task.is_open:
        raise NotReopened(_("It is open, or readers no longer get the article."))
    standing = ContentTask.objects.still_open().made_from(task.source, task.source_key).first()
    if standing is None:
        ContentTask.objects.filter(pk=task.pk).update(
            state=TaskState.OPEN, closed_at=None, closed_by=None, fixed_in=None
        )
        standing = ContentTask.objects.select_related("article", "owner").get(pk=task.pk)
        _promise(standing, Reason(mine.reason), now)
    Feedback.objects.create(
        key=key,
        article=article,
        number=article.version,
        helped=False,
        reason=mine.reason,
        words=words[:WORDS_LENGTH],
        employee_id=viewer.employee_id,
        task=standing,
        given_at=now,
    )
    join(task=standing, employee_id=viewer.employee_id, now=now)
    _tell_owner(standing, now, said_by=viewer.employee_id, again=True)
    return standing


# --- who is told ---------------------------------------------------------------------------------------------------


def _given_key(task: ContentTask) -> str:
    return f"kb.feedback_given:{task.pk}"


def _tell_owner(
    task: ContentTask, now: datetime.datetime, *, said_by: int | None, again: bool = False
) -> None:
    """Once for a task, and once more when it is opened again; what was not opened of the article gives way."""
    if task.owner is None or task.owner_id == said_by:
        return
    key = _given_key(task)
    notify(
        event_key=f"{key}:{now.isoformat()}" if again else key,
        kind=FEEDBACK_GIVEN.name,
        params={"task": task.pk},
        recipients=[task.owner],
        about=f"feedback:{task.article.uuid}",
        now=now,
    )


def _tell_reporters(task: ContentTask, *, besides: int | None, now: datetime.datetime) -> None:
    reporters = TaskReport.objects.filter(task=task).exclude(employee=besides)
    notify(
        event_key=f"kb.feedback_answered:{task.pk}:{task.closed_at.isoformat()}",
        kind=FEEDBACK_ANSWERED.name,
        params={"task": task.pk},
        recipients=Employee.objects.filter(pk__in=reporters.values("employee")),
        about=f"feedback-answer:{task.pk}",
        now=now,
    )
