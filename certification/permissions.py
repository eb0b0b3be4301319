"""What each role may do with questions and tests, and who may enter the URLs."""

from certification.querysets import JUDGES
from common.access import CLOSED, EMPLOYEE, PUBLIC, Rule
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
    "certification_items": WRITES_QUESTIONS,
    "certification_items_results": WRITES_QUESTIONS,
    # Permissions say who does what there. Nobody chooses a question by a chooser: it would list what is asked.
    **{
        f"wagtailsnippets_certification_{model}:*": WRITES_QUESTIONS
        for model in ("question", "quiz")
    },
    **{f"wagtailsnippetchoosers_certification_{model}:*": CLOSED for model in ("question", "quiz")},
}


def may_revoke(viewer: Viewer) -> bool:
    """Whether ``viewer`` revokes certificates; nobody their own."""
    return REVOKES.admits(viewer)
