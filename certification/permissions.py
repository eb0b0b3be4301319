"""What each role may do with questions and tests, and who may enter the URLs."""

import datetime

from django.db.models import QuerySet

from certification.models import Campaign
from certification.querysets import JUDGES
from common.access import CLOSED, EMPLOYEE, PUBLIC, Rule
from competence.permissions import DECIDES, SEES_MATRIX, may_decide
from people.models import Employee, Team
from people.roles import Role
from people.viewer import Viewer

_WRITES = [
    "wagtailadmin.access_admin",
    *(
        f"certification.{act}_{model}"
        for model in ("question", "quiz")
        for act in ("add", "change", "view", "delete")
    ),
    "certification.publish_question",
    "certification.view_itemstatistic",
]

GRANTS: dict[str, list[str]] = {
    Role.EDITOR: _WRITES,
    Role.TRAINER: _WRITES,
    Role.ADMINISTRATOR: _WRITES,
}

# A list of questions tells what is right: nobody who sits tests comes near, whatever else they do in the back office.
WRITES_QUESTIONS = Rule(
    "editor, trainer, administrator",
    lambda viewer: viewer.is_superuser or bool(viewer.roles & set(JUDGES)),
)

READS_RECORDS = Rule(
    "lead, HR, auditor, administrator",
    lambda viewer: (
        viewer.is_superuser
        or bool(viewer.roles & {Role.LEAD, Role.HR, Role.AUDITOR, Role.ADMINISTRATOR})
    ),
)
READS_PROTOCOLS = Rule(
    "HR, auditor, administrator",
    lambda viewer: (
        viewer.is_superuser or bool(viewer.roles & {Role.HR, Role.AUDITOR, Role.ADMINISTRATOR})
    ),
)
REVOKES = Rule("HR", lambda viewer: viewer.is_superuser or Role.HR in viewer.roles)

# Whose attempt it is, and to whose position a test is offered, is decided row by row.
ACCESS: dict[str, Rule] = {
    "tests": EMPLOYEE,
    "test": EMPLOYEE,
    "attempt": EMPLOYEE,
    "attempt_question": EMPLOYEE,
    # One's own, which nobody else sees.
    "daily": EMPLOYEE,
    "daily_switch": EMPLOYEE,
    # Whoever sees the matrix sees how their people stand in a campaign; who is in it, visible_to decides.
    "campaigns": SEES_MATRIX,
    "campaign": SEES_MATRIX,
    "campaign_minutes": SEES_MATRIX,
    "campaign_plan": DECIDES,
    "campaign_cancel": DECIDES,
    "campaign_move": DECIDES,
    "attempt_protocol": READS_PROTOCOLS,
    "certificates": EMPLOYEE,
    "certificates_issued": READS_RECORDS,
    "certificate_pdf": EMPLOYEE,
    "certificate_name": EMPLOYEE,
    "certificate_revoke": REVOKES,
    # Whoever holds a number may ask what it is worth.
    "verify": PUBLIC,
    "certificate_check": PUBLIC,
    "appeal": EMPLOYEE,
    "appeals": WRITES_QUESTIONS,
    "appeal_item": WRITES_QUESTIONS,
    "assessments": WRITES_QUESTIONS,
    "assessment_item": WRITES_QUESTIONS,
    "certification_items": WRITES_QUESTIONS,
    "certification_items_results": WRITES_QUESTIONS,
    # Permissions say who does what there. Nobody chooses a question by a chooser: it would list what is asked.
    **{
        f"wagtailsnippets_certification_{model}:*": WRITES_QUESTIONS
        for model in ("question", "quiz")
    },
    **{f"wagtailsnippetchoosers_certification_{model}:*": CLOSED for model in ("question", "quiz")},
}


def lines_to_call(viewer: Viewer) -> QuerySet[Team]:
    """The teams whose people ``viewer`` may call: HR everybody's, a lead those of their teams."""
    if viewer.has_role(Role.HR):
        return Team.objects.order_by("name")
    return Team.objects.filter(pk__in=viewer.led_team_ids).order_by("name")


def may_call_off(viewer: Viewer, campaign: Campaign) -> bool:
    """Whether ``viewer`` may call it off: HR, and whoever opened it."""
    return viewer.has_role(Role.HR) or viewer.user_id == campaign.opened_by_id


def may_move(viewer: Viewer, employee: Employee, at: datetime.datetime) -> bool:
    """Whether ``viewer`` may give ``employee`` another day: whoever decides in their record; nobody themselves."""
    return may_decide(viewer, employee, at)


def may_revoke(viewer: Viewer) -> bool:
    """Whether ``viewer`` revokes certificates; nobody their own."""
    return REVOKES.admits(viewer)
