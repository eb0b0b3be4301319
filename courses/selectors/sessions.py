"""Sessions as people read them: what comes next, who is invited and how they answered, whom one may invite."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from courses.choices import Answer, Usefulness
from courses.covering import Cover, cover_of
from courses.models import Enrollment, Invitation, Programme, TheorySession
from courses.permissions import may_run
from courses.rule.opinions import summed_up
from courses.selectors.learners import learners_of
from courses.services.attending import EARLY
from kb.models import ArticlePage
from people.models import Employee, Team
from people.viewer import Viewer

PER_PAGE = 30
MOST_NEXT = 3


@dataclass(frozen=True)
class SessionReading:
    """A session as one person sees it: ``own`` is the invitation of whom it is about, ``gives`` that it is theirs."""

    session: TheorySession
    own: Invitation | None
    gives: bool

    @property
    def to_answer(self) -> bool:
        """Somebody waits for a word."""
        return bool(self.own and self.session.is_planned and self.own.answer == Answer.NONE)

    @property
    def sign(self) -> str:
        """Its sign: comes, to be answered, or nothing."""
        if self.own is None or not self.session.is_planned:
            return "none"
        if self.own.seated and self.own.answer == Answer.ACCEPTED:
            return "current"
        return "none" if self.own.answer == Answer.DECLINED else "learning"


@dataclass(frozen=True)
class Listed:
    """A page of sessions."""

    rows: Sequence[SessionReading]
    page: Page


@dataclass(frozen=True)
class Heard:
    """What people said of a session; ``shown`` to who runs it, ``useful`` empty while there is not enough of it."""

    has_said: bool
    shown: bool = False
    answers: int = 0
    useful: Sequence[tuple[str, int]] = ()
    words: Sequence[str] = ()


@dataclass(frozen=True)
class SessionPage:
    """One session with what ``viewer`` may see of it; ``people`` are invitations, ``cover`` for who runs it."""

    reading: SessionReading
    runs: bool
    has_begun: bool
    roll_open: bool
    article: ArticlePage | None
    materials: Sequence[ArticlePage]
    people: Sequence[Invitation]
    cover: Cover | None
    was_there: frozenset[int] = frozenset()
    may_say: bool = False
    heard: Heard | None = None

    @property
    def session(self) -> TheorySession:
        """The session itself."""
        return self.reading.session

    @property
    def follows(self) -> bool:
        """There are people besides oneself to be seen."""
        own = self.reading.own
        return self.runs or any(own is None or row.pk != own.pk for row in self.people)

    @property
    def groups(self) -> list[tuple[str, list[Invitation]]]:
        """The people by how they stand: coming, silent, waiting, not coming; afterwards by who was there."""
        if self.session.attendance_at:
            came = [row for row in self.people if row.employee_id in self.was_there]
            missed = [row for row in self.people if row.employee_id not in self.was_there]
            return [(name, rows) for name, rows in (("there", came), ("away", missed)) if rows]
        found: dict[str, list[Invitation]] = {
            "comes": [],
            "silent": [],
            "waits": [],
            "declined": [],
        }
        for row in self.people:
            found[_standing(row)].append(row)
        return [(name, rows) for name, rows in found.items() if rows]


@dataclass(frozen=True)
class OnRoll:
    """Somebody whose presence is asked for; ``note`` says what their invitation did not lead one to expect."""

    employee: Employee
    ticked: bool
    note: str


def _standing(row: Invitation) -> str:
    if row.answer == Answer.DECLINED:
        return "declined"
    if not row.seated:
        return "waits"
    return "comes" if row.answer == Answer.ACCEPTED else "silent"


def counted(sessions: QuerySet[TheorySession]) -> QuerySet[TheorySession]:
    """Each with ``seated`` and ``waiting``, and its trainer."""
    waiting = Q(invitations__seated=False) & ~Q(invitations__answer=Answer.DECLINED)
    return sessions.select_related("trainer").annotate(
        seated=Count("invitations", filter=Q(invitations__seated=True)),
        waiting=Count("invitations", filter=waiting),
    )


def listed(viewer: Viewer, at: datetime.datetime, *, past: bool, page: str = "1") -> Listed:
    """The sessions ``viewer`` may know of, those ahead or those that are over. Three queries."""
    seen = TheorySession.objects.visible_to(viewer, at)
    ordered = counted(seen.over(at) if past else seen.upcoming(at))
    found = Paginator(ordered, PER_PAGE).get_page(page)
    return Listed(_read(list(found.object_list), viewer.employee_id), found)


def coming_up(viewer: Viewer, at: datetime.datetime) -> list[SessionReading]:
    """What ``viewer`` gives or is invited to next. Two queries, one where there is nothing."""
    rows = list(_own(viewer).planned().upcoming(at).select_related("trainer")[:MOST_NEXT])
    return _read(rows, viewer.employee_id) if rows else []


def _own(viewer: Viewer) -> QuerySet[TheorySession]:
    if viewer.employee_id is None:
        return TheorySession.objects.none()
    concerned = Invitation.objects.concerned().filter(
        session=OuterRef("pk"), employee=viewer.employee_id
    )
    return TheorySession.objects.filter(Q(trainer=viewer.employee_id) | Exists(concerned))


def in_calendar(viewer: Viewer, *, since: datetime.datetime) -> QuerySet[TheorySession]:
    """What ``viewer`` gives, comes to or waits for, also what was called off; since ``since``, in order."""
    own = _own(viewer).filter(ends_at__gt=since)
    return own.select_related("trainer").order_by("starts_at", "pk")


def _read(sessions: Collection[TheorySession], employee_id: int | None) -> list[SessionReading]:
    own = {
        row.session_id: row
        for row in Invitation.objects.filter(session__in=sessions, employee=employee_id)
    }
    return [SessionReading(one, own.get(one.pk), one.trainer_id == employee_id) for one in sessions]


def session_page(session_id: int, viewer: Viewer, at: datetime.datetime) -> SessionPage | None:
    """A session that ``viewer`` may know of, with what they may see; None otherwise. Eleven queries at most."""
    session = counted(TheorySession.objects.visible_to(viewer, at)).filter(pk=session_id).first()
    if session is None:
        return None
    articles = ArticlePage.objects.visible_to(viewer, at).defer("body")
    wanted = session.materials.values_list("pk", flat=True)
    shown = list(articles.filter(Q(pk__in=wanted) | Q(pk=session.article_id)).order_by("title"))
    people = session.invitations.visible_to(viewer, at).select_related("employee")
    people = list(people.order_by("-seated", "queued_at", "employee__full_name"))
    own = next((row for row in people if row.employee_id == viewer.employee_id), None)
    there = session.attendance.visible_to(viewer, at).filter(present=True)
    was_there = frozenset(
        there.values_list("employee_id", flat=True) if session.attendance_at else ()
    )
    runs = may_run(viewer, session)
    ahead = session.is_planned and session.starts_at > at
    return SessionPage(
        reading=SessionReading(session, own, session.trainer_id == viewer.employee_id),
        runs=runs,
        has_begun=session.starts_at <= at,
        roll_open=session.starts_at - EARLY <= at,
        article=next((one for one in shown if one.pk == session.article_id), None),
        materials=[one for one in shown if one.pk != session.article_id],
        people=people,
        cover=cover_of(session) if runs and ahead else None,
        was_there=was_there,
        may_say=own is not None
        and session.takes_opinions(at)
        and (own.employee_id in was_there if session.attendance_at else own.comes),
        heard=_heard(session, own, runs) if session.ends_at <= at else None,
    )


def _heard(session: TheorySession, own: Invitation | None, runs: bool) -> Heard | None:
    """What was said of ``session``, as far as whoever reads may know: all together, or only that they said it."""
    if not runs and own is None:
        return None
    rows = list(session.opinions.values_list("employee", "useful", "unclear"))
    has_said = own is not None and any(pk == own.employee_id for pk, _useful, _words in rows)
    if not runs:
        return Heard(has_said=has_said)
    together = summed_up(
        [useful for _pk, useful, _words in rows],
        [words for _pk, _useful, words in rows],
        of=Usefulness.values,
    )
    return Heard(
        has_said=has_said,
        shown=True,
        answers=len(rows),
        useful=[(Usefulness(one).label, n) for one, n in together.useful] if together else [],
        words=together.words if together else (),
    )


def roll_of(session: TheorySession) -> list[OnRoll]:
    """All who were invited, who was expected first, by name; ticked as saved, or as they answered. Two queries."""
    marks = dict(session.attendance.values_list("employee_id", "present"))
    found = []
    for row in session.invitations.select_related("employee").order_by("employee__full_name"):
        standing = _standing(row)
        ticked = marks.get(row.employee_id, standing == "comes" and not marks)
        note = standing if standing in ("declined", "waits") else ""
        found.append(OnRoll(row.employee, ticked, note))
    return sorted(found, key=lambda one: bool(one.note))


def to_invite(
    viewer: Viewer,
    at: datetime.datetime,
    session: TheorySession,
    *,
    programme: Programme | None = None,
    team: Team | None = None,
    name: str = "",
) -> QuerySet[Employee]:
    """Whom ``viewer`` may invite and nobody has, by programme, team and name; by name."""
    day = at.astimezone(viewer.tz).date()
    invited = session.invitations.values("employee")
    people = learners_of(viewer, at).working_on(day).exclude(pk__in=invited)
    people = people.exclude(pk=session.trainer_id)
    if programme is not None:
        on_it = Enrollment.objects.under_way().filter(employee=OuterRef("pk"), programme=programme)
        people = people.filter(Exists(on_it))
    if team is not None:
        people = people.in_teams_on(Team.objects.filter(pk=team.pk).with_descendants(), day)
    return people.matching(name).order_by("full_name", "pk")


def article_called(words: str, viewer: Viewer, at: datetime.datetime) -> ArticlePage | None:
    """The article at an address, or of a title, if ``viewer`` may see it."""
    seen = ArticlePage.objects.visible_to(viewer, at).defer("body")
    path = urlsplit(words).path if "/kb/" in words else ""
    if path:
        return seen.filter(url_path=path if path.endswith("/") else f"{path}/").first()
    return seen.filter(title__iexact=words).first()
