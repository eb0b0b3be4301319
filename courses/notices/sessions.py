"""What messages about sessions say: to whom they concern still, and with the time as it is now."""

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.choices import Answer, SessionState
from courses.ical import calendar_of
from courses.models import Attendance, Invitation, SessionOpinion, TheorySession
from notifications.extensions import Group, MailFile, Rendered
from people.viewer import Viewer

SESSIONS = Group(key="courses.sessions", label=gettext_lazy("Theory sessions"))

INVITED = "courses.session_invited"
SEAT = "courses.session_seat"
MOVED = "courses.session_moved"
CANCELLED = "courses.session_cancelled"
SOON = "courses.session_soon"
HOW_WAS_IT = "courses.session_how_was_it"

Params = Sequence[dict[str, Any]]


def time_and_place(session: TheorySession, viewer: Viewer) -> str:
    """When in the reader's own zone, and where."""
    start = format_date(session.starts_at.astimezone(viewer.tz), _("l, j E, H:i"))
    return f"{start}, {session.room}" if session.room else start


class _OfSession:
    """A message about a session, to who is invited or gives it; two queries, however many."""

    group = SESSIONS
    state = SessionState.PLANNED
    # How a calendar program takes the file beside the mail; without it the mail has none.
    method = "PUBLISH"

    def render(
        self, params: Params, *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing for who is not invited any more, of what moved again, or once it is over."""
        wanted = [item["session"] for item in params]
        rows = TheorySession.objects.visible_to(viewer, at).filter(state=self.state, ends_at__gt=at)
        rows = rows.select_related("trainer")
        sessions = rows.in_bulk(wanted)
        invitations = {
            row.session_id: row
            for row in Invitation.objects.filter(session__in=wanted, employee=viewer.employee_id)
        }
        return [
            self._rendered(
                sessions.get(item["session"]), invitations.get(item["session"]), item, viewer
            )
            for item in params
        ]

    def _rendered(
        self,
        session: TheorySession | None,
        invitation: Invitation | None,
        item: dict[str, Any],
        viewer: Viewer,
    ) -> Rendered | None:
        if session is None or item.get("sequence", session.sequence) != session.sequence:
            return None
        gives = session.trainer_id == viewer.employee_id
        if not gives and not self.concerns(invitation):
            return None
        subject, line = self.words(session, invitation, viewer)
        return Rendered(
            title=session.title,
            line=line,
            url=reverse("theory_session", args=[session.pk]),
            why=_("To you: you give this session") if gives else _("To you: you are invited"),
            subject=subject,
            attach=partial(self._file, session) if self.method else None,
        )

    def _file(self, session: TheorySession) -> MailFile:
        return MailFile(
            name=f"session-{session.pk}.ics",
            content=calendar_of([session], method=self.method),
            mimetype="text/calendar",
        )

    def concerns(self, invitation: Invitation | None) -> bool:
        """Whether somebody with ``invitation`` is still to hear of it; not once they declined."""
        return invitation is not None and invitation.answer != Answer.DECLINED

    def words(
        self, session: TheorySession, invitation: Invitation | None, viewer: Viewer
    ) -> tuple[str, str]:
        raise NotImplementedError


class Invited(_OfSession):
    """To somebody invited."""

    name = INVITED

    def words(self, session, invitation, viewer):
        """When and where; whoever waits for a seat hears that too."""
        when = time_and_place(session, viewer)
        if invitation is not None and not invitation.seated:
            return (
                _("You wait for a seat in a session"),
                _("%(when)s. All seats are taken: you wait for one") % {"when": when},
            )
        return _("You are invited to a session"), when


class SeatFound(_OfSession):
    """To somebody who waited: a seat became free."""

    name = SEAT

    def concerns(self, invitation):
        """While they have the seat."""
        return invitation is not None and invitation.seated

    def words(self, session, invitation, viewer):
        """That there is a seat now."""
        return _("There is a seat for you in a session"), _("There is a seat for you: %(when)s") % {
            "when": time_and_place(session, viewer)
        }


class Moved(_OfSession):
    """To everybody concerned: another time or place."""

    name = MOVED

    def words(self, session, invitation, viewer):
        """The new one."""
        return _("A session has another time or place"), _("Now %(when)s") % {
            "when": time_and_place(session, viewer)
        }


class CalledOff(_OfSession):
    """To everybody concerned: it does not take place."""

    name = CANCELLED
    state = SessionState.CANCELLED
    method = "CANCEL"

    def words(self, session, invitation, viewer):
        """What does not take place, and why."""
        line = _("Called off: %(when)s") % {"when": time_and_place(session, viewer)}
        if session.cancel_reason:
            line = f"{line}. {session.cancel_reason}"
        return _("A session was called off"), line


class Soon(_OfSession):
    """To who has a seat, a day and an hour before."""

    name = SOON
    method = ""

    def concerns(self, invitation):
        """While they have a seat."""
        return invitation is not None and invitation.seated

    def words(self, session, invitation, viewer):
        """When and where."""
        return _("A session begins soon"), time_and_place(session, viewer)


class HowWasIt:
    """To who was there, once that is known: two questions."""

    name = HOW_WAS_IT
    group = SESSIONS

    def render(
        self, params: Params, *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once they said it, or the time for it is over. Two queries."""
        wanted = [item["session"] for item in params]
        there = Attendance.objects.filter(employee=viewer.employee_id, present=True)
        said = SessionOpinion.objects.filter(
            employee=viewer.employee_id, session=OuterRef("session")
        )
        rows = {
            row.session_id: row.session
            for row in there.filter(~Exists(said), session__in=wanted).select_related("session")
            if row.session.takes_opinions(at)
        }
        return [
            Rendered(
                title=rows[pk].title,
                line=_("Say how it was: two questions"),
                url=reverse("theory_session_opinion", args=[pk]),
                why=_("To you: you were there"),
                subject=_("How was the session?"),
            )
            if (pk := item["session"]) in rows
            else None
            for item in params
        ]


KINDS = (Invited(), SeatFound(), Moved(), CalledOff(), Soon(), HowWasIt())
