"""What each role may do with programmes, who may enter the URLs, and who may act in whose plan or session."""

import datetime

from common.access import BACK_OFFICE, CLOSED, EMPLOYEE, PUBLIC, Rule, roles
from competence.permissions import is_own, leads, may_decide, may_observe
from courses.models import TheorySession
from people.models import Employee
from people.roles import Role
from people.viewer import Viewer

CATALOGUE = ("programme", "lesson", "practicetask")
WRITES_PROGRAMMES = [
    "wagtailadmin.access_admin",
    *(
        f"courses.{act}_{model}"
        for model in CATALOGUE
        for act in ("add", "change", "delete", "view")
    ),
]
WRITES_PROGRAMMES.append("courses.publish_lesson")
READS_PROGRAMMES = [f"courses.view_{model}" for model in CATALOGUE]

GRANTS: dict[str, list[str]] = {
    Role.TRAINER: WRITES_PROGRAMMES,
    Role.HR: ["wagtailadmin.access_admin", *READS_PROGRAMMES],
    Role.LEAD: ["wagtailadmin.access_admin", *READS_PROGRAMMES],
    Role.ADMINISTRATOR: WRITES_PROGRAMMES,
}

# Whose work it is to put anybody on a way: a lead only their own people.
ENROLLS_ANYBODY = (Role.TRAINER, Role.HR, Role.ADMINISTRATOR)

# Whose work it is to follow how everybody learns; records stay closed to a trainer.
FOLLOWS_EVERYBODY = (Role.TRAINER, Role.HR, Role.AUDITOR, Role.ADMINISTRATOR)
FOLLOWS_LEARNING = roles(Role.LEAD, *FOLLOWS_EVERYBODY)
ENROLLS = roles(Role.LEAD, *ENROLLS_ANYBODY)
# Whose work it is to call people together: a lead those of their own teams, the others anybody.
SCHEDULES = ENROLLS
SIGNS_PRACTICE = roles(Role.MENTOR, Role.LEAD, Role.REVIEWER)

# Whose plan and whose practice it is, is decided row by row.
ACCESS: dict[str, Rule] = {
    "plan": EMPLOYEE,
    "plan_of": EMPLOYEE,
    "plan_task": EMPLOYEE,
    "plan_ask": EMPLOYEE,
    "plan_take_back": EMPLOYEE,
    "lesson": EMPLOYEE,
    "lesson_step": EMPLOYEE,
    "lesson_done": EMPLOYEE,
    "practice": SIGNS_PRACTICE,
    "practice_sign": SIGNS_PRACTICE,
    "sign_off_withdraw": EMPLOYEE,
    "learners": FOLLOWS_LEARNING,
    "enroll": ENROLLS,
    "plan_stop": ENROLLS,
    # Which session, is decided row by row.
    "theory_sessions": EMPLOYEE,
    "theory_session": EMPLOYEE,
    "theory_session_answer": EMPLOYEE,
    "theory_session_new": SCHEDULES,
    "theory_session_change": EMPLOYEE,
    "theory_session_invite": EMPLOYEE,
    "theory_session_cancel": EMPLOYEE,
    "theory_session_attendance": EMPLOYEE,
    "theory_session_opinion": EMPLOYEE,
    "theory_calendar": EMPLOYEE,
    # Calendar programs do not sign in: the address is the key, and what it opens is asked at each reading.
    "calendar_feed": PUBLIC,
    # What of it somebody may do there, their permissions say; drafts are chosen by those who write them.
    **{f"wagtailsnippets_courses_{model}:*": BACK_OFFICE for model in CATALOGUE},
    **{
        f"wagtailsnippetchoosers_courses_{model}:*": roles(Role.TRAINER, Role.ADMINISTRATOR)
        for model in CATALOGUE
    },
    # New ones are written on their own page.
    **{f"wagtailsnippetchoosers_courses_{model}:create": CLOSED for model in CATALOGUE},
}


def may_enroll(viewer: Viewer, employee: Employee, at: datetime.datetime) -> bool:
    """Whether ``viewer`` may put ``employee`` on a programme or take them off: trainer, HR, lead; nobody themselves."""
    if is_own(viewer, employee) or viewer.employee_id is None:
        return False
    return viewer.has_role(*ENROLLS_ANYBODY) or leads(viewer, employee, at)


def may_follow(viewer: Viewer, employee: Employee, at: datetime.datetime) -> bool:
    """Whether ``viewer`` may read the plan of ``employee``: whoever reads the record, and who follows all learning."""
    if viewer.employee_id is not None and viewer.has_role(*FOLLOWS_EVERYBODY):
        return True
    return Employee.objects.visible_to(viewer, at).filter(pk=employee.pk).exists()


def may_sign_for(viewer: Viewer, employee: Employee, at: datetime.datetime) -> bool:
    """Whether the sign-off page opens at all; whether a signature holds, the rule says at the moment of signing."""
    return may_observe(viewer, employee, at)


def may_withdraw(
    viewer: Viewer, employee: Employee, signed_by_id: int, at: datetime.datetime
) -> bool:
    """Whoever signed, and who decides in the trainee's record; nobody in their own."""
    if is_own(viewer, employee) or viewer.employee_id is None:
        return False
    return viewer.user_id == signed_by_id or may_decide(viewer, employee, at)


def may_run(viewer: Viewer, session: TheorySession) -> bool:
    """Whether ``viewer`` decides about ``session``: who gives it, HR and the administrator."""
    if viewer.employee_id is None:
        return False
    return session.trainer_id == viewer.employee_id or viewer.has_role(Role.HR, Role.ADMINISTRATOR)


def chooses_trainer(viewer: Viewer) -> bool:
    """Whether ``viewer`` schedules for others too; trainers and leads for themselves."""
    return viewer.has_role(Role.HR, Role.ADMINISTRATOR)
