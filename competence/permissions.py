"""What each role may do with competences, who may enter the URLs, and who may act in whose record."""

import datetime

from common.access import BACK_OFFICE, EMPLOYEE, Rule
from competence.loading import load_cells, local_day
from competence.models import Competence
from competence.profiles import on_day
from competence.rule.cells import Cell
from competence.rule.signing import may_sign as rule_may_sign
from people.models import Employee
from people.roles import Role
from people.viewer import Viewer

CATALOGUE = ("area", "competence", "queue", "positionrequirement", "recertificationwindow")
KEEPS_CATALOGUE = [
    "wagtailadmin.access_admin",
    *(f"competence.{act}_{model}" for model in CATALOGUE for act in ("add", "change", "view")),
    "competence.delete_positionrequirement",
    "competence.delete_recertificationwindow",
]
READS_CATALOGUE = [f"competence.view_{model}" for model in CATALOGUE]

GRANTS: dict[str, list[str]] = {
    Role.HR: KEEPS_CATALOGUE,
    Role.LEAD: ["wagtailadmin.access_admin", *READS_CATALOGUE],
    Role.ADMINISTRATOR: KEEPS_CATALOGUE,
}

SEES_MATRIX = Rule(
    "lead, HR, auditor, administrator",
    lambda viewer: (
        viewer.is_superuser
        or bool(viewer.roles & {Role.LEAD, Role.HR, Role.AUDITOR, Role.ADMINISTRATOR})
    ),
)
OBSERVES = Rule(
    "mentor, lead, reviewer",
    lambda viewer: (
        viewer.is_employee and bool(viewer.roles & {Role.MENTOR, Role.LEAD, Role.REVIEWER})
    ),
)
DECIDES = Rule(
    "lead, HR", lambda viewer: viewer.is_employee and bool(viewer.roles & {Role.LEAD, Role.HR})
)

ACCESS: dict[str, Rule] = {
    "matrix": SEES_MATRIX,
    "matrix_cell": SEES_MATRIX,
    "matrix_xlsx": SEES_MATRIX,
    "qualified": SEES_MATRIX,
    "qualified_xlsx": SEES_MATRIX,
    # What of a record is shown, visible_to decides row by row; colleagues see readiness.
    "own_record": EMPLOYEE,
    "record": EMPLOYEE,
    "observe": OBSERVES,
    "suspend": DECIDES,
    "override": DECIDES,
    "decide_override": DECIDES,
    "withdraw": EMPLOYEE,
    "competence_areas:*": BACK_OFFICE,
    "competence_competences:*": BACK_OFFICE,
    "competence_requirements:*": BACK_OFFICE,
    "competence_queues:*": BACK_OFFICE,
    "competence_windows:*": BACK_OFFICE,
}

SITS_IN_COMMISSION = (Role.LEAD, Role.HR, Role.TRAINER, Role.REVIEWER)


def may_read(viewer: Viewer, employee: Employee, at: datetime.datetime) -> bool:
    """Whether the whole record is open to ``viewer``, not only readiness. One query."""
    return Employee.objects.visible_to(viewer, at).filter(pk=employee.pk).exists()


def is_own(viewer: Viewer, employee: Employee) -> bool:
    """Whether it is the viewer's own record, in which nobody signs."""
    return viewer.employee_id == employee.pk


def leads(viewer: Viewer, employee: Employee, at: datetime.datetime) -> bool:
    """Whether ``employee`` works in a team that ``viewer`` leads, or in one below it. One query."""
    if not viewer.led_team_ids:
        return False
    day = local_day(at, viewer.tz)
    return (
        Employee.objects.filter(pk=employee.pk).in_teams_on(list(viewer.led_team_ids), day).exists()
    )


def may_observe(viewer: Viewer, employee: Employee, at: datetime.datetime) -> bool:
    """Own mentor, lead of the team or of one above, or any reviewer; nobody themselves."""
    if is_own(viewer, employee) or viewer.employee_id is None:
        return False
    if viewer.has_role(Role.REVIEWER):
        return True
    if viewer.has_role(Role.MENTOR) and employee.mentor_id == viewer.employee_id:
        return True
    return leads(viewer, employee, at)


def may_decide(viewer: Viewer, employee: Employee, at: datetime.datetime) -> bool:
    """Suspend and override: the lead, or one above, and HR; nobody themselves."""
    if is_own(viewer, employee) or viewer.employee_id is None:
        return False
    return viewer.has_role(Role.HR) or leads(viewer, employee, at)


def may_sign(
    viewer: Viewer,
    employee: Employee,
    competence: Competence,
    *,
    observed_on: datetime.date,
    now: datetime.datetime,
) -> bool:
    """Whether ``viewer`` may sign for what ``employee`` showed of ``competence`` on a day, by the rule.

    Where the employee's position requires nothing of it, the signer must reach level 1.
    """
    signer = Employee.objects.filter(pk=viewer.employee_id).first()
    if signer is None:
        return False
    mentoring = Competence.objects.filter(marks_mentoring=True).first()
    wanted = {competence.pk} | ({mentoring.pk} if mentoring else set())
    cells = load_cells([signer, employee], wanted)
    today = local_day(now, employee.tz)
    required = on_day(cells[employee.pk, competence.pk].requirements, today)
    target = (required.requirement.level if required else None) or 1
    own_mentoring: Cell | None = cells[signer.pk, mentoring.pk].cell if mentoring else None
    return rule_may_sign(
        own=cells[signer.pk, competence.pk].cell,
        mentoring=own_mentoring,
        target=target,
        observed_on=observed_on,
        today=today,
        same_person=signer.pk == employee.pk,
    )
