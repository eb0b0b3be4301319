"""Leaving, and coming back: nobody goes while something would be left with nobody to answer for it."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import log

from common.events import emit
from people.events import EmployeeLeft, EmployeeReturned
from people.extensions import HandOver, departures
from people.models import Employee, Team, User
from people.refusals import Refusal
from people.services.accounts import close_login, refuse_unless_manages


class HandOversOpen(Refusal):
    """Something still hangs on this person; ``handovers`` lists it."""

    def __init__(self, employee: Employee, handovers: list[HandOver]) -> None:
        self.handovers = handovers
        count = len(handovers)
        super().__init__(
            ngettext(
                "%(n)s thing must be handed over before %(name)s leaves.",
                "%(n)s things must be handed over before %(name)s leaves.",
                count,
            )
            % {"n": count, "name": employee.full_name}
        )


class LeavesBeforeHiring(Refusal):
    """The last day lies before the first."""


class LeavesOneself(Refusal):
    """Nobody closes their own account."""


def open_handovers(employee: Employee) -> list[HandOver]:
    """What somebody else must take on before ``employee`` leaves: teams, trainees, and what the apps above say."""
    found = [
        HandOver(
            kind=gettext_lazy("Leads the team"),
            title=team.name,
            url=reverse("people_teams:edit", args=[team.pk]),
        )
        for team in Team.objects.filter(lead=employee).order_by("name")
    ]
    found += [
        HandOver(
            kind=gettext_lazy("Mentor of"),
            title=trainee.full_name,
            url=reverse("people_employees:edit", args=[trainee.pk]),
        )
        for trainee in Employee.objects.filter(mentor=employee, left_on__isnull=True).order_by(
            "full_name"
        )
    ]
    for ask in departures:
        found += ask(employee)
    return found


@transaction.atomic
def deactivate(
    *,
    employee: Employee,
    last_day: datetime.date,
    by: User | None,
    now: datetime.datetime,
    close_now: bool | None = None,
) -> None:
    """``employee`` works here until ``last_day``, that day included.

    The login closes at once if ``close_now``, by default if the last day has begun; else the day itself ends
    it. Sessions end with it. Raises HandOversOpen with the list, LeavesBeforeHiring, LeavesOneself,
    ProtectedAccount.
    """
    if last_day < employee.hired_on:
        raise LeavesBeforeHiring(
            _("%(name)s was hired after that day.") % {"name": employee.full_name}
        )
    if by is not None and by.pk == employee.user_id:
        raise LeavesOneself(_("Ask somebody else to close your own account."))
    refuse_unless_manages(by, employee.user)
    if handovers := open_handovers(employee):
        raise HandOversOpen(employee, handovers)
    today = now.astimezone(employee.tz).date()
    employee.left_on = last_day
    employee.save(update_fields=["left_on"])
    if close_now if close_now is not None else last_day <= today:
        close_login(employee.user)
    log(employee, "people.leave_company", user=by, data={"on": last_day.isoformat()})
    emit(EmployeeLeft(employee_id=employee.pk, left_on=last_day))


@transaction.atomic
def reinstate(*, employee: Employee, by: User | None) -> None:
    """``employee`` works here on after all; the password is theirs to set anew. Nothing if they never left.

    Raises ProtectedAccount.
    """
    if employee.left_on is None and employee.user.is_active:
        return
    refuse_unless_manages(by, employee.user)
    employee.left_on = None
    employee.save(update_fields=["left_on"])
    employee.user.is_active = True
    employee.user.save(update_fields=["is_active"])
    log(employee, "people.return", user=by)
    emit(EmployeeReturned(employee_id=employee.pk))
