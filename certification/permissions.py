"""What each role may do with questions and tests, and who may enter the URLs."""

from common.access import BACK_OFFICE, CLOSED, EMPLOYEE, Rule
from people.roles import Role

_WRITES = [
    "wagtailadmin.access_admin",
    *(
        f"certification.{act}_{model}"
        for model in ("question", "quiz")
        for act in ("add", "change", "view", "delete")
    ),
    "certification.publish_question",
]

GRANTS: dict[str, list[str]] = {
    Role.EDITOR: _WRITES,
    Role.TRAINER: _WRITES,
    Role.ADMINISTRATOR: _WRITES,
}

# Whose attempt it is, and to whose position a test is offered, is decided row by row.
ACCESS: dict[str, Rule] = {
    "tests": EMPLOYEE,
    "test": EMPLOYEE,
    "attempt": EMPLOYEE,
    "attempt_question": EMPLOYEE,
    # Permissions say who does what there. Nobody chooses a question by a chooser: it would list what is asked.
    **{f"wagtailsnippets_certification_{model}:*": BACK_OFFICE for model in ("question", "quiz")},
    **{f"wagtailsnippetchoosers_certification_{model}:*": CLOSED for model in ("question", "quiz")},
}
