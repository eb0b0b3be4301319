"""What courses tells people: ready to show, signed, a plan begins, somebody waits for days."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.choices import RequestState
from courses.models import Enrollment, PracticeRequest, SignOff
from courses.permissions import may_sign_for
from notifications.extensions import Group, Rendered
from people.viewer import Viewer

LEARNING = Group(key="courses.learning", label=gettext_lazy("Own plan and practice"))
MENTORING = Group(key="courses.mentoring", label=gettext_lazy("Practice of trainees"))

Params = Sequence[dict[str, Any]]


class _OfRequest:
    """Somebody waits for a signature: said while they wait, to whoever may sign."""

    group = MENTORING

    def render(
        self, params: Params, *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is answered, or for who does not sign for this person."""
        rows = PracticeRequest.objects.select_related(
            "item__task", "item__enrollment__employee"
        ).in_bulk([item["request"] for item in params])
        people = {row.item.enrollment.employee for row in rows.values()}
        signs = {person.pk for person in people if may_sign_for(viewer, person, at)}
        return [
            self.said(row)
            if (row := rows.get(item["request"])) is not None
            and row.state == RequestState.WAITING
            and row.item.enrollment.employee_id in signs
            else None
            for item in params
        ]

    def said(self, row: PracticeRequest) -> Rendered:
        raise NotImplementedError


class Ready(_OfRequest):
    """To the mentor: a trainee is ready to show."""

    name = "courses.ready"

    def said(self, row: PracticeRequest) -> Rendered:
        """The trainee and the task."""
        return Rendered(
            title=row.item.enrollment.employee.full_name,
            line=_("Ready to show: %(task)s") % {"task": row.item.task},
            url=reverse("practice_sign", args=[row.item_id]),
            why=_("To you: you sign for this person's practice"),
            subject=_("A trainee is ready to show"),
        )


class WaitsLong(_OfRequest):
    """To the lead, who may sign instead."""

    name = "courses.waits_long"

    def said(self, row: PracticeRequest) -> Rendered:
        """Who waits, for what, since when."""
        employee = row.item.enrollment.employee
        asked = format_date(row.asked_at.astimezone(employee.tz), _("j F"))
        return Rendered(
            title=employee.full_name,
            line=_("Waits for a signature since %(day)s: %(task)s")
            % {"day": asked, "task": row.item.task},
            url=reverse("practice_sign", args=[row.item_id]),
            why=_("To you: you lead this person and may sign instead of the mentor"),
            subject=_("Somebody waits for a signature"),
        )


class Signed:
    """To the trainee: somebody signed."""

    name = "courses.signed"
    group = LEARNING

    def render(
        self, params: Params, *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is withdrawn. One query."""
        rows = SignOff.objects.standing().select_related("task", "signed_by")
        found = rows.filter(employee=viewer.employee_id).in_bulk(
            [item["sign_off"] for item in params]
        )
        return [
            self._said(found[item["sign_off"]]) if item["sign_off"] in found else None
            for item in params
        ]

    def _said(self, row: SignOff) -> Rendered:
        words = {"name": row.signed_by.get_full_name(), "n": row.repetition}
        line = (
            _("%(name)s signed showing %(n)s")
            if row.passes
            else _("%(name)s: not yet. The next step is in your plan")
        )
        return Rendered(
            title=row.task.name,
            line=line % words,
            url=reverse("plan"),
            why=_("To you: it is your practice"),
            subject=_("Your practice was signed") if row.passes else _("Your practice: not yet"),
        )


class PlanBegins:
    """To somebody whose plan begins."""

    name = "courses.enrolled"
    group = LEARNING

    def render(
        self, params: Params, *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is over. One query."""
        found = (
            Enrollment.objects.under_way()
            .filter(employee=viewer.employee_id)
            .select_related("programme")
            .in_bulk([item["enrollment"] for item in params])
        )
        return [
            Rendered(
                title=found[pk].programme.name,
                line=_("Your plan begins on %(day)s")
                % {"day": format_date(found[pk].starts_on, _("j F"))},
                url=reverse("plan"),
                why=_("To you: your position has this programme, or somebody put you on it"),
                subject=_("Your plan is ready"),
            )
            if (pk := item["enrollment"]) in found
            else None
            for item in params
        ]


class TraineeBegins:
    """To the mentor of somebody whose plan begins."""

    name = "courses.trainee"
    group = MENTORING

    def render(
        self, params: Params, *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is over, or somebody else is the mentor. One query."""
        found = (
            Enrollment.objects.under_way()
            .filter(employee__mentor=viewer.employee_id)
            .select_related("employee", "programme")
            .in_bulk([item["enrollment"] for item in params])
        )
        return [
            Rendered(
                title=found[pk].employee.full_name,
                line=_("Begins on %(day)s: %(programme)s")
                % {
                    "day": format_date(found[pk].starts_on, _("j F")),
                    "programme": found[pk].programme,
                },
                url=reverse("practice"),
                why=_("To you: you are this person's mentor"),
                subject=_("A trainee of yours begins"),
            )
            if (pk := item["enrollment"]) in found
            else None
            for item in params
        ]


KINDS = (Ready(), WaitsLong(), Signed(), PlanBegins(), TraineeBegins())
