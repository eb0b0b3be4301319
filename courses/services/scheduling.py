"""Scheduling sessions: once or every week, changing and moving them, calling them off."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competence.models import Competence
from courses.choices import Answer, SessionKind, SessionState
from courses.models import TheorySession
from courses.refusals import BeginsInThePast, Impossible
from courses.rule.recurring import MOST_WEEKS, WEEK, weekly
from courses.services.announcing import tell_cancelled, tell_moved
from courses.services.inviting import fill_seats, locked, refuse_over
from kb.models import ArticlePage
from people.models import Employee, User

LONGEST = datetime.timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class SessionDraft:
    """What somebody wants to take place."""

    title: str
    kind: SessionKind
    trainer: Employee
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    room: str = ""
    link: str = ""
    capacity: int | None = None
    about: str = ""
    article: ArticlePage | None = None
    materials: Sequence[ArticlePage] = ()
    competences: Sequence[Competence] = ()


@transaction.atomic
def schedule(
    *,
    draft: SessionDraft,
    until: datetime.date | None = None,
    key: uuid.UUID,
    by: User,
    now: datetime.datetime,
) -> list[TheorySession]:
    """Schedule a session, and one in every week after it until ``until``; the same ``key`` again finds what it made.

    Raises BeginsInThePast, Impossible.
    """
    if known := _made_with(key):
        return known
    _refuse_impossible(draft, now)
    zone = ZoneInfo(settings.TIME_ZONE)
    first_day = draft.starts_at.astimezone(zone).date()
    if until is not None and not first_day <= until < first_day + MOST_WEEKS * WEEK:
        raise Impossible(
            _("Weekly sessions are scheduled for half a year at most, from their first day on.")
        )
    times = weekly(draft.starts_at, draft.ends_at, until=until or first_day, zone=zone)
    try:
        with transaction.atomic():
            return [
                _create(draft, times=pair, series=key, number=number, by=by, now=now)
                for number, pair in enumerate(times)
            ]
    except IntegrityError:
        if not (known := _made_with(key)):
            raise
        return known


def _made_with(key: uuid.UUID) -> list[TheorySession]:
    return list(TheorySession.objects.filter(series=key).order_by("number"))


def _create(draft: SessionDraft, *, times, series, number: int, by: User, now) -> TheorySession:
    session = TheorySession(
        series=series, number=number, created_by=by, created_at=now, changed_at=now
    )
    _write(session, draft, *times)
    session.save()
    _connect(session, draft)
    return session


@transaction.atomic
def change(
    *, session: TheorySession, draft: SessionDraft, by: User, now: datetime.datetime
) -> bool:
    """Say anew what takes place, when, where and by whom; whether that moved. Who comes, and who gives it, is told.

    Another time asks everybody again whether they come; their seats stay. Raises SessionOver, BeginsInThePast,
    Impossible.
    """
    session = locked(session)
    refuse_over(session, now)
    _refuse_impossible(draft, now)
    seated = session.invitations.coming().count()
    if draft.capacity is not None and draft.capacity < seated:
        words = ngettext(
            "%(n)s person has a seat already: there cannot be fewer.",
            "%(n)s people have seats already: there cannot be fewer.",
            seated,
        )
        raise Impossible(words % {"n": seated})
    other_time = (session.starts_at, session.ends_at) != (draft.starts_at, draft.ends_at)
    other_place = (session.room, session.link) != (draft.room, draft.link)
    other_place = other_place or session.trainer_id != draft.trainer.pk
    _write(session, draft, draft.starts_at, draft.ends_at)
    if other_time:
        session.invitations.filter(answer=Answer.ACCEPTED).update(answer=Answer.NONE)
    if other_time or other_place:
        session.sequence += 1
    session.changed_at = now
    session.save()
    _connect(session, draft)
    fill_seats(session=session, now=now)
    if other_time or other_place:
        tell_moved(session=session, by=by, now=now)
    return other_time or other_place


@transaction.atomic
def cancel(*, session: TheorySession, reason: str, by: User, now: datetime.datetime) -> bool:
    """Call a session off; whoever comes or waits for a seat is told, at once if it is near. Whether it still stood.

    Raises SessionOver.
    """
    session = locked(session)
    if session.state == SessionState.CANCELLED:
        return False
    refuse_over(session, now)
    session.state = SessionState.CANCELLED
    session.cancel_reason = reason
    session.sequence += 1
    session.changed_at = now
    session.save(update_fields=["state", "cancel_reason", "sequence", "changed_at"])
    tell_cancelled(session=session, by=by, now=now)
    return True


def _refuse_impossible(draft: SessionDraft, now: datetime.datetime) -> None:
    if draft.starts_at <= now:
        raise BeginsInThePast(_("A session begins later than now."))
    if not datetime.timedelta() < draft.ends_at - draft.starts_at <= LONGEST:
        raise Impossible(_("A session takes up to twelve hours."))
    if draft.kind == SessionKind.CASE_REVIEW and draft.article is None:
        raise Impossible(_("A case review names the article that the case is about."))


def _write(session: TheorySession, draft: SessionDraft, starts_at, ends_at) -> None:
    session.title, session.kind, session.trainer = draft.title, draft.kind, draft.trainer
    session.starts_at, session.ends_at = starts_at, ends_at
    session.room, session.link, session.about = draft.room, draft.link, draft.about
    session.capacity, session.article = draft.capacity, draft.article


def _connect(session: TheorySession, draft: SessionDraft) -> None:
    session.materials.set(draft.materials)
    session.competences.set(draft.competences)
